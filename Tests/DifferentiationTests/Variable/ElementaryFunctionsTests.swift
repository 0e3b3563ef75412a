import Differentiation
import Foundation
import Matrix
import RealModule
import Testing

/// A function of one number with its first and second derivative, written
/// otherwise than the module writes them.
struct UnaryCase: CustomTestStringConvertible, Sendable {
  let name: String
  let points: [Double]
  let recorded: @Sendable (Variable) -> Variable
  let plain: @Sendable (Double) -> Double
  let first: @Sendable (Double) -> Double
  let second: @Sendable (Double) -> Double

  var testDescription: String { name }
}

let unaryCases: [UnaryCase] = [
  UnaryCase(
    name: "exp", points: [-30, -1, 0, 0.5, 20], recorded: { .exp($0) },
    plain: { .exp($0) }, first: { .exp($0) }, second: { .exp($0) }),
  UnaryCase(
    name: "exp2", points: [-30, -1, 0, 0.5, 20], recorded: { .exp2($0) },
    plain: { .exp2($0) }, first: { 0.6931471805599453 * .exp2($0) },
    second: { 0.4804530139182014 * .exp2($0) }),
  UnaryCase(
    name: "exp10", points: [-5, 0, 0.5, 3], recorded: { .exp10($0) },
    plain: { .exp10($0) }, first: { 2.302585092994046 * .exp10($0) },
    second: { 5.301898110478399 * .exp10($0) }),
  UnaryCase(
    name: "expMinusOne", points: [-30, -1, 0, 1e-9, 2],
    recorded: { .expMinusOne($0) }, plain: { .expMinusOne($0) },
    first: { .exp($0) }, second: { .exp($0) }),
  UnaryCase(
    name: "log", points: [1e-9, 0.5, 1, 30], recorded: { .log($0) },
    plain: { .log($0) }, first: { 1 / $0 }, second: { -1 / ($0 * $0) }),
  UnaryCase(
    name: "log(onePlus:)", points: [-0.5, 0, 1e-9, 30],
    recorded: { .log(onePlus: $0) }, plain: { .log(onePlus: $0) },
    first: { 1 / (1 + $0) }, second: { -1 / ((1 + $0) * (1 + $0)) }),
  UnaryCase(
    name: "log2", points: [1e-9, 0.5, 1, 30], recorded: { .log2($0) },
    plain: { .log2($0) }, first: { 1.4426950408889634 / $0 },
    second: { -1.4426950408889634 / ($0 * $0) }),
  UnaryCase(
    name: "log10", points: [1e-9, 0.5, 1, 30], recorded: { .log10($0) },
    plain: { .log10($0) }, first: { 0.4342944819032518 / $0 },
    second: { -0.4342944819032518 / ($0 * $0) }),
  UnaryCase(
    name: "sin", points: [-3, 0, 0.7, 10], recorded: { .sin($0) },
    plain: { .sin($0) }, first: { .cos($0) }, second: { -.sin($0) }),
  UnaryCase(
    name: "cos", points: [-3, 0, 0.7, 10], recorded: { .cos($0) },
    plain: { .cos($0) }, first: { -.sin($0) }, second: { -.cos($0) }),
  UnaryCase(
    name: "tan", points: [-1, 0, 0.7, 1.2], recorded: { .tan($0) },
    plain: { .tan($0) }, first: { 1 / (.cos($0) * .cos($0)) },
    second: { 2 * .sin($0) / .pow(.cos($0), 3) }),
  UnaryCase(
    name: "asin", points: [-0.9, 0, 0.3], recorded: { .asin($0) },
    plain: { .asin($0) }, first: { 1 / .cos(.asin($0)) },
    second: { $0 / .pow(.cos(.asin($0)), 3) }),
  UnaryCase(
    name: "acos", points: [-0.9, 0, 0.3], recorded: { .acos($0) },
    plain: { .acos($0) }, first: { -1 / .sin(.acos($0)) },
    second: { -$0 / .pow(.sin(.acos($0)), 3) }),
  UnaryCase(
    name: "atan", points: [-9, 0, 0.3, 5], recorded: { .atan($0) },
    plain: { .atan($0) }, first: { .pow(.cos(.atan($0)), 2) },
    second: { -2 * $0 * .pow(.cos(.atan($0)), 4) }),
  UnaryCase(
    name: "sinh", points: [-3, 0, 0.7, 10], recorded: { .sinh($0) },
    plain: { .sinh($0) }, first: { .cosh($0) }, second: { .sinh($0) }),
  UnaryCase(
    name: "cosh", points: [-3, 0, 0.7, 10], recorded: { .cosh($0) },
    plain: { .cosh($0) }, first: { .sinh($0) }, second: { .cosh($0) }),
  UnaryCase(
    name: "tanh", points: [-3, 0, 0.7, 2], recorded: { .tanh($0) },
    plain: { .tanh($0) }, first: { 4 / .pow(.exp($0) + .exp(-$0), 2) },
    second: { -8 * .tanh($0) / .pow(.exp($0) + .exp(-$0), 2) }),
  UnaryCase(
    name: "asinh", points: [-3, 0, 0.7, 10], recorded: { .asinh($0) },
    plain: { .asinh($0) }, first: { 1 / .cosh(.asinh($0)) },
    second: { -$0 / .pow(.cosh(.asinh($0)), 3) }),
  UnaryCase(
    name: "acosh", points: [1.2, 2, 10], recorded: { .acosh($0) },
    plain: { .acosh($0) }, first: { 1 / .sinh(.acosh($0)) },
    second: { -$0 / .pow(.sinh(.acosh($0)), 3) }),
  UnaryCase(
    name: "atanh", points: [-0.9, 0, 0.3], recorded: { .atanh($0) },
    plain: { .atanh($0) }, first: { .pow(.cosh(.atanh($0)), 2) },
    second: { 2 * $0 * .pow(.cosh(.atanh($0)), 4) }),
  UnaryCase(
    name: "sqrt", points: [1e-8, 0.5, 9], recorded: { .sqrt($0) },
    plain: { .sqrt($0) }, first: { .pow($0, -0.5) / 2 },
    second: { -.pow($0, -1.5) / 4 }),
  UnaryCase(
    name: "cube root", points: [-8, -0.5, 0.5, 9], recorded: { .root($0, 3) },
    plain: { .root($0, 3) }, first: { .pow(.root($0, 3), -2) / 3 },
    second: { -2 * .pow(.root($0, 3), -5) / 9 }),
  UnaryCase(
    name: "fifth root", points: [-8, -0.5, 0.5, 9],
    recorded: { .root($0, 5) }, plain: { .root($0, 5) },
    first: { .pow(.root($0, 5), -4) / 5 },
    second: { -4 * .pow(.root($0, 5), -9) / 25 }),
  UnaryCase(
    name: "pow 7", points: [-2, 0, 0.5, 3], recorded: { .pow($0, 7) },
    plain: { .pow($0, 7) }, first: { 7 * $0 * $0 * $0 * $0 * $0 * $0 },
    second: { 42 * $0 * $0 * $0 * $0 * $0 }),
  UnaryCase(
    name: "pow -3", points: [-2, 0.5, 3], recorded: { .pow($0, -3) },
    plain: { .pow($0, -3) }, first: { -3 / ($0 * $0 * $0 * $0) },
    second: { 12 / ($0 * $0 * $0 * $0 * $0) }),
  UnaryCase(
    name: "pow 2.5", points: [0.5, 3], recorded: { .pow($0, 2.5) },
    plain: { .pow($0, 2.5) }, first: { 2.5 * $0 * .sqrt($0) },
    second: { 3.75 * .sqrt($0) }),
  UnaryCase(
    name: "3 to the power", points: [-2, 0, 1.5],
    recorded: { .pow(3, $0) }, plain: { .pow(3.0, $0) },
    first: { 1.0986122886681098 * .pow(3.0, $0) },
    second: { 1.206948960812582 * .pow(3.0, $0) }),
  UnaryCase(
    name: "erf", points: [-2, 0, 0.4, 3], recorded: { .erf($0) },
    plain: { .erf($0) }, first: { 2 / .sqrt(.pi) * .exp(-$0 * $0) },
    second: { -4 * $0 / .sqrt(.pi) * .exp(-$0 * $0) }),
  UnaryCase(
    name: "erfc", points: [-2, 0, 0.4, 3], recorded: { .erfc($0) },
    plain: { .erfc($0) }, first: { -2 / .sqrt(.pi) * .exp(-$0 * $0) },
    second: { 4 * $0 / .sqrt(.pi) * .exp(-$0 * $0) }),
  UnaryCase(
    name: "negation", points: [-2, 0, 3], recorded: { -$0 }, plain: { -$0 },
    first: { _ in -1 }, second: { _ in 0 }),
  UnaryCase(
    name: "square", points: [-2, 0, 3], recorded: { $0.squared },
    plain: { $0 * $0 }, first: { 2 * $0 }, second: { _ in 2 }),
  UnaryCase(
    name: "magnitude", points: [-2, 3], recorded: { abs($0) },
    plain: { abs($0) }, first: { $0 < 0 ? -1 : 1 }, second: { _ in 0 }),
  UnaryCase(
    name: "reciprocal", points: [-2, 3], recorded: { 1 / $0 },
    plain: { 1 / $0 }, first: { -1 / ($0 * $0) },
    second: { 2 / ($0 * $0 * $0) }),
]

