extension Matrix {
  /// The Frobenius norm √(Σ aᵢⱼ²), free of overflow and underflow.
  @inlinable
  public var frobeniusNorm: Scalar { Vector(unchecked: storage).norm }

  /// The largest column sum of magnitudes, ‖A‖₁; NaN when an element is NaN.
  @inlinable
  public var norm1: Scalar {
    largest((0..<columns).map { j in columnSum(j, from: 0) })
  }

  /// ‖A‖₁ = ‖A‖∞ of the symmetric matrix whose lower triangle this holds.
  ///
  /// - Precondition: the matrix is square.
  @inlinable
  public var symmetricNorm1: Scalar {
    checkSquare("symmetricNorm1")
    let n = rows
    var sums = [Scalar](repeating: 0, count: n)
    read { a in
      for j in 0..<n {
        sums[j] += a[j + j * n].magnitude
        for i in j + 1..<Swift.max(n, j + 1) {
          let magnitude = a[i + j * n].magnitude
          sums[i] += magnitude
          sums[j] += magnitude
        }
      }
    }
    return largest(sums)
  }

  /// The largest magnitude of an element; NaN when an element is NaN.
  @inlinable
  public var maximumMagnitude: Scalar {
    read { Scalar._maxMagnitude(count, $0) }
  }

  /// The largest magnitude in the lower triangle; NaN when any element of it is.
  ///
  /// - Complexity: n²/2 comparisons, no allocation.
  @inlinable
  package var lowerMaximumMagnitude: Scalar {
    checkSquare("lowerMaximumMagnitude")
    let n = rows
    var largest: Scalar = 0
    read { a in
      for j in 0..<n {
        let inColumn = Scalar._maxMagnitude(n - j, a + (j + j * n))
        if !(inColumn <= largest) { largest = inColumn }
        if largest.isNaN { return }
      }
    }
    return largest
  }

  /// Whether every element is neither NaN nor infinite.
  @inlinable
  public var isFinite: Bool { maximumMagnitude.isFinite }

  /// The sum of the diagonal.
  ///
  /// - Precondition: the matrix is square.
  @inlinable
  public var trace: Scalar {
    checkSquare("trace")
    return diagonal.sum
  }

  @inlinable
  func columnSum(_ j: Int, from i: Int) -> Scalar {
    read { Scalar._asum(rows - i, $0 + (i + j * rows), 1) }
  }

  @inlinable
  func largest(_ numbers: [Scalar]) -> Scalar {
    var result: Scalar = 0
    for number in numbers {
      if number.isNaN { return .nan }
      result = Swift.max(result, number)
    }
    return result
  }
}

extension Vector {
  /// Takes over numbers whose count may exceed what BLAS counts, for the
  /// elementwise sweeps over a matrix's storage.
  @inlinable
  init(unchecked numbers: [Scalar]) { storage = numbers }
}
