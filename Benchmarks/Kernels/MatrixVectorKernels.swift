import CReference
import Matrix

extension Kernel {
  /// Products and updates of a matrix with vectors.
  static let vectorMatrixKernels = [
    Kernel("gemv", flops: { 2 * $0 * $0 }) { n, data, compare in
      let (a, x) = (data.matrix(n), data.vector(n))
      var y = Vector<Double>.zeros(n)
      return compare {
        for _ in 0..<$0 { a.multiply(x, into: &y) }
      } theirs: { repeats in
        y.withUnsafeMutableBufferPointer {
          reference_gemv(
            repeats, Int32(n), a.columnMajor, x.array, $0.baseAddress)
        }
      }
    },
    Kernel("gemv transposed", flops: { 2 * $0 * $0 }) { n, data, compare in
      let (a, x) = (data.matrix(n), data.vector(n))
      var y = Vector<Double>.zeros(n)
      return compare {
        for _ in 0..<$0 { a.multiply(x, transposed: true, into: &y) }
      } theirs: { repeats in
        y.withUnsafeMutableBufferPointer {
          reference_gemv_transposed(
            repeats, Int32(n), a.columnMajor, x.array, $0.baseAddress)
        }
      }
    },
    Kernel("symv", flops: { 2 * $0 * $0 }) { n, data, compare in
      let (a, x) = (data.matrix(n), data.vector(n))
      var y = Vector<Double>.zeros(n)
      return compare {
        for _ in 0..<$0 { a.symmetricMultiply(x, into: &y) }
      } theirs: { repeats in
        y.withUnsafeMutableBufferPointer {
          reference_symv(
            repeats, Int32(n), a.columnMajor, x.array, $0.baseAddress)
        }
      }
    },
    Kernel("trsv", flops: { $0 * $0 }) { n, data, compare in
      let t = data.triangle(n)
      var x = data.vector(n)
      return compare {
        for _ in 0..<$0 { t.solveTriangular(.lower, &x) }
      } theirs: { repeats in
        x.withUnsafeMutableBufferPointer {
          reference_trsv(
            repeats, Int32(n), t.columnMajor, $0.baseAddress)
        }
      }
    },
    Kernel("ger", flops: { 2 * $0 * $0 }) { n, data, compare in
      let (x, y) = (data.vector(n), data.vector(n))
      var a = data.matrix(n)
      return compare {
        for _ in 0..<$0 { a.rankOneUpdate(x, y, alpha: 1e-9) }
      } theirs: { repeats in
        a.withUnsafeMutableBufferPointer {
          reference_ger(
            repeats, Int32(n), 1e-9, x.array, y.array, $0.baseAddress)
        }
      }
    },
    Kernel("syr2", flops: { 2 * $0 * $0 }) { n, data, compare in
      let (x, y) = (data.vector(n), data.vector(n))
      var a = data.matrix(n)
      return compare {
        for _ in 0..<$0 { a.symmetricRankTwoUpdate(x, y, alpha: 1e-9) }
      } theirs: { repeats in
        a.withUnsafeMutableBufferPointer {
          reference_syr2(
            repeats, Int32(n), 1e-9, x.array, y.array, $0.baseAddress)
        }
      }
    },
  ]
}
