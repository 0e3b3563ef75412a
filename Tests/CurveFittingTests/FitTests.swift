import Differentiation
import Foundation
import Matrix
import Optimization
import TestSupport
import Testing

@testable import CurveFitting

@Suite("Fits of curves")
struct FitTests {
  /// NIST StRD Misra1a (public domain): 14 observations, y = b1 (1 − exp(−b2 x)).
  static let misra1a = Observations(
    x: [
      77.6, 114.9, 141.1, 190.8, 239.9, 289, 332.8, 378.4, 434.8, 477.3, 536.8,
      593.1, 689.1, 760,
    ],
    y: [
      10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05,
      61.01, 66.40, 75.47, 81.78,
    ])

  private func misra<Number: RealNumber>(
    _ x: Number, _ b: [Number]
  ) -> Number {
    b[0] * (1 - .exp(-b[1] * x))
  }

  private func isNear(_ a: Double?, _ b: Double, _ relative: Double = 1e-9)
    -> Bool
  {
    guard let a else { return false }
    return abs(a - b) <= relative * abs(b)
  }

  @Test("the certified values of Misra1a, from both starts")
  func certified() {
    for start: Parameters in [[500, 0.0001], [250, 0.0005]] {
      let result = fit(Self.misra1a, from: start, model: misra)
      #expect(result.isVerified)
      #expect(isNear(result.values[0], 2.3894212918e+02))
      #expect(isNear(result.values[1], 5.5015643181e-04))
      #expect(isNear(result.parameters[0].standardError, 2.7070075241e+00))
      #expect(isNear(result.parameters[1].standardError, 7.2668688436e-06))
      #expect(isNear(result.residualSumOfSquares, 1.2455138894e-01))
      #expect(isNear(result.residualStandardDeviation, 1.0187876330e-01))
      #expect(result.degreesOfFreedom == 12)
      #expect(result.rank == 2)
      // ν = 12: t = 2.178813 (Abramowitz and Stegun, table 26.10: 2.179).
      let interval = result.parameters[0].confidenceInterval()!
      #expect(
        isNear(
          interval.upperBound, 238.94212918 + 2.7070075241 * 2.1788128, 1e-8))
    }
  }

  @Test("a fixed parameter stays and has no error")
  func fixed() {
    let result = fit(
      Self.misra1a, from: ["b1": .fixed(238.94212918), "b2": 5e-4],
      model: misra)
    #expect(result["b1"]?.value == 238.94212918)
    #expect(result["b1"]?.status == .fixed)
    #expect(result["b1"]?.standardError == nil)
    #expect(isNear(result["b2"]?.value, 5.5015643181e-04, 1e-6))
    #expect(result.degreesOfFreedom == 13)
    #expect(result.covariance[0, 1] == 0)
  }

  @Test("bounds that do not bind change nothing")
  func looseBounds() {
    let result = fit(
      Self.misra1a,
      from: [
        .within(0...1000, from: 500), .within(0 ... .infinity, from: 1e-4),
      ],
      model: misra)
    #expect(result.isVerified)
    #expect(isNear(result.values[0], 2.3894212918e+02))
    #expect(isNear(result.parameters[0].standardError, 2.7070075241e+00))
  }

  @Test("a parameter at its bound is held there, as if it were fixed")
  func bindingBound() {
    let bounded = fit(
      Self.misra1a, from: ["a": .within(0...200, from: 100), "b": 1e-3],
      model: misra)
    let fixed = fit(
      Self.misra1a, from: ["a": .fixed(200), "b": 1e-3], model: misra)
    #expect(bounded.isVerified)
    #expect(bounded["a"]?.value == 200)
    #expect(bounded["a"]?.status == .atBound)
    #expect(bounded["a"]?.standardError == nil)
    #expect(isNear(bounded["b"]?.value, fixed["b"]!.value, 1e-8))
    #expect(
      isNear(bounded["b"]?.standardError, fixed["b"]!.standardError!, 1e-6))
    #expect("\(bounded)".contains("at its bound"))
  }

  @Test("all parameters fixed: nothing is estimated")
  func allFixed() {
    let result = fit(
      Self.misra1a, from: [.fixed(238.94212918), .fixed(5.5015643181e-04)],
      model: misra)
    #expect(isNear(result.residualSumOfSquares, 1.2455138894e-01))
    #expect(result.degreesOfFreedom == 14)
  }

  @Test("weights are as many observations")
  func weights() {
    let (x, y) = (Self.misra1a.regressors, Self.misra1a.responses)
    let twice = fit(
      Observations(x: x + [x[3]], y: y + [y[3]]), from: [250, 5e-4],
      model: misra)
    let weighted = fit(
      Observations(
        x: x, y: y,
        weighting: .relative(x.indices.map { $0 == 3 ? 2 : 1 })),
      from: [250, 5e-4], model: misra)
    for j in 0..<2 {
      #expect(isNear(weighted.values[j], twice.values[j]))
    }
    // The one has a degree of freedom more.
    let ratio = (13.0 / 12).squareRoot()
    #expect(
      isNear(
        weighted.parameters[0].standardError,
        twice.parameters[0].standardError! * ratio))
  }

  @Test("known standard deviations are not scaled by the fit")
  func knownErrors() {
    let (x, y) = (Self.misra1a.regressors, Self.misra1a.responses)
    let equal = fit(Self.misra1a, from: [250, 5e-4], model: misra)
    let known = fit(
      Observations(
        x: x, y: y,
        weighting: .standardDeviations(x.map { _ in 0.25 })),
      from: [250, 5e-4], model: misra)
    let scale = 0.25 / equal.residualStandardDeviation!
    #expect(
      isNear(
        known.parameters[1].standardError,
        equal.parameters[1].standardError! * scale))
  }

  @Test("what the observations do not determine has no error, the rest has")
  func undetermined() {
    // b1 and b2 only as their product.
    let result = fit(
      Self.misra1a, from: ["a": 500, "c": 1, "b": 1e-4]
    ) { x, b in b[0] * b[1] * (1 - .exp(-b[2] * x)) }
    #expect(result.rank == 2)
    #expect(result["a"]?.status == .undetermined)
    #expect(result["c"]?.status == .undetermined)
    #expect(result["a"]?.standardError == nil)
    #expect(result["b"]?.status == .estimated)
    #expect(isNear(result["b"]?.standardError, 7.2668688436e-06, 1e-6))
    #expect(isNear(result["a"]!.value * result["c"]!.value, 238.94212918, 1e-7))
    #expect(result.covariance[0, 0].isNaN)
    // The curve is determined all the same, and so is its band.
    let full = fit(Self.misra1a, from: [250, 5e-4], model: misra)
    let (band, expected) = (
      result.confidenceInterval(at: 300)!, full.confidenceInterval(at: 300)!
    )
    #expect(isNear(band.lowerBound, expected.lowerBound, 1e-7))
    #expect(isNear(band.upperBound, expected.upperBound, 1e-7))
    #expect("\(result)".contains("not determined"))
  }

  @Test("as many parameters as observations: an exact fit without errors")
  func exact() {
    let result = fit(
      Observations(x: [1, 2], y: [3, 5]), from: [0, 0]
    ) { x, b in b[0] + b[1] * x }
    #expect(isNear(result.values[0], 1))
    #expect(isNear(result.values[1], 2))
    #expect(result.degreesOfFreedom == 0)
    #expect(result.residualStandardDeviation == nil)
    #expect(result.parameters[0].standardError == nil)
    #expect(result.confidenceInterval(at: 1) == nil)
    #expect("\(result)".contains("error unknown"))
  }

  @Test("one observation for two parameters: a sum is determined, they are not")
  func oneObservation() {
    let result = fit(
      Observations(x: [2], y: [3]), from: [1, 1]
    ) { x, b in b[0] + b[1] * x }
    #expect(result.rank == 1)
    #expect(result.parameters.allSatisfy { $0.status == .undetermined })
    #expect(abs(result.residuals[0]) <= 1e-9)
    #expect(result.determinationCoefficient == nil)
    _ = result.description
    _ = result.plot()
  }

  @Test("identical observations determine a constant and nothing else")
  func identical() {
    let result = fit(
      Observations(x: [1, 1, 1, 1], y: [2, 2, 2, 2]), from: [1, 0]
    ) { x, b in b[0] * .exp(b[1] * x) }
    #expect(result.rank == 1)
    #expect(result.parameters.allSatisfy { $0.status == .undetermined })
    #expect(isNear(result.predict(at: 1), 2, 1e-6))
    #expect(result.determinationCoefficient == nil)
  }

  @Test("a model that ignores a parameter leaves it undetermined")
  func ignored() {
    let result = fit(
      Self.misra1a, from: [250, 5e-4, 7]
    ) { x, b in self.misra(x, b) }
    #expect(result.parameters[2].status == .undetermined)
    #expect(result.parameters[2].value == 7)
    #expect(isNear(result.parameters[0].standardError, 2.7070075241e+00, 1e-7))
  }

  @Test("a model undefined at the start says so")
  func undefined() {
    let result = fit(Self.misra1a, from: [-1]) { x, b in
      .log(b[0]) * x
    }
    #expect(!result.isVerified)
    #expect(result.solution?.cause == .undefinedAtStart)
    #expect(result.parameters[0].standardError == nil)
    _ = result.description
    _ = result.plot()
  }

  @Test("a model that throws is undefined there")
  func throwing() {
    struct Refusal: Error {}
    let result = fit(Self.misra1a, from: [1]) { x, b in throw Refusal() }
    #expect(!result.isVerified)
    #expect(result.solution?.failure != nil)
    #expect(result.predict(at: 1).isNaN)
  }

  @Test("several regressors")
  func several() {
    let x = [[0.0, 1], [1, 0], [1, 1], [2, 1], [3, 2]]
    let result = fit(
      Observations(x: x, y: x.map { 2 * exp(0.5 * $0[0]) - $0[1] }),
      from: [1, 0.1, 0]
    ) { x, b in b[0] * .exp(b[1] * x[0]) + b[2] * x[1] }
    #expect(isNear(result.values[0], 2))
    #expect(isNear(result.values[1], 0.5))
    #expect(isNear(result.values[2], -1))
  }

  @Test("the standard error is the spread of many samples' estimates")
  func sampling() {
    // 400 samples: the spread is known to 1/√800 = 3.5 % of itself; four of
    // these are allowed.
    var generator = SplitMix64(seed: 7)
    let x = (0..<20).map { Double($0) / 4 }
    var estimates: [Double] = []
    var stated: [Double] = []
    for _ in 0..<400 {
      let y = x.map { 3 * exp(-0.7 * $0) + 0.02 * generator.nextNormal() }
      let result = fit(Observations(x: x, y: y), from: [1, 1]) { x, b in
        b[0] * .exp(-b[1] * x)
      }
      estimates.append(result.values[1])
      stated.append(result.parameters[1].standardError!)
    }
    let mean = estimates.reduce(0, +) / 400
    let spread =
      (estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399)
      .squareRoot()
    #expect(isNear(stated.reduce(0, +) / 400, spread, 0.14))
  }
}
