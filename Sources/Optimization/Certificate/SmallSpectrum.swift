internal import Matrix

/// All eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's
/// method: A = V diag(λ) Vᵀ.
///
/// Not by the factorizations of `Matrix`, which Newton's method stands on: the
/// verdict on a method shares nothing with it. A 2×2 matrix takes one rotation;
/// up to order 20 the method beats the set-up costs of any library.
///
/// - Complexity: about 6 sweeps of 6n³ flops; two allocations.
///
/// Source: Golub and Van Loan 2013, section 8.5.
struct SmallSpectrum {
  /// The eigenvalues, in no order.
  private(set) var values: Vector<Double>
  /// The eigenvectors, column by column.
  private(set) var vectors: Matrix<Double>
  /// ‖A‖₂, the largest magnitude of an eigenvalue.
  private(set) var norm = 0.0

  /// The spectrum of the matrix whose lower triangle is given, nil when an
  /// element of it is not finite.
  ///
  /// - Parameter matrix: square; its storage is used up.
  init?(of matrix: consuming Matrix<Double>) {
    let n = matrix.rows
    var scale = 0.0
    var isFinite = true
    values = .zeros(n)
    vectors = .zeros(n, n)
    matrix.withUnsafeMutableBufferPointer { a in
      for j in 0..<n {
        for i in j..<n {
          let magnitude = abs(a[i + j * n])
          scale = max(scale, magnitude)
          isFinite = isFinite && magnitude < .infinity
          a[j + i * n] = a[i + j * n]
        }
      }
      guard isFinite else { return }
      // What is below an eighth of the rounding error of the largest element
      // moves no eigenvalue beyond that error. Convergence is quadratic: 30
      // sweeps are never needed.
      let negligible = scale * .ulpOfOne / 8
      vectors.withUnsafeMutableBufferPointer { v in
        for i in 0..<n { v[i * (n + 1)] = 1 }
        for _ in 0..<30 {
          var isDiagonal = true
          for p in 0..<n {
            for q in p + 1..<max(n, p + 1)
            where abs(a[q + p * n]) > negligible {
              Self.rotate(a, v, p, q, n)
              isDiagonal = false
            }
          }
          if isDiagonal { break }
        }
      }
      for i in 0..<n {
        values[i] = a[i * (n + 1)]
        norm = max(norm, abs(values[i]))
      }
    }
    guard isFinite && norm < .infinity else { return nil }
  }

  /// Vᵀg.
  func components(of g: Vector<Double>) -> Vector<Double> {
    let n = values.count
    return Vector(count: n) { j in
      var sum = 0.0
      for i in 0..<n { sum += vectors[i, j] * g[i] }
      return sum
    }
  }

  /// Vc.
  func combination(_ c: Vector<Double>) -> Vector<Double> {
    let n = values.count
    return Vector(count: n) { i in
      var sum = 0.0
      for j in 0..<n { sum += vectors[i, j] * c[j] }
      return sum
    }
  }

  /// Makes element (p, q) of A zero and applies the same rotation to V.
  @inline(__always)
  private static func rotate(
    _ a: UnsafeMutableBufferPointer<Double>,
    _ v: UnsafeMutableBufferPointer<Double>, _ p: Int, _ q: Int, _ n: Int
  ) {
    let apq = a[q + p * n]
    // tan of the smaller of the two angles; in halves, lest the difference
    // overflow.
    let tau = (a[q * (n + 1)] / 2 - a[p * (n + 1)] / 2) / apq
    // For huge τ the square overflows and t = 0, which is right to rounding.
    let t = (tau < 0 ? -1 : 1) / (abs(tau) + (1 + tau * tau).squareRoot())
    let c = 1 / (1 + t * t).squareRoot()
    let s = t * c
    for k in 0..<n where k != p && k != q {
      let (kp, kq) = (a[k + p * n], a[k + q * n])
      a[k + p * n] = c * kp - s * kq
      a[k + q * n] = s * kp + c * kq
      a[p + k * n] = a[k + p * n]
      a[q + k * n] = a[k + q * n]
    }
    a[p * (n + 1)] -= t * apq
    a[q * (n + 1)] += t * apq
    a[q + p * n] = 0
    a[p + q * n] = 0
    for k in 0..<n {
      let (kp, kq) = (v[k + p * n], v[k + q * n])
      v[k + p * n] = c * kp - s * kq
      v[k + q * n] = s * kp + c * kq
    }
  }
}
