import Matrix
import TestSupport

// Matrices whose factors, inverses or eigenvalues are known in closed form.

/// The Hilbert matrix, hᵢⱼ = 1 / (i + j + 1), positive definite with condition
/// number about e^{3.5 n}.
func hilbert<Scalar: BLASScalar>(_ n: Int) -> Matrix<Scalar> {
  Matrix(rows: n, columns: n) { 1 / Scalar($0 + $1 + 1) }
}

/// The matrix of minima, aᵢⱼ = min(i, j) + 1 = L Lᵀ with a lower triangle of ones
/// (Gregory & Karney, example 3.12): determinant 1, inverse tridiagonal, and
/// eigenvalues 1 / (4 sin²((2k − 1) π / (4n + 2))), k = 1 … n.
func minima<Scalar: BLASScalar>(_ n: Int) -> Matrix<Scalar> {
  Matrix(rows: n, columns: n) { Scalar(Swift.min($0, $1) + 1) }
}

/// The second difference matrix, 2 on the diagonal and −1 beside it: determinant
/// n + 1, eigenvalues 2 − 2 cos(kπ / (n + 1)).
func secondDifference<Scalar: BLASScalar>(_ n: Int) -> Matrix<Scalar> {
  Matrix(rows: n, columns: n) { $0 == $1 ? 2 : abs($0 - $1) == 1 ? -1 : 0 }
}

/// Wilkinson's matrix W⁺ of odd order n: |i − (n − 1)/2| on the diagonal, ones
/// beside it (The Algebraic Eigenvalue Problem, 1965, chapter 5, section 45).
func wilkinson<Scalar: BLASScalar>(_ n: Int) -> Matrix<Scalar> {
  Matrix(rows: n, columns: n) { i, j in
    i == j ? Scalar(abs(i - n / 2)) : abs(i - j) == 1 ? 1 : 0
  }
}

/// A symmetric matrix of standard normal numbers, indefinite.
func randomSymmetric<Scalar: BLASScalar>(
  _ n: Int, using generator: inout SplitMix64
) -> Matrix<Scalar> {
  var a: Matrix<Scalar> = randomMatrix(n, n, using: &generator)
  a.symmetrizeFromLower()
  return a
}

/// ‖A − B‖ / ‖A‖ in the Frobenius norm, over the rounding unit and the order:
/// a backward stable factorization leaves a small number.
func error<Scalar: BLASScalar>(
  _ a: Matrix<Scalar>, _ b: Matrix<Scalar>
) -> Scalar {
  let scale = Scalar(a.rows) * .ulpOfOne * a.frobeniusNorm
  return (a - b).frobeniusNorm / scale
}

func error<Scalar: BLASScalar>(
  _ a: Vector<Scalar>, _ b: Vector<Scalar>
) -> Scalar {
  (a - b).norm / (Scalar(a.count) * .ulpOfOne * a.norm)
}

extension Matrix {
  /// The matrix with NaN above its diagonal, for what reads the lower triangle
  /// only.
  var withoutUpperTriangle: Matrix {
    Matrix(rows: rows, columns: columns) { $0 < $1 ? .nan : self[$0, $1] }
  }

  /// Whether all elements above the diagonal are zero.
  var isLowerTriangular: Bool {
    (0..<columns).allSatisfy { j in
      (0..<Swift.min(j, rows)).allSatisfy { self[$0, j] == 0 }
    }
  }

  /// The matrix with one element replaced.
  func with(_ number: Scalar, _ i: Int, _ j: Int) -> Matrix {
    var result = self
    result[i, j] = number
    return result
  }
}
