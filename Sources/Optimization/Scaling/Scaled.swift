public import Matrix

/// A method in variables of another size, z = x/d element by element.
///
///     minimize(f, from: x0, using: .scaled(.lbfgs(), by: [1e-6, 1, 1e3]))
///
/// d is what is typical of each variable, or how far it is likely to move. The
/// method is given f(d z), d ∇f and d ∇²f d, in which all variables are of the size of 1;
/// that is the preconditioner diag(d²), for every direction, trust region and
/// difference that it takes. All else stays in x: stop rules, trace, bounds, the
/// answer and its certificate.
///
/// BFGS, least squares, Nelder-Mead and `.automatic` without a Hessian find such scales
/// by themselves, from the start or on the way.
///
/// - Complexity: that of the method, and 5n flops for each evaluation, 2n² for a
///   Hessian; nothing is allocated.
///
/// Source: Dennis and Schnabel, Numerical methods for unconstrained optimization and
/// nonlinear equations, 1983, section 7.1.
public struct Scaled<Base: Method>: Method {
  /// What can be minimised.
  public typealias Problem = Base.Problem

  /// The method.
  public let base: Base
  /// d.
  public let magnitudes: Vector<Double>

  /// A method in variables x/d.
  ///
  /// - Precondition: magnitudes are positive and finite.
  init(_ base: Base, by magnitudes: Vector<Double>) {
    for i in 0..<magnitudes.count {
      precondition(
        magnitudes[i] > 0 && magnitudes[i].isFinite,
        "a magnitude of \(magnitudes[i]), not positive and finite")
    }
    self.base = base
    self.magnitudes = magnitudes
  }

  /// The method's name, scaled.
  public var name: String { "\(base.name), scaled" }

  /// What the method looks for.
  public static var goal: Goal { Base.goal }

  /// The method's usual rule.
  public static var usualRule: StopRule { Base.usualRule }

  /// The point z and what the method carries.
  public struct Memory: Codable, Equatable, Sendable {
    /// What the method carries from step to step.
    public internal(set) var base: Base.Memory
    /// z with f and d ∇f: x/d need not give the same bits.
    var scaled: Point
    /// ‖∇f‖∞, over the variables that no bound holds.
    var gradientNorm = Double.infinity
  }

  /// The method's scratch space and the units.
  public struct Workspace {
    var base: Base.Workspace
    var units: EvaluatorUnits?
  }

  /// The method's evaluator.
  public func evaluator(for problem: Problem) -> Evaluator {
    base.evaluator(for: problem)
  }

  /// What the method begins with.
  public func makeMemory(dimension n: Int) -> Memory {
    precondition(
      n == magnitudes.count,
      "\(magnitudes.count) magnitudes for \(n) variables")
    return Memory(
      base: base.makeMemory(dimension: n), scaled: Point(dimension: n))
  }

  /// Room for the method and for two vectors.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(base: base.makeWorkspace(dimension: n))
  }

  /// Makes the method begin at x/d.
  public func begin(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) {
    memory.scaled.x.copy(from: point.x)
    memory.scaled.x.divide(by: magnitudes)
    workspace.units = nil
    inUnits(&evaluator, &workspace) { evaluator, workspace in
      base.begin(
        &memory.scaled, &memory.base, evaluator: &evaluator,
        workspace: &workspace)
    }
    takeOver(&point, &memory, evaluator)
  }

  /// One step of the method.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    let outcome = inUnits(&evaluator, &workspace) { evaluator, workspace in
      base.step(
        &memory.scaled, &memory.base, evaluator: &evaluator,
        workspace: &workspace)
    }
    guard case .moved(let length, _) = outcome else { return outcome }
    let norm = memory.scaled.x.scaledDistance(to: point.x, by: magnitudes)
    takeOver(&point, &memory, evaluator)
    return .moved(length: length, norm: norm)
  }

  /// ‖∇f(x)‖∞ in the units of x.
  public func optimality(of point: Point, _ memory: Memory) -> Optimality {
    Optimality(gradientNorm: memory.gradientNorm)
  }

  /// What the method answers, in the units of x.
  public func answer(at point: Point, _ memory: Memory) -> Vector<Double>? {
    base.answer(at: memory.scaled, memory.base).map { answer in
      var answer = answer
      answer.multiply(by: magnitudes)
      return answer
    }
  }

  /// What the method has to say.
  public func notes(_ memory: Memory) -> [String] { base.notes(memory.base) }

  /// Has the evaluator think in units of d.
  private func inUnits<Result>(
    _ evaluator: inout Evaluator, _ workspace: inout Workspace,
    _ body: (inout Evaluator, inout Base.Workspace) -> Result
  ) -> Result {
    // Made once for a run, and for each that is resumed.
    var units =
      workspace.units.take()
      ?? EvaluatorUnits(magnitudes, bounds: evaluator.bounds)
    evaluator.exchange(&units)
    let result = body(&evaluator, &workspace.base)
    evaluator.exchange(&units)
    workspace.units = units
    return result
  }

  /// x = d z, with f and ∇f.
  private func takeOver(
    _ point: inout Point, _ memory: inout Memory, _ evaluator: Evaluator
  ) {
    point.x.copy(from: memory.scaled.x)
    point.x.multiply(by: magnitudes)
    evaluator.bounds?.project(&point.x)
    point.value = memory.scaled.value
    point.gradient.copy(from: memory.scaled.gradient)
    point.gradient.divide(by: magnitudes)
    memory.gradientNorm =
      evaluator.bounds?.projectedGradientNorm(
        point.gradient, at: point.x, value: point.value)
      ?? point.gradient.normInfinity
  }
}

extension Method {
  /// A method in variables x/d, with what is typical of each for d.
  ///
  /// - Precondition: magnitudes are positive and finite, and as many as there are
  ///   variables.
  public static func scaled<Base: Method>(
    _ base: Base, by magnitudes: Vector<Double>
  ) -> Self
  where Self == Scaled<Base>, Base.Problem == any DifferentiableObjective {
    Scaled(base, by: magnitudes)
  }

  /// A method that needs a Hessian, in variables x/d.
  ///
  /// - Precondition: magnitudes are positive and finite, and as many as there are
  ///   variables.
  public static func scaled<Base: Method>(
    _ base: Base, by magnitudes: Vector<Double>
  ) -> Self
  where Self == Scaled<Base>, Base.Problem == any TwiceDifferentiableObjective {
    Scaled(base, by: magnitudes)
  }

  /// A method within bounds, in variables x/d.
  ///
  /// - Precondition: magnitudes are positive and finite, and as many as there are
  ///   variables.
  public static func scaled<Base: Method>(
    _ base: Base, by magnitudes: Vector<Double>
  ) -> Self
  where Self == Scaled<Base>, Base.Problem == any BoundedProblem {
    Scaled(base, by: magnitudes)
  }

  /// A method within bounds that needs a Hessian, in variables x/d.
  ///
  /// - Precondition: magnitudes are positive and finite, and as many as there are
  ///   variables.
  public static func scaled<Base: Method>(
    _ base: Base, by magnitudes: Vector<Double>
  ) -> Self
  where
    Self == Scaled<Base>,
    Base.Problem == any TwiceDifferentiableBoundedProblem
  {
    Scaled(base, by: magnitudes)
  }
}
