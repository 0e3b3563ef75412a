public import Matrix

/// Why numbers do not make a convex quadratic program.
///
/// Rows, columns and variables are counted from 0.
public enum QuadraticProgramError: Error, Equatable, Sendable {
  /// An element of P is not finite.
  case hessianNotFinite(row: Int, column: Int)
  /// Pᵢⱼ and Pⱼᵢ differ by more than rounding.
  case hessianNotSymmetric(row: Int, column: Int)
  /// P has a negative eigenvalue: dᵀPd = `curvature` < 0 along the unit vector
  /// `direction`.
  case notConvex(curvature: Double, direction: Vector<Double>)
  /// An element of q, or r, is not finite; `nil` stands for r.
  case gradientNotFinite(variable: Int?)
  /// An element of A is not finite.
  case constraintNotFinite(row: Int, column: Int)
  /// No number is from `lower` to `upper`, the sides of a row.
  case crossedSides(row: Int, lower: Double, upper: Double)
}

extension QuadraticProgramError: CustomStringConvertible {
  /// One sentence that names the place.
  public var description: String {
    switch self {
    case .hessianNotFinite(let i, let j):
      "P has NaN or infinity in row \(i) and column \(j)"
    case .hessianNotSymmetric(let i, let j):
      "P is not symmetric: elements (\(i), \(j)) and (\(j), \(i)) differ"
    case .notConvex(let curvature, let direction):
      "P is not positive semidefinite: dᵀPd = "
        + "\(curvature.rounded(digits: 4)) along d = \(direction.summary)"
    case .gradientNotFinite(let variable?):
      "q has NaN or infinity for variable \(variable)"
    case .gradientNotFinite(nil):
      "the constant r is NaN or infinite"
    case .constraintNotFinite(let i, let j):
      "the constraints have NaN or infinity in row \(i) and column \(j)"
    case .crossedSides(let row, let lower, let upper):
      "constraint \(row): no number from \(lower) to \(upper)"
    }
  }
}
