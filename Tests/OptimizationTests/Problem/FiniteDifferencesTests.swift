import Foundation
import Matrix
import Testing

@testable import Optimization

/// f = eˣ sin y + x²y with ∇f by hand.
private var wave: DifferentiableFunction {
  DifferentiableFunction { x, gradient in
    let (e, s, c) = (exp(x[0]), sin(x[1]), cos(x[1]))
    gradient[0] = e * s + 2 * x[0] * x[1]
    gradient[1] = e * c + x[0] * x[0]
    return e * s + x[0] * x[0] * x[1]
  }
}

private struct Refusal: Error, Equatable {}

@Suite struct FiniteDifferencesTests {
  /// The gradient that `objective` gives at x, and its value.
  private func gradient(
    _ objective: any DifferentiableObjective, at x: Vector<Double>
  ) throws -> (Double, Vector<Double>) {
    var gradient = Vector<Double>.zeros(x.count)
    let value = try objective.valueAndGradient(at: x, into: &gradient)
    return (value, gradient)
  }

  @Test(arguments: [
    (DifferenceScheme.forward, 1e-7), (DifferenceScheme.central, 1e-9),
  ])
  func `Comes within the error that the step promises`(
    scheme: DifferenceScheme, bound: Double
  ) throws {
    for x: Vector<Double> in [[0.3, -0.7], [0, 0], [-2, 40], [1e-9, 2]] {
      let (value, exact) = try gradient(wave, at: x)
      let (sameValue, found) = try gradient(
        FiniteDifferences(of: wave, scheme: scheme), at: x)
      #expect(sameValue == value)
      #expect((found - exact).norm <= bound * max(exact.norm, 1))
    }
  }

  @Test func `Central differences are exact for quadratics up to rounding`()
    throws
  {
    let quadratic = Function { 3 * $0[0] * $0[0] - 2 * $0[0] }
    let (_, found) = try gradient(FiniteDifferences(of: quadratic), at: [5])
    #expect(abs(found[0] - 28) < 1e-9)
  }

  @Test func `The step follows the units of a variable`() throws {
    // The same function in units that differ by 10¹², where an absolute step
    // of any size fails at one of the two.
    for scale in [1e-6, 1e6] {
      let scaled = Function { exp($0[0] / scale) }
      let (_, found) = try gradient(
        FiniteDifferences(of: scaled, typicalMagnitude: scale), at: [scale])
      #expect(abs(found[0] * scale - exp(1)) < 1e-9)
    }
  }

  @Test func `Takes the side on which f is defined`() throws {
    let right = Function { $0[0] >= 1 ? $0[0] * $0[0] : .nan }
    let left = Function { $0[0] <= 1 ? $0[0] * $0[0] : .infinity }
    for scheme in [DifferenceScheme.forward, .central] {
      for function in [right, left] {
        let (value, found) = try gradient(
          FiniteDifferences(of: function, scheme: scheme), at: [1])
        #expect(value == 1)
        #expect(abs(found[0] - 2) < 1e-5)
      }
    }
  }

  @Test func `Gives NaN where f is defined on neither side`() throws {
    let island = Function { $0[0] == 1 ? $0[1] : .nan }
    let (value, found) = try gradient(
      FiniteDifferences(of: island), at: [1, 3])
    #expect(value == 3)
    #expect(found[0].isNaN)
    #expect(found[1].isNaN == false)
  }

  @Test func `Asks for nothing more where f itself is undefined`() throws {
    var calls = 0
    let nowhere = Function { _ in
      calls += 1
      return .nan
    }
    let (value, found) = try gradient(
      FiniteDifferences(of: nowhere), at: [1, 2, 3])
    #expect(value.isNaN)
    #expect(found.allSatisfy { $0.isNaN })
    #expect(calls == 1)
  }

  @Test func `Lets errors pass, at x and beside it`() {
    let picky = Function { x in
      if x[0] != 0 { throw Refusal() }
      return 0
    }
    for x: Vector<Double> in [[0], [1]] {
      #expect(throws: Refusal()) {
        try gradient(FiniteDifferences(of: picky), at: x)
      }
    }
  }

  @Test func `Counts of values are n + 1 and 2n + 1`() throws {
    for (scheme, expected) in [
      (DifferenceScheme.forward, 5), (.central, 9),
    ] {
      var calls = 0
      let counted = Function {
        calls += 1
        return $0.dot($0)
      }
      _ = try gradient(
        FiniteDifferences(of: counted, scheme: scheme), at: [1, 2, 3, 4])
      #expect(calls == expected)
    }
  }

  @Test func `A method that needs a gradient takes it`() {
    let rosenbrock = Function { x in
      let (a, b) = (x[1] - x[0] * x[0], 1 - x[0])
      return 100 * a * a + b * b
    }
    let solution = minimize(
      FiniteDifferences(of: rosenbrock), from: [-1.2, 1], using: .lbfgs(),
      until: .gradientNorm(1e-5))
    #expect((solution.x - [1, 1]).norm < 1e-5)
  }
}
