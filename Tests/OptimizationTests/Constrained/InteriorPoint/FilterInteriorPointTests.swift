import Differentiation
import Foundation
import Matrix
import Optimization
import TestSupport
import Testing

@Suite("Filter interior point")
struct FilterInteriorPointTests {
  static let numbers = (try? PublishedProgram.all().map(\.number)) ?? []

  static func program(_ number: Int) throws -> PublishedProgram {
    try #require(
      try PublishedProgram.all().first { $0.number == number })
  }

  /// Where the run ends at another minimum than the least one known.
  static let otherMinima = [16: 3.982060453759, 108: -0.674981442929]

  @Test(
    "Published problems are solved to 1e-8, by exact and by learned Hessians")
  func publishedProblems() throws {
    let programs = try PublishedProgram.all()
    #expect(programs.count == 38)
    for program in programs {
      let least = Self.otherMinima[program.number] ?? program.least
      for solution in [
        minimize(
          program.problem, from: program.start, using: .interiorPoint(),
          until: .gradientNorm(1e-8)),
        minimize(
          program.problem, from: program.start,
          using: .interiorPoint(hessian: .quasiNewton),
          until: .gradientNorm(1e-8)),
      ] {
        #expect(
          solution.isVerified && solution.certificate.finding == .optimal
            && solution.certificate.classification == .minimum,
          "problem \(program.number): \(solution)")
        #expect(solution.cause == .arrived(.gradientNorm(1e-8)))
        #expect(
          abs(solution.value - least) <= 1e-6 * max(1, abs(least)),
          "problem \(program.number): \(solution.value)")
        #expect(solution.iterations <= 60)
      }
    }
  }

  @Test("Multipliers have the signs and sizes of the sensitivities")
  func multipliers() throws {
    // min x² + y² where x + y ≥ 2, x ≤ 0.5: x = 0.5, y = 1.5, the multiplier of
    // the row is 2y = 3, that of the bound 2x − 3 = −2.
    let f = AutomaticFunction { x in x[0] * x[0] + x[1] * x[1] }
    for row in [
      Constraints.rows([[1, 1]], atLeast: [2]),
      .rows([[-1, -1]], atMost: [-2]), .rows([[1000, 1000]], equalTo: [2000]),
      .value(in: 2...4) { x in x[0] + x[1] },
    ] {
      let solution = try minimize(
        f.subject(
          to: [row],
          within: Bounds(
            lower: [-.infinity, -.infinity], upper: [0.5, .infinity])),
        from: [3, 3], using: .interiorPoint(), until: .gradientNorm(1e-9))
      let size = row.lower[0] == 2000 ? 1e-3 : 1
      let sign = row.upper[0] == -2 ? -1.0 : 1
      #expect(abs(solution.multipliers[0] - 3 * sign * size) < 1e-7)
      #expect(abs(solution.boundMultipliers[0] + 2) < 1e-7)
      #expect(abs(solution.x[0] - 0.5) < 1e-7)
      #expect(solution.isVerified)
    }
  }

  @Test("Units of f and of constraints change nothing but the multipliers")
  func units() throws {
    for (a, b) in [(1.0, 1.0), (1e5, 1.0), (1.0, 1e5), (1e-4, 1e-4)] {
      let scale = Variable(a)
      let size = Variable(b)
      let problem = try AutomaticFunction { x in
        scale * ((x[0] - 2) * (x[0] - 2) + (x[1] - 1) * (x[1] - 1))
      }.subject(to: [
        .value(atLeast: -b) { x in
          size * (-0.25 * x[0] * x[0] - x[1] * x[1])
        },
        .value(equalTo: -b) { x in size * (x[0] - 2 * x[1]) },
      ])
      let solution = minimize(
        problem, from: [2, 2], using: .interiorPoint(),
        until: .gradientNorm(1e-9 * max(1, a)))
      let root = 7.0.squareRoot()
      #expect(solution.isVerified, "\(solution)")
      #expect(abs(solution.x[0] - 0.5 * (root - 1)) < 1e-4)
      #expect(abs(solution.x[1] - 0.25 * (root + 1)) < 1e-4)
      // Known multipliers of problem 14 in the units of f over those of c.
      let expected = 1.84659143 * a / b
      #expect(abs(solution.multipliers[0] - expected) < 1e-4 * expected)
    }
  }

  @Test("Problems without a feasible point end at one that violates least")
  func infeasible() throws {
    let f = AutomaticFunction { x in x[0] * x[0] + x[1] }
    let impossible: [(String, [Constraints], Bounds?)] = [
      ("x² + 1 ≤ 0", [.value(atMost: 0) { x in x[0] * x[0] + 1 }], nil),
      (
        "two circles apart",
        [
          .values(atMost: [1, 1]) { x in
            let a = (x[0] - 3) * (x[0] - 3) + x[1] * x[1]
            return [x[0] * x[0] + x[1] * x[1], a]
          }
        ], nil
      ),
      (
        "rows that cross",
        [
          .rows(
            [[1, 1], [1, 1]], from: [2, -.infinity], to: [.infinity, 1])
        ],
        nil
      ),
      (
        "a circle outside of the bounds",
        [.value(atMost: 3) { x in x[0] * x[0] + x[1] * x[1] }],
        try Bounds(2...5, count: 2)
      ),
      (
        "equalities in other units",
        [
          .value(equalTo: 0) { x in 1000 * (x[0] - x[1]) },
          .value(equalTo: 1) { x in x[0] - x[1] },
          .value(atMost: 50) { x in x[0] * x[0] + x[1] * x[1] },
        ], nil
      ),
    ]
    for (name, constraints, bounds) in impossible {
      for start: Vector<Double> in [[3, 3], [0, 0], [-2, 1]] {
        let problem = try f.subject(to: constraints, within: bounds)
        for solution in [
          minimize(problem, from: start, using: .interiorPoint()),
          minimize(
            problem, from: start,
            using: .interiorPoint(hessian: .quasiNewton)),
        ] {
          #expect(
            solution.certificate.finding == .infeasible,
            "\(name) from \(start): \(solution)")
          #expect(solution.cause == .stuck(.infeasible), "\(name)")
        }
      }
    }
  }

  @Test("A function that falls forever ends by the budget's lowest value")
  func unbounded() throws {
    let problem = try AutomaticFunction { x in x[0] - x[1] }.subject(
      to: [.value(atLeast: 1) { x in x[0] * x[0] + x[1] }])
    for solution in [
      minimize(problem, from: [1, 1], using: .interiorPoint()),
      minimize(
        problem, from: [1, 1], using: .interiorPoint(hessian: .quasiNewton)),
    ] {
      #expect(solution.cause == .unbounded, "\(solution)")
      #expect(solution.certificate.finding == .unbounded)
    }
  }

  @Test(
    "Dependent equalities, fixed variables and empty interiors are no obstacle")
  func degenerate() throws {
    let f = AutomaticFunction { x in
      let (a, b, c) = (x[0] - 1, x[1] - 2, x[2] - 3)
      return a * a + b * b + c * c
    }
    let twice = minimize(
      try f.subject(to: [
        .rows([[1, 1, 1], [2, 2, 2], [1, 1, 1]], equalTo: [3, 6, 3])
      ]), from: [5, 5, 5], using: .interiorPoint(),
      until: .gradientNorm(1e-8))
    #expect(twice.isVerified, "\(twice)")
    #expect(abs(twice.value - 3) < 1e-8)

    let fixed = minimize(
      try f.subject(
        to: [.value(equalTo: 4) { x in x[0] * x[1] }],
        within: Bounds(
          lower: [2, -.infinity, 0], upper: [2, .infinity, 1])),
      from: [0, 0, 0], using: .interiorPoint(), until: .gradientNorm(1e-8))
    #expect(fixed.isVerified, "\(fixed)")
    #expect(fixed.x[0] == 2)
    #expect((fixed.x - [2, 2, 1]).normInfinity < 1e-7)

    // x ≤ 1 and x ≥ 1 as two inequalities.
    let empty = minimize(
      try f.subject(to: [
        .rows(
          [[1, 1, 0], [1, 1, 0]], from: [1, -.infinity], to: [.infinity, 1])
      ]), from: [4, -2, 1], using: .interiorPoint())
    #expect(empty.isVerified, "\(empty)")
    #expect(abs(empty.value - 2) < 1e-5)

    let most = minimize(
      try f.subject(
        to: [.rows([[1, 0, 0], [0, 1, 0], [0, 0, 1]], equalTo: [1, 1, 1])]),
      from: [0, 0, 0], using: .interiorPoint())
    #expect(most.isVerified, "\(most)")
  }

  @Test("No constraints, bounds alone, and one variable")
  func little() throws {
    let rosenbrock = AutomaticFunction { x in
      let (a, b) = (x[1] - x[0] * x[0], 1 - x[0])
      return 100 * a * a + b * b
    }
    let free = minimize(
      try rosenbrock.subject(to: []), from: [-1.2, 1], using: .interiorPoint())
    #expect(free.isVerified && free.value < 1e-10, "\(free)")
    let bounded = minimize(
      try rosenbrock.subject(
        to: [], within: Bounds(lower: [-3, 1.5], upper: [3, 4])),
      from: [-1.2, 1], using: .interiorPoint(hessian: .quasiNewton))
    // Problem 2 of Hock and Schittkowski.
    #expect(bounded.isVerified, "\(bounded)")
    #expect(
      abs(bounded.value - 0.0504261879) < 1e-6
        || abs(bounded.value - 4.941229) < 1e-4)
    let one = minimize(
      try AutomaticFunction { x in .exp(x[0]) }.subject(
        to: [.value(atLeast: 2) { x in x[0] * x[0] }],
        within: Bounds(lower: [0], upper: [.infinity])),
      from: [0.1], using: .interiorPoint())
    #expect(one.isVerified, "\(one)")
    #expect(abs(one.x[0] - 2.0.squareRoot()) < 1e-6)
  }

  @Test("A run that is saved goes on bit for bit, in the restoration too")
  func resumes() throws {
    let impossible = try AutomaticFunction { x in x[0] + x[1] * x[1] }.subject(
      to: [
        .values(atMost: [1, 1]) { x in
          let a = (x[0] - 3) * (x[0] - 3) + x[1] * x[1]
          return [x[0] * x[0] + x[1] * x[1], a]
        }
      ])
    let programs = try [15, 71, 100].map(Self.program)
    for (problem, start) in programs.map({ ($0.problem, $0.start) })
      + [(impossible, Vector<Double>([4, 2]))]
    {
      try resumesBitForBit(problem, start, .interiorPoint())
      try resumesBitForBit(
        problem, start, .interiorPoint(hessian: .quasiNewton))
    }
  }

  private func resumesBitForBit<M: ConstrainedMethod>(
    _ problem: M.Problem, _ start: Vector<Double>, _ method: M
  ) throws where M.Memory == FilterInteriorPointMemory {
    var whole = Run(problem, from: start, using: method)
    var saved: [Checkpoint<M>] = []
    for _ in 0..<12 {
      saved.append(whole.checkpoint)
      if whole.step() != nil { break }
    }
    for checkpoint in saved {
      let encoder = JSONEncoder()
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
      let decoder = JSONDecoder()
      decoder.nonConformingFloatDecodingStrategy = .convertFromString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
      let read = try decoder.decode(
        Checkpoint<M>.self, from: encoder.encode(checkpoint))
      #expect(read == checkpoint)
      var resumed = Run(problem, resuming: read)
      while resumed.state.iteration < whole.state.iteration {
        try #require(resumed.step() == nil)
      }
      #expect(
        resumed.state == whole.state,
        "\(method.name), from step \(checkpoint.state.iteration)")
    }
  }

  @Test("A step allocates nothing, nor does one of the restoration")
  func allocations() throws {
    let apart = try WrittenByHand().subject(
      to: [.values(of: Circles(distance: 3), atMost: [1, 1])],
      within: Bounds(-10...10, count: 2))
    let meeting = try WrittenByHand().subject(
      to: [.values(of: Circles(distance: 1.5), atMost: [1, 1])],
      within: Bounds(-10...10, count: 2))
    func count<M: ConstrainedMethod>(
      _ problem: M.Problem, _ method: M
    ) -> (steps: Int, restoring: Int, allocations: Int)
    where M.Memory == FilterInteriorPointMemory {
      // What is made once in a process is made by the first of two runs.
      var counts = (steps: 0, restoring: 0, allocations: 0)
      for _ in 0..<2 {
        var run = Run(problem, from: [4, 2], using: method)
        var failure: StepFailure?
        counts = (0, 0, 0)
        while failure == nil && counts.steps < 40 {
          let count = TestSupport.allocations { failure = run.step() }
          counts.allocations += failure == nil ? count : 0
          counts.steps += 1
          counts.restoring += run.isRestoring ? 1 : 0
        }
      }
      return counts
    }
    for (problem, restores) in [(meeting, false), (apart, true)] {
      for counts in [
        count(problem, .interiorPoint()),
        count(problem, .interiorPoint(hessian: .quasiNewton)),
      ] {
        #expect(counts.allocations == 0)
        #expect(counts.steps > 5)
        #expect((counts.restoring > 2) == restores)
      }
    }
  }

  @Test("A warm start takes fewer steps than a cold one")
  func warmStart() throws {
    func problem(_ side: Double) throws
      -> TwiceDifferentiableConstrainedObjective
    {
      try AutomaticFunction { x in
        x[0] * x[3] * (x[0] + x[1] + x[2]) + x[2]
      }.subject(
        to: [
          .value(atLeast: side) { x in x[0] * x[1] * x[2] * x[3] },
          .value(equalTo: 40) { x in
            x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3]
          },
        ], within: Bounds(1...5, count: 4))
    }
    var run = Run(
      try problem(25), from: [1, 5, 5, 1], using: .interiorPoint())
    run.advance()
    let before = run.solution()
    run.warmStart(on: try problem(25.001))
    run.advance()
    let after = run.solution()
    let cold = minimize(
      try problem(25.001), from: [1, 5, 5, 1], using: .interiorPoint())
    #expect(before.isVerified && after.isVerified, "\(after)")
    #expect(abs(after.value - cold.value) < 1e-6)
    #expect(after.iterations < cold.iterations)
    // The multiplier says by how much the value rises.
    #expect(
      abs(after.value - before.value - 0.001 * before.multipliers[0]) < 1e-6)
  }
}

