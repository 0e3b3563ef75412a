import CReference
import Matrix

extension Kernel {
  /// Operations on vectors.
  ///
  /// Where an operation changes its operand, the change is small enough for a
  /// billion of them to keep it in range.
  static let vectorKernels = [
    Kernel("dot", flops: { 2 * $0 }) { n, data, compare in
      let (x, y) = (data.vector(n), data.vector(n))
      return compare {
        var result = 0.0
        for _ in 0..<$0 { result = x.dot(y) }
        keep(result)
      } theirs: {
        keep(reference_dot($0, Int32(n), x.array, y.array))
      }
    },
    Kernel("axpy", flops: { 2 * $0 }) { n, data, compare in
      let x = data.vector(n)
      var y = data.vector(n)
      return compare {
        for _ in 0..<$0 { y.add(x, scaledBy: 1e-9) }
      } theirs: { repeats in
        y.withUnsafeMutableBufferPointer {
          reference_axpy(
            repeats, Int32(n), 1e-9, x.array, $0.baseAddress)
        }
      }
    },
    Kernel("nrm2", flops: { 2 * $0 }) { n, data, compare in
      let x = data.vector(n)
      return compare {
        var result = 0.0
        for _ in 0..<$0 { result = x.norm }
        keep(result)
      } theirs: {
        keep(reference_nrm2($0, Int32(n), x.array))
      }
    },
    Kernel("asum", flops: { $0 }) { n, data, compare in
      let x = data.vector(n)
      return compare {
        var result = 0.0
        for _ in 0..<$0 { result = x.norm1 }
        keep(result)
      } theirs: {
        keep(reference_asum($0, Int32(n), x.array))
      }
    },
    Kernel("iamax", flops: nil) { n, data, compare in
      let x = data.vector(n)
      return compare {
        var result = Int?.none
        for _ in 0..<$0 { result = x.indexOfMaximumMagnitude }
        keep(result)
      } theirs: {
        keep(reference_iamax($0, Int32(n), x.array))
      }
    },
  ]
}
