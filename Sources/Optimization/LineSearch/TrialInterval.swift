/// The interval of uncertainty of Moré and Thuente's search.
struct TrialInterval {
  /// The end with the least value so far.
  private(set) var best: LineSample
  private var other: LineSample
  private var isBracketed = false
  private var width = Double.infinity
  private var widthBefore = Double.infinity
  /// Whether the interval has shrunk to rounding.
  private(set) var isExhausted = false

  init(value: Double, slope: Double) {
    best = LineSample(step: 0, value: value, slope: slope)
    other = best
  }

  /// Takes what lies beyond `t` out of the interval.
  mutating func close(at t: Double) {
    if isBracketed && other.step > t && other.step > best.step {
      isBracketed = false
      width = .infinity
      widthBefore = .infinity
    }
  }

  /// The next step to try, the interval having taken in `sample`.
  ///
  /// With a `tilt` τ the choice is made for φ(t) − τ t instead of φ(t).
  mutating func next(
    after sample: LineSample, tilt: Double, longest: Double
  ) -> Double {
    func tilted(_ s: LineSample, _ sign: Double) -> LineSample {
      LineSample(
        step: s.step, value: s.value - sign * tilt * s.step,
        slope: s.slope - sign * tilt)
    }
    // The range of the trial: inside the bracket, or extrapolating by 1.1 to 4
    // times the last move.
    let lower: Double
    let upper: Double
    if isBracketed {
      lower = min(best.step, other.step)
      upper = max(best.step, other.step)
    } else {
      lower = sample.step + 1.1 * (sample.step - best.step)
      upper = sample.step + 4 * (sample.step - best.step)
    }

    var trial: Double
    if tilt == 0 {
      trial = update(sample, lower, upper)
    } else {
      best = tilted(best, 1)
      other = tilted(other, 1)
      trial = update(tilted(sample, 1), lower, upper)
      best = tilted(best, -1)
      other = tilted(other, -1)
    }

    if isBracketed {
      let size = abs(other.step - best.step)
      if size >= 0.66 * widthBefore {
        trial = best.step + 0.5 * (other.step - best.step)
      }
      widthBefore = width
      width = size
      let scale = max(abs(best.step), abs(other.step))
      isExhausted = size <= 2 * Double.ulpOfOne * scale
    }
    trial = min(trial, longest)
    if !(trial > 0) || trial == best.step {
      trial = best.step + 0.5 * (min(max(upper, lower), longest) - best.step)
      if trial == best.step { isExhausted = true }
    }
    return trial
  }

  /// Moré and Thuente's section 4: the trial by cases, then the new interval.
  private mutating func update(
    _ s: LineSample, _ lower: Double, _ upper: Double
  ) -> Double {
    let opposite = s.slope * (best.slope < 0 ? -1.0 : 1.0) < 0
    var trial: Double

    if s.value > best.value {
      // Case 1: a higher value brackets a minimum. The cubic's minimiser if
      // it is nearer to the best point than the quadratic's, else half way
      // between.
      let cubic = cubicMinimiser(best, s)
      let quadratic =
        best.step
        + best.slope
        / ((best.value - s.value) / (s.step - best.step) + best.slope) / 2
        * (s.step - best.step)
      trial =
        abs(cubic - best.step) < abs(quadratic - best.step)
        ? cubic : cubic + (quadratic - cubic) / 2
      isBracketed = true
    } else if opposite {
      // Case 2: a lower value and slopes of opposite sign bracket one too. The
      // cubic's or the secant's, whichever is farther from s.
      let cubic = cubicMinimiser(s, best)
      let secant = secantStep(s, best)
      trial = abs(cubic - s.step) > abs(secant - s.step) ? cubic : secant
      isBracketed = true
    } else if abs(s.slope) < abs(best.slope) {
      // Case 3: a lower value, the slope of the same sign and smaller. The
      // cubic is used only if it tends to infinity along the step or its
      // minimiser lies beyond s.
      let secant = secantStep(s, best)
      let cubic = cubicBeyond(s, best, lower: lower, upper: upper)
      if isBracketed {
        trial = abs(cubic - s.step) < abs(secant - s.step) ? cubic : secant
        let limit = s.step + 0.66 * (other.step - s.step)
        trial = s.step > best.step ? min(limit, trial) : max(limit, trial)
      } else {
        trial = abs(cubic - s.step) > abs(secant - s.step) ? cubic : secant
        trial = min(max(trial, lower), upper)
      }
    } else if isBracketed {
      // Case 4: a lower value, the slope as steep as before.
      trial = cubicMinimiser(s, other)
    } else {
      trial = s.step > best.step ? upper : lower
    }

    if s.value > best.value {
      other = s
    } else {
      if opposite { other = best }
      best = s
    }
    return trial
  }

  /// The minimiser of the cubic through the values and slopes at a and b.
  ///
  /// γ² = θ² − φ′(a) φ′(b) is formed after dividing by the largest of the
  /// three, lest it overflow.
  private func cubicMinimiser(_ a: LineSample, _ b: LineSample) -> Double {
    let (theta, gamma) = cubicTerms(a, b)
    let g = b.step < a.step ? -gamma : gamma
    let p = (g - a.slope) + theta
    let q = ((g - a.slope) + g) + b.slope
    return a.step + p / q * (b.step - a.step)
  }

  private func cubicBeyond(
    _ s: LineSample, _ best: LineSample, lower: Double, upper: Double
  ) -> Double {
    let (theta, gamma) = cubicTerms(best, s)
    let g = s.step > best.step ? -gamma : gamma
    let p = (g - s.slope) + theta
    let q = (g + (best.slope - s.slope)) + g
    let r = p / q
    if r < 0 && gamma != 0 { return s.step + r * (best.step - s.step) }
    return s.step > best.step ? upper : lower
  }

  private func cubicTerms(
    _ a: LineSample, _ b: LineSample
  ) -> (theta: Double, gamma: Double) {
    let theta = 3 * (a.value - b.value) / (b.step - a.step) + a.slope + b.slope
    let scale = max(abs(theta), abs(a.slope), abs(b.slope))
    guard scale > 0 else { return (0, 0) }
    let ratio = theta / scale
    let discriminant = ratio * ratio - (a.slope / scale) * (b.slope / scale)
    return (theta, scale * max(0, discriminant).squareRoot())
  }

  private func secantStep(_ s: LineSample, _ best: LineSample) -> Double {
    s.step + s.slope / (s.slope - best.slope) * (best.step - s.step)
  }
}
