/// Why a matrix has no factorization of the kind that was asked for.
///
/// Rows, columns and pivots are counted from 0.
public enum FactorizationError: Error, Equatable, Sendable {
  /// The leading block of order `pivot + 1` is not positive definite.
  case notPositiveDefinite(pivot: Int)
  /// No nonzero pivot was left for column `pivot`.
  case singular(pivot: Int)
  /// An element is NaN or infinite, or became so on the way.
  case notFinite(row: Int, column: Int)
  /// The iteration for eigenvalues or singular values did not converge.
  case notConverged
}

extension FactorizationError: CustomStringConvertible {
  /// One sentence that names the pivot or the element.
  public var description: String {
    switch self {
    case .notPositiveDefinite(let pivot):
      "the matrix is not positive definite: pivot \(pivot) is not positive"
    case .singular(let pivot):
      "the matrix is singular: no nonzero pivot for column \(pivot)"
    case .notFinite(let row, let column):
      "the element in row \(row) and column \(column) is NaN or infinite"
    case .notConverged:
      "the iteration for eigenvalues or singular values did not converge"
    }
  }
}

extension Matrix {
  /// Throws when an element is NaN or infinite, the first by columns.
  ///
  /// For the path where something is wrong already. A sum of finite
  /// magnitudes may overflow, so not finding such an element is an outcome
  /// too.
  @inlinable @inline(never)
  func checkFinite(
    lowerTriangle: Bool = false
  ) throws(FactorizationError) {
    for j in 0..<columns {
      for i in (lowerTriangle ? Swift.min(j, rows) : 0)..<rows
      where !storage[i + j * rows].isFinite {
        throw .notFinite(row: i, column: j)
      }
    }
  }
}
