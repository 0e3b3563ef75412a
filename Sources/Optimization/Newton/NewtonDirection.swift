public import Matrix

/// Newton's direction d = −B⁻¹ ∇f(x), where B is the Hessian where that is positive
/// definite, and a positive definite matrix near it elsewhere.
///
/// The Hessian is factorized by Cholesky, n³/3 flops. When that fails, by
/// Bunch-Kaufman, A = P L D Lᵀ Pᵀ, and each eigenvalue λ of the blocks of D
/// becomes max(|λ|, δ), δ = √ε max |Hᵢⱼ|: the direction descends, is −H⁻¹ ∇f
/// along the positive curvature and goes the opposite way along the negative
/// (Moré and Sorensen 1979; Cheng and Higham 1998). Its natural step is 1.
///
/// - Complexity: a Hessian and n³/3 + 2n² flops, n³/3 more where the Hessian is
///   not positive definite. Nothing is allocated, but once when such a Hessian is
///   first met.
///
/// Source: Nocedal and Wright 2006, section 3.4.
public struct NewtonDirection: DescentDirection {
  /// What can be minimised.
  public typealias Problem = any TwiceDifferentiableObjective
  /// The direction depends on the point alone.
  public typealias Memory = NoMemory

  /// Newton's direction.
  public init() {}

  /// The name.
  public var name: String { "Newton" }

  /// The Hessian and its factorizations.
  public struct Workspace {
    var hessian: Matrix<Double>
    var cholesky: Cholesky<Double>
    var indefinite: LDLT<Double>?
  }

  /// Room for two matrices of order n.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(hessian: .zeros(n, n), cholesky: Cholesky(order: n))
  }

  /// Writes −B⁻¹ ∇f(x).
  public func setDirection(
    _ d: inout Vector<Double>, at point: Point, _ memory: inout NoMemory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> DirectionOutcome {
    guard evaluator.hessian(at: point.x, into: &workspace.hessian),
      var slope = setNewton(&d, at: point, &evaluator, &workspace)
    else { return .failed(.hessian) }
    if !(slope < 0) {
      // The factor is positive definite but so ill-conditioned that rounding
      // turned the direction; the bound δ on the eigenvalues prevents it.
      guard
        let safeguarded = setModified(&d, at: point, &evaluator, &workspace)
      else { return .failed(.hessian) }
      slope = safeguarded
    }
    return .found(slope: slope, length: d.norm, naturalStep: 1)
  }

  /// Writes −H⁻¹ ∇f, or its modification, and returns its slope; nil when the
  /// Hessian has elements that are not finite.
  private func setNewton(
    _ d: inout Vector<Double>, at point: Point,
    _ evaluator: inout Evaluator, _ workspace: inout Workspace
  ) -> Double? {
    do throws(FactorizationError) {
      evaluator.countFactorization(ofOrder: point.dimension)
      try workspace.cholesky.factorize(workspace.hessian)
      d.copy(from: point.gradient)
      d.scale(by: -1)
      workspace.cholesky.solve(inPlace: &d)
      return point.gradient.dot(d)
    } catch {
      guard case .notPositiveDefinite = error else { return nil }
      return setModified(&d, at: point, &evaluator, &workspace)
    }
  }

  private func setModified(
    _ d: inout Vector<Double>, at point: Point,
    _ evaluator: inout Evaluator, _ workspace: inout Workspace
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
    // A Hessian of zeros leaves the steepest descent, as long as x.
    _ = workspace.indefinite?.makePositiveDefinite(
      smallest: smallest > 0
        ? smallest : point.gradient.norm / point.length)
    d.copy(from: point.gradient)
    d.scale(by: -1)
    workspace.indefinite?.solve(inPlace: &d)
    return point.gradient.dot(d)
  }
}

extension Evaluator {
  /// Notes a symmetric factorization of order n and a solve with it.
  mutating func countFactorization(ofOrder n: Int) {
    let n = Double(n)
    countFactorization(flops: n * n * n / 3 + 2 * n * n)
  }
}