/// x₀ + x₁², by hand.
private struct WrittenByHand: TwiceDifferentiableObjective {
  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    let b = x[1]
    gradient.withUnsafeMutableBufferPointer {
      $0[0] = 1
      $0[1] = 2 * b
    }
    return x[0] + b * b
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    hessian.withUnsafeMutableBufferPointer {
      $0[0] = 0
      $0[1] = 0
      $0[3] = 2
    }
  }
}

extension Run where M.Memory == FilterInteriorPointMemory {
  fileprivate var isRestoring: Bool { state.memory.isRestoring }
}

/// The squares of the distances from two points, by hand.
private struct Circles: DifferentiableResiduals {
  let distance: Double
  let dimension: Int? = 2
  let count = 2
  let hasSecondDerivatives = true

  func residuals(at x: Vector<Double>, into r: inout Vector<Double>) {
    let (a, b) = (x[0], x[1])
    r.withUnsafeMutableBufferPointer {
      $0[0] = a * a + b * b
      $0[1] = (a - distance) * (a - distance) + b * b
    }
  }

  func jacobian(at x: Vector<Double>, into j: inout Matrix<Double>) {
    let (a, b) = (x[0], x[1])
    j.withUnsafeMutableBufferPointer {
      $0[0] = 2 * a
      $0[1] = 2 * (a - distance)
      $0[2] = 2 * b
      $0[3] = 2 * b
    }
  }

  func weightedHessian(
    at x: Vector<Double>, weights w: Vector<Double>,
    into hessian: inout Matrix<Double>
  ) {
    let sum = 2 * (w[0] + w[1])
    hessian.withUnsafeMutableBufferPointer {
      $0[0] = sum
      $0[1] = 0
      $0[2] = 0
      $0[3] = sum
    }
  }
}
