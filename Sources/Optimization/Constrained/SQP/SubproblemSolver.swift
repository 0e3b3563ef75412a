internal import Matrix

/// The quadratic programs of sequential quadratic programming, one after the other.
///
///     min ½ dᵀB d + gᵀd + Σ γᵢ vᵢ(d),   B⁻¹ = J Jᵀ
///
/// where vᵢ is how far aᵢᵀd is outside of lᵢ ≤ aᵢᵀd ≤ uᵢ: by nothing where γᵢ = ∞, so
/// that these are constraints, and where γᵢ is finite at a price.
///
/// The dual active-set method of Goldfarb and Idnani on the factor J itself, which a
/// quasi-Newton update changes by a rank-one term: from step to step nothing is
/// factorized. A price is a bound on a multiplier, |yᵢ| ≤ γᵢ. Where a multiplier
/// reaches it the constraint is given up: the force γᵢ aᵢ stays, and the constraint
/// leaves the factors, to come back once it is satisfied with less.
///
/// The rows come first, then the variables, whose normals are unit vectors. Scratch is
/// one block, and loops are plain: with some variables the calls of a library would
/// take most of the time.
///
/// Source: Goldfarb and Idnani, A numerically stable dual method for solving strictly
/// convex quadratic programs, Math. Programming 27, 1983; the bounded multipliers are
/// those of Fletcher's Sℓ₁QP, Practical Methods of Optimization, 1987, section 14.4.
final class SubproblemSolver {
  enum Outcome {
    case solved
    case infeasible
    /// Rounding, or numbers that are not finite, keep it from ending.
    case stuck
  }

  /// Where a constraint stands.
  enum Standing: UInt8 {
    case inactive
    case active
    /// The active ones imply it, to rounding.
    case implied
    /// It is violated at a price from below, as its multiplier is at the upper bound.
    case short
    /// It is violated at a price from above.
    case beyond
  }

  /// The numbers of variables and of rows.
  let n: Int
  let m: Int
  /// d, the solution.
  let d: UnsafeMutablePointer<Double>
  /// The multipliers of rows and variables, positive where a lower side pushes.
  let multipliers: UnsafeMutablePointer<Double>
  /// lᵢ and uᵢ.
  let lower: UnsafeMutablePointer<Double>
  let upper: UnsafeMutablePointer<Double>
  /// aᵢᵀd.
  let values: UnsafeMutablePointer<Double>
  /// The rows aᵢ, each contiguous.
  let normals: UnsafeMutablePointer<Double>
  /// γᵢ.
  let prices: UnsafeMutablePointer<Double>
  /// How many constraints are violated at a price.
  private(set) var givenUp = 0

  let block: UnsafeMutablePointer<Double>
  let r: UnsafeMutablePointer<Double>
  let image: UnsafeMutablePointer<Double>
  let step: UnsafeMutablePointer<Double>
  let dual: UnsafeMutablePointer<Double>
  let normal: UnsafeMutablePointer<Double>
  /// ‖aᵢ‖.
  let sizes: UnsafeMutablePointer<Double>
  /// Of the active constraints: the multiplier of sign × aᵢ and its bounds.
  let force: UnsafeMutablePointer<Double>
  let least: UnsafeMutablePointer<Double>
  let most: UnsafeMutablePointer<Double>
  let signs: UnsafeMutablePointer<Double>
  let active: UnsafeMutablePointer<Int>
  let standing: UnsafeMutablePointer<Standing>
  var count = 0
  private var steps = 0
  private let limit: Int

  init(variables n: Int, rows m: Int) {
    self.n = n
    self.m = m
    let all = n + m
    limit = 20 * (all + n) + 50
    let total = n + 6 * all + n * m + n * n + 8 * n + 8
    block = .allocate(capacity: total)
    block.initialize(repeating: 0, count: total)
    var next = block
    func take(_ count: Int) -> UnsafeMutablePointer<Double> {
      defer { next += count }
      return next
    }
    d = take(n)
    multipliers = take(all)
    lower = take(all)
    upper = take(all)
    values = take(all)
    sizes = take(all)
    prices = take(all)
    normals = take(n * m)
    r = take(n * n)
    image = take(n)
    step = take(n)
    dual = take(n)
    normal = take(n)
    force = take(n + 1)
    least = take(n + 1)
    most = take(n + 1)
    signs = take(n + 1)
    active = .allocate(capacity: n + 1)
    active.initialize(repeating: 0, count: n + 1)
    standing = .allocate(capacity: all + 1)
    standing.initialize(repeating: .inactive, count: all + 1)
  }

