extension LearningRate: ExpressibleByIntegerLiteral {
  /// A constant rate.
  public init(integerLiteral value: Int) { self = .constant(Double(value)) }
}
