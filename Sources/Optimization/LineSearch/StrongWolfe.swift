public import Matrix

/// The line search of Moré and Thuente for the strong Wolfe conditions.
///
///     φ(t) ≤ φ(0) + c₁ t φ′(0),   |φ′(t)| ≤ c₂ |φ′(0)|.
///
/// It keeps an interval that contains acceptable points, chooses each trial by
/// safeguarded cubic and quadratic interpolation, and halves the interval when
/// interpolation does not shrink it. Two things are added to the published
/// search: where f is undefined or infinite, the step goes back to a quarter of
/// the way from the best point and the undefined region is closed off; and
/// where φ(t) equals φ(0) up to rounding, or up to the noise of f, the conditions
/// are those on the slope alone, since the value carries no information there
/// (Hager and Zhang 2005).
///
/// Source: Moré and Thuente 1994, algorithm 4.1 and section 4.
public struct StrongWolfe: LineSearch {
  /// The fraction c₁ of the decrease predicted by the slope.
  public let decrease: Double
  /// The fraction c₂ of the slope that may remain.
  public let curvature: Double
  /// The longest step.
  public let maximumStep: Double
  /// The most evaluations in one search.
  public let maximumEvaluations: Int

  /// A search for the strong Wolfe conditions.
  ///
  /// - Precondition: 0 < c₁ < c₂ < 1.
  public init(
    decrease: Double = 1e-4, curvature: Double = 0.9,
    maximumStep: Double = 1e20, maximumEvaluations: Int = 40
  ) {
    precondition(
      decrease > 0 && decrease < curvature && curvature < 1,
      "c₁ = \(decrease) and c₂ = \(curvature) break 0 < c₁ < c₂ < 1")
    self.decrease = decrease
    self.curvature = curvature
    self.maximumStep = maximumStep
    self.maximumEvaluations = maximumEvaluations
  }

  /// The search, with its constants where they are not the usual ones.
  public var name: String {
    decrease == 1e-4 && curvature == 0.9
      ? "strong Wolfe" : "strong Wolfe(\(decrease), \(curvature))"
  }

  /// Searches from the first step.
  ///
  /// When the evaluations run out, the best point found is taken if its value is
  /// below φ(0).
  ///
  /// - Complexity: an evaluation for each step tried; in a quasi-Newton run
  ///   mostly one.
  public func search(
    from origin: Point, along direction: Vector<Double>, slope: Double,
    firstStep: Double, memory: inout NoMemory, evaluator: inout Evaluator,
    trial: inout Point
  ) -> LineSearchOutcome {
    guard firstStep > 0 else { return .failed(.lineSearch) }
    let value0 = origin.value
    let noise = evaluator.noise(of: value0)
    var interval = TrialInterval(value: value0, slope: slope)
    var t = min(firstStep, maximumStep)
    var longest = maximumStep
    var undefinedFrom = Double.infinity
    var isFirstStage = true
    var isDefinedSomewhere = false

    for _ in 0..<maximumEvaluations {
      let measured = evaluator.sample(
        origin, along: direction, at: t, into: &trial)
      guard measured.isDefined else {
        let best = interval.best.step
        undefinedFrom = t
        longest = best + 0.5 * (t - best)
        t = best + 0.25 * (t - best)
        if t <= best { break }
        interval.close(at: longest)
        continue
      }
      isDefinedSomewhere = true
      let sample = measured.withoutNoise(
        evaluator.valueNoise, value: value0, slope: slope)

      let bound = value0 + decrease * t * slope
      let isFlat = abs(sample.slope) <= curvature * abs(slope)
      if isFlat
        && (sample.value <= bound || abs(sample.value - value0) <= noise)
      {
        return .found(step: t)
      }
      if t >= longest && sample.value <= bound
        && sample.slope <= decrease * slope
      {
        // As far as it may go and still descending. Towards an undefined
        // region it may go on until 1 % of the way is left.
        let beyond = t + 0.5 * (undefinedFrom - t)
        guard beyond < .infinity && beyond > 1.01 * t else {
          return .found(step: t)
        }
        longest = beyond
      }

      // The first stage, until a point with sufficient decrease and a
      // nonnegative slope is seen, works on ψ(t) = φ(t) − φ(0) − c₁ t φ′(0)
      // while the best point fails to show the decrease.
      if isFirstStage && sample.value <= bound && sample.slope >= 0 {
        isFirstStage = false
      }
      let usesAuxiliary =
        isFirstStage && sample.value <= interval.best.value
        && sample.value > bound
      t = interval.next(
        after: sample, tilt: usesAuxiliary ? decrease * slope : 0,
        longest: longest)
      if interval.isExhausted { break }
    }

    guard isDefinedSomewhere else { return .failed(.undefined) }
    let best = interval.best
    guard best.step > 0 && best.value < value0 else {
      return .failed(.lineSearch)
    }
    let sample = evaluator.sample(
      origin, along: direction, at: best.step, into: &trial)
    return sample.isDefined ? .found(step: best.step) : .failed(.undefined)
  }
}
