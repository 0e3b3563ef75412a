internal import Matrix

/// r and J at a point, as they were before the factorization overwrote them.
///
/// A step that is bent needs Jᵀw, one with the whole Hessian r, at a point where
/// both were evaluated. Up to 2¹⁶ numbers, which a cache holds, a copy costs less
/// than either; beyond, less memory is worth more.
struct KeptEvaluation {
  private(set) var residuals: Vector<Double> = []
  private(set) var jacobian: Matrix<Double> = .zeros(0, 0)
  private var isUsed = false
  private var isKnown = false

  /// Nothing is kept.
  init() {}

  /// Room for what the evaluator writes.
  ///
  /// With a loss or bounds, r and J are not what the problem wrote, and neither
  /// is asked for.
  init(for evaluator: Evaluator, dimension n: Int) {
    let m = evaluator.residualCount
    isUsed =
      evaluator.loss == nil && evaluator.bounds == nil && m * n <= 1 << 16
    guard isUsed else { return }
    residuals = .zeros(m)
    jacobian = .zeros(m, n)
  }

  /// Keeps r and J.
  mutating func copy(_ r: Vector<Double>, _ j: Matrix<Double>) {
    guard isUsed else { return }
    residuals.copy(from: r)
    jacobian.copy(from: j)
    isKnown = true
  }

  /// Whether r and J at the current point are there.
  ///
  /// A run that is resumed evaluates them again. It does not count this, lest its
  /// counts differ from those of the run that was not interrupted.
  mutating func recall(
    at x: Vector<Double>, _ evaluator: inout Evaluator
  ) -> Bool {
    guard isUsed else { return false }
    if isKnown { return true }
    let counts = evaluator.counts
    var point = Point(x)
    evaluator.evaluate(&point, residuals: &residuals, jacobian: &jacobian)
    evaluator.counts = counts
    isKnown = point.value.isFinite
    return isKnown
  }
}
