import Foundation
import Matrix
import ProblemSets
import TestSupport
import Testing

@testable import Optimization

@Suite struct InteriorPointTests {
  @Test(arguments: QuadraticPrograms.solvable.map(\.name))
  func solves(name: String) throws {
    let problem = try #require(
      QuadraticPrograms.solvable.first { $0.name == name })
    let solution = minimize(problem.program, using: .interiorPoint())
    try expect(solution, solves: problem)
  }

  @Test func recognisesWhatHasNoSolution() {
    for problem in QuadraticPrograms.infeasible + QuadraticPrograms.unbounded {
      let solution = minimize(problem.program, using: .interiorPoint())
      #expect(solution.isVerified, "\(problem.name)")
      #expect(
        solution.certificate.finding
          == (problem.kind == .infeasible ? .infeasible : .unbounded),
        "\(problem.name): \(solution)")
    }
  }

  /// Programs of all ranks, with equalities, bounds, degenerate and dependent
  /// sides.
  @Test func solvesWhatIsMadeAroundASolution() throws {
    for seed in 0..<60 {
      let n = 2 + seed % 23
      let construction = Construction(
        seed: UInt64(100 + seed), variables: n, rank: seed * 7 % (n + 1),
        equalities: seed % 5 * n / 8, inequalities: n + seed % 7,
        active: seed % 5 == 4 ? 0.3 : 0.8,
        degenerate: seed % 3 == 0 ? 0.5 : 0, bounded: 1,
        fixed: seed % 4 == 0 ? 0.2 : 0, dependent: seed % 2 * n / 3,
        spread: seed % 6 == 5 ? 1 : 0)
      let problem = construction.problem("seed \(seed)")
      try expect(
        minimize(problem.program, using: .interiorPoint()), solves: problem)
    }
  }

  /// Multipliers say how the value changes with the sides.
  @Test func multipliersAreSensitivities() throws {
    let problem = QuadraticPrograms.constructed[2]
    let solution = minimize(problem.program)
    let sides = problem.program.constraints
    let h = 1e-4
    var active = 0
    for i in 0..<sides.count where solution.multipliers[i] != 0 {
      func value(_ step: Double) throws -> Double {
        var (lower, upper) = (sides.lower, sides.upper)
        // The side that does not hold stays.
        if solution.multipliers[i] > 0 || lower[i] == upper[i] {
          lower[i] += step
        }
        if solution.multipliers[i] < 0 || upper[i] == sides.lower[i] {
          upper[i] += step
        }
        return minimize(
          try problem.program.with(lower: lower, upper: upper)
        ).value
      }
      let slope = (try value(h) - value(-h)) / (2 * h)
      guard abs(solution.multipliers[i]) > 1e-6 else { continue }
      active += 1
      #expect(abs(slope - solution.multipliers[i]) < 1e-5, "row \(i)")
    }
    #expect(active > 20)
  }

  @Test(arguments: [0, 15])
  func aStepAllocatesNothing(equalities: Int) throws {
    let problem = Construction(
      seed: 5, variables: 60, rank: 30, equalities: equalities,
      inequalities: 60
    ).problem("allocations")
    // Equilibration and workspaces are made before.
    var run = InteriorPointRun(
      InteriorPoint(), on: ScaledProgram(problem.program))
    for _ in 0..<3 {
      _ = run.assess()
      let moved = run.step()
      #expect(moved)
    }
    let count = allocations {
      for _ in 0..<3 {
        _ = run.assess()
        _ = run.step()
      }
    }
    #expect(count == 0)
  }

  @Test func numbersAtTheEndsOfTheRangeAreNoTrap() throws {
    for size in [1e-300, 1e-150, 1e150, 1e300] {
      let program = try QuadraticProgram(
        hessian: [[size, 0], [0, 1]], gradient: [-size, size],
        subjectTo: [.rows([[1, size]], atMost: [size])],
        within: Bounds(-1...1, count: 2))
      let solution = minimize(program)
      // Whatever is said is what the certificate confirms.
      if solution.certificate.finding == .optimal {
        #expect(solution.certificate.value.isFinite)
      }
    }
  }

  /// A state that is saved and read goes on as the run that went on.
  @Test(arguments: [0, 5])
  func resumesBitForBit(equalities: Int) throws {
    let problem = Construction(
      seed: 12, variables: 30, rank: 10, equalities: equalities,
      inequalities: 30, active: 0.6, bounded: 0.9
    ).problem("resumed")
    let method = InteriorPoint()
    let whole = method.solve(problem.program)
    for stop in 0..<whole.iterations {
      var saved: InteriorPointState?
      let part = method.solve(problem.program, from: nil) { state in
        saved = state
        return state.iteration == stop
      }
      #expect(part.iterations == stop)
      let encoder = JSONEncoder()
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "∞", negativeInfinity: "-∞", nan: "nan")
      let decoder = JSONDecoder()
      decoder.nonConformingFloatDecodingStrategy = .convertFromString(
        positiveInfinity: "∞", negativeInfinity: "-∞", nan: "nan")
      let state = try decoder.decode(
        InteriorPointState.self, from: encoder.encode(#require(saved)))
      #expect(state == saved)
      let rest = method.solve(problem.program, from: state)
      #expect(rest.x == whole.x)
      #expect(rest.multipliers == whole.multipliers)
      #expect(rest.boundMultipliers == whole.boundMultipliers)
      #expect(rest.iterations == whole.iterations)
    }
  }

  @Test func noVariables() throws {
    let program = try QuadraticProgram(linear: [])
    let solution = minimize(program)
    #expect(solution.isVerified && solution.x.isEmpty)
  }

  /// Multipliers of dependent rows that cancel must not excuse a residual by their
  /// rounding.
  @Test func hugeMultipliersExcuseNothing() throws {
    let program = try QuadraticProgram(
      hessian: .identity(2), gradient: [0, 0],
      subjectTo: [.rows([[1, 1], [1, 1]], equalTo: [2, 2])])
    let certificate = QuadraticCertificate(
      of: program, at: [1, 1], multipliers: [1e18, -1e18],
      boundMultipliers: [0, 0])
    #expect(certificate.finding == .refuted)
  }

  @Test func reports() {
    let text = "\(minimize(QuadraticPrograms.hockSchittkowski[2].program))"
    #expect(text.hasPrefix("Optimal, verified\n"))
    #expect(text.contains("value   0.1111111111"))
  }
}

/// Expects a verified minimum of the known value, to 10⁻⁹.
func expect(
  _ solution: QuadraticSolution, solves problem: QuadraticTestProblem,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  guard case .optimal(let value) = problem.kind else {
    Issue.record("\(problem.name) has no solution")
    return
  }
  let c = solution.certificate
  #expect(
    c.finding == .optimal, "\(problem.name): \(solution)",
    sourceLocation: sourceLocation)
  for r in [c.primalResidual, c.dualResidual, c.gap] {
    #expect(
      r <= 1e-9, "\(problem.name): \(solution)", sourceLocation: sourceLocation)
  }
  #expect(
    abs(solution.value - value) <= 1e-9 * max(1, abs(value)),
    "\(problem.name): \(solution.value), not \(value)",
    sourceLocation: sourceLocation)
}