  deinit {
    block.deallocate()
    active.deallocate()
    standing.deallocate()
  }

  /// Solves for these normals, sides and prices.
  ///
  /// - Parameters:
  ///   - j: J, n×n; its columns are rotated, which leaves J Jᵀ as it is.
  ///   - g: the gradient g.
  /// - Complexity: 4n² + 2mn flops and twice as many for each constraint that is
  ///   added; no allocation.
  func solve(
    _ j: UnsafeMutablePointer<Double>, gradient g: UnsafePointer<Double>
  ) -> Outcome {
    let (n, m) = (n, m)
    let all = n + m
    count = 0
    steps = 0
    givenUp = 0
    for i in 0..<all {
      standing[i] = .inactive
      multipliers[i] = 0
      prices[i] = i < m ? prices[i] : .infinity
    }
    for i in 0..<m {
      let a = normals + i * n
      var square = 0.0
      for k in 0..<n { square += a[k] * a[k] }
      sizes[i] = square.squareRoot()
    }
    for i in m..<all { sizes[i] = 1 }
    // d = −J Jᵀ g.
    transposedProduct(j, g, image)
    for k in 0..<n { d[k] = 0 }
    for c in 0..<n {
      let a = image[c]
      for k in 0..<n { d[k] -= a * j[k + c * n] }
    }
    setValues()
    while let (place, sign) = mostViolated() {
      let outcome = add(place, sign, j)
      if outcome != .solved { return outcome }
      steps += 1
      if steps > limit { return .stuck }
    }
    for k in 0..<count { multipliers[active[k]] = signs[k] * force[k] }
    for i in 0..<m {
      if standing[i] == .short { multipliers[i] = prices[i] }
      if standing[i] == .beyond { multipliers[i] = -prices[i] }
      if standing[i].isGivenUp { givenUp += 1 }
    }
    return .solved
  }

  // MARK: Values

  private func setValues() {
    let n = n
    for i in 0..<m {
      let a = normals + i * n
      var sum = 0.0
      for k in 0..<n { sum += a[k] * d[k] }
      values[i] = sum
    }
    for k in 0..<n { values[m + k] = d[k] }
  }

  /// The constraint that is farthest outside, in lengths of its normal, or farthest
  /// inside where it was given up; equalities first.
  private func mostViolated() -> (place: Int, sign: Double)? {
    let all = n + m
    var size = 0.0
    for k in 0..<n { size = max(size, abs(d[k])) }
    guard size.isFinite else { return nil }
    var (worst, farthest, sign) = (-1, 0.0, 1.0)
    var hasEquality = false
    for i in 0..<all {
      let violation: Double
      let direction: Double
      switch standing[i] {
      case .active, .implied: continue
      case .inactive:
        let below = lower[i] - values[i]
        let above = values[i] - upper[i]
        violation = max(below, above)
        direction = below > above ? 1 : -1
      case .short: (violation, direction) = (values[i] - lower[i], -1)
      case .beyond: (violation, direction) = (upper[i] - values[i], 1)
      }
      guard violation > 0 else { continue }
      let isEquality = lower[i] == upper[i] && standing[i] == .inactive
      if hasEquality && !isEquality { continue }
      // At least as large as the side.
      let side = abs(values[i]) + violation
      let length = sizes[i]
      guard length > 0 else {
        // 0 d cannot reach the side.
        if standing[i] == .inactive && violation > 1e-13 * max(1, side) {
          return (i, direction)
        }
        continue
      }
      let distance = violation / length
      let rounding = 4e-16 * (size + side / length) * Double(n + 2)
      guard distance > rounding else { continue }
      if distance > farthest || isEquality && !hasEquality {
        (worst, farthest, sign) = (i, distance, direction)
        hasEquality = hasEquality || isEquality
      }
    }
    return worst < 0 ? nil : (worst, sign)
  }

