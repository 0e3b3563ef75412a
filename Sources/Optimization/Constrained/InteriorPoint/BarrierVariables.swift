internal import Matrix
internal import RealModule

/// What the barrier keeps off its bounds: the variables x and the slacks s of
/// the constraints, w = (x, s), with a multiplier for each finite bound.
///
///     φ(w) = f − μ Σ ln(w − l) − μ Σ ln(u − w) + κ μ (Σ (w − l) + Σ (u − w))
///
/// The last two sums are over those that have one bound alone, κ = 10⁻⁵:
/// without them the barrier pushes a variable that nothing else holds away
/// forever.
///
/// Where l = u the variable is fixed and takes no part: the slack of an
/// equality is one.
///
/// Source: Wächter and Biegler 2006, equations 3a and 35 and section 3.7.
struct BarrierVariables: Codable, Equatable, Sendable {
  /// w.
  var values: Vector<Double>
  /// l, −∞ where there is none.
  var lower: Vector<Double>
  /// u, ∞ where there is none.
  var upper: Vector<Double>
  /// The multipliers of l, 0 where there is none.
  var below: Vector<Double>
  /// The multipliers of u, likewise.
  var above: Vector<Double>

  /// κ.
  static let damping = 1e-5

  init(count: Int) {
    values = .zeros(count)
    lower = .zeros(count)
    upper = .zeros(count)
    below = .zeros(count)
    above = .zeros(count)
  }

  /// The number of variables and slacks.
  var count: Int { values.count }

  /// One of the variables.
  struct Variable {
    var value: Double
    var lower: Double
    var upper: Double
    var below: Double
    var above: Double

    var isFixed: Bool { lower == upper }
    var hasLower: Bool { lower > -.infinity }
    var hasUpper: Bool { upper < .infinity }

    // A variable that rounding has put on its bound is half an ulp from it:
    // with a large multiplier the barrier asks for less than numbers of that
    // size can show.

    /// w − l.
    @inline(__always)
    var gapBelow: Double {
      max(value - lower, 0x1p-53 * max(abs(lower), 1e-10))
    }

    /// u − w.
    @inline(__always)
    var gapAbove: Double {
      max(upper - value, 0x1p-53 * max(abs(upper), 1e-10))
    }

    /// What the barrier adds to φ, over μ.
    @inline(__always)
    var barrier: Double {
      switch (hasLower, hasUpper) {
      case (true, true): -Double.log(gapBelow) - Double.log(gapAbove)
      case (true, false):
        BarrierVariables.damping * gapBelow - Double.log(gapBelow)
      case (false, true):
        BarrierVariables.damping * gapAbove - Double.log(gapAbove)
      case (false, false): 0
      }
    }

    /// The derivative of ``barrier``.
    @inline(__always)
    var slope: Double {
      switch (hasLower, hasUpper) {
      case (true, true): -1 / gapBelow + 1 / gapAbove
      case (true, false): BarrierVariables.damping - 1 / gapBelow
      case (false, true): 1 / gapAbove - BarrierVariables.damping
      case (false, false): 0
      }
    }

    /// Σ of the primal-dual equations.
    @inline(__always)
    var weight: Double {
      (hasLower ? below / gapBelow : 0) + (hasUpper ? above / gapAbove : 0)
    }
  }

  /// Calls `body` with each variable that is not fixed and its place.
  @inline(__always)
  func forEachFree(_ body: (Int, Variable) -> Void) {
    forEachFree(at: values, body)
  }

  /// The same with other values.
  @inline(__always)
  func forEachFree(
    at values: Vector<Double>, _ body: (Int, Variable) -> Void
  ) {
    let count = count
    values.read { w in
      lower.read { l in
        upper.read { u in
          below.read { b in
            above.read { a in
              for k in 0..<count where l[k] != u[k] {
                body(
                  k,
                  Variable(
                    value: w[k], lower: l[k], upper: u[k], below: b[k],
                    above: a[k]))
              }
            }
          }
        }
      }
    }
  }

  /// Changes what `body` changes of each variable that is not fixed.
  @inline(__always)
  mutating func updateEachFree(_ body: (Int, inout Variable) -> Void) {
    let count = count
    values.write { w in
      lower.read { l in
        upper.read { u in
          below.write { b in
            above.write { a in
              for k in 0..<count where l[k] != u[k] {
                var variable = Variable(
                  value: w[k], lower: l[k], upper: u[k], below: b[k],
                  above: a[k])
                body(k, &variable)
                w[k] = variable.value
                b[k] = variable.below
                a[k] = variable.above
              }
            }
          }
        }
      }
    }
  }
}

// MARK: Start

