internal import Matrix

/// How a least-squares method finds the triangle R of JᵀJ = RᵀR.
///
/// By reflections of J it is right to ε however the columns of J depend on one
/// another. From JᵀJ it takes half the work or less, and is right to κ²ε, with κ the
/// condition of J, its columns scaled to unit length. That is done only where a
/// bound on κ, computed from the factor itself, is at most ε^(−¼) = 8192, so that a
/// step has half of its digits; for any other Jacobian reflections are used.
public enum LeastSquaresAlgebra: String, Codable, Equatable, Sendable {
  /// JᵀJ where there are a hundred rows for each column, and it is safe.
  case automatic
  /// Always reflections.
  case orthogonal
  /// JᵀJ wherever it is safe.
  case normalEquations

  // 1000×10 and more: reflections take 2 to 2.6 times as long as JᵀJ from there on
  // (10⁴×10, 10⁵×20, 10⁴×100), and what is done to R besides no longer counts.

  /// The condition that is to be expected of a Jacobian, nil for reflections.
  ///
  /// That of the Jacobian before, so that a problem which is never safe does not
  /// try in every step.
  func expectedCondition(
    _ jacobian: Matrix<Double>, _ last: ResidualFactor
  ) -> Double? {
    switch self {
    case .orthogonal: nil
    case .normalEquations: last.condition
    case .automatic:
      jacobian.rows >= 100 * jacobian.columns ? last.condition : nil
    }
  }
}
