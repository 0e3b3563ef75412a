internal import Matrix

/// The limited-memory BFGS matrix itself, not its inverse.
///
/// Of the last m pairs s = xₖ₊₁ − xₖ, y = ∇f(xₖ₊₁) − ∇f(xₖ) it is
///
///     B = θ I − W M Wᵀ,   W = [Y  θS],   M⁻¹ = ⎡−D    Lᵀ  ⎤
///                                               ⎣ L   θSᵀS⎦
///
/// where D is the diagonal and L the part below the diagonal of SᵀY, the pairs in
/// order of age. Along a path that is bent by bounds, every product that is needed
/// is one with a row wᵢ of W, which is why the rows, not the columns, are
/// contiguous here: variable i has its m elements of Y, then its m of S.
///
/// Pairs stay in the slots they were written to. Nothing but L asks for their age,
/// and what L multiplies may be in any order.
///
/// Source: Byrd, Nocedal and Schnabel 1994, equation 2.17 and theorem 2.3.
public struct CompactHessian: Codable, Equatable, Sendable {
  /// The number of variables.
  let rows: Int
  /// The most pairs that are kept.
  public let capacity: Int
  /// The number of pairs.
  public private(set) var count = 0
  /// The slot of the oldest pair; the others follow cyclically.
  private var oldest = 0
  /// yᵀy / sᵀy of the newest pair; without a pair B = θ I, of the caller's choice.
  var theta = 1.0
  /// Rows of 2m elements, yᵢ and sᵢ of all slots.
  private(set) var panel: Vector<Double>
  /// SᵀS, by slot, columns of m.
  private(set) var ss: Vector<Double>
  /// SᵀY, by slot, columns of m.
  private(set) var sy: Vector<Double>

  init(dimension n: Int, capacity m: Int) {
    rows = n
    capacity = m
    panel = .zeros(2 * m * n)
    ss = .zeros(m * m)
    sy = .zeros(m * m)
  }

  /// Whether there is no pair, so that B = θ I.
  public var isEmpty: Bool { count == 0 }

  /// Forgets all pairs.
  mutating func removeAll() {
    count = 0
    oldest = 0
  }

  /// How many pairs came before the one of a slot.
  func age(_ slot: Int) -> Int {
    slot >= oldest ? slot - oldest : slot - oldest + capacity
  }

  /// sᵀy of the pair of a slot.
  func curvature(_ slot: Int) -> Double { sy[slot + slot * capacity] }

  /// Takes in the pair of a step, in the place of the oldest when full.
  ///
  /// A pair without positive curvature is left out: a step that a bound cut short
  /// need not show any. The test sᵀy > 10⁻¹⁰ ‖s‖ ‖y‖ knows no units.
  ///
  /// - Complexity: 6kn flops for k pairs; no allocation.
  mutating func append(
    from old: Point, to new: Point, scratch: inout Vector<Double>
  ) {
    var (sTy, sTs, yTy) = (0.0, 0.0, 0.0)
    let n = rows
    new.x.read { x in
      old.x.read { z in
        new.gradient.read { g in
          old.gradient.read { h in
            for i in 0..<n {
              let (s, y) = (x[i] - z[i], g[i] - h[i])
              sTy += s * y
              sTs += s * s
              yTy += y * y
            }
          }
        }
      }
    }
    // ‖s‖ ‖y‖ as the product of roots, which overflows later than the root of
    // the product.
    let scale = sTs.squareRoot() * yTy.squareRoot()
    guard sTy > 1e-10 * scale && scale.isFinite else {
      if !scale.isFinite || !sTy.isFinite { removeAll() }
      return
    }
    var slot = oldest + count
    if slot >= capacity { slot -= capacity }
    if count == capacity {
      oldest = oldest + 1 == capacity ? 0 : oldest + 1
    } else {
      count += 1
    }
    theta = yTy / sTy
    write(slot, from: old, to: new, scratch: &scratch)
  }

  /// Writes the pair of a slot and its products with all others, itself among
  /// them.
  private mutating func write(
    _ slot: Int, from old: Point, to new: Point, scratch: inout Vector<Double>
  ) {
    let (n, m, k) = (rows, capacity, count)
    scratch.write { sums in
      sums.update(repeating: 0, count: 4 * m)
      let (bySY, byS, byYS) = (sums, sums + m, sums + 2 * m)
      panel.write { panel in
        new.x.read { x in
          old.x.read { z in
            new.gradient.read { g in
              old.gradient.read { h in
                for i in 0..<n {
                  let (s, y) = (x[i] - z[i], g[i] - h[i])
                  let ys = panel + 2 * m * i
                  let ss = ys + m
                  ys[slot] = y
                  ss[slot] = s
                  // Variables that stand still add nothing.
                  if s == 0 && y == 0 { continue }
                  for j in 0..<k {
                    bySY[j] += ss[j] * y
                    byS[j] += ss[j] * s
                    byYS[j] += ys[j] * s
                  }
                }
              }
            }
          }
        }
      }
      ss.write { ss in
        sy.write { sy in
          for j in 0..<k {
            ss[j + slot * m] = byS[j]
            ss[slot + j * m] = byS[j]
            sy[j + slot * m] = bySY[j]
            sy[slot + j * m] = byYS[j]
          }
        }
      }
    }
  }

  /// Copies row i of W, by slot.
  func copyRow(_ i: Int, into row: inout Vector<Double>) {
    let (m, theta) = (capacity, theta)
    panel.read { panel in
      row.write { row in
        let y = panel + 2 * m * i
        for j in 0..<count {
          row[j] = y[j]
          row[j + m] = theta * y[j + m]
        }
      }
    }
  }

  /// Writes Wᵀ d, by slot.
  ///
  /// - Complexity: 4kn flops for k pairs, no allocation.
  func multiplyTransposed(_ d: Vector<Double>, into p: inout Vector<Double>) {
    let (n, m, k, theta) = (rows, capacity, count, theta)
    panel.read { panel in
      d.read { d in
        p.write { p in
          p.update(repeating: 0, count: 2 * m)
          for i in 0..<n where d[i] != 0 {
            let y = panel + 2 * m * i
            for j in 0..<k { p[j] += y[j] * d[i] }
            for j in m..<m + k { p[j] += y[j] * d[i] }
          }
          for j in m..<m + k { p[j] *= theta }
        }
      }
    }
  }
}
