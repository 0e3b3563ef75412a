internal import Matrix

/// Newton's method on the variables that no bound holds, projected.
///
///     x ← P(x + t d),   d_F = −(∇²f_FF)⁻¹ ∇f_F,   d_A = −∇f_A / δ
///
/// A holds the variables within a small distance of a bound that ∇f pushes them to,
/// F the others. Were A those at their bounds only, a step could run into bounds
/// that are next to x, and t would have to vanish with the distance. The distance
/// here is that to P(x − ∇f/δ), with δ the largest curvature on the diagonal, so that it
/// goes to zero with the projected gradient and has the units of x; no variable
/// counts as near that has half of its room left.
///
/// ∇²f_FF that is not positive definite is replaced as in ``Newton``. The step t is
/// halved until f falls by 10⁻⁴ of what ∇f promises on the way that was really
/// gone.
///
/// - Complexity: a step takes a Hessian, the evaluations of its search, mostly one,
///   and n³/3 flops, as much again where the Hessian is not positive definite;
///   nothing is allocated, but once when it first meets such a Hessian.
///
/// Source: Bertsekas, Projected Newton methods for optimization problems with
/// simple constraints, 1982, section 2.
public struct ProjectedNewton: BoundedMethod {
  /// What can be minimised.
  public typealias Problem = any TwiceDifferentiableBoundedProblem

  /// Projected Newton.
  public init() {}

  /// The name.
  public var name: String { "projected Newton" }

  /// Where the run is.
  public struct Memory: BoundedMemory {
    /// The start and the projected gradient.
    public var progress = BoundsProgress()
  }

  /// The Hessian, its factors, a direction and a trial point.
  public struct Workspace {
    var hessian: Matrix<Double>
    var cholesky: Cholesky<Double>
    var indefinite: LDLT<Double>?
    var direction: Vector<Double>
    var isNear: [Bool]
    var trial: Point
  }

  /// Nothing but where the run is.
  public func makeMemory(dimension n: Int) -> Memory { Memory() }

  /// Room for two matrices of order n and two points.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      hessian: .zeros(n, n), cholesky: Cholesky(order: n),
      direction: .zeros(n), isNear: Array(repeating: false, count: n),
      trial: Point(dimension: n))
  }

  /// One step along the bent Newton direction.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    guard let bounds = evaluator.bounds else { return .failed(.lineSearch) }
    guard
      evaluator.hessian(at: point.x, into: &workspace.hessian),
      workspace.hessian.lowerMaximumMagnitude.isFinite
    else { return .failed(.hessian) }
    let delta = uncouple(at: point, bounds, &workspace)
    guard setDirection(at: point, delta, &evaluator, &workspace) else {
      return .failed(.hessian)
    }
    let outcome = bounds.bentSearch(
      from: point, along: workspace.direction, &evaluator, &workspace.trial,
      norm: memory.progress.gradientNorm)
    if case .moved = outcome {
      swap(&point, &workspace.trial)
      memory.progress.measure(point, evaluator)
    }
    return outcome
  }

  /// Finds the variables that are near a bound and takes them out of the Hessian.
  ///
  /// - Returns: δ.
  private func uncouple(
    at point: Point, _ bounds: Bounds, _ workspace: inout Workspace
  ) -> Double {
    let n = point.dimension
    var delta = 0.0
    for i in 0..<n { delta = max(delta, abs(workspace.hessian[i, i])) }
    if delta == 0 { delta = bounds.curvature(at: point) }
    let reach = bounds.reach(of: point, delta)
    for i in 0..<n {
      let (g, x) = (point.gradient[i], point.x[i])
      let room = g > 0 ? x - bounds.lower[i] : bounds.upper[i] - x
      let width = bounds.upper[i] - bounds.lower[i]
      workspace.isNear[i] =
        g != 0 && room <= min(reach, width / 2) || width == 0
    }
    workspace.hessian.write { h in
      workspace.isNear.withUnsafeBufferPointer { isNear in
        for j in 0..<n {
          for i in j..<n where isNear[i] || isNear[j] { h[i + j * n] = 0 }
          if isNear[j] { h[j + j * n] = delta }
        }
      }
    }
    return delta
  }

  private func setDirection(
    at point: Point, _ delta: Double, _ evaluator: inout Evaluator,
    _ workspace: inout Workspace
  ) -> Bool {
    let n = point.dimension
    workspace.direction.copy(from: point.gradient)
    workspace.direction.scale(by: -1)
    evaluator.countFactorization(ofOrder: n)
    do throws(FactorizationError) {
      try workspace.cholesky.factorize(workspace.hessian)
      workspace.cholesky.solve(inPlace: &workspace.direction)
      if point.gradient.dot(workspace.direction) < 0 { return true }
    } catch {
      guard case .notPositiveDefinite = error else { return false }
    }
    if workspace.indefinite == nil { workspace.indefinite = LDLT(order: n) }
    evaluator.countFactorization(ofOrder: n)
    do throws(FactorizationError) {
      try workspace.indefinite?.factorize(workspace.hessian)
    } catch {
      return false
    }
    let smallest =
      Double.ulpOfOne.squareRoot() * workspace.hessian.lowerMaximumMagnitude
    _ = workspace.indefinite?.makePositiveDefinite(
      smallest: smallest > 0 ? smallest : delta)
    workspace.direction.copy(from: point.gradient)
    workspace.direction.scale(by: -1)
    workspace.indefinite?.solve(inPlace: &workspace.direction)
    return workspace.direction.isFinite
  }
}

extension Bounds {
  /// ‖P(x − ∇f/δ) − x‖∞.
  func reach(of point: Point, _ delta: Double) -> Double {
    var reach = 0.0
    for i in 0..<count {
      let (g, x) = (point.gradient[i], point.x[i])
      let room = g > 0 ? x - lower[i] : upper[i] - x
      reach = max(reach, min(abs(g) / delta, room))
    }
    return reach
  }
}

extension Method where Self == ProjectedNewton {
  /// Newton's method on the variables that no bound holds.
  public static func projectedNewton() -> Self { ProjectedNewton() }
}
