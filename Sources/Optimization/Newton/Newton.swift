internal import Matrix

/// Newton's method with a line search: x ← x − t B⁻¹ ∇f(x), where B is the
/// Hessian where that is positive definite, and a positive definite matrix near
/// it elsewhere.
///
/// The Hessian is factorized by Cholesky, n³/3 flops. When that fails, by
/// Bunch-Kaufman, A = P L D Lᵀ Pᵀ, and each eigenvalue λ of the blocks of D
/// becomes max(|λ|, δ), δ = √ε max |Hᵢⱼ|: the direction descends, is −H⁻¹ ∇f
/// along the positive curvature and goes the opposite way along the negative
/// (Moré and Sorensen 1979; Cheng and Higham 1998). Near a minimum with a
/// positive definite Hessian the full step is taken and convergence is
/// quadratic.
///
/// - Complexity: a step takes a Hessian, the evaluations of its search, mostly
///   one, and n³/3 + 2n² flops, n³/3 more where the Hessian is not positive
///   definite. It allocates nothing, but once when it first meets such a Hessian.
///
/// Source: Nocedal and Wright 2006, section 3.4.
public struct Newton<Search: LineSearch>: Method {
  /// What can be minimised.
  public typealias Problem = any TwiceDifferentiableObjective
  /// The next step depends on the point alone.
  public typealias Memory = NoMemory

  /// How far to go along the direction; tried first is the full step.
  public let search: Search

  /// Newton's method with a line search.
  public init(search: Search) { self.search = search }

  /// The name with the search.
  public var name: String { "Newton (\(search.name))" }

  /// The Hessian, its factorizations, a direction and a trial point.
  public struct Workspace {
    var hessian: Matrix<Double>
    var cholesky: Cholesky<Double>
    var indefinite: LDLT<Double>?
    var direction: Vector<Double>
    var trial: Point
  }

  /// Nothing to remember.
  public func makeMemory(dimension n: Int) -> NoMemory { NoMemory() }

  /// Room for two matrices of order n and two points.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      hessian: .zeros(n, n), cholesky: Cholesky(order: n),
      direction: .zeros(n), trial: Point(dimension: n))
  }

  /// One step along the Newton direction.
  public func step(
    _ point: inout Point, _ memory: inout NoMemory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    guard evaluator.hessian(at: point.x, into: &workspace.hessian) else {
      return .failed(.hessian)
    }
    guard
      var slope = setDirection(at: point, &evaluator, &workspace)
    else { return .failed(.hessian) }
    if !(slope < 0) {
      // The factor is positive definite but so ill-conditioned that rounding
      // turned the direction; the bound δ on the eigenvalues prevents it.
      guard
        let safeguarded = setModifiedDirection(
          at: point, &evaluator, &workspace)
      else { return .failed(.hessian) }
      slope = safeguarded
    }
    guard slope < 0 && slope.isFinite else { return .failed(.lineSearch) }

    switch search.search(
      from: point, along: workspace.direction, slope: slope, firstStep: 1,
      evaluator: &evaluator, trial: &workspace.trial)
    {
    case .failed(let failure):
      return .failed(failure)
    case .found(let step):
      swap(&point, &workspace.trial)
      return .moved(length: step, norm: step * workspace.direction.norm)
    }
  }

  /// Writes −H⁻¹ ∇f, or its modification, and returns its slope; nil when the
  /// Hessian has elements that are not finite.
  private func setDirection(
    at point: Point, _ evaluator: inout Evaluator, _ workspace: inout Workspace
  ) -> Double? {
    do throws(FactorizationError) {
      evaluator.countFactorization(ofOrder: point.dimension)
      try workspace.cholesky.factorize(workspace.hessian)
      workspace.direction.copy(from: point.gradient)
      workspace.direction.scale(by: -1)
      workspace.cholesky.solve(inPlace: &workspace.direction)
      return point.gradient.dot(workspace.direction)
    } catch {
      guard case .notPositiveDefinite = error else { return nil }
      return setModifiedDirection(at: point, &evaluator, &workspace)
    }
  }

  private func setModifiedDirection(
    at point: Point, _ evaluator: inout Evaluator, _ workspace: inout Workspace
  ) -> Double? {
    let n = point.dimension
    if workspace.indefinite == nil { workspace.indefinite = LDLT(order: n) }
    let smallest =
      Double.ulpOfOne.squareRoot() * workspace.hessian.lowerMaximumMagnitude
    evaluator.countFactorization(ofOrder: n)
    do throws(FactorizationError) {
      try workspace.indefinite?.factorize(workspace.hessian)
    } catch {
      return nil
    }
    // A Hessian of zeros leaves the steepest descent.
    _ = workspace.indefinite?.makePositiveDefinite(
      smallest: smallest > 0 ? smallest : 1)
    workspace.direction.copy(from: point.gradient)
    workspace.direction.scale(by: -1)
    workspace.indefinite?.solve(inPlace: &workspace.direction)
    return point.gradient.dot(workspace.direction)
  }
}

extension Evaluator {
  /// Notes a symmetric factorization of order n and a solve with it.
  mutating func countFactorization(ofOrder n: Int) {
    let n = Double(n)
    countFactorization(flops: n * n * n / 3 + 2 * n * n)
  }
}

extension Method where Self == Newton<Armijo> {
  /// Newton's method with backtracking from the full step.
  public static func newton() -> Self { Newton(search: Armijo()) }
}

extension Method {
  /// Newton's method with a line search of choice.
  public static func newton<Search: LineSearch>(
    search: Search
  ) -> Self where Self == Newton<Search> {
    Newton(search: search)
  }
}
