import Differentiation
import Foundation
import Matrix
import Optimization
import TestSupport
import Testing

@Suite struct LevenbergMarquardtTests {
  @Test func rosenbrockIsSolvedAndVerified() {
    let solution = minimize(
      RosenbrockResiduals(), from: [-1.2, 1], using: .levenbergMarquardt())
    #expect(solution.isVerified)
    #expect(solution.certificate.classification == .minimum)
    #expect((solution.x - [1, 1]).normInfinity < 1e-12)
    #expect(solution.iterations < 15)
  }

  /// A straight line through noise, in units that spread over decades.
  @Test func linearProblemTakesFewStepsToTheSolutionOfQR() throws {
    var generator = SplitMix64(seed: 11)
    let (m, n) = (40, 5)
    let base: Matrix<Double> = randomMatrix(m, n, using: &generator)
    let a = Matrix<Double>(rows: m, columns: n) { i, j in
      base[i, j] * [1, 1e-6, 1e6, 1e3, 1e-3][j]
    }
    let b: Vector<Double> = randomVector(m, using: &generator)
    let line = DifferentiableResidualFunction(count: m) { x, r in
      r = a * x - b
    } jacobian: { _, j in
      j = a
    }
    let start = Vector<Double>(repeating: 0, count: n)
    let solution = minimize(line, from: start, using: .levenbergMarquardt())
    let expected = try QR(a).solve(b)
    for j in 0..<n {
      #expect(abs(solution.x[j] - expected[j]) <= 1e-12 * abs(expected[j]))
    }
    #expect(solution.isVerified)
    #expect(solution.certificate.classification == .minimum)
    #expect(solution.iterations <= 8)
  }

  /// y = 3 exp(−2t) with an error, to be fitted by b₀ exp(−b₁ t).
  private struct Decay: DifferentiableResiduals {
    var unit = 1.0
    var times = (0..<12).map { 0.1 * Double($0) }

    var count: Int { times.count }

    func datum(_ t: Double) -> Double { 3 * exp(-2 * t) + 0.01 * sin(40 * t) }

    func residuals(at x: Vector<Double>, into r: inout Vector<Double>) {
      for (i, t) in times.enumerated() {
        r[i] = x[0] / unit * exp(-x[1] * unit * t) - datum(t)
      }
    }

    func jacobian(at x: Vector<Double>, into j: inout Matrix<Double>) {
      for (i, t) in times.enumerated() {
        let e = exp(-x[1] * unit * t)
        j[i, 0] = e / unit
        j[i, 1] = -x[0] * e * t
      }
    }
  }

  @Test func unitsOfTheVariablesChangeNothing() {
    func values(_ unit: Double) -> [Double] {
      let solution = minimize(
        Decay(unit: unit), from: [unit, 1 / unit],
        using: .levenbergMarquardt(), recording: .every(1))
      return solution.trace.rows.map(\.value)
    }
    // By powers of two every rounding is the same, so that the runs are equal
    // bit for bit.
    let expected = values(1)
    #expect(expected.count > 4)
    #expect(values(0x1p40) == expected)
    #expect(values(0x1p-70) == expected)
  }

  /// Many data of a decay: JᵀJ is taken, and the parameters are the same.
  @Test func normalEquationsFindTheSameParameters() {
    let decay = Decay(times: (0..<500).map { 0.005 * Double($0) })
    let expected = minimize(
      decay, from: [1, 1],
      using: .levenbergMarquardt(linearAlgebra: .orthogonal))
    for choice in [LeastSquaresAlgebra.automatic, .normalEquations] {
      let solution = minimize(
        decay, from: [1, 1], using: .levenbergMarquardt(linearAlgebra: choice))
      #expect(solution.isVerified, "\(choice)")
      #expect((solution.x - expected.x).normInfinity < 1e-10, "\(choice)")
      #expect(solution.iterations == expected.iterations, "\(choice)")
      // Half the work, which shows that it was taken.
      #expect(solution.counts.flops < 0.7 * expected.counts.flops)
    }
  }

  @Test func fitIsVerifiedByItsOffset() {
    let solution = minimize(
      Decay(), from: [1, 1], using: .levenbergMarquardt())
    #expect(solution.cause == .arrived(.relativeOffset(1e-9)))
    #expect(solution.isVerified)
    #expect(solution.certificate.classification == .minimum)
    let offset = solution.certificate.relativeOffset
    #expect(offset.map { $0 <= 1e-9 } == true)
    #expect("\(solution)".contains("‖P r‖/‖r‖"))
  }

  @Test func differencesFindTheSameParameters() {
    let exact = minimize(Decay(), from: [1, 1], using: .levenbergMarquardt())
    for (scheme, bound) in [
      (DifferenceScheme.forward, 1e-7), (.central, 1e-9),
    ] {
      let differenced = DifferencedJacobian(of: Decay(), scheme: scheme)
      let solution = minimize(
        differenced, from: [1, 1], using: .levenbergMarquardt())
      #expect(solution.isVerified, "\(scheme)")
      #expect((solution.x - exact.x).normInfinity < bound, "\(scheme)")
    }
  }

