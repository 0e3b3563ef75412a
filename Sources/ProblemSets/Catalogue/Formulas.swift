public import Differentiation

/// A function f : ℝⁿ → ℝ, written once for all kinds of numbers.
///
/// On `Double` it is the function; on a variable that records, its exact
/// derivatives. Parameters of a family, such as data, are stored properties.
public protocol ObjectiveFormula: Sendable {
  /// f(x).
  func value<Number: RealNumber>(_ x: [Number]) -> Number
}

/// Residuals r : ℝⁿ → ℝᵐ, written once for all kinds of numbers.
public protocol ResidualFormula: Sendable {
  /// r(x), m numbers.
  func residuals<Number: RealNumber>(_ x: [Number]) -> [Number]
}

extension ObjectiveFormula {
  /// This formula with exact derivatives.
  public var automatic: AutomaticFunction {
    AutomaticFunction { value($0) }
  }
}

/// Σ rᵢ², from the first to the last.
func sumOfSquares<Number: RealNumber>(_ r: [Number]) -> Number {
  guard let first = r.first else { return 0 }
  var sum = first * first
  for r in r.dropFirst() { sum += r * r }
  return sum
}
