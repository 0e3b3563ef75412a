internal import Foundation
internal import Matrix

extension FiniteDifferences {
  /// Differences of the values of a function that is noisy.
  ///
  /// Forward differences at distance h are off by about μh/2 for the curvature
  /// μ = |∂ᵢ²f| and by √2 σ/h for noise of standard deviation σ. The sum of their
  /// squares is least at
  ///
  ///     hᵢ = (8)^¼ (σ / μᵢ)^½
  ///
  /// with an error of (2)^¼ (μᵢσ)^½. The curvatures are found once, from values
  /// around the point of the estimate; where noise hides one, and for central
  /// differences, the step is √(σ/|f|) or ∛(σ/|f|) of the variable.
  ///
  /// - Parameters:
  ///   - base: the objective.
  ///   - noise: its noise, by ``estimateNoise(of:at:along:)``.
  ///   - scheme: which differences are taken.
  ///   - typicalMagnitude: a magnitude that is typical of the variables.
  /// - Precondition: `typicalMagnitude` is positive.
  /// - Complexity: for forward differences 2 or 4 evaluations for each variable.
  ///
  /// Source: Moré and Wild, Estimating derivatives of noisy simulations, ACM
  /// Trans. Math. Softw. 38, 2012, theorem 3.1 and section 5.
  public init(
    of base: any Objective, noise: NoiseEstimate,
    scheme: DifferenceScheme = .forward, typicalMagnitude: Double = 1
  ) {
    self.init(of: base, scheme: scheme, typicalMagnitude: typicalMagnitude)
    // Below ε it is rounding that was met by chance; beyond 1 there is no digit.
    accuracy = min(1, max(.ulpOfOne, noise.relativeLevel))
    guard scheme == .forward else { return }
    let x = noise.point
    steps = Vector(count: x.count) { i in
      let size = max(abs(x[i]), typicalMagnitude)
      let curvature = SecondDifference(
        of: base, along: i, noise: noise, size: size)
      return curvature.map { sqrt(sqrt(8)) * sqrt(noise.level / $0.magnitude) }
        ?? scheme.step(at: x[i], typical: typicalMagnitude, accuracy: accuracy)
    }
  }

  /// |∂ᵢ²f|, beyond the noise.
  private struct SecondDifference {
    var magnitude: Double

    /// From a second difference, once more with a better step when the first is
    /// not to be trusted; nil when the second is not either.
    init?(
      of base: any Objective, along i: Int, noise: NoiseEstimate, size: Double
    ) {
      var shifted = noise.point
      let center = shifted[i]
      func difference(_ h: Double) -> (curvature: Double, isGood: Bool)? {
        shifted[i] = center + h
        let ahead = try? base.value(at: shifted)
        shifted[i] = center - h
        let behind = try? base.value(at: shifted)
        guard let ahead, let behind, ahead.isFinite && behind.isFinite else {
          return nil
        }
        let second = abs(ahead - 2 * noise.value + behind)
        // Well above the noise, and not so far away that f is another one.
        let isGood =
          second >= 100 * noise.level
          && [ahead, behind].allSatisfy {
            abs($0 - noise.value) <= 0.1 * max(abs($0), abs(noise.value))
          }
        return (second / (h * h), isGood)
      }
      // (σ/|f|)^¼ of the variable: where the curvature is |f| over its square, the
      // second difference is then √(σ|f|).
      let relative = min(1, max(.ulpOfOne, noise.relativeLevel))
      guard let first = difference(sqrt(sqrt(relative)) * size),
        first.curvature > 0
      else { return nil }
      magnitude = first.curvature
      if first.isGood { return }
      guard
        let second = difference(sqrt(sqrt(noise.level / first.curvature))),
        second.curvature > 0,
        second.isGood
          || abs(first.curvature - second.curvature) <= second.curvature / 2
      else { return nil }
      magnitude = second.curvature
    }
  }
}
