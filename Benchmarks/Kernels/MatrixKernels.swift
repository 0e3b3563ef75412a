import CReference
import Matrix

extension Kernel {
  /// Products of matrices and solves with many right-hand sides.
  static let matrixKernels = [
    Kernel("gemm", flops: { 2 * $0 * $0 * $0 }) { n, data, compare in
      let (a, b) = (data.matrix(n), data.matrix(n))
      var c = Matrix<Double>.zeros(n, n)
      return compare {
        for _ in 0..<$0 { a.multiply(b, into: &c) }
      } theirs: { repeats in
        c.withUnsafeMutableBufferPointer {
          reference_gemm(
            repeats, Int32(n), a.columnMajor, b.columnMajor, $0.baseAddress)
        }
      }
    },
    Kernel("symm", flops: { 2 * $0 * $0 * $0 }) { n, data, compare in
      let (a, b) = (data.matrix(n), data.matrix(n))
      var c = Matrix<Double>.zeros(n, n)
      return compare {
        for _ in 0..<$0 { a.symmetricMultiply(b, into: &c) }
      } theirs: { repeats in
        c.withUnsafeMutableBufferPointer {
          reference_symm(
            repeats, Int32(n), a.columnMajor, b.columnMajor, $0.baseAddress)
        }
      }
    },
    Kernel("syrk", flops: { $0 * $0 * $0 }) { n, data, compare in
      let a = data.matrix(n)
      var c = Matrix<Double>.zeros(n, n)
      return compare {
        for _ in 0..<$0 { c.symmetricRankUpdate(a, beta: 0) }
      } theirs: { repeats in
        c.withUnsafeMutableBufferPointer {
          reference_syrk(
            repeats, Int32(n), a.columnMajor, $0.baseAddress)
        }
      }
    },
    Kernel("trsm", flops: { $0 * $0 * $0 }) { n, data, compare in
      let t = data.triangle(n)
      var b = data.matrix(n)
      return compare {
        for _ in 0..<$0 { t.solveTriangular(.lower, &b) }
      } theirs: { repeats in
        b.withUnsafeMutableBufferPointer {
          reference_trsm(
            repeats, Int32(n), t.columnMajor, $0.baseAddress)
        }
      }
    },
  ]
}