extension BarrierVariables {
  /// Moves each variable off its bounds, by a fraction of its size or of the
  /// room there is.
  mutating func pushInwards(by fraction: Double, _ range: Range<Int>) {
    updateEachFree { k, v in
      guard range.contains(k) else { return }
      let room = fraction * (v.upper - v.lower)
      if v.hasLower {
        let p = min(fraction * max(1, abs(v.lower)), room)
        v.value = max(v.value, v.lower + p)
      }
      if v.hasUpper {
        let p = min(fraction * max(1, abs(v.upper)), room)
        v.value = min(v.value, v.upper - p)
      }
    }
  }

  /// Gives each finite bound the multiplier μ / gap, at most `largest`.
  mutating func takePrimalMultipliers(_ mu: Double, largest: Double) {
    updateEachFree { _, v in
      if v.hasLower { v.below = min(mu / v.gapBelow, largest) }
      if v.hasUpper { v.above = min(mu / v.gapAbove, largest) }
    }
  }
}

// MARK: Residuals

extension BarrierVariables {
  /// The largest |gap × multiplier − μ|.
  func complementarity(_ mu: Double) -> Double {
    var largest = 0.0
    forEachFree { _, v in
      if v.hasLower { largest = max(largest, abs(v.gapBelow * v.below - mu)) }
      if v.hasUpper { largest = max(largest, abs(v.gapAbove * v.above - mu)) }
    }
    return largest
  }

  /// Σ |z|.
  var multiplierSum: Double {
    var sum = 0.0
    forEachFree { _, v in sum += v.below + v.above }
    return sum
  }

  /// What the barrier adds to φ at these values.
  func barrier(_ mu: Double, at values: Vector<Double>) -> Double {
    var sum = 0.0
    forEachFree(at: values) { _, v in sum += v.barrier }
    return mu * sum
  }
}

// MARK: Steps

extension BarrierVariables {
  /// The longest step of w and that of its multipliers that keep 1 − τ of every
  /// gap (Wächter and Biegler 2006, equations 15).
  func longestSteps(
    along d: Vector<Double>, _ mu: Double, _ tau: Double
  ) -> (primal: Double, dual: Double) {
    var primal = 1.0
    var dual = 1.0
    d.read { d in
      forEachFree { k, v in
        if v.hasLower {
          let gap = v.gapBelow
          if d[k] < 0 { primal = min(primal, -tau * gap / d[k]) }
          let dz = (mu - v.below * d[k]) / gap - v.below
          if dz < 0 { dual = min(dual, -tau * v.below / dz) }
        }
        if v.hasUpper {
          let gap = v.gapAbove
          if d[k] > 0 { primal = min(primal, tau * gap / d[k]) }
          let dz = (mu + v.above * d[k]) / gap - v.above
          if dz < 0 { dual = min(dual, -tau * v.above / dz) }
        }
      }
    }
    return (primal, dual)
  }

  /// The longest step of w alone.
  func longestStep(along d: Vector<Double>, _ tau: Double) -> Double {
    var primal = 1.0
    d.read { d in
      forEachFree { k, v in
        if v.hasLower && d[k] < 0 {
          primal = min(primal, -tau * v.gapBelow / d[k])
        }
        if v.hasUpper && d[k] > 0 {
          primal = min(primal, tau * v.gapAbove / d[k])
        }
      }
    }
    return primal
  }

  /// Moves the multipliers by α of their steps, from the gaps before w moves.
  mutating func moveMultipliers(
    along d: Vector<Double>, _ mu: Double, by alpha: Double
  ) {
    d.read { d in
      updateEachFree { k, v in
        if v.hasLower {
          v.below +=
            alpha * ((mu - v.below * d[k]) / v.gapBelow - v.below)
        }
        if v.hasUpper {
          v.above +=
            alpha * ((mu + v.above * d[k]) / v.gapAbove - v.above)
        }
      }
    }
  }

  /// Keeps every multiplier within 10¹⁰ of μ / gap, so that the primal-dual
  /// Hessian stays near the primal one (equation 16).
  mutating func boundMultipliers(_ mu: Double) {
    let factor = 1e10
    updateEachFree { _, v in
      if v.hasLower {
        let ideal = mu / v.gapBelow
        v.below = max(min(v.below, factor * ideal), ideal / factor)
      }
      if v.hasUpper {
        let ideal = mu / v.gapAbove
        v.above = max(min(v.above, factor * ideal), ideal / factor)
      }
    }
  }

  /// Writes w + α d, no farther than the bounds.
  func write(
    along d: Vector<Double>, by alpha: Double, into trial: inout Vector<Double>
  ) {
    let count = count
    values.read { w in
      lower.read { l in
        upper.read { u in
          d.read { d in
            trial.write { t in
              for k in 0..<count {
                t[k] =
                  l[k] == u[k]
                  ? w[k] : max(l[k], min(u[k], w[k] + alpha * d[k]))
              }
            }
          }
        }
      }
    }
  }
}
