import Differentiation
import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite struct UnconstrainedProblemsTests {
  static let all = UnconstrainedProblems.all

  @Test func `There are 43, each trait at least once`() {
    #expect(Self.all.count == 43)
    #expect(Set(Self.all.map(\.name)).count == 43)
    for trait in UnconstrainedProblem.Trait.allCases {
      #expect(Self.all.contains { $0.traits.contains(trait) }, "\(trait)")
    }
    #expect(
      UnconstrainedProblems.family(ofDimension: 24).allSatisfy {
        $0.dimension == 24 && $0.traits.contains(.family)
      })
    #expect(
      UnconstrainedProblems.fixed.allSatisfy { !$0.traits.contains(.family) })
  }

  @Test(arguments: all)
  func `Known values are taken at known points`(
    problem: UnconstrainedProblem
  ) throws {
    expectLandmarks(problem.landmarks, of: problem.name) {
      problem.value($0)
    }
    if problem.traits.contains(.nonsmooth) { return }
    try expectCritical(
      problem.landmarks, of: problem.objective, name: problem.name)
  }

  @Test(arguments: [24, 60])
  func `Known points of other dimensions`(n: Int) throws {
    for problem in UnconstrainedProblems.family(ofDimension: n) {
      expectLandmarks(problem.landmarks, of: problem.name) {
        problem.value($0)
      }
      if problem.traits.contains(.nonsmooth) { continue }
      try expectCritical(
        problem.landmarks, of: problem.objective, name: problem.name)
    }
  }

  @Test(arguments: all)
  func `Derivatives agree with differences`(
    problem: UnconstrainedProblem
  ) throws {
    var generator = SplitMix64(seed: 5)
    let random: Vector<Double> = randomVector(
      problem.dimension, using: &generator)
    var x = problem.start
    // Off the start, where symmetries could hide a wrong term.
    for i in 0..<x.count { x[i] += 0.03 * (1 + abs(x[i])) * random[i] }
    // Noise of wavelength 0.06 needs shorter steps than others.
    try expectDerivativesLikeDifferences(
      problem.objective, at: x, of: problem.name,
      step: problem.traits.contains(.noisy) ? 1e-6 : 1e-4)
  }

  // CUTE's and the authors' values of f at their own starts, worked by hand where
  // the terms are few.
  @Test func `Values at the starts`() {
    typealias Problems = UnconstrainedProblems
    let known: [(UnconstrainedProblem, Double)] = [
      (Problems.himmelblau, 106), (Problems.mcCormick, 1),
      (Problems.zettl, 19 * 19 + 0.75), (Problems.bazaraaShetty, 52),
      (Problems.sisser, 3 - 0.02 + 0.0003), (Problems.himmelblauCubic, 2),
      (Problems.cliff, 0.0009 - 1 + .exp(20)), (Problems.exponentialDecay, 2),
      (Problems.extendedWhiteHolst(4), 2 * (100 * 2.728 * 2.728 + 4.84)),
      (Problems.extendedTridiagonal(2), 2), (Problems.arrowhead(100), 297),
      (Problems.engval(2), 59), (Problems.engval(5000), 59 * 4999),
      (Problems.quartic(3), 2), (Problems.nondiagonalQuartic(4), 6),
      (Problems.chainedWood(4), 19192),
      (Problems.chainedPowellSingular(4), 215),
      (Problems.broydenPower(2), 2 * .pow(3, 7.0 / 3)),
      (Problems.dixonPrice(2), 1 + 2 * 36),
      (Problems.zakharov(2), 2 + 2.25 + 5.0625),
      (Problems.trid(5), 5), (Problems.hilbert(2), 9 * (1 + 1 + 1.0 / 3)),
      (Problems.logBarrier(2), 6 - 2 * .log(2)), (Problems.allenCahn(8), 2.5),
      (Problems.styblinskiTang(3), 0),
      (Problems.rastrigin(1), 20.89 - 10 * .cos(6.6 * .pi)),
      (Problems.griewank(1), 3.5 - .cos(100)),
      (
        Problems.goldsteinPrice,
        (1 + 0.5625 * 22.6875) * (30 + 3.0625 * (18 + 28 + 9.1875))
      ),
      (Problems.branin, 24.129964413622268),
    ]
    for (problem, value) in known {
      let found = problem.value(problem.start.array)
      #expect(
        abs(found - value) <= 1e-12 * max(1, abs(value)),
        "\(problem.name): \(found)")
    }
  }

  @Test func `Published minima, to the digits that are published`() {
    let published: [(UnconstrainedProblem, Double)] = [
      (UnconstrainedProblems.mcCormick, -1.9132),
      (UnconstrainedProblems.sixHumpCamel, -1.0316),
      (UnconstrainedProblems.branin, 0.397887),
      (UnconstrainedProblems.goldsteinPrice, 3),
      (UnconstrainedProblems.shubert, -186.7309),
      (UnconstrainedProblems.zettl, -0.003791),
      (UnconstrainedProblems.aluffiPentini, -0.3523),
      (UnconstrainedProblems.cliff, 0.199786613),
      (UnconstrainedProblems.engval(1000), 1108.1947),
      (UnconstrainedProblems.styblinskiTang(1), -39.16617),
      (UnconstrainedProblems.lennardJones(atoms: 5), -9.103852),
      (UnconstrainedProblems.lennardJones(atoms: 6), -12.712062),
      (UnconstrainedProblems.lennardJones(atoms: 7), -16.505384),
      (UnconstrainedProblems.lennardJones(atoms: 8), -19.821489),
    ]
    for (problem, value) in published {
      let known = problem.landmarks[0].value
      #expect(abs(known - value) <= 1e-3 * abs(value), "\(problem.name)")
    }
  }

  // Where the place of a minimum has no formula, a run from the start has to
  // end at the known value.
  @Test func `Values without a place are found`() throws {
    let problems =
      [10, 12, 100, 1000].map { UnconstrainedProblems.engval($0) }
      + [6, 10, 12, 100, 1000].map {
        UnconstrainedProblems.chainedCraggLevy($0)
      }
    for problem in problems {
      let landmark = try #require(problem.landmarks.first)
      let solution = minimize(
        problem.objective, from: problem.start, using: .lbfgs(),
        until: .gradientNorm(1e-7))
      #expect(
        abs(solution.value - landmark.value) <= 1e-10 * landmark.value,
        "\(problem.name): \(solution.value)")
    }
    for n in [4, 12] {
      let problem = UnconstrainedProblems.broydenPower(n)
      let solution = minimize(
        problem.objective, from: problem.start, using: .lbfgs(),
        until: .gradientNorm(1e-10))
      #expect(solution.value < 1e-15, "\(problem.name): \(solution.value)")
    }
  }

  // Five to eight atoms: the known value is the least of runs from random starts.
  @Test(arguments: 5...8)
  func `Clusters of atoms go down to the known minimum`(atoms: Int) throws {
    let problem = UnconstrainedProblems.lennardJones(atoms: atoms)
    let minimum = try #require(problem.minimum)
    var generator = SplitMix64(seed: 2)
    var least = Double.infinity
    for _ in 0..<40 {
      let start: Vector<Double> = randomVector(3 * atoms, using: &generator)
      let solution = minimize(
        problem.objective, from: start, using: .lbfgs(),
        until: .gradientNorm(1e-9))
      least = min(least, solution.value)
    }
    #expect(abs(least - minimum.value) < 1e-11 * abs(minimum.value))
  }

  @Test func `Undefined and infinite where they say so`() {
    var x = [Double](repeating: 1, count: 12)
    x[3] = -0.1
    #expect(UnconstrainedProblems.logBarrier(12).value(x).isNaN)
    #expect(UnconstrainedProblems.entropy(12).value(x).isNaN)
    x[3] = 0
    #expect(UnconstrainedProblems.logBarrier(12).value(x) == .infinity)
    #expect(UnconstrainedProblems.cliff.value([40, 0]) == .infinity)
    let together = [Double](repeating: 1, count: 6)
    let cluster = UnconstrainedProblems.lennardJones(atoms: 2)
    #expect(!cluster.value(together).isFinite)
    let origin = [Double](repeating: 0, count: 3)
    #expect(UnconstrainedProblems.schmidtVetters.value(origin).isNaN)
  }

  @Test func `Starts on saddles are critical`() throws {
    for problem in [
      UnconstrainedProblems.monkeySaddle, UnconstrainedProblems.allenCahn(),
    ] {
      var gradient = Vector<Double>.zeros(problem.dimension)
      _ = try problem.objective.valueAndGradient(
        at: problem.start, into: &gradient)
      #expect(gradient.normInfinity == 0)
    }
  }

  @Test func `Below f = ⅔ on the curve down Dixon and Price's saddle`() {
    let problem = UnconstrainedProblems.dixonPrice(4)
    var x = [1.0 / 3, 0, 0, 0.2]
    x[2] = 2 * x[3] * x[3]
    x[1] = 2 * x[2] * x[2]
    let fall = 2.0 / 3 - problem.value(x)
    // −(8/3) x₂² to first order.
    #expect(abs(fall - 8.0 / 3 * x[1] * x[1]) < 1e-2 * fall)
  }

  @Test func `Noise stays within a thousandth`() {
    let noisy = UnconstrainedProblems.noisyRosenbrock
    var generator = SplitMix64(seed: 9)
    var (least, most) = (2.0, 0.0)
    for _ in 0..<500 {
      let x: Vector<Double> = randomVector(2, using: &generator)
      let smooth = MoreGarbowHillstrom.rosenbrock.value(x.array)
      let ratio = noisy.value(x.array) / smooth
      (least, most) = (min(least, ratio), max(most, ratio))
    }
    #expect(least >= 0.999 - 1e-12 && most <= 1.001 + 1e-12)
    #expect(most - least > 0.0015)
  }
}
