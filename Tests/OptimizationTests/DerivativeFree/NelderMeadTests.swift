import Matrix
import ProblemSets
import TestSupport
import Testing

@testable import Optimization

private func rosenbrock(_ x: Vector<Double>) -> Double {
  let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
  return a * a + 100 * b * b
}

@Suite struct NelderMeadTests {
  /// Evaluations of SciPy 1.17.1, `method="Nelder-Mead"` with `adaptive=True`,
  /// `xatol` and `fatol` 1e-8, and whether f came within 10⁻⁶ of the best known
  /// one, relative where that is larger than 1.
  private static let scipy: [String: (evaluations: Int, isSolved: Bool)] = [
    "Rosenbrock": (219, true),
    "Freudenstein and Roth": (172, false),
    "Powell badly scaled": (754, true),
    "Brown badly scaled": (335, true),
    "Beale": (162, true),
    "Jennrich and Sampson": (133, true),
    "Helical valley": (528, true),
    "Bard": (415, true),
    "Gaussian": (208, true),
    "Meyer": (2004, true),
    "Gulf research and development": (731, true),
    "Box three-dimensional": (524, false),
    "Powell singular": (1077, true),
    "Wood": (907, true),
    "Kowalik and Osborne": (594, true),
    "Brown and Dennis": (620, true),
    "Osborne 1": (1223, true),
    "Biggs EXP6": (1336, false),
    "Watson, n = 6": (2206, true),
    "Extended Rosenbrock, n = 10": (9158, true),
    "Penalty I, n = 10": (6048, true),
    "Penalty II, n = 10": (10491, true),
    "Variably dimensioned, n = 10": (4054, true),
    "Trigonometric, n = 10": (1616, false),
    "Brown almost linear, n = 10": (2571, true),
    "Discrete boundary value, n = 10": (1691, true),
    "Discrete integral equation, n = 10": (1418, true),
    "Broyden tridiagonal, n = 10": (1463, true),
    "Broyden banded, n = 10": (1395, true),
    "Linear, full rank, n = 10": (1736, true),
    "Linear, rank one, n = 10": (1291, true),
    "Linear, rank one with zeros, n = 10": (1332, true),
    "Chebyquad, n = 10": (1829, true),
  ]

  @Test func solvesWhatSciPyDoesInAsManyEvaluations() {
    var ratios: [Double] = []
    var (ours, theirs, refuted) = (0, 0, 0)
    for problem in MoreGarbowHillstrom.all.map(\.unconstrained) {
      guard let peer = Self.scipy[problem.name], let best = problem.minimum
      else { continue }
      let solution = minimize(
        Function { problem.value(Array($0)) }, from: problem.start,
        using: .nelderMead(), within: Budget(iterations: 20_000))
      let isSolved =
        solution.value - best.value <= 1e-6 * max(1, abs(best.value))
      ours += isSolved ? 1 : 0
      theirs += peer.isSolved ? 1 : 0
      if isSolved && peer.isSolved {
        ratios.append(
          Double(solution.counts.values) / Double(peer.evaluations))
      }
      // What is verified by differences is by exact derivatives.
      let exact = Certificate(
        of: problem.objective, at: solution.x,
        gradientTolerance: 2 * solution.certificate.gradientTolerance)
      if solution.isVerified && !exact.isVerified { refuted += 1 }
    }
    ratios.sort()
    #expect(ours >= theirs)
    #expect(ratios.count >= 28)
    #expect(ratios[ratios.count / 2] <= 1)
    #expect(refuted == 0)
  }

  @Test func unitsOfValueAndVariablesLeaveTheIterates() {
    // Powers of 2, so that rounding is the same; a unit for each variable.
    let units = [0x1p-20, 0x1p13]
    func points(_ scale: Double, _ units: [Double]) -> [[Double]] {
      var run = Run(
        Function { x in
          scale * rosenbrock([x[0] / units[0], x[1] / units[1]])
        }, from: [-1.2 * units[0], units[1]], using: .nelderMead())
      var points: [[Double]] = []
      observe: while true {
        let cause = run.advance(
          until: .simplexSize(1e-8),
          within: Budget(iterations: run.state.iteration + 1))
        points.append([
          run.state.point.x[0] / units[0], run.state.point.x[1] / units[1],
          run.state.point.value / scale,
        ])
        if cause != .iterations { break observe }
      }
      let certificate = run.solution().certificate
      #expect(certificate.isVerified)
      #expect(certificate.classification == .minimum)
      return points
    }
    let plain = points(1, [1, 1])
    #expect(plain.count > 80)
    #expect(points(0x1p27, units) == plain)
    #expect(points(0x1p-30, [units[1], units[0]]) == plain)
  }

  @Test func kinksAreNoObstacle() {
    let solution = minimize(from: [-1.2, 1], using: .nelderMead()) { x in
      abs(x[0] - 1) + 2 * abs(x[1] - x[0])
    }
    #expect(solution.cause == .arrived(.simplexSize(1e-8)))
    // A simplex 10⁻⁸ wide that creeps down a kink is some widths from its end.
    #expect((solution.x - [1, 1]).normInfinity < 1e-6)
    #expect(solution.gradient.count == 0)
    // A kink is not stationary, and not claimed to be.
    #expect(!solution.isVerified)
  }

