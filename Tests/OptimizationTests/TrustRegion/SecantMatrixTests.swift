import Matrix
import ProblemSets
import TestSupport
import Testing

@testable import Optimization

@Suite struct SecantMatrixTests {
  /// A point of a quadratic with its gradient.
  private func point(
    _ x: Vector<Double>, _ evaluator: inout Evaluator
  ) -> Point {
    var point = Point(x)
    evaluator.evaluate(&point)
    return point
  }

  /// Updates along random steps, and the matrix that results.
  private func learn<Model: MatrixModel>(
    _ model: Model, _ b: Matrix<Double>, steps: Int, seed: UInt64,
    check: (Matrix<Double>, Vector<Double>, Vector<Double>) -> Void
  ) -> Matrix<Double>
  where
    Model.Memory == SecantMatrix, Model.Workspace == SecantWorkspace,
    Model.Problem == any DifferentiableObjective
  {
    let n = b.rows
    var generator = SplitMix64(seed: seed)
    let objective = ModelFunction(
      b: b, g: randomVector(n, using: &generator))
    var evaluator = model.evaluator(for: objective)
    var memory = model.makeMemory(dimension: n)
    var workspace = model.makeWorkspace(dimension: n)
    var x = point(randomVector(n, using: &generator), &evaluator)
    #expect(
      model.prepare(
        at: x, &memory, evaluator: &evaluator, workspace: &workspace))
    for _ in 0..<steps {
      let s: Vector<Double> = randomVector(n, using: &generator)
      let next = point(x.x + s, &evaluator)
      _ = model.update(
        &memory, from: x, to: next, step: s, workspace: &workspace)
      check(memory.matrix, s, next.gradient - x.gradient)
      x = next
    }
    return memory.matrix
  }

  @Test func rankOneUpdatesFindAQuadraticsHessian() {
    // Fiacco and McCormick 1968: after n independent steps B is the Hessian, also
    // where that is indefinite.
    var generator = SplitMix64(seed: 71)
    var b: Matrix<Double> = randomMatrix(8, 8, using: &generator)
    b.symmetrizeFromLower()
    var found = learn(SR1Model(), b, steps: 8, seed: 72) { matrix, s, y in
      var product = s
      matrix.symmetricMultiply(s, into: &product)
      #expect((product - y).norm <= 1e-10 * y.norm)
    }
    found.symmetrizeFromLower()
    #expect((found - b).maximumMagnitude < 1e-8)
  }

  @Test func dampedUpdatesStayPositiveDefinite() throws {
    var generator = SplitMix64(seed: 73)
    for shift in [-3.0, 3] {
      var b: Matrix<Double> = randomMatrix(8, 8, using: &generator)
      b.addToDiagonal(shift * 8.0.squareRoot())
      b.symmetrizeFromLower()
      var wasDamped = false
      _ = learn(BFGSModel(), b, steps: 40, seed: 74) { matrix, s, y in
        #expect(throws: Never.self) { try Cholesky(matrix) }
        var product = s
        matrix.symmetricMultiply(s, into: &product)
        // The secant equation, wherever y was not damped.
        if (product - y).norm > 1e-8 * y.norm { wasDamped = true }
      }
      #expect(wasDamped || shift > 0)
    }
  }

  @Test func sizeComesFromAProductAtTheStart() {
    let b: Matrix<Double> = 1e9 * Matrix<Double>.identity(3)
    let found = learn(SR1Model(), b, steps: 0, seed: 75) { _, _, _ in }
    #expect((found - b).maximumMagnitude <= 1e-6)
  }

  @Test func modelsSolvePublishedProblems() {
    // Meyer's valley, 10¹⁵ times as long as wide, takes more than this budget;
    // Ackley's function has a kink at its minimum.
    for problem in TrustRegionTests.problems
    where problem.name != "Meyer" && !problem.traits.contains(.nonsmooth) {
      func check<S: TrustRegionSubproblem>(_ solver: S)
      where S.Model.Problem == any DifferentiableObjective {
        let solution = minimize(
          problem.objective, from: problem.start, using: .trustRegion(solver),
          until: .gradientNorm(1e-5))
        #expect(
          solution.certificate.gradientNorm <= 1e-5,
          "\(problem.name), \(solution.method), \(solution.cause!)")
      }
      check(MoreSorensen(over: SR1Model()))
      check(SteihaugToint(over: SR1Model()))
      check(DoglegPath(over: BFGSModel()))
      check(SteihaugToint(over: HessianProducts()))
    }
  }

  @Test func iteratesDoNotDependOnUnits() {
    let rosenbrock = ExtendedRosenbrock(2)
    let (value, length) = (0x1p30, 0x1p-20)
    var plain = Run(
      rosenbrock as any DifferentiableObjective, from: [-1.2, 1],
      using: .trustRegion(DoglegPath(over: BFGSModel())))
    var other = Run(
      OtherUnits(base: rosenbrock, value: value, length: length)
        as any DifferentiableObjective,
      from: length * Vector([-1.2, 1]),
      using: .trustRegion(DoglegPath(over: BFGSModel())))
    for _ in 0..<30 {
      #expect(plain.step() == other.step())
      #expect(length * plain.state.point.x == other.state.point.x)
    }
  }
}
