extension LearningRate {
  /// How a rate goes from one value to another.
  public enum Annealing: String, Codable, Sendable {
    /// Along half a period of a cosine.
    case cosine
    /// Along a straight line.
    case linear
  }

  /// One cycle: from low to a peak and down again, far below where it began.
  ///
  ///     a = peak / `division`,  b = peak,  c = a / `finalDivision`
  ///     a → b over steps 0 … pT − 1,  b → c over pT − 1 … T − 1
  ///
  /// or, in `threePhases` as in the paper, a → b, then b → a over as many steps,
  /// then a → c. `OneCycleLR` of PyTorch. The schedules of Optax have their
  /// corners at pT and T, one step later; they are
  /// `.cosine(from: a, to: b, over: m).then(.cosine(from: b, to: c, over: n),
  /// after: m)`, and the same with `linear` in three parts.
  ///
  /// - Parameters:
  ///   - peak: the highest rate.
  ///   - steps: T, after which the rate stays at its last value.
  ///   - rising: p, the fraction of the steps that lead to the peak.
  ///   - division: what the first rate is smaller than the peak by.
  ///   - finalDivision: what the last rate is smaller than the first by.
  ///   - annealing: the form of each phase.
  ///   - threePhases: whether the rate returns to its first value as it rose
  ///     before it goes below.
  /// - Precondition: 0 ≤ peak < ∞, T ≥ 1, 0 < p < 1, in three phases p ≤ ½;
  ///   the divisions are positive and finite.
  ///
  /// Source: Smith and Topin 2019, section 3; two phases by cosines are
  /// PyTorch's default, after fastai.
  public static func oneCycle(
    peak: Double, over steps: Int, rising: Double = 0.3, division: Double = 25,
    finalDivision: Double = 1e4, annealing: Annealing = .cosine,
    threePhases: Bool = false
  ) -> LearningRate {
    precondition(
      0 < rising && rising < 1 && (!threePhases || rising <= 0.5),
      "a fraction \(rising) of rising steps, not in (0, 1), or more than ½ in "
        + "three phases")
    let first = checked(peak) / checked(factor: division)
    return LearningRate(
      form: .oneCycle(
        OneCycle(
          first: first, peak: peak,
          last: first / checked(factor: finalDivision),
          steps: checked(steps, "the cycle"), rising: rising,
          annealing: annealing, threePhases: threePhases)))
  }

  /// The rates and corners of one cycle.
  struct OneCycle: Codable, Equatable, Sendable {
    let first: Double
    let peak: Double
    let last: Double
    let steps: Int
    let rising: Double
    let annealing: Annealing
    let threePhases: Bool

    func rate(_ step: Int) -> Double {
      // The corners need not be at whole steps.
      let t = Double(step)
      let end = Double(steps - 1)
      guard t < end else { return last }
      let top = rising * Double(steps) - 1
      if t <= top { return along(t, 0, top, first, peak) }
      guard threePhases else { return along(t, max(0, top), end, peak, last) }
      let back = 2 * rising * Double(steps) - 2
      if t <= back { return along(t, max(0, top), back, peak, first) }
      return along(t, max(0, back), end, first, last)
    }

    private func along(
      _ t: Double, _ from: Double, _ to: Double, _ start: Double, _ end: Double
    ) -> Double {
      // A rise of no step is at its end.
      guard to > from else { return end }
      let fraction = (t - from) / (to - from)
      return switch annealing {
      case .linear: start + (end - start) * fraction
      case .cosine: Form.cosine(from: start, to: end, fraction)
      }
    }
  }
}
