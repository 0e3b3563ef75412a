internal import CBLAS

/// All that a step of a least-squares method needs to know of the Jacobian J and
/// the residuals r: n² + n numbers, however many rows there are.
///
/// In variables scaled by D, with columns permuted by Π,
///
///     J D⁻¹ Π = Q R,    q = Qᵀ r,    so that    ‖J p + r‖² = ‖R z + q‖² + c
///
/// for p = D⁻¹ Π z and a constant c. The pivoting looks at columns of unit
/// length, so that the rank does not depend on the units of the variables: a
/// column counts as dependent when 10 (m + n) ε of its length or less is
/// left beside the ones before it, a bound on what rounding leaves. Rows of R and
/// elements of q from the rank on are 0.
///
/// Source: Golub and Van Loan 2013, section 5.4.2; rows block by block into a
/// triangle as in Lawson and Hanson 1974, chapter 27.
package struct ResidualFactor: Codable, Equatable, Sendable {
  /// The number of variables.
  package let order: Int
  /// The number of columns that do not depend on the others.
  package private(set) var rank = 0
  /// R, row by row.
  private var r: Vector<Double>
  /// Qᵀ r.
  package private(set) var image: Vector<Double>
  /// The norms of the columns of J.
  package private(set) var columnNorms: Vector<Double>
  /// The column of J that is in each place.
  private var permutation: [Int32]

  /// The factor of a Jacobian of zeros.
  package init(order n: Int) {
    order = n
    r = .zeros(n * n)
    image = .zeros(n)
    columnNorms = .zeros(n)
    permutation = (0..<n).map { Int32($0) }
  }

  /// Scratch of the factor's operations.
  package struct Scratch {
    var numbers: [Double]

    /// Scratch for n variables.
    package init(order n: Int) {
      numbers = Array(repeating: 0, count: n * n + 2 * n)
    }
  }

  /// Factorizes a Jacobian, which is overwritten, as the residuals are.
  ///
  /// - Parameters:
  ///   - jacobian: J, m×n, finite.
  ///   - residuals: r, m elements.
  ///   - scale: D, which is first raised to the norms of the columns where they
  ///     are larger (Moré 1978); the 0 of a variable that has never had an
  ///     influence becomes 1.
  /// - Complexity: 2mn² + 2n³ flops, no allocation.
  package mutating func factorize(
    _ jacobian: inout Matrix<Double>, _ residuals: inout Vector<Double>,
    raising scale: inout Vector<Double>, scratch: inout Scratch
  ) {
    let (m, n) = (jacobian.rows, order)
    precondition(
      jacobian.columns == n && residuals.count == m && scale.count == n,
      """
      a \(m)×\(jacobian.columns) Jacobian with \(residuals.count) residuals and \
      \(scale.count) scales for a factor of order \(n)
      """)
    let tolerance = 10 * Double(m + n) * Double.ulpOfOne
    guard n > 0 else { return }
    image.fill(with: 0)
    r.fill(with: 0)
    r.write { r in
      image.write { q in
        jacobian.write { j in
          residuals.write { b in kernel_triangle_append(r, n, q, j, m, m, b) }
        }
        columnNorms.write { c in
          kernel_triangle_norms(r, n, c)
          scale.write { d in
            for i in 0..<n {
              d[i] = max(d[i], c[i])
              if d[i] == 0 { d[i] = 1 }
            }
            permutation.withUnsafeMutableBufferPointer { p in
              scratch.numbers.withUnsafeMutableBufferPointer { w in
                rank = kernel_triangle_pivot(
                  r, n, q, c, d, tolerance, p.baseAddress!, w.baseAddress!)
              }
            }
          }
        }
      }
    }
  }

  /// The length of the projection of r on the columns of J.
  package var projectedNorm: Double { image.norm }

  /// Whether all numbers are finite: no sum of squares overflowed.
  package var isFinite: Bool {
    image.isFinite && columnNorms.isFinite && r.isFinite
  }
}

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
  /// - Complexity: 2n³ flops by rotations, no allocation.
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
            guard kernel_triangle_damp(r, n, q, lambda, s, z, w) != 0 else {
              return .nan
            }
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
