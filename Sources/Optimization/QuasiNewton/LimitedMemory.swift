internal import Matrix

/// The last m pairs (s, y) of a quasi-Newton run, and the product of the inverse
/// Hessian they stand for with a gradient.
///
/// With the pairs in order of age, R the upper triangle of SᵀY (Rᵢⱼ = sᵢᵀyⱼ,
/// i ≤ j) and D its diagonal, the BFGS matrix built on γ I is
///
///     H = γ I + [S  γY] ⎡R⁻ᵀ(D + γYᵀY)R⁻¹  −R⁻ᵀ⎤ ⎡ Sᵀ ⎤
///                       ⎣      −R⁻¹          0 ⎦ ⎣γYᵀ⎦
///
/// (Byrd, Nocedal and Schnabel 1994, equation 3.1), so that −H g takes
/// [S Y]ᵀ[g y] for the newest y, which also extends R and YᵀY by a column, three
/// small triangular products, and one combination of the columns of [S Y]. Each
/// vector is read twice, where the two-loop recursion reads it four times; from
/// n in the thousands on that is what a step costs.
///
/// For few variables the small products cost more than the vectors, and the
/// two-loop recursion (Nocedal 1980) gives the same H g.
public struct LimitedMemory: Codable, Equatable, Sendable {
  /// The most pairs that are kept.
  public let capacity: Int
  /// The number of pairs.
  public private(set) var count = 0
  /// The slot of the oldest pair; the others follow cyclically.
  private var head = 0
  /// s and y of slot p are columns 2p and 2p + 1.
  private var panel: Panel
  /// R with the pairs in order of age; what is below its diagonal is not read.
  private var sy: Matrix<Double>
  /// YᵀY with the pairs in order of age.
  private var yy: Matrix<Double>

  /// The number of variables up to which the two-loop recursion is used.
  static let fewVariables = 64

  /// Room for the coefficients of one product.
  struct Scratch {
    /// Two for each column of the panel.
    var products: Vector<Double>
    /// One for each column of the panel.
    var coefficients: Vector<Double>

    init(capacity m: Int) {
      products = .zeros(4 * m)
      coefficients = .zeros(2 * m)
    }
  }

  init(dimension n: Int, capacity m: Int) {
    capacity = m
    panel = Panel(rows: n)
    panel.reserve(columns: 2 * m)
    sy = .zeros(m, m)
    yy = .zeros(m, m)
  }

  /// Whether there is no pair, so that H = I.
  public var isEmpty: Bool { count == 0 }

  /// The operations of one product H g, to leading order.
  var directionFlops: Double { Double((8 * count + 4) * panel.rows) }

  /// Forgets all pairs.
  mutating func removeAll() {
    count = 0
    head = 0
    panel.removeAll()
  }

  /// The slot of the i-th oldest pair.
  @inline(__always)
  private func slot(_ i: Int) -> Int {
    let slot = head + i
    return slot < capacity ? slot : slot - capacity
  }

  /// Takes in the pair of a step, in the place of the oldest when full.
  ///
  /// A pair without positive curvature is left out; in a full memory the oldest
  /// has then gone too.
  mutating func append(from old: Point, to new: Point) {
    if count == capacity { removeOldest() }
    let (sTy, sTs, yTy) = panel.setDifferences(
      at: 2 * slot(count), new.x, old.x, new.gradient, old.gradient)
    // ‖s‖ ‖y‖ as the product of roots, which overflows later than the root of
    // the product.
    let scale = sTs.squareRoot() * yTy.squareRoot()
    if sTy > 1e-10 * scale && scale.isFinite {
      sy[count, count] = sTy
      yy[count, count] = yTy
      count += 1
    } else if !scale.isFinite || !sTy.isFinite {
      // Differences that overflow would reach later products through their
      // column even with a factor of zero.
      removeAll()
    }
  }

  private mutating func removeOldest() {
    head = slot(1)
    count -= 1
    let (m, k) = (capacity, count)
    for matrix in [\LimitedMemory.sy, \LimitedMemory.yy] {
      self[keyPath: matrix].write { a in
        for j in 0..<k {
          for i in 0..<k { a[i + j * m] = a[i + 1 + (j + 1) * m] }
        }
      }
    }
  }

  /// Writes d = −H g and returns gᵀd and ‖d‖₂.
  ///
  /// - Complexity: (8k + 4)n flops for k pairs and O(k²); no allocation.
  mutating func direction(
    at gradient: Vector<Double>, into d: inout Vector<Double>,
    scratch: inout Scratch
  ) -> (slope: Double, length: Double) {
    guard count > 0 else {
      d.copy(from: gradient)
      d.scale(by: -1)
      let length = gradient.norm
      return (-length * length, length)
    }
    let newest = count - 1
    let gamma = sy[newest, newest] / yy[newest, newest]
    let (gd, dd): (Double, Double)
    if panel.rows <= Self.fewVariables {
      (gd, dd) = panel.twoLoop(
        gradient, gamma: gamma, oldest: head, count: count,
        capacity: capacity, curvatures: sy, scratch: &scratch.coefficients,
        into: &d)
    } else {
      panel.multiplyTransposed(
        gradient, andColumn: 2 * slot(newest) + 1, into: &scratch.products)
      solve(gamma, &scratch)
      (gd, dd) = panel.combine(
        scratch.coefficients, plus: -gamma, times: gradient, into: &d)
    }
    return (gd, dd.squareRoot())
  }

  /// Extends R and YᵀY by the newest pair and writes the coefficients of
  /// −H g + γ g in the columns of the panel.
  private mutating func solve(_ gamma: Double, _ scratch: inout Scratch) {
    let (m, k, head) = (capacity, count, head)
    sy.write { r in
      yy.write { yy in
        scratch.products.read { products in
          scratch.coefficients.write { c in
            // With a = Sᵀg and b = Yᵀg:
            //   p = R⁻¹ a,  q = R⁻ᵀ (D p + γ (YᵀY p − b)),
            //   −H g = −γ g − S q + γ Y p.
            withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * m) {
              buffer in
              guard let p = buffer.baseAddress else { return }
              let q = p + m
              let newest = (k - 1) * m
              for i in 0..<k {
                let slot = head + i < m ? head + i : head + i - m
                let product = products + 4 * slot
                p[i] = product[0]
                q[i] = -gamma * product[2]
                if i < k - 1 {
                  r[i + newest] = product[1]
                  yy[i + newest] = product[3]
                  yy[k - 1 + i * m] = product[3]
                }
              }
              var j = k - 1
              while j >= 0 {
                let column = r + j * m
                let pj = p[j] / column[j]
                p[j] = pj
                for i in 0..<j { p[i] -= pj * column[i] }
                j -= 1
              }
              for j in 0..<k {
                let column = yy + j * m
                let pj = gamma * p[j]
                for i in 0..<k { q[i] += pj * column[i] }
              }
              for i in 0..<k {
                let column = r + i * m
                var sum = q[i] + column[i] * p[i]
                for j in 0..<i { sum -= column[j] * q[j] }
                q[i] = sum / column[i]
                let slot = head + i < m ? head + i : head + i - m
                c[2 * slot] = -q[i]
                c[2 * slot + 1] = gamma * p[i]
              }
              // A slot that holds no pair takes no part.
              for i in k..<m {
                let slot = head + i < m ? head + i : head + i - m
                c[2 * slot] = 0
                c[2 * slot + 1] = 0
              }
            }
          }
        }
      }
    }
  }
}
