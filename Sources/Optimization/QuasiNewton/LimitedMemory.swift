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
  /// The number of pairs.
  public private(set) var count = 0
  private var pairs: PairStore
  /// The slot of the oldest pair; the others follow cyclically.
  private var oldest = 0
  /// γ, sᵀy / yᵀy of the newest pair.
  private var gamma = 1.0
  /// Whether the newest pair has yet to join R⁻¹ and YᵀY.
  private var isNewestPending = false

  init(dimension n: Int, capacity m: Int) {
    pairs = PairStore(rows: n, capacity: m)
  }

  /// The most pairs that are kept.
  public var capacity: Int { pairs.capacity }

  /// Whether there is no pair, so that H = I.
  public var isEmpty: Bool { count == 0 }

  /// The operations of one product H g, to leading order.
  var directionFlops: Double { Double((8 * count + 4) * pairs.rows) }

  /// Forgets all pairs.
  mutating func removeAll() {
    count = 0
    oldest = 0
    gamma = 1
    isNewestPending = false
    pairs.removeAll()
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
  ///
  /// - Complexity: (4k + 8)n flops for k pairs; no allocation once there have been m
  ///   pairs.
  mutating func append(from old: Point, to new: Point) {
    if count == capacity {
      oldest = slot(1)
      count -= 1
    }
    let slot = slot(count)
    let (sTy, sTs, yTy) = pairs.setPair(
      at: slot, new.x, old.x, new.gradient, old.gradient)
    // ‖s‖ ‖y‖ as the product of roots, which overflows later than the root of
    // the product.
    let scale = sTs.squareRoot() * yTy.squareRoot()
    if sTy > 1e-10 * scale && scale.isFinite {
      pairs.accept(slot, curvature: sTy)
      gamma = sTy / yTy
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
  /// - Complexity: 4kn flops for k pairs and O(m²); no allocation.
  mutating func direction(
    at gradient: Vector<Double>, into d: inout Vector<Double>
  ) -> (slope: Double, length: Double) {
    guard count > 0 else {
      d.copy(from: gradient)
      d.scale(by: -1)
      let length = gradient.norm
      return (-length * length, length)
    }
    let (gd, dd) = pairs.direction(
      adding: isNewestPending ? slot(count - 1) : nil, gamma: gamma,
      at: gradient, into: &d)
    isNewestPending = false
    return (gd, dd.squareRoot())
  }
}
