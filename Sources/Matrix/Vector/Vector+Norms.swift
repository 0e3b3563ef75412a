extension Vector {
  /// The Euclidean norm ‖x‖₂ = √(Σ xᵢ²), free of overflow and underflow.
  ///
  /// NaN when an element is NaN, ∞ when one is infinite and none is NaN.
  ///
  /// - Complexity: n multiply-adds; a second and third pass only when the sum of
  ///   squares leaves the safe range.
  @inlinable
  public var norm: Scalar {
    read { x in
      let n = count
      // The sum of squares is exact to rounding whenever it neither overflows
      // nor loses terms to underflow. Terms below the smallest normal number
      // lose relative precision, and n of them matter only if the sum itself is
      // below n times that number over the precision. OpenBLAS's nrm2 guards
      // by 80-bit arithmetic or by scaling each element, 3 to 8 times slower.
      let sum = Scalar._dot(n, x, 1, x, 1)
      let smallest =
        Scalar.leastNormalMagnitude / Scalar.ulpOfOne * Scalar(n + 1)
      if sum > smallest && sum < .infinity { return sum.squareRoot() }
      let scale = Scalar._maxMagnitude(n, x)
      if !(scale > 0 && scale < .infinity) { return scale }
      // Dividing, not multiplying by 1/scale, which overflows for a denormal.
      var scaled: Scalar = 0
      for i in 0..<n {
        let ratio = x[i] / scale
        scaled += ratio * ratio
      }
      return scale * scaled.squareRoot()
    }
  }

  /// The sum of magnitudes ‖x‖₁ = Σ |xᵢ|.
  @inlinable
  public var norm1: Scalar {
    read { Scalar._asum(count, $0, 1) }
  }

  /// The largest magnitude ‖x‖∞ = max |xᵢ|; NaN when any element is NaN.
  ///
  /// 0 for an empty vector. (BLAS's `i?amax` leaves NaN undefined.)
  @inlinable
  public var normInfinity: Scalar {
    read { Scalar._maxMagnitude(count, $0) }
  }

  /// The index of the first element of largest magnitude, of the first NaN if
  /// there is one, and nil for an empty vector.
  @inlinable
  public var indexOfMaximumMagnitude: Int? {
    isEmpty ? nil : read { Scalar._indexOfMaxMagnitude(count, $0) }
  }

  /// The sum Σ xᵢ.
  @inlinable
  public var sum: Scalar {
    // A dot with ones at stride 0 would be vectorised but reads no faster than
    // four partial sums, which also shorten the error bound to n/4 roundings.
    read { x in
      let n = count
      var a: Scalar = 0
      var b: Scalar = 0
      var c: Scalar = 0
      var d: Scalar = 0
      var i = 0
      while i + 4 <= n {
        a += x[i]
        b += x[i + 1]
        c += x[i + 2]
        d += x[i + 3]
        i += 4
      }
      while i < n {
        a += x[i]
        i += 1
      }
      return (a + b) + (c + d)
    }
  }

  /// Whether every element is neither NaN nor infinite.
  @inlinable
  public var isFinite: Bool { normInfinity.isFinite }
}
