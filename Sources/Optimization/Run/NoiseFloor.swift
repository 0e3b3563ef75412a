internal import Matrix

/// What a run knows of the noise of its objective, and how it goes on with it.
///
/// Where no step lowers f although ∇f says that one should, the driver estimates the
/// noise of f once (``estimateNoise(of:at:along:)``) and, if it is more than rounding,
/// tells all searches and trust regions: values that differ by less than 4σ are equal to
/// them from then on, and the slopes decide. With an exact ∇f that leads on to the
/// tolerance that was asked for.
///
/// What values alone can tell ends before: a point whose f is within 4σ of the lowest
/// has
///
///     ‖∇f‖₂ ≤ √(8 κ σ)
///
/// where f has the curvature κ along ∇f, since the best step along −∇f gains
/// ‖∇f‖² / 2κ. And where the components of ∇f themselves have noise of σ′, as differences
/// of f have, none below 3σ′ is known to differ from 0. The larger of both is
/// the ``attainableGradient``. A run that comes no farther than twice that ends with
/// ``StopCause/noiseFloor(noise:attainableGradient:)``; twice, because σ is known to a
/// factor of 4.
///
/// Source: Moré and Wild 2011 (σ); Shi, Xie, Byrd and Nocedal, A noise-tolerant
/// quasi-Newton algorithm for unconstrained optimization, 2022 (relaxed
/// conditions).
public struct NoiseFloor: Codable, Equatable, Sendable {
  /// σ of f.
  public let level: Double
  /// 3σ′ of the components of ∇f, an upper estimate.
  public let gradientNoise: Double
  /// The ‖∇f‖∞ below which nothing can be told from 0.
  public let attainableGradient: Double
  /// The steps that had been taken when the noise was found.
  public let foundAt: Int
  /// Whether the noise is more than what searches take for rounding anyway.
  public let isBeyondRounding: Bool

  /// The point of the smallest gradient since.
  private(set) var best: Point
  private(set) var bestNorm: Double
  private var lowest: Double
  private var stepsSinceBest = 0

  init(
    level: Double, gradientNoise: Double, curvature: Double, at point: Point,
    gradientNorm: Double, iteration: Int
  ) {
    self.level = level
    self.gradientNoise = gradientNoise
    attainableGradient = max(
      gradientNoise, (8 * curvature).squareRoot() * level.squareRoot())
    foundAt = iteration
    isBeyondRounding = 4 * level > roundingNoise(of: point.value)
    best = point
    bestNorm = gradientNorm
    lowest = point.value
  }

  /// By how much values may differ that are taken for equal; 0 for rounding.
  ///
  /// The difference of two values has the standard deviation √2 σ; 4σ are nearly
  /// three of these, and more than all differences of uniform noise.
  var indifference: Double { isBeyondRounding ? 4 * level : 0 }

  /// Whether a gradient is as small as can be expected.
  func explains(_ gradientNorm: Double) -> Bool {
    gradientNorm <= 2 * attainableGradient
  }

  /// Forgets the point of the smallest gradient for another.
  mutating func begin(at point: Point, _ gradientNorm: Double) {
    best.copy(from: point)
    bestNorm = gradientNorm
    lowest = point.value
    stepsSinceBest = 0
  }

  /// Takes in a step.
  ///
  /// - Returns: whether the run has lost its way: 50 steps without a smaller
  ///   gradient, or up from the lowest value by more than noise.
  /// - Complexity: O(n), no allocation.
  mutating func note(_ point: Point, _ gradientNorm: Double) -> Bool {
    lowest = min(lowest, point.value)
    let rise = point.value - lowest
    if gradientNorm < bestNorm && rise <= 2 * indifference {
      best.copy(from: point)
      bestNorm = gradientNorm
      stepsSinceBest = 0
      return false
    }
    stepsSinceBest += 1
    return stepsSinceBest >= 50 || rise > 10 * indifference
  }
}

extension RunState {
  /// Takes a step into account of what is known of the noise.
  ///
  /// - Returns: whether the run has lost its way.
  mutating func noteNoise() -> Bool {
    let norm = gradientNorm
    return noise?.note(point, norm) ?? false
  }

  /// Looks for small gradients from here on.
  mutating func beginInNoise() {
    let norm = gradientNorm
    noise?.begin(at: point, norm)
  }
}

extension Point {
  /// The same numbers, in this point's storage.
  mutating func copy(from other: Point) {
    x.copy(from: other.x)
    value = other.value
    gradient.copy(from: other.gradient)
  }
}
