public import Differentiation
public import Matrix

/// A model that is linear in some of its parameters: Φ(α) c, with m×p functions
/// Φ of the parameters α that are not.
public protocol SeparableModel {
  /// The number m of data.
  var rows: Int { get }
  /// The number p of linear coefficients c.
  var columns: Int { get }

  /// Writes Φ(α) into `basis`, m×p.
  ///
  /// - Throws: whatever explains that Φ is undefined at α.
  func basis(
    at alpha: Vector<Double>, into basis: inout Matrix<Double>
  ) throws

  /// Writes ∂Φ/∂αⱼ, one below the other for all j, into column j of
  /// `derivatives`: m p × n, each Φ column by column.
  ///
  /// - Throws: whatever explains that it is undefined at α.
  func basisDerivatives(
    at alpha: Vector<Double>, into derivatives: inout Matrix<Double>
  ) throws
}

/// A separable model from a closure, with exact derivatives.
///
///     let decays = AutomaticBasis(rows: times.count, columns: 2) { a in
///       (0..<2).map { k in times.map { t in .exp(-a[k] * t) } }
///     }
public struct AutomaticBasis: SeparableModel {
  /// The number of data.
  public let rows: Int
  /// The number of linear coefficients.
  public let columns: Int
  private let map: AutomaticMap

  /// The model of a closure that returns the columns of Φ(α).
  ///
  /// Where it returns another number of elements, Φ is undefined, and a
  /// ``WrongCount`` says so.
  ///
  /// - Precondition: `rows` and `columns` are not negative.
  public init(
    rows m: Int, columns p: Int,
    _ basis: @escaping ([Variable]) throws -> [[Variable]]
  ) {
    precondition(m >= 0 && p >= 0, "a basis of \(m)×\(p)")
    (rows, columns) = (m, p)
    map = AutomaticMap { alpha in
      let elements = try basis(alpha)
      for column in elements where column.count != m {
        throw WrongCount(found: column.count, expected: m)
      }
      guard elements.count == p else {
        throw WrongCount(found: elements.count * m, expected: m * p)
      }
      return elements.flatMap { $0 }
    }
  }

  /// Φ(α), by a replay.
  public func basis(
    at alpha: Vector<Double>, into basis: inout Matrix<Double>
  ) throws {
    let values = try map.value(at: alpha)
    basis = Matrix(rows: rows, columns: columns, columnMajor: values.array)
  }

  /// ∂Φ/∂α, by sweeps.
  public func basisDerivatives(
    at alpha: Vector<Double>, into derivatives: inout Matrix<Double>
  ) throws { try map.jacobian(at: alpha, into: &derivatives) }
}
