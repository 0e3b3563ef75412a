/// The interval of Hager and Zhang's search: φ′ < 0 and φ ≤ φ(0) + ε at its lower
/// end, φ′ ≥ 0 at its upper end.
///
/// It is a machine that takes in a sample and answers with the next step to try;
/// what the paper writes as nested procedures are its phases.
struct OppositeSlopes {
  /// What the sample that comes next was asked for.
  private enum Phase {
    /// Bracketing: steps grow until the slope turns (B0-B3).
    case expanding
    /// The upper end is too high, or undefined, and its slope does not turn: the
    /// interval is cut until it does (U3). Then comes a check of the width, or a
    /// new round.
    case cutting(thenChecks: Bool)
    /// The first secant step (S1), with the ends before it.
    case secant
    /// The second (S4).
    case secondSecant
    /// The middle of an interval that shrank too little (L2).
    case middle
  }

  /// The end with a negative slope.
  private(set) var lower: LineSample
  /// The end beyond; of step ∞ before there is one.
  private(set) var upper: LineSample
  /// Whether the interval has shrunk to rounding.
  private(set) var isExhausted = false
  /// φ(0) + ε, what a lower end may be worth.
  private let limit: Double
  private var phase = Phase.expanding
  /// The width at the beginning of a round.
  private var width = Double.infinity

  init(from start: LineSample, limit: Double) {
    lower = start
    upper = LineSample(step: .infinity, value: .infinity, slope: .nan)
    self.limit = limit
  }

  /// The next step to try, the interval having taken in `sample`.
  mutating func next(after sample: LineSample) -> Double {
    let t = choose(after: sample)
    // A step that is not strictly inside repeats an end.
    if !(t > lower.step && t < upper.step) || !t.isFinite {
      isExhausted = true
    }
    return t
  }

  private mutating func choose(after s: LineSample) -> Double {
    let turns = s.isDefined && s.slope >= 0
    let descends = s.isDefined && s.slope < 0 && s.value <= limit
    let (oldLower, oldUpper) = (lower, upper)
    if descends { lower = s } else { upper = s }

    switch phase {
    case .expanding:
      if turns { return beginRound() }
      if descends { return 5 * s.step }
      return cut(thenChecks: false)
    case .cutting(let thenChecks):
      guard turns else { return cut(thenChecks: thenChecks) }
      return thenChecks ? checkWidth() : beginRound()
    case .secant:
      if !turns && !descends { return cut(thenChecks: true) }
      // From the end that the step replaced to the step (S2, S3).
      let t =
        turns ? secant(oldUpper, s) : secant(oldLower, s)
      guard t > lower.step && t < upper.step else { return checkWidth() }
      phase = .secondSecant
      return t
    case .secondSecant:
      if !turns && !descends { return cut(thenChecks: true) }
      return checkWidth()
    case .middle:
      if !turns && !descends { return cut(thenChecks: false) }
      return beginRound()
    }
  }

  /// L1: the secant step of a new round.
  private mutating func beginRound() -> Double {
    width = upper.step - lower.step
    let t = secant(lower, upper)
    guard t > lower.step && t < upper.step else { return halve() }
    phase = .secant
    return t
  }

  /// L2: a new round, or the middle first if this one shrank the interval to
  /// more than γ = 0.66 of what it was.
  private mutating func checkWidth() -> Double {
    upper.step - lower.step > 0.66 * width ? halve() : beginRound()
  }

  private mutating func halve() -> Double {
    phase = .middle
    return lower.step + 0.5 * (upper.step - lower.step)
  }

  /// U3: θ = ½ of the way; a tenth where the far end is undefined.
  private mutating func cut(thenChecks: Bool) -> Double {
    phase = .cutting(thenChecks: thenChecks)
    let fraction = upper.isDefined ? 0.5 : 0.1
    // Towards an undefined region it goes on until 1 % of the way is left.
    if !upper.isDefined && upper.step - lower.step <= 0.01 * upper.step {
      isExhausted = true
    }
    return lower.step + fraction * (upper.step - lower.step)
  }

  /// Where the line through the slopes at a and b vanishes.
  private func secant(_ a: LineSample, _ b: LineSample) -> Double {
    // a + …, not the paper's (a φ′(b) − b φ′(a)) / (φ′(b) − φ′(a)), whose
    // products may overflow.
    a.step + (b.step - a.step) * (a.slope / (a.slope - b.slope))
  }
}
