internal import Matrix

/// M of the compact form, factorized, for a given set of pairs.
///
///     M⁻¹ = ⎡−D    Lᵀ  ⎤ = ⎡ D^½       0⎤ ⎡−D^½  D^−½Lᵀ⎤
///           ⎣ L   θSᵀS⎦   ⎣−LD^−½     J⎦ ⎣ 0      Jᵀ  ⎦
///
/// with J Jᵀ = θSᵀS + L D⁻¹ Lᵀ, which is positive definite whenever all sᵀy are
/// positive. Elements are by slot, of Y first, then of S at `capacity`.
///
/// Source: Byrd, Nocedal and Schnabel 1994, theorem 2.4.
struct MiddleMatrix {
  private let capacity: Int
  private var count = 0
  private var theta = 1.0
  /// L by slot, columns of m, zeros elsewhere.
  private var lower: Vector<Double>
  private var inverseD: Vector<Double>
  private var factor: SmallCholesky

  init(capacity m: Int) {
    capacity = m
    lower = .zeros(m * m)
    inverseD = .zeros(m)
    factor = SmallCholesky(capacity: m)
  }

  /// Factorizes M⁻¹ of the pairs.
  ///
  /// - Returns: whether rounding has left it what it is in theory.
  /// - Complexity: O(k³) for k pairs, no allocation.
  mutating func factorize(_ hessian: CompactHessian) -> Bool {
    let (m, k) = (capacity, hessian.count)
    count = k
    theta = hessian.theta
    let theta = theta
    var isPositive = true
    hessian.sy.read { sy in
      hessian.ss.read { ss in
        lower.write { lower in
          inverseD.write { inverseD in
            for j in 0..<k {
              if !(sy[j + j * m] > 0) { isPositive = false }
              inverseD[j] = 1 / sy[j + j * m]
              let age = hessian.age(j)
              for i in 0..<k {
                lower[i + j * m] = hessian.age(i) > age ? sy[i + j * m] : 0
              }
            }
            factor.write(order: k) { a in
              for j in 0..<k {
                for i in j..<k {
                  var sum = theta * ss[i + j * m]
                  for p in 0..<k {
                    sum += lower[i + p * m] * inverseD[p] * lower[j + p * m]
                  }
                  a[i + j * m] = sum
                }
              }
            }
          }
        }
      }
    }
    return isPositive && factor.factorize()
  }

  /// Replaces v by M v; both are 2m elements by slot.
  ///
  /// - Complexity: 4k² flops, no allocation.
  func apply(_ v: UnsafeMutablePointer<Double>) {
    let (m, k) = (capacity, count)
    let s = v + m
    lower.read { lower in
      inverseD.read { inverseD in
        for p in 0..<k {
          let factor = inverseD[p] * v[p]
          for i in 0..<k { s[i] += lower[i + p * m] * factor }
        }
        factor.solve(s)
        for p in 0..<k {
          var sum = -v[p]
          for i in 0..<k { sum += lower[i + p * m] * s[i] }
          v[p] = sum * inverseD[p]
        }
      }
    }
  }
}