  // What can be wrong with residuals, and what then happens.

  @Test func identicalDataLeaveACurveOfMinimaAndAreVerified() {
    let solution = minimize(
      Decay(times: Array(repeating: 0.5, count: 9)), from: [1, 1],
      using: .levenbergMarquardt())
    #expect(solution.isVerified)
    #expect(solution.value < 1e-24)
    #expect(solution.certificate.classification != .minimum)
  }

  @Test func oneDatumIsFittedExactly() {
    let solution = minimize(
      Decay(times: [0.3]), from: [1, 1], using: .levenbergMarquardt())
    #expect(solution.isVerified)
    #expect(solution.value < 1e-24)
  }

  @Test func moreVariablesThanDataAreFittedExactly() {
    let sphere = DifferentiableResidualFunction(count: 1) { x, r in
      r[0] = x.dot(x) - 4
    } jacobian: { x, j in
      for i in 0..<5 { j[0, i] = 2 * x[i] }
    }
    let solution = minimize(
      sphere, from: [1, 2, 3, 4, 5], using: .levenbergMarquardt())
    #expect(solution.isVerified)
    #expect(abs(solution.x.norm - 2) < 1e-12)
  }

  @Test func zeroJacobianIsStationaryAtTheStart() {
    let flat = DifferentiableResidualFunction(count: 3) { _, r in
      r = [1, 2, 3]
    } jacobian: { _, j in
      j.fill(with: 0)
    }
    let solution = minimize(flat, from: [1, 2], using: .levenbergMarquardt())
    #expect(solution.iterations == 0)
    #expect(solution.x == [1, 2])
    #expect(solution.isVerified)
    #expect(solution.certificate.classification == .degenerate)
  }

  @Test func noResidualsAreNoTask() {
    let nothing = DifferentiableResidualFunction(count: 0) { _, _ in
    } jacobian: { _, _ in
    }
    let solution = minimize(nothing, from: [1], using: .levenbergMarquardt())
    #expect(solution.iterations == 0)
    #expect(solution.value == 0)
  }

  @Test func fewerResidualsThanPromisedAreNamed() {
    let short = DifferentiableResidualFunction(count: 5) { _, r in
      r = [1, 2, 3]
    } jacobian: { _, _ in
    }
    let solution = minimize(short, from: [1], using: .levenbergMarquardt())
    #expect(solution.cause == .undefinedAtStart)
    #expect(!solution.isVerified)
    #expect(solution.failure == "3 residuals where 5 were promised")
  }

  @Test func jacobianOfAnotherShapeIsNamed() {
    let wide = DifferentiableResidualFunction(count: 2) { x, r in
      r = [x[0], x[0]]
    } jacobian: { _, j in
      j = .zeros(2, 7)
    }
    let solution = minimize(wide, from: [1], using: .levenbergMarquardt())
    #expect(solution.cause == .undefinedAtStart)
    #expect(
      solution.failure
        == "a Jacobian of 2×7 for 2 residuals of 1 variables")
  }

  @Test func squaresThatOverflowAreUndefined() {
    let huge = DifferentiableResidualFunction(count: 1) { _, r in
      r[0] = 1e200
    } jacobian: { _, j in
      j[0, 0] = 1
    }
    let solution = minimize(huge, from: [1], using: .levenbergMarquardt())
    #expect(solution.cause == .undefinedAtStart)
    #expect(!solution.isVerified)
  }
}

@Suite struct UnitsOfResidualsTests {
  /// ½ (sin x + x/10 − 2)² has a minimum where the residual does not vanish but its
  /// derivative cos x + 1/10 does, at arccos(−1/10).
  @Test func aMinimumWhereTheJacobianVanishesIsFound() {
    let residuals = AutomaticResiduals(count: 1) { x in
      [.sin(x[0]) + 0.1 * x[0] - 2]
    }
    let solution = minimize(
      residuals, from: [3], using: .levenbergMarquardt())
    #expect(solution.isVerified)
    #expect(abs(solution.x[0] - acos(-0.1)) <= 1e-14)
  }

  /// Residuals of 10⁻¹⁰ are as far from a minimum as the same in other units.
  @Test(arguments: [1e-100, 1e-10, 1, 1e10, 1e100])
  func theirUnitsDoNotMatter(unit: Double) {
    let solution = minimize(
      AutomaticResiduals(count: 2) { x in
        let unit = Variable(unit)
        return [10 * unit * (x[1] - x[0] * x[0]), unit * (1 - x[0])]
      }, from: [-1.2, 1], using: .levenbergMarquardt())
    #expect(solution.isVerified)
    #expect(solution.certificate.classification == .minimum)
    #expect(abs(solution.x[0] - 1) <= 1e-12)
    #expect(abs(solution.x[1] - 1) <= 1e-12)
  }
}
