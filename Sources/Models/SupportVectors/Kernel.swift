internal import Foundation
public import Matrix

/// A similarity of samples, the scalar product of what they are mapped to.
///
/// Source: Schölkopf and Smola, Learning with Kernels, 2002, chapter 2.
public enum Kernel: Codable, Equatable, Sendable {
  /// xᵀx'.
  case linear
  /// exp(−γ ‖x − x'‖²), γ > 0.
  case gaussian(gamma: Double)
}

extension Kernel {
  /// k(aᵢ, bⱼ) of the columns of two matrices.
  ///
  /// - Precondition: as many rows in both.
  /// - Complexity: 2dmn flops for samples of d features, and mn exponentials where it
  ///   is Gaussian.
  public func callAsFunction(
    _ a: Matrix<Double>, _ b: Matrix<Double>
  ) -> Matrix<Double> {
    precondition(
      a.rows == b.rows, "samples of \(a.rows) and of \(b.rows) features")
    var products = Matrix<Double>.zeros(a.columns, b.columns)
    a.multiply(b, transposingSelf: true, into: &products)
    guard case .gaussian(let gamma) = self else { return products }
    let (left, right) = (Self.squares(a), Self.squares(b))
    // ‖x‖² + ‖x'‖² − 2 xᵀx' may round to less than 0 where x and x' are alike.
    return Matrix(rows: a.columns, columns: b.columns) { i, j in
      exp(-gamma * max(0, left[i] + right[j] - 2 * products[i, j]))
    }
  }

  private static func squares(_ a: Matrix<Double>) -> [Double] {
    (0..<a.columns).map {
      let column = a.column($0)
      return column.dot(column)
    }
  }
}