  // MARK: Steps

  /// Adds a constraint, dropping what is in its way.
  ///
  /// Of sign × aᵢ the multiplier grows from 0, or from −γᵢ where the constraint was
  /// given up on the other side.
  private func add(
    _ place: Int, _ sign: Double, _ j: UnsafeMutablePointer<Double>
  ) -> Outcome {
    let n = n
    setNormal(place, sign)
    let wasGivenUp = standing[place].isGivenUp
    // A constraint that was given up is approached from inside.
    let bound =
      wasGivenUp
      ? (standing[place] == .short ? lower[place] : upper[place])
      : (sign > 0 ? lower[place] : upper[place])
    let side = sign * bound
    let isEquality = lower[place] == upper[place]
    let price = prices[place]
    var own = wasGivenUp ? -price : 0
    let last = wasGivenUp && !isEquality ? 0 : price
    let first = wasGivenUp || isEquality ? -price : 0
    while true {
      transposedProduct(j, normal, image)
      let q = count
      // R⁻¹ of the leading part: what the multipliers lose.
      for k in 0..<q { dual[k] = image[k] }
      solveUpper(q)
      var (longest, blocking) = (last - own, -1)
      var largest = 0.0
      for k in 0..<q { largest = max(largest, abs(dual[k])) }
      for k in 0..<q {
        let loss = dual[k]
        // An element that is rounding allows, or forbids, nothing.
        guard abs(loss) > 1e-13 * largest else { continue }
        let room = loss > 0 ? force[k] - least[k] : force[k] - most[k]
        let t = max(0, room / loss)
        if t < longest { (longest, blocking) = (t, k) }
      }
      var (rest, total) = (0.0, 0.0)
      for k in 0..<q { total += image[k] * image[k] }
      for k in q..<n { rest += image[k] * image[k] }
      total += rest
      var value = 0.0
      for k in 0..<n { value += normal[k] * d[k] }
      let violation = max(0, side - value)
      var reach = Double.infinity
      if rest > 1e-20 * total && rest > 0 {
        for k in 0..<n { step[k] = 0 }
        for c in q..<n {
          let a = image[c]
          for k in 0..<n { step[k] += a * j[k + c * n] }
        }
        // stepᵀ normal = ‖image₂‖².
        reach = violation / rest
      }
      let t = min(longest, reach)
      guard t < .infinity else {
        var size = 0.0
        for k in 0..<n { size = max(size, abs(d[k])) }
        let tolerance =
          1e-11 * (max(1, sizes[place]) * size + abs(side)) + 1e-14
        if violation <= tolerance {
          standing[place] = .implied
          return .solved
        }
        return .infeasible
      }
      guard t.isFinite else { return .stuck }
      if reach < .infinity {
        for k in 0..<n { d[k] += t * step[k] }
      }
      for k in 0..<q { force[k] -= t * dual[k] }
      own += t
      if reach <= longest {
        append(place, sign, own, j)
        (least[count - 1], most[count - 1]) = (first, last)
        setValues()
        return .solved
      }
      if blocking < 0 {
        standing[place] =
          last == 0 ? .inactive : sign > 0 ? .short : .beyond
        setValues()
        return .solved
      }
      let end = dual[blocking] > 0 ? least[blocking] : most[blocking]
      let became: Standing =
        end == 0
        ? .inactive : end * signs[blocking] > 0 ? .short : .beyond
      let dropped = active[blocking]
      drop(blocking, j)
      standing[dropped] = became
      steps += 1
      if steps > limit { return .stuck }
    }
  }

  private func setNormal(_ place: Int, _ sign: Double) {
    let n = n
    if place < m {
      for k in 0..<n { normal[k] = sign * normals[k + place * n] }
    } else {
      for k in 0..<n { normal[k] = 0 }
      normal[place - m] = sign
    }
  }
}

extension SubproblemSolver.Standing {
  /// Whether a constraint is violated at a price.
  @inline(__always)
  var isGivenUp: Bool { self == .short || self == .beyond }
}
