internal import CBLAS

// How Swift values become the arguments of BLAS and LAPACK.

/// A dimension as BLAS counts it.
///
/// `Vector`, `Matrix` and `Tensor` check their dimensions against
/// `Int32.max` where they are made, so here the value always fits.
@inline(__always)
func int(_ n: Int) -> Int32 { Int32(truncatingIfNeeded: n) }

@inline(__always)
func letter(_ scalar: Unicode.Scalar) -> CChar {
  CChar(truncatingIfNeeded: scalar.value)
}

@inline(__always)
func operation(_ transposed: Bool) -> CBLAS_TRANSPOSE {
  transposed ? CblasTrans : CblasNoTrans
}

@inline(__always)
func uplo(_ triangle: Triangle) -> CBLAS_UPLO {
  triangle == .lower ? CblasLower : CblasUpper
}

@inline(__always)
func diagonal(_ unit: Bool) -> CBLAS_DIAG {
  unit ? CblasUnit : CblasNonUnit
}

@inline(__always)
func position(_ side: Side) -> CBLAS_SIDE {
  side == .left ? CblasLeft : CblasRight
}

extension SingularVectors {
  var letter: CChar {
    switch self {
    case .none: Matrix::letter("N")
    case .thin: Matrix::letter("S")
    case .full: Matrix::letter("A")
    }
  }
}

/// Traps unless `n` is a dimension that BLAS can count.
@inlinable @inline(__always)
func checkDimension(_ n: Int, _ what: @autoclosure () -> String) {
  precondition(
    n >= 0 && n <= Int(Int32.max),
    "\(what()) is \(n), outside 0 ... \(Int32.max), the dimensions BLAS counts")
}
