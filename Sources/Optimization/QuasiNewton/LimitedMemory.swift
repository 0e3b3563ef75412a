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
/// [S Y]ᵀ[g y] for the newest y, which also extends R and YᵀY by a column, a few
/// products of order m, and one combination of the columns of [S Y]. Each vector
/// is read twice, where the two-loop recursion (Nocedal 1980) reads it four
/// times; from n in the thousands on that is what a step costs. For few variables
/// what counts is that nothing here is a long chain of dependent operations, as
/// the two loops are.
///
/// R⁻¹ is kept instead of R. A new pair appends a column to it, and the inverse
/// without the oldest pair is R⁻¹ without its first row and column, so that no
/// triangular system is ever solved and the pairs need no order.
public struct LimitedMemory: Codable, Equatable, Sendable {
  /// The most pairs that are kept.
  public let capacity: Int
  /// The number of pairs.
  public private(set) var count = 0
  /// s and y of slot p are columns 2p and 2p + 1.
  private var panel: Panel
  private var pairProducts: PairProducts
  /// sᵀg, sᵀy, yᵀg and yᵀy of every slot with the current gradient and the newest
  /// y.
  private var products: Vector<Double>

  /// The slot of the oldest pair; the others follow cyclically.
  private var oldest = 0
  /// Whether the newest pair's products with the others are still to come.
  private var isNewestPending = false

  init(dimension n: Int, capacity m: Int) {
    capacity = m
    panel = Panel(rows: n)
    panel.reserve(columns: 2 * m)
    pairProducts = PairProducts(capacity: m)
    products = PairProducts.room(capacity: m)
  }

  /// Whether there is no pair, so that H = I.
  public var isEmpty: Bool { count == 0 }

  /// The operations of one product H g, to leading order.
  var directionFlops: Double { Double((8 * count + 4) * panel.rows) }

  /// Forgets all pairs.
  mutating func removeAll() {
    count = 0
    oldest = 0
    isNewestPending = false
    panel.removeAll()
    pairProducts.removeAll()
    products.fill(with: 0)
  }

  /// The slot of the i-th oldest pair.
  private func slot(_ i: Int) -> Int {
    let slot = oldest + i
    return slot < capacity ? slot : slot - capacity
  }

  /// Takes in the pair of a step, in the place of the oldest when full.
  ///
  /// A pair without positive curvature is left out; in a full memory the oldest
  /// has then gone too.
  mutating func append(from old: Point, to new: Point) {
    if count == capacity {
      pairProducts.remove(oldest)
      oldest = slot(1)
      count -= 1
    }
    let slot = slot(count)
    let (sTy, sTs, yTy) = panel.setDifferences(
      at: 2 * slot, new.x, old.x, new.gradient, old.gradient,
      products: &products)
    // ‖s‖ ‖y‖ as the product of roots, which overflows later than the root of
    // the product.
    let scale = sTs.squareRoot() * yTy.squareRoot()
    if sTy > 1e-10 * scale && scale.isFinite {
      pairProducts.setCurvature(sTy, of: slot, gamma: sTy / yTy)
      isNewestPending = true
      count += 1
    } else if !scale.isFinite || !sTy.isFinite {
      // Differences that overflow would reach later products through their
      // column even with a factor of zero.
      removeAll()
    }
  }

  /// Writes d = −H g and returns gᵀd and ‖d‖₂.
  ///
  /// - Parameters:
  ///   - gradient: the gradient at the point that was last appended.
  ///   - d: the direction.
  ///   - coefficients: room for one number a column, two for each slot.
  /// - Complexity: 4kn flops for k pairs, as many as were spent when the newest was
  ///   appended, and O(m²); no allocation.
  mutating func direction(
    at gradient: Vector<Double>, into d: inout Vector<Double>,
    coefficients: inout Vector<Double>
  ) -> (slope: Double, length: Double) {
    guard count > 0 else {
      d.copy(from: gradient)
      d.scale(by: -1)
      let length = gradient.norm
      return (-length * length, length)
    }
    pairProducts.coefficients(
      products, newest: isNewestPending ? slot(count - 1) : nil,
      into: &coefficients)
    isNewestPending = false
    let (gd, dd) = panel.combine(
      coefficients, plus: -pairProducts.gamma, times: gradient, into: &d)
    return (gd, dd.squareRoot())
  }
}
