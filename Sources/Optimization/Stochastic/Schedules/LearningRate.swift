/// A learning rate η as a pure function of the step.
public indirect enum LearningRate: Codable, Equatable, Sendable {
  /// The same at every step.
  case constant(Double)

  /// η at a step, 0 for the first.
  public func callAsFunction(at step: Int) -> Double {
    switch self {
    case .constant(let rate): rate
    }
  }
}

extension LearningRate: ExpressibleByFloatLiteral {
  /// A constant rate.
  public init(floatLiteral value: Double) { self = .constant(value) }
}

extension LearningRate: CustomStringConvertible {
  /// The rate in words.
  public var description: String {
    switch self {
    case .constant(let rate): "\(rate)"
    }
  }
}
