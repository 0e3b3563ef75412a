import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite struct MoreGarbowHillstromTests {
  static let all = MoreGarbowHillstrom.all

  @Test func `There are 35, in the order of their numbers`() {
    #expect(Self.all.map(\.number) == Array(1...35))
    #expect(Set(Self.all.map(\.name)).count == 35)
  }

  @Test(arguments: all)
  func `Residuals are as many as announced`(problem: LeastSquaresProblem) {
    #expect(
      problem.residuals(problem.start.array).count
        == problem.residualCount)
  }

  // The dimensions n and m of the paper's list, where they are fixed, and its
  // rule for the others, applied to the members in `all`.
  @Test func `Dimensions are the paper's`() {
    let sizes = Self.all.map { [$0.dimension, $0.residualCount] }
    #expect(
      sizes == [
        [2, 2], [2, 2], [2, 2], [2, 3], [2, 3], [2, 10], [3, 3], [3, 15],
        [3, 15], [3, 16], [3, 99], [3, 10], [4, 4], [4, 6], [4, 11], [4, 20],
        [5, 33], [6, 13], [11, 65], [6, 31], [10, 10], [12, 12], [10, 11],
        [10, 20], [10, 12], [10, 10], [10, 10], [10, 10], [10, 10], [10, 10],
        [10, 10], [10, 20], [10, 20], [10, 20], [10, 10],
      ])
  }

  @Test(arguments: all)
  func `Known values are taken at known points`(problem: LeastSquaresProblem) {
    expectLandmarks(problem.landmarks, of: problem.name) {
      problem.value($0)
    }
  }

  @Test(arguments: [4, 6, 8, 9, 10, 12, 20])
  func `Known points of other dimensions`(n: Int) {
    for problem in MoreGarbowHillstrom.family(ofDimension: max(n, 5)) {
      expectLandmarks(problem.landmarks, of: problem.name) {
        problem.value($0)
      }
    }
    let problem = MoreGarbowHillstrom.penaltyII(n)
    expectLandmarks(problem.landmarks, of: problem.name) { problem.value($0) }
  }

  @Test(arguments: all)
  func `Derivatives agree with differences`(
    problem: LeastSquaresProblem
  ) throws {
    var generator = SplitMix64(seed: 3)
    let random: Vector<Double> = randomVector(
      problem.dimension, using: &generator)
    var x = problem.start
    // Off the start, where symmetries could hide a wrong term.
    for i in 0..<x.count { x[i] = x[i] * (1 + 0.1 * random[i]) }
    x = problem.number == 20 ? 0.3 * random : x
    try expectDerivativesLikeDifferences(
      problem.objective, at: x, of: problem.name)
  }

  @Test(arguments: all)
  func `The gradient vanishes at minima and saddles`(
    problem: LeastSquaresProblem
  ) throws {
    try expectCritical(
      problem.landmarks, of: problem.objective, name: problem.name)
  }

  @Test func `Zeros whose place has no formula are found`() throws {
    var problems: [LeastSquaresProblem] = []
    for n in [5, 10, 100] {
      problems += [
        MoreGarbowHillstrom.discreteBoundaryValue(n),
        MoreGarbowHillstrom.discreteIntegralEquation(n),
        MoreGarbowHillstrom.broydenTridiagonal(n),
        MoreGarbowHillstrom.broydenBanded(n),
      ]
    }
    problems += [1, 2, 3, 4, 5, 6, 7, 9].map {
      MoreGarbowHillstrom.chebyquad($0)
    }
    for problem in problems {
      #expect(problem.minimum?.value == 0)
      let solution = minimize(
        problem.automaticResiduals, from: problem.start,
        using: .levenbergMarquardt(), until: .gradientNorm(1e-13))
      #expect(solution.value < 1e-24, "\(problem.name)")
    }
  }

  @Test func `Published minima, to the digits that are published`() {
    // Moré, Garbow and Hillstrom 1981, section 3.
    let published: [(LeastSquaresProblem, Double)] = [
      (MoreGarbowHillstrom.jennrichSampson(), 124.362),
      (MoreGarbowHillstrom.bard, 8.21487e-3),
      (MoreGarbowHillstrom.gaussian, 1.12793e-8),
      (MoreGarbowHillstrom.meyer, 87.9458),
      (MoreGarbowHillstrom.kowalikOsborne, 3.07505e-4),
      (MoreGarbowHillstrom.brownDennis(), 85822.2),
      (MoreGarbowHillstrom.osborne1, 5.46489e-5),
      (MoreGarbowHillstrom.osborne2, 4.01377e-2),
      (MoreGarbowHillstrom.watson(6), 2.28767e-3),
      (MoreGarbowHillstrom.watson(9), 1.39976e-6),
      (MoreGarbowHillstrom.watson(12), 4.72238e-10),
      (MoreGarbowHillstrom.penaltyI(4), 2.24997e-5),
      (MoreGarbowHillstrom.penaltyI(10), 7.08765e-5),
      (MoreGarbowHillstrom.penaltyII(4), 9.37629e-6),
      (MoreGarbowHillstrom.penaltyII(10), 2.93660e-4),
      (MoreGarbowHillstrom.chebyquad(8), 3.51687e-3),
    ]
    for (problem, value) in published {
      let found = problem.minimum?.value ?? .nan
      // Six digits, some cut off instead of rounded.
      #expect(abs(found - value) < 1e-5 * value, "\(problem.name)")
    }
  }

  // ‖r‖ at the start as the test output of MINPACK has it, for multiples of
  // the standard start; that of the last, which it does not print, is from
  // the sums of powers: m + ¼ (n + 1)(n − 2)… worked out for n = 5.
  @Test func `Published norms at the starts`() {
    typealias Problems = MoreGarbowHillstrom
    let published: [(LeastSquaresProblem, [Double: Double])] = [
      (Problems.rosenbrock, [1: 4.91934955049954, 10: 1340.063058]),
      (
        Problems.helicalValley,
        [1: 50, 10: 102.95630140987, 100: 991.261822123701]
      ),
      (
        Problems.powellSingular,
        [1: 14.6628782986152, 10: 1270.9838708654, 100: 126887.90328475]
      ),
      (
        Problems.freudensteinRoth,
        [1: 20.0124960961895, 10: 12432.833948863, 100: 1.1426454595762e7]
      ),
      (
        Problems.bard,
        [1: 6.45613629515967, 10: 36.1418531596785, 100: 384.114678637399]
      ),
      (
        Problems.kowalikOsborne,
        [1: 0.0728915102882945, 10: 2.97937007555202, 100: 29.9590617016037]
      ),
      (Problems.meyer, [1: 41153.4665543031, 10: 4168216.89130846]),
      (
        Problems.watson(6),
        [1: 5.47722557505166, 10: 6433.12578950026, 100: 674256.040605213]
      ),
      (
        Problems.watson(9),
        [1: 5.47722557505166, 10: 12088.127069307, 100: 1269109.29043834]
      ),
      (
        Problems.watson(12),
        [1: 5.47722557505166, 10: 19220.7589790951, 100: 2018918.04462367]
      ),
      (Problems.boxThreeDimensional(), [1: 32.1115837449572]),
      (Problems.jennrichSampson(), [1: 64.5856498144943]),
      (
        Problems.brownDennis(),
        [1: 2815.43839161816, 10: 555073.354173069, 100: 6.12112522338581e7]
      ),
      (Problems.chebyquad(8), [1: 0.196513862833975]),
      (Problems.chebyquad(9), [1: 0.16994993465202]),
      (Problems.chebyquad(10), [1: 0.183747831178711]),
      (
        Problems.chebyquad(1, residuals: 8),
        [1: 1.88623796907732, 10: 5.38334437234005e9, 100: 1.18088726698392e18]
      ),
      (
        Problems.brownAlmostLinear(10),
        [1: 16.5302162063499, 10: 9765624.00089211, 100: 9.765625e16]
      ),
      (Problems.brownAlmostLinear(30), [1: 83.476044467848]),
      (Problems.brownAlmostLinear(40), [1: 128.026364472323]),
      (Problems.osborne1, [1: 0.937564021037838]),
      (Problems.osborne2, [1: 1.44686540984712]),
      (Problems.linearFullRank(5, residuals: 10), [1: 5]),
      (Problems.linearFullRank(5, residuals: 50), [1: 8.06225774829855]),
      (Problems.linearRankOne(5, residuals: 10), [1: 291.521868819476]),
      (Problems.linearRankOne(5, residuals: 50), [1: 3101.60039334535]),
      (
        Problems.linearRankOneWithZeros(5, residuals: 10),
        [1: 15886.0.squareRoot()]
      ),
      (
        Problems.linearRankOneWithZeros(5, residuals: 50),
        [1: 3_058_826.0.squareRoot()]
      ),
    ]
    for (problem, norms) in published {
      for (factor, norm) in norms {
        let found = problem.value(problem.start(times: factor).array)
          .squareRoot()
        #expect(
          abs(found - norm) < 1e-9 * norm, "\(problem.name) × \(factor)")
      }
    }
  }

  // f at the start as tables of algorithm 566 have it, to three digits.
  @Test func `Published values at the starts`() {
    let published: [(LeastSquaresProblem, Double)] = [
      (MoreGarbowHillstrom.biggsEXP6(), 7.79e-1),
      (MoreGarbowHillstrom.gaussian, 3.89e-6),
      (MoreGarbowHillstrom.powellBadlyScaled, 1.14),
      (MoreGarbowHillstrom.boxThreeDimensional(), 1.03e3),
      (MoreGarbowHillstrom.variablyDimensioned(40), 9.39e10),
      (MoreGarbowHillstrom.watson(9), 30),
      (MoreGarbowHillstrom.penaltyI(60), 5.45e9),
      (MoreGarbowHillstrom.penaltyII(65), 2.87e5),
      (MoreGarbowHillstrom.brownBadlyScaled, 1e12),
      (MoreGarbowHillstrom.gulfResearch(), 1.21e1),
      (MoreGarbowHillstrom.trigonometric(40), 2.01e-3),
      (MoreGarbowHillstrom.extendedRosenbrock(40), 4.84e2),
      (MoreGarbowHillstrom.extendedPowellSingular(60), 3.23e3),
      (MoreGarbowHillstrom.beale, 1.42e1),
      (MoreGarbowHillstrom.wood, 1.92e4),
      (MoreGarbowHillstrom.chebyquad(50), 1.39e-2),
    ]
    for (problem, value) in published {
      let found = problem.value(problem.start.array)
      #expect(abs(found - value) <= 5.1e-3 * value, "\(problem.name)")
    }
  }

  @Test func `Values at infinity are approached from far away`() {
    let bard = MoreGarbowHillstrom.bard
    let far = bard.value([0.84066666666666667, -1e9, -1e9])
    #expect(abs(far - 17.428693333333333) < 1e-6)
    let beale = MoreGarbowHillstrom.beale
    // x₁ (1 − x₂) = Σ i yᵢ / 14, the best slope through the data.
    let limit = beale.value([-1e7, 1 + 0.99107142857142857e-7])
    #expect(abs(limit - 0.45200892857142857) < 1e-5)
    #expect(limit > 0.45200892857142857)
    let x = 1e9
    let third = -x / 0.022095935730168630
    let kowalik = MoreGarbowHillstrom.kowalikOsborne.value([
      x, -14.075883400603309, third, 0.62380134104869944 * third,
    ])
    #expect(abs(kowalik - 1.0273430486954578e-3) < 1e-10)
  }

  @Test func `Below f = 1 close to Brown's degenerate saddle`() {
    let problem = MoreGarbowHillstrom.brownAlmostLinear(10)
    // The kernel of the linear residuals is (1, …, 1, −n): for a step of
    // t = 0.1 along it the product is 10 t⁹, and f falls by 2·10⁻⁸.
    var x = [Double](repeating: 0.1, count: 10)
    x[9] = 11 - 1
    #expect(problem.value(x) < 1)
  }

  @Test func `The integral equation carries the sums of its definition`() {
    let n = 7
    let h = 1.0 / 8
    let x = (0..<n).map { 0.1 * Double($0) - 0.3 }
    let t = (1...n).map { Double($0) * h }
    let c = zip(x, t).map { ($0 + $1 + 1) * ($0 + $1 + 1) * ($0 + $1 + 1) }
    let r = MoreGarbowHillstrom.discreteIntegralEquation(n).residuals(x)
    for i in 0..<n {
      var (before, after) = (0.0, 0.0)
      for j in 0...i { before += t[j] * c[j] }
      for j in (i + 1)..<n { after += (1 - t[j]) * c[j] }
      let expected = x[i] + h / 2 * ((1 - t[i]) * before + t[i] * after)
      #expect(abs(r[i] - expected) < 1e-14)
    }
  }
}
