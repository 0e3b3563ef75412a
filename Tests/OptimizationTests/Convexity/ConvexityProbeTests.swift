import Foundation
import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite struct ConvexityProbeTests {
  @Test func quadraticHasItsSmallestEigenvalueForAModulus() throws {
    let f = Quadratic(8, condition: 100, seed: 3)
    var hessian = Matrix<Double>.zeros(8, 8)
    f.hessian(at: .zeros(8), into: &hessian)
    let smallest = try SymmetricEigen(hessian).eigenvalues[0]
    for objective: any Objective in [f, GradientAlone(base: f)] {
      let probe = probeConvexity(of: objective, in: .cube(-3...3, dimension: 8))
      guard case .stronglyConvexOnSamples(let modulus) = probe.verdict else {
        Issue.record("\(probe)")
        continue
      }
      #expect(abs(modulus - smallest) <= 1e-6 * smallest)
      #expect(probe.isConvexOnSamples)
      #expect(probe.segments == 200 && probe.hessians == 200)
      #expect(probe.description.contains("strongly convex"))
    }
    // By values alone it is an upper bound that segments along the direction of the
    // smallest eigenvalue would attain.
    let probe = probeConvexity(
      of: ValuesAlone(f), in: .cube(-3...3, dimension: 8))
    guard case .stronglyConvexOnSamples(let modulus) = probe.verdict else {
      Issue.record("\(probe)")
      return
    }
    #expect(modulus >= smallest)
    #expect(probe.hessians == 0)
  }

  /// Every function of the list that is known to be convex, and the others.
  @Test func rosenbrockIsNotConvexAndProvesIt() throws {
    let f = ChainedRosenbrock(2)
    for objective: any Objective in [
      f, GradientAlone(base: f), ValuesAlone(f),
    ] {
      let probe = probeConvexity(of: objective, in: .cube(-2...2, dimension: 2))
      guard case .notConvex(let witness) = probe.verdict else {
        Issue.record("\(probe)")
        continue
      }
      #expect(proves(witness, f), "\(witness)")
      #expect(probe.description.hasPrefix("not convex: f "))
    }
    // Where it is, between x₂ ≤ x₁² + 1/200: nothing contradicts.
    let box = StartingRegion.within(
      try Bounds(lower: [-2, -3], upper: [2, 0]))
    #expect(probeConvexity(of: f, in: box).isConvexOnSamples)
  }

  /// Checks a witness against the function, by code of its own.
  private func proves(
    _ witness: NonconvexityWitness, _ f: some TwiceDifferentiableObjective
  ) -> Bool {
    func value(_ x: Vector<Double>) -> Double { (try? f.value(at: x)) ?? .nan }
    switch witness {
    case .segment(let x, let y, let t, let excess):
      let z = (1 - t) * x + t * y
      let found = value(z) - (1 - t) * value(x) - t * value(y)
      return excess > 0 && found >= excess
    case .curvature(let x, let d, let curvature):
      let h = 1e-3
      let found =
        (value(x + h * d) + value(x - h * d) - 2 * value(x)) / (h * h)
      return curvature < 0 && found < 0.9 * curvature
        && abs(d.norm - 1) <= 1e-12
    }
  }

  @Test func linearAndFlatFunctionsAreConvexAndNotStrongly() {
    let linear = TwiceDifferentiableFunction { x, g in
      g[0] = 3
      g[1] = -1e8
      return 3 * x[0] - 1e8 * x[1] + 7
    } hessian: { _, h in
      h.fill(with: 0)
    }
    let cases: [any Objective] = [
      linear, ValuesAlone(linear), Function { x in x.norm1 },
      Function { x in max(x[0], x[1], 0) },
    ]
    for f in cases {
      let probe = probeConvexity(of: f, in: .cube(-5...5, dimension: 2))
      #expect(probe.verdict == .convexOnSamples, "\(probe)")
    }
  }

  @Test func aDentInOneCornerIsFound() {
    // Convex but for a bump of width 0.05 at (1, 1).
    let f = Function { x in
      let (a, b) = (x[0] - 1, x[1] - 1)
      return x.dot(x) + 0.5 * exp(-(a * a + b * b) / 0.005)
    }
    let probe = probeConvexity(
      of: f, in: .cube(0...2, dimension: 2), samples: 2000)
    guard case .notConvex(.segment(_, _, _, let excess)) = probe.verdict else {
      Issue.record("\(probe)")
      return
    }
    #expect(excess > 0)
  }

  @Test func theLogarithmicBarrierIsConvexWhereItIsDefined() {
    // −log x, NaN below 0: points without a value have no part in it.
    let f = TwiceDifferentiableFunction { x, g in
      g[0] = -1 / x[0]
      return x[0] > 0 ? -log(x[0]) : .nan
    } hessian: { x, h in
      h[0, 0] = x[0] > 0 ? 1 / (x[0] * x[0]) : .nan
    }
    let probe = probeConvexity(of: f, in: .cube(-1...1, dimension: 1))
    #expect(probe.isConvexOnSamples, "\(probe)")
    #expect(probe.undefinedCount > 50)
    #expect((probe.undefinedPoint?[0] ?? 1) <= 0)
    #expect(probe.description.contains("undefined at"))
  }

  @Test func aDomainThatIsNotConvexIsAProof() {
    // ∞ in the middle of where it is 0.
    let f = Function { x in abs(x[0]) < 0.5 ? .infinity : 0 }
    let probe = probeConvexity(of: f, in: .cube(-1...1, dimension: 1))
    guard case .notConvex(.segment(let x, let y, _, let excess)) = probe.verdict
    else {
      Issue.record("\(probe)")
      return
    }
    #expect(excess == .infinity && x[0] * y[0] < 0)
  }

  @Test func undefinedEverywhereIsNoVerdict() {
    struct Refusal: Error {}
    let nowhere = Function { _ in .nan }
    let throwing = Function { _ in throw Refusal() }
    for f in [nowhere, throwing] {
      let probe = probeConvexity(
        of: f, in: .cube(-1...1, dimension: 2), samples: 10)
      #expect(probe.verdict == .undefined)
      #expect(!probe.isConvexOnSamples)
    }
    let probe = probeConvexity(of: throwing, in: .cube(-1...1, dimension: 2))
    #expect(probe.failure?.contains("Refusal") == true)
  }

  @Test func isTheSameForTheSameSeed() {
    let f = ChainedRosenbrock(3)
    let region = StartingRegion.cube(-2...2, dimension: 3)
    #expect(
      probeConvexity(of: f, in: region, seed: 4)
        == probeConvexity(of: f, in: region, seed: 4))
  }

  /// Losses are convex, to all rounding, in places where they hardly curve.
  @Test func lossesAreConvex() throws {
    let data = try RegularizedData()
    for f: any Objective in [data.losses, data.squares] {
      let probe = probeConvexity(
        of: f, in: .cube(-20...20, dimension: 31), samples: 60)
      #expect(probe.isConvexOnSamples, "\(probe)")
    }
  }

  /// f and ∇f without a Hessian.
  struct GradientAlone<Base: DifferentiableObjective>: DifferentiableObjective {
    let base: Base
    func valueAndGradient(
      at x: Vector<Double>, into gradient: inout Vector<Double>
    ) throws -> Double {
      try base.valueAndGradient(at: x, into: &gradient)
    }
  }
}
