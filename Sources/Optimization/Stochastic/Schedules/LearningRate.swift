/// A learning rate η as a pure function of the step.
///
/// A number is a constant rate; what changes is named:
///
///     let constant: LearningRate = 1e-3
///     let annealed: LearningRate =
///       .warmUp(over: 100, to: .cosine(from: 1e-3, over: 5000))
///     annealed(at: 0)      // 0.0, annealed(at: 100) is 1e-3
///
/// Schedules compose: ``warmUp(over:from:to:)`` goes before any other,
/// ``then(_:after:)`` joins two, ``scaled(by:)`` multiplies, ``atMost(_:)`` and
/// ``atLeast(_:)`` bound. A schedule remembers nothing, so that a run that is
/// resumed at step t has the rates of the one that was never interrupted.
///
/// Steps count from 0, and every schedule holds its last rate after its end.
public struct LearningRate: Codable, Equatable, Sendable {
  let form: Form

  /// What a schedule is made of, its settings checked by whoever makes it.
  indirect enum Form: Codable, Equatable, Sendable {
    case constant(Double)
    case steps(from: Double, factor: Double, every: Int)
    case milestones(from: Double, factor: Double, at: [Int])
    case exponential(from: Double, decay: Double)
    case geometric(from: Double, factor: Double, every: Int)
    case polynomial(from: Double, to: Double, over: Int, power: Double)
    case inverseTime(from: Double, decay: Double)
    case inverseSquareRoot(from: Double, timescale: Double)
    case cosine(from: Double, to: Double, over: Int)
    case restarts(
      from: Double, to: Double, period: Int, multiplier: Int, factor: Double)
    case cycle(
      from: Double, to: Double, rising: Int, falling: Int, amplitude: Amplitude)
    case oneCycle(OneCycle)
    case warmUp(over: Int, from: Double, to: Form)
    case joined(Form, Form, at: Int)
    case scaled(Form, Double)
    case atMost(Form, Double)
    case atLeast(Form, Double)
  }

  /// η at a step, 0 for the first.
  ///
  /// - Precondition: step ≥ 0.
  /// - Complexity: a few flops, at most one power or cosine for each part; no
  ///   allocation.
  public func callAsFunction(at step: Int) -> Double {
    precondition(step >= 0, "a learning rate at step \(step), less than 0")
    return form.rate(step)
  }

  /// The same rate η at every step.
  ///
  /// - Precondition: 0 ≤ rate < ∞.
  public static func constant(_ rate: Double) -> LearningRate {
    LearningRate(form: .constant(checked(rate)))
  }
}

extension LearningRate: ExpressibleByFloatLiteral {
  /// A constant rate.
  public init(floatLiteral value: Double) { self = .constant(value) }
}

extension LearningRate: CustomStringConvertible {
  /// The schedule in words.
  public var description: String { form.description }
}

// The checks that the settings of schedules share.
extension LearningRate {
  static func checked(_ rate: Double) -> Double {
    precondition(
      rate >= 0 && rate < .infinity, "a rate of \(rate), not in [0, ∞)")
    return rate
  }

  static func checked(_ steps: Int, _ name: String) -> Int {
    precondition(steps >= 1, "\(name) is \(steps) steps, less than 1")
    return steps
  }

  static func checked(factor: Double) -> Double {
    precondition(
      factor > 0 && factor < .infinity, "a factor of \(factor), not in (0, ∞)")
    return factor
  }

  static func checked(decay: Double) -> Double {
    precondition(
      decay >= 0 && decay < .infinity, "a decay of \(decay), not in [0, ∞)")
    return decay
  }
}