@Suite("Functions of one variable")
struct ElementaryFunctionsTests {
  @Test("value and derivatives are those of the formula", arguments: unaryCases)
  func formulas(_ f: UnaryCase) throws {
    let automatic = AutomaticFunction { f.recorded($0[0]) }
    for x in f.points + f.points.reversed() {
      var gradient = Vector<Double>.zeros(1)
      var hessian = Matrix<Double>.zeros(1, 1)
      let value = try automatic.valueAndGradient(at: [x], into: &gradient)
      try automatic.hessian(at: [x], into: &hessian)
      #expect(value == f.plain(x))
      expectClose(gradient[0], f.first(x), 1e-14, "first at \(x)")
      expectClose(hessian[0, 0], f.second(x), 1e-13, "second at \(x)")
    }
  }

  @Test("the formula is the slope of the value", arguments: unaryCases)
  func differences(_ f: UnaryCase) throws {
    for x in f.points where abs(x) > 1e-3 {
      // Five points: error h⁴ f⁽⁵⁾ / 30 and ε |f| / h.
      let h = 1e-3 * min(1, abs(x), 1 - abs(x) > 0 ? 1 - abs(x) : 1)
      let slope =
        (8 * (f.plain(x + h) - f.plain(x - h))
          - (f.plain(x + 2 * h) - f.plain(x - 2 * h))) / (12 * h)
      let rounding = abs(f.plain(x)) * 1e-15 / h
      #expect(abs(slope - f.first(x)) <= 1e-8 * abs(f.first(x)) + rounding)
    }
  }
}

/// Expects two numbers to agree to a relative tolerance; near zero, absolutely.
func expectClose(
  _ found: Double, _ expected: Double, _ tolerance: Double,
  _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  if found == expected || (found.isNaN && expected.isNaN) { return }
  let error = abs(found - expected) / max(abs(expected), 1e-3)
  #expect(
    error <= tolerance, "\(what): \(found) instead of \(expected)",
    sourceLocation: sourceLocation)
}
