internal import CBLAS

extension ResidualFactor {
  /// z ← the minimiser of ‖R z + q‖² with 0 for dependent columns.
  package func solve(into z: inout Vector<Double>) {
    let n = order
    r.read { r in
      image.read { q in
        z.write { z in kernel_triangle_solve(r, n, rank, q, z) }
      }
    }
  }

  /// z ← the minimiser of ‖R z + q‖² + λ ‖z‖².
  ///
  /// - Returns: ‖S⁻ᵀ z‖² with SᵀS = RᵀR + λ I, from which the derivative of ‖z‖
  ///   by λ follows: −‖S⁻ᵀ z‖² / ‖z‖.
  /// - Complexity: 2n³ flops by rotations or, from 48 variables on,
  ///   reflections; no allocation.
  package func solve(
    damping lambda: Double, into z: inout Vector<Double>,
    scratch: inout Scratch
  ) -> Double {
    let n = order
    return r.read { r in
      image.read { q in
        z.write { z in
          scratch.numbers.withUnsafeMutableBufferPointer { s in
            let (s, w) = (s.baseAddress!, s.baseAddress! + n * n)
            let isRegular =
              n < Int(kernel_panels_from)
              ? kernel_triangle_damp(r, n, q, lambda, s, z, w)
              : kernel_panels_damp(r, n, q, lambda, s, z, w)
            guard isRegular != 0 else { return .nan }
            return kernel_triangle_inverse_norm(s, n, z, w)
          }
        }
      }
    }
  }

  /// ‖S⁻ᵀ z‖² for λ = 0 and a factor of full rank.
  package func inverseNorm(
    _ z: Vector<Double>, scratch: inout Scratch
  ) -> Double {
    let n = order
    return r.read { r in
      z.read { z in
        scratch.numbers.withUnsafeMutableBufferPointer { w in
          kernel_triangle_inverse_norm(r, n, z, w.baseAddress!)
        }
      }
    }
  }

  /// y ← R z.
  package func multiply(_ z: Vector<Double>, into y: inout Vector<Double>) {
    let n = order
    r.read { r in
      z.read { z in y.write { y in kernel_triangle_multiply(r, n, z, y) } }
    }
  }

  /// y ← Rᵀ z.
  package func multiplyTransposed(
    _ z: Vector<Double>, into y: inout Vector<Double>
  ) {
    let n = order
    r.read { r in
      z.read { z in
        y.write { y in kernel_triangle_multiply_transposed(r, n, z, y) }
      }
    }
  }

  /// c ← −(RᵀR + λI)⁻¹ (Πᵀ D⁻¹ w + λ z), for the λ > 0 that the scratch was used
  /// with last.
  ///
  /// - Parameters:
  ///   - w: Jᵀ r(x + p), so that without Jp and r this is the step that the
  ///     curvature of the residuals adds to z.
  ///   - z: the damped step of λ.
  package func correction(
    for w: Vector<Double>, _ z: Vector<Double>, damping lambda: Double,
    scale: Vector<Double>, into c: inout Vector<Double>,
    scratch: inout Scratch
  ) {
    let n = order
    permutation.withUnsafeBufferPointer { permutation in
      w.read { w in
        z.read { z in
          scale.read { d in
            c.write { c in
              for k in 0..<n {
                let i = Int(permutation[k])
                c[k] = -(w[i] / d[i] + lambda * z[k])
              }
              scratch.numbers.withUnsafeMutableBufferPointer { s in
                guard let s = s.baseAddress else { return }
                kernel_triangle_solve_square(s, n, c)
              }
            }
          }
        }
      }
    }
  }

  /// H ← D⁻¹ H D⁻¹, lower triangle.
  package func divideSquare(
    _ h: inout Matrix<Double>, by scale: Vector<Double>
  ) {
    let n = order
    checkOrder(of: h)
    scale.read { d in
      h.write { h in
        for j in 0..<n {
          for i in j..<n { h[i + j * n] /= d[i] * d[j] }
        }
      }
    }
  }

  /// H ← H + D⁻¹ JᵀJ D⁻¹, lower triangle.
  package func addSquare(to h: inout Matrix<Double>) {
    let n = order
    checkOrder(of: h)
    permutation.withUnsafeBufferPointer { permutation in
      r.read { r in
        h.write { h in
          for b in 0..<n {
            for a in 0...b {
              var sum = 0.0
              for k in 0...a { sum += r[k * n + a] * r[k * n + b] }
              let (i, j) = (Int(permutation[a]), Int(permutation[b]))
              h[max(i, j) + min(i, j) * n] += sum
            }
          }
        }
      }
    }
  }

  private func checkOrder(of h: Matrix<Double>) {
    precondition(
      h.rows == order && h.columns == order,
      "a \(h.rows)×\(h.columns) matrix for a factor of order \(order)")
  }

  /// y ← D⁻¹ x.
  package func divide(
    _ x: Vector<Double>, by scale: Vector<Double>, into y: inout Vector<Double>
  ) {
    x.read { x in
      scale.read { d in
        y.write { y in for i in 0..<order { y[i] = x[i] / d[i] } }
      }
    }
  }

  /// z ← Πᵀ D p.
  package func rescale(
    _ p: Vector<Double>, by scale: Vector<Double>, into z: inout Vector<Double>
  ) {
    permutation.withUnsafeBufferPointer { permutation in
      p.read { p in
        scale.read { d in
          z.write { z in
            for k in 0..<order {
              let i = Int(permutation[k])
              z[k] = p[i] * d[i]
            }
          }
        }
      }
    }
  }

  /// p ← D⁻¹ Π z.
  package func unscale(
    _ z: Vector<Double>, by scale: Vector<Double>, into p: inout Vector<Double>
  ) {
    permutation.withUnsafeBufferPointer { permutation in
      z.read { z in
        scale.read { d in
          p.write { p in
            for k in 0..<order {
              let i = Int(permutation[k])
              p[i] = z[k] / d[i]
            }
          }
        }
      }
    }
  }
}
