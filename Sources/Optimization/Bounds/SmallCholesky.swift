internal import Matrix

/// A = L Lᵀ for the matrices of order m of limited-memory methods, in plain loops:
/// for an order of ten a call of LAPACK costs as much as the factorization.
struct SmallCholesky {
  private let capacity: Int
  private var order = 0
  /// Columns of `capacity`, the lower triangle of A and then of L.
  private var elements: Vector<Double>

  init(capacity m: Int) {
    capacity = m
    elements = .zeros(m * m)
  }

  /// Has `body` write the lower triangle of a matrix, columns of `capacity`.
  mutating func write(
    order k: Int, _ body: (UnsafeMutablePointer<Double>) -> Void
  ) {
    order = k
    elements.write(body)
  }

  /// Factorizes in place.
  ///
  /// - Returns: false when the matrix is not positive definite to rounding.
  mutating func factorize() -> Bool {
    let (m, k) = (capacity, order)
    return elements.write { a in
      for j in 0..<k {
        let diagonal = a[j + j * m]
        for p in 0..<j {
          let factor = a[j + p * m]
          for i in j..<k { a[i + j * m] -= factor * a[i + p * m] }
        }
        let pivot = a[j + j * m]
        // What is left of the diagonal when rounding is all there is.
        guard pivot > 4 * .ulpOfOne * diagonal && pivot.isFinite else {
          return false
        }
        let root = pivot.squareRoot()
        for i in j..<k { a[i + j * m] /= root }
      }
      return true
    }
  }

  /// Replaces b by A⁻¹ b.
  func solve(_ b: UnsafeMutablePointer<Double>) {
    let (m, k) = (capacity, order)
    elements.read { a in
      for j in 0..<k {
        b[j] /= a[j + j * m]
        let factor = b[j]
        for i in j + 1..<max(k, j + 1) { b[i] -= factor * a[i + j * m] }
      }
      for j in stride(from: k - 1, through: 0, by: -1) {
        var sum = b[j]
        for i in j + 1..<max(k, j + 1) { sum -= a[i + j * m] * b[i] }
        b[j] = sum / a[j + j * m]
      }
    }
  }
}
