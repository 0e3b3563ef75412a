public import Matrix

/// The line search of Hager and Zhang, for the Wolfe conditions or, near a minimum,
/// their approximation.
///
/// A step t is accepted when
///
///     φ(t) ≤ φ(0) + δ t φ′(0)  and  φ′(t) ≥ σ φ′(0)                    (T1)
///
/// or, once values change little, when
///
///     (2δ − 1) φ′(0) ≥ φ′(t) ≥ σ φ′(0)  and  φ(t) ≤ φ(0) + ε C.        (T2)
///
/// For a quadratic T2 is T1, but rounding leaves its slopes √ε_machine more
/// accurate than the values in T1, so that gradients can be made as small as
/// they can be computed. The search keeps an interval at whose ends the slopes
/// have opposite signs and shrinks it by a pair of secant steps (secant²), of
/// order 1 + √2, or by halving.
///
/// C is an average of |f| over the run, with weights that fall off by Δ, and T2
/// counts from the first step with |f(xₖ₊₁) − f(xₖ)| ≤ ω C on; this is the search's
/// memory. It also counts where φ(t) equals φ(0) up to rounding or noise.
///
/// Source: Hager and Zhang 2005, section 4 (T1, T2, B0-B3, U0-U3, S1-S4, L0-L2);
/// Hager and Zhang 2006 (C, ω). That undefined points are stepped back from, to a
/// tenth of the way, is added.
public struct HagerZhang: LineSearch {
  /// The fraction δ of the decrease predicted by the slope.
  public let decrease: Double
  /// The fraction σ of the slope that may remain.
  public let curvature: Double
  /// The error ε, relative to C, that a value in T2 may have.
  public let valueError: Double
  /// The change ω, relative to C, from which on T2 counts.
  public let approximateFrom: Double
  /// The most evaluations in one search.
  public let maximumEvaluations: Int

  /// A search with the paper's constants.
  ///
  /// - Precondition: 0 < δ < ½ and δ ≤ σ < 1.
  public init(
    decrease: Double = 0.1, curvature: Double = 0.9, valueError: Double = 1e-6,
    approximateFrom: Double = 1e-3, maximumEvaluations: Int = 60
  ) {
    precondition(
      decrease > 0 && decrease < 0.5 && decrease <= curvature && curvature < 1,
      "δ = \(decrease) and σ = \(curvature) break 0 < δ < 1/2, δ ≤ σ < 1")
    self.decrease = decrease
    self.curvature = curvature
    self.valueError = valueError
    self.approximateFrom = approximateFrom
    self.maximumEvaluations = maximumEvaluations
  }

  /// The search, with its constants where they are not the usual ones.
  public var name: String {
    decrease == 0.1 && curvature == 0.9
      ? "Hager-Zhang" : "Hager-Zhang(\(decrease), \(curvature))"
  }

  /// The average of |f| and whether values change little.
  public struct Memory: Codable, Equatable, Sendable {
    /// C.
    public internal(set) var average = 0.0
    /// The sum Q of the weights in C; 0 before the first search.
    public internal(set) var weight = 0.0
    /// Whether T2 counts.
    public internal(set) var isApproximate = false

    /// Takes |f| into the average, the weights of the earlier ones times Δ = 0.7.
    mutating func take(_ value: Double) {
      weight = 1 + 0.7 * weight
      average += (abs(value) - average) / weight
    }
  }

  /// No values.
  public func makeMemory() -> Memory { Memory() }

  /// Searches from the first step.
  ///
  /// When the evaluations run out, or the interval has shrunk to rounding, the
  /// best point found is taken if its value is below φ(0).
  ///
  /// - Complexity: an evaluation for each step tried, and one more where the
  ///   search ends with its best point.
  public func search(
    from origin: Point, along direction: Vector<Double>, slope: Double,
    firstStep: Double, memory: inout Memory, evaluator: inout Evaluator,
    trial: inout Point
  ) -> LineSearchOutcome {
    if memory.weight == 0 { memory.take(origin.value) }
    let start = LineSample(step: 0, value: origin.value, slope: slope)
    let limit =
      origin.value + max(valueError * memory.average, evaluator.valueNoise)
    let noise = evaluator.noise(of: origin.value)
    var interval = OppositeSlopes(from: start, limit: limit)
    var best = start
    var isDefinedSomewhere = false
    var t = firstStep

    for _ in 0..<maximumEvaluations {
      guard t > 0 && t.isFinite else { break }
      let sample = evaluator.sample(
        origin, along: direction, at: t, into: &trial)
      if sample.isDefined {
        isDefinedSomewhere = true
        if accepts(sample, from: start, limit, noise, memory) {
          return found(sample, from: start, &memory)
        }
        if sample.value < best.value { best = sample }
      }
      t = interval.next(after: sample)
      if interval.isExhausted { break }
    }

    guard best.step > 0 else {
      return .failed(isDefinedSomewhere ? .lineSearch : .undefined)
    }
    let sample = evaluator.sample(
      origin, along: direction, at: best.step, into: &trial)
    guard sample.isDefined && sample.value < start.value else {
      return .failed(.undefined)
    }
    return found(sample, from: start, &memory)
  }

  /// T1, or T2 where it counts.
  @inline(__always)
  private func accepts(
    _ sample: LineSample, from start: LineSample, _ limit: Double,
    _ noise: Double, _ memory: Memory
  ) -> Bool {
    guard sample.slope >= curvature * start.slope else { return false }
    // T1 without the steps: the values may be large, their difference is not.
    if sample.value - start.value <= decrease * sample.step * start.slope {
      return true
    }
    guard
      sample.value <= limit
        && sample.slope <= (2 * decrease - 1) * start.slope
    else { return false }
    return memory.isApproximate
      || abs(sample.value - start.value) <= noise
  }

  private func found(
    _ sample: LineSample, from start: LineSample, _ memory: inout Memory
  ) -> LineSearchOutcome {
    if abs(sample.value - start.value) <= approximateFrom * memory.average {
      memory.isApproximate = true
    }
    memory.take(sample.value)
    return .found(step: sample.step)
  }
}
