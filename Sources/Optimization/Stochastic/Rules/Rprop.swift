public import Matrix

/// Rprop: a step length for each parameter, grown while its gradient keeps its
/// sign and shrunk when that changes.
///
///     d ← min(d η⁺, most)    where g has the sign of the last gradient,
///     d ← max(d η⁻, least)   where it has the other sign, and g ← 0 there
///     x ← x − d sign(g)
///
/// How large gradients are does not matter, so it is for whole gradients and not
/// for those of batches.
///
/// This is PyTorch's form, iRprop⁻: where a sign changes, the parameter waits for
/// a step. The original takes the last change back there:
/// `onSignChange: .revert`. Optax (0.2.8) has iRprop⁻ with each step taken one
/// update late.
///
/// - Complexity: 4 reads and 3 writes of n numbers, one more of each to revert.
///
/// Source: Riedmiller and Braun 1993, eq. (4) to (6); Igel and Hüsken 2000,
/// iRprop⁻.
public struct Rprop<Scalar: UpdateScalar>: UpdateRule {
  /// What a parameter does when its gradient has changed its sign.
  public enum SignChange: String, Codable, Sendable {
    /// It stays where it is.
    case wait
    /// It takes its last change back.
    case revert
  }

  /// The first step length, this rate at step 0; later rates play no part.
  public let rate: LearningRate
  /// η⁻, by which steps shrink.
  public let shrink: Double
  /// η⁺, by which steps grow.
  public let grow: Double
  /// The least step length.
  public let leastStep: Double
  /// The greatest step length.
  public let mostStep: Double
  /// What a parameter does when its gradient has changed its sign.
  public let onSignChange: SignChange

  /// A rule with the usual settings.
  ///
  /// - Parameters:
  ///   - rate: the first step length of each parameter.
  ///   - shrink: η⁻.
  ///   - grow: η⁺.
  ///   - leastStep: the least step length.
  ///   - mostStep: the greatest step length.
  ///   - onSignChange: what happens when a gradient has changed its sign.
  /// - Precondition: 0 < η⁻ < 1 < η⁺ < ∞, 0 ≤ leastStep ≤ mostStep.
  public init(
    rate: LearningRate = 1e-2, shrink: Double = 0.5, grow: Double = 1.2,
    leastStep: Double = 1e-6, mostStep: Double = 50,
    onSignChange: SignChange = .wait
  ) {
    precondition(
      0 < shrink && shrink < 1 && 1 < grow && grow < .infinity,
      "steps that shrink by \(shrink) and grow by \(grow), not by less than 1 "
        + "and by more")
    precondition(
      0 <= leastStep && leastStep <= mostStep,
      "steps from \(leastStep) to \(mostStep)")
    self.rate = rate
    self.shrink = shrink
    self.grow = grow
    self.leastStep = leastStep
    self.mostStep = mostStep
    self.onSignChange = onSignChange
  }

  /// The name.
  public var name: String { "Rprop" }

  /// The step lengths and their changes.
  public var settings: [String] {
    let base = [
      "first step \(rate(at: 0))", "shrink \(shrink)", "grow \(grow)",
      "steps \(leastStep) to \(mostStep)",
    ]
    return onSignChange == .wait ? base : base + ["changes reverted"]
  }

  /// The step lengths, and what the last gradients were.
  public struct Memory: Codable, Equatable, Sendable {
    /// The gradient before, 0 where it has changed its sign.
    public internal(set) var lastGradient: Vector<Scalar>
    /// d.
    public internal(set) var stepLength: Vector<Scalar>
    /// The change of x before; without elements if it is never reverted.
    public internal(set) var lastChange: Vector<Scalar>
  }

  /// The first step length for each parameter, and no gradient.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    let n = layout.count
    return Memory(
      lastGradient: .zeros(n),
      stepLength: Vector(repeating: Scalar(rate(at: 0)), count: n),
      lastChange: .zeros(onSignChange == .revert ? n : 0))
  }

  /// One step of Rprop.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    check(x, gradient, step)
    switch onSignChange {
    case .wait:
      step.sweep(&x, gradient, &memory.lastGradient, &memory.stepLength) {
        n, x, g, p, d, scale, _ in
        Scalar._rprop(
          n, x, g, p, d, shrink, grow, leastStep, mostStep, scale)
      }
    case .revert:
      step.sweep(
        &x, gradient, &memory.lastGradient, &memory.stepLength,
        &memory.lastChange
      ) { n, x, g, p, d, w, scale, _ in
        Scalar._rpropReverting(
          n, x, g, p, d, w, shrink, grow, leastStep, mostStep, scale)
      }
    }
  }
}