  @Test func turnsAwayFromWhereTheValueIsUndefined() {
    struct Outside: Error {}
    for outside: () throws -> Double in [
      { .nan }, { .infinity }, { -.infinity }, { throw Outside() },
    ] {
      let solution = minimize(from: [3, 2], using: .nelderMead()) { x in
        guard x[0] > 0 && x[1] > 0 else { return try outside() }
        return x[0] - Double.log(x[0]) + 2 * x[1] - Double.log(x[1])
      }
      #expect((solution.x - [1, 0.5]).normInfinity < 1e-7)
      #expect(solution.isVerified)
    }
    let nowhere = minimize(from: [3, 2], using: .nelderMead()) { _ in .nan }
    #expect(nowhere.cause == .undefinedAtStart)
    #expect(!nowhere.isVerified)
  }

  @Test func oneVariableAndNoneAreTaken() {
    let solution = minimize(from: [3], using: .nelderMead()) { x in
      (x[0] - 1) * (x[0] - 1) + 5
    }
    #expect(abs(solution.x[0] - 1) < 1e-7)
    #expect(solution.isVerified)
    let constant = minimize(from: [], using: .nelderMead()) { _ in 4 }
    #expect(constant.value == 4)
  }

  @Test func startAtZeroUsesTheGivenEdge() {
    var seen: [Vector<Double>] = []
    let recorder = Function { x in
      seen.append(x)
      return x.dot(x)
    }
    _ = Run(
      recorder, from: [0, 2],
      using: .nelderMead(initialSize: 0.25, edgeAtZero: 7))
    #expect(seen == [[0, 2], [7, 2], [0, 2.5]])
  }

  @Test func objectiveWithAGradientIsCertifiedByIt() {
    let extended = ExtendedRosenbrock(2)
    let solution = minimize(
      extended, from: extended.start, using: .nelderMead())
    #expect(solution.isVerified)
    #expect(solution.counts.gradients == 0)
    // No value of differences costs the certificate more than its gradients.
    #expect(solution.certificate.counts.values <= 4)
  }

  @Test func plainEndsWhereItBegan() {
    let solution = minimize(from: [1, 2], using: .nelderMead()) { _ in 3 }
    #expect(solution.x == [1, 2])
    #expect(solution.cause == .arrived(.simplexSize(1e-8)))
  }

  @Test func runWithoutARuleEndsWhereNumbersDo() {
    var run = Run(
      Function { x in (x[0] - 1) * (x[0] - 1) + x[1] * x[1] }, from: [3, 2],
      using: .nelderMead())
    let cause = run.advance(until: .gradientNorm(0))
    #expect(cause == .stuck(.lineSearch))
    #expect((run.state.point.x - [1, 0]).normInfinity < 1e-7)
  }

  @Test func functionThatFallsForEverIsUnbounded() {
    let solution = minimize(from: [1, 1], using: .nelderMead()) { x in
      -x[0] * x[0] * x[0] + x[1] * x[1]
    }
    #expect(solution.cause == .unbounded)
    let flat = minimize(from: [1], using: .nelderMead()) { x in
      Double.exp(-x[0])
    }
    #expect(flat.x[0].isFinite)
  }

  @Test func edgeThatIsNotPositiveTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = NelderMead(initialSize: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = NelderMead(edgeAtZero: .infinity)
    }
  }
}

@Suite struct SimplexDescentTests {
  /// McKinnon's strictly convex function, τ = 2, θ = 6, φ = 60.
  ///
  /// From its first simplex the classic method contracts to the origin for ever;
  /// the minimum is −¼ at (0, −½).
  private func mcKinnon(descends: Bool) -> (Point, Simplex) {
    let f = Function { x in
      (x[0] <= 0 ? 360 : 6) * x[0] * x[0] + x[1] + x[1] * x[1]
    }
    let method = NelderMead(isAdaptive: false)
    var evaluator = method.evaluator(for: f)
    var workspace = method.makeWorkspace(dimension: 2)
    var simplex = method.makeMemory(dimension: 2)
    let root = 33.0.squareRoot()
    let vertices: [Vector<Double>] = [
      [0, 0], [1, 1], [(1 + root) / 8, (1 - root) / 8],
    ]
    for (k, x) in vertices.enumerated() {
      simplex.set(k, to: x, value: evaluator.value(at: x))
    }
    simplex.sort()
    if descends { simplex.descent.begin(slope: 13, size: 1) }
    var point = Point(vertices[0])
    for _ in 0..<400 {
      _ = method.step(
        &point, &simplex, evaluator: &evaluator, workspace: &workspace)
    }
    return (point, simplex)
  }

  @Test func simplexThatCollapsesIsReplaced() {
    let (collapsed, simplex) = mcKinnon(descends: false)
    #expect(simplex.extent.size < 1e-12)
    #expect(collapsed.x.normInfinity < 1e-12)
    let (found, _) = mcKinnon(descends: true)
    #expect((found.x - [0, -0.5]).normInfinity < 1e-6)
    #expect(abs(found.value + 0.25) < 1e-12)
  }
}
