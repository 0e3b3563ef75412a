public import RealModule

/// A real number to compute with: `Double`, or a variable that records what is
/// done to it.
///
/// A function written over this protocol is one source for both: it runs on
/// plain numbers at full speed and gives exact derivatives when it is recorded.
///
///     func banana<Number: RealNumber>(_ x: [Number]) -> Number {
///       let a = 1 - x[0]
///       let b = x[1] - x[0] * x[0]
///       return a * a + 100 * b * b
///     }
///
/// It is swift-numerics' `Real` with literals such as `0.5` and with constants
/// that come from data, `Number(measurement)`; a function over `Real` alone,
/// with integer literals, is recorded just as well.
public protocol RealNumber: Real, ExpressibleByFloatLiteral
where FloatLiteralType == Double {
  /// A constant.
  init(_ value: Double)
}

extension Double: RealNumber {}
