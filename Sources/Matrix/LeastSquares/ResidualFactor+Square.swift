internal import CBLAS

// With columns of unit length, the triangle R of JᵀJ = RᵀR is off by κ²ε, and so is
// a step that is solved with it; Qᵀr = R⁻ᵀJᵀr, whose length says how near the
// end is, by κε only. Up to κ = ε^(−¼), 8192, a step has half of its digits or
// more and contracts the error of the point by 10⁸, more than Gauss and Newton's
// method itself does, and the relative offset is found to 10⁻¹². Beyond, R has to
// come from J.
extension ResidualFactor {
  /// ε^(−¼), up to which JᵀJ is safe.
  package static var safeCondition: Double { 0x1p13 }

  /// Factorizes by way of JᵀJ, if that is safe.
  ///
  /// - Complexity: mn² + O(n³) flops.
  mutating func square(
    _ jacobian: Matrix<Double>, _ residuals: Vector<Double>,
    raising scale: inout Vector<Double>, _ scratch: inout Scratch
  ) -> Bool {
    let (m, n) = (jacobian.rows, order)
    guard m >= n else { return false }
    Threads.use(forProducts: n, n, m)
    r.fill(with: 0)
    r.write { r in
      columnNorms.write { c in
        jacobian.read { j in kernel_normal_square(j, m, n, r) }
        kernel_normal_norms(r, n, c)
      }
    }
    // A column of zeros has no unit length, and a square that overflows or
    // vanishes no root.
    let isRegular = columnNorms.withUnsafeBufferPointer { c in
      c.allSatisfy { $0 > 0x1p-500 && $0 < 0x1p500 }
    }
    guard isRegular else { return false }
    Threads.useOne()
    let size = r.write { r in
      columnNorms.read { c in
        scratch.numbers.withUnsafeMutableBufferPointer { w in
          kernel_normal_factorize(r, n, c) != 0
            ? kernel_triangle_inverse_size(r, n, nil, w.baseAddress!)
            : .infinity
        }
      }
    }
    // ‖J‖₂ ≤ √n with unit columns. A bound, so that nothing unsafe passes.
    condition = Double(n).squareRoot() * size
    guard condition <= Self.safeCondition else { return false }
    jacobian.multiplyTransposed(residuals, into: &image)
    rank = n
    r.write { r in
      columnNorms.read { c in
        scale.write { d in
          Self.raise(d, to: c, count: n)
          image.write { q in kernel_normal_finish(r, n, c, d, q) }
        }
      }
    }
    permutation.withUnsafeMutableBufferPointer { p in
      for k in 0..<n { p[k] = Int32(k) }
    }
    return true
  }

  /// Bounds the condition of a factor by reflections.
  ///
  /// - Complexity: n³/3 flops.
  mutating func boundCondition(
    _ scale: Vector<Double>, _ scratch: inout Scratch
  ) {
    let n = order
    // Not infinite, which a checkpoint could not hold.
    condition = .greatestFiniteMagnitude
    guard rank == n && isFinite else { return }
    let size = r.read { r in
      columnNorms.read { c in
        scale.read { d in
          permutation.withUnsafeBufferPointer { p in
            scratch.numbers.withUnsafeMutableBufferPointer { w in
              // R belongs to columns of the lengths c / d.
              let factors = w.baseAddress! + n
              for k in 0..<n {
                let i = Int(p[k])
                factors[k] = c[i] / d[i]
              }
              return kernel_triangle_inverse_size(
                r, n, factors, w.baseAddress!)
            }
          }
        }
      }
    }
    let bound = Double(n).squareRoot() * size
    if bound.isFinite { condition = bound }
  }
}
