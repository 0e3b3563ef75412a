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

/// f = Σ rᵢ² of residuals, without a factor ½.
struct SumOfSquares<Formula: ResidualFormula>: ObjectiveFormula {
  let formula: Formula

  func value<Number: RealNumber>(_ x: [Number]) -> Number {
    sumOfSquares(formula.residuals(x))
  }
}

func sumOfSquares<Number: RealNumber>(_ r: [Number]) -> Number {
  guard let first = r.first else { return 0 }
  var sum = first * first
  for r in r.dropFirst() { sum += r * r }
  return sum
}
