internal import Matrix

/// K = M⁻¹ − W_FᵀW_F / θ, where W_F are the rows of W of the free variables. It is
/// what the inverse of B over the free variables takes:
///
///     B_FF⁻¹ = (1/θ) I + (1/θ²) W_F K⁻¹ W_Fᵀ
///
/// by Sherman, Morrison and Woodbury. In blocks of order m
///
///     K = ⎡−C   E ⎤   C = D + Y_FᵀY_F / θ
///         ⎣ Eᵀ  G ⎦   E = Lᵀ − Y_FᵀS_F,   G = θ S_AᵀS_A
///
/// with A the variables that are not free. Where sⱼ is newer than yᵢ the element
/// of E is Σ_A yᵢsⱼ, elsewhere −Σ_F yᵢsⱼ, so that nothing cancels. C is positive
/// definite, and so is G + EᵀC⁻¹E whenever B is on the free variables: K is
/// factorized by two Cholesky factors, without pivots.
///
/// Source: Byrd, Lu, Nocedal and Zhu 1995, equation 5.11; Zhu, Byrd, Lu and
/// Nocedal 1997, section 2 (the parts that do not cancel).
struct SubspaceMatrix {
  private let capacity: Int
  private var count = 0
  /// YᵀY and YᵀS over the free variables, SᵀS and YᵀS over the others, each in
  /// columns of m.
  private var sums: Vector<Double>
  private var coupling: Vector<Double>
  private var first: SmallCholesky
  private var second: SmallCholesky
  private var column: Vector<Double>

  init(capacity m: Int) {
    capacity = m
    sums = .zeros(4 * m * m)
    coupling = .zeros(m * m)
    first = SmallCholesky(capacity: m)
    second = SmallCholesky(capacity: m)
    column = .zeros(m)
  }

  /// Takes the sums over the variables.
  ///
  /// - Complexity: 3k²n flops for k pairs, no allocation.
  mutating func gather(
    _ hessian: CompactHessian, isFree: [Bool]
  ) {
    let (m, k, n) = (capacity, hessian.count, hessian.rows)
    count = k
    sums.write { sums in
      sums.update(repeating: 0, count: 4 * m * m)
      hessian.panel.read { panel in
        for i in 0..<n {
          let y = panel + 2 * m * i
          let s = y + m
          let isFree = isFree[i]
          // Of a free variable y yᵀ and y sᵀ, of another s sᵀ and y sᵀ.
          let square = isFree ? sums : sums + 2 * m * m
          let mixed = square + m * m
          let own = isFree ? y : s
          for j in 0..<k {
            let (a, b) = (own[j], s[j])
            let (column, other) = (square + j * m, mixed + j * m)
            for p in 0..<k {
              column[p] += own[p] * a
              other[p] += y[p] * b
            }
          }
        }
      }
    }
  }

  /// Factorizes K.
  ///
  /// - Returns: false when rounding leaves B indefinite on the free variables.
  /// - Complexity: O(k³), no allocation.
  mutating func factorize(_ hessian: CompactHessian) -> Bool {
    let (m, k) = (capacity, count)
    let theta = hessian.theta
    sums.read { sums in
      let (yy, ysFree) = (sums, sums + m * m)
      let ysHeld = sums + 3 * m * m
      first.write(order: k) { c in
        for j in 0..<k {
          for i in j..<k { c[i + j * m] = yy[i + j * m] / theta }
          c[j + j * m] += hessian.curvature(j)
        }
      }
      coupling.write { e in
        for j in 0..<k {
          let age = hessian.age(j)
          for i in 0..<k {
            let at = i + j * m
            e[at] = age > hessian.age(i) ? ysHeld[at] : -ysFree[at]
          }
        }
      }
    }
    guard first.factorize() else { return false }
    let ss = 2 * m * m
    sums.read { sums in
      coupling.read { e in
        column.write { z in
          second.write(order: k) { g in
            for j in 0..<k {
              for i in 0..<k { z[i] = e[i + j * m] }
              first.solve(z)
              for i in j..<k {
                var sum = theta * sums[ss + i + j * m]
                for p in 0..<k { sum += e[p + i * m] * z[p] }
                g[i + j * m] = sum
              }
            }
          }
        }
      }
    }
    return second.factorize()
  }

  /// Replaces v by K⁻¹ v; both are 2m elements by slot.
  mutating func solve(_ v: UnsafeMutablePointer<Double>) {
    let (m, k) = (capacity, count)
    let s = v + m
    coupling.read { e in
      // b = (G + EᵀC⁻¹E)⁻¹ (v₂ + EᵀC⁻¹v₁), a = C⁻¹(E b − v₁).
      column.write { z in
        for i in 0..<k { z[i] = v[i] }
        first.solve(z)
        for j in 0..<k {
          for i in 0..<k { s[j] += e[i + j * m] * z[i] }
        }
      }
      second.solve(s)
      for i in 0..<k { v[i] = -v[i] }
      for j in 0..<k {
        for i in 0..<k { v[i] += e[i + j * m] * s[j] }
      }
      first.solve(v)
    }
  }
}
