import Matrix
import ProblemSets
import TestSupport
import Testing

@testable import Optimization

/// gᵀx + ½ xᵀBx, as an objective.
struct ModelFunction: TwiceDifferentiableObjective {
  let b: Matrix<Double>
  let g: Vector<Double>

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    b.symmetricMultiply(x, into: &gradient)
    let curvature = 0.5 * x.dot(gradient)
    gradient.add(g)
    return curvature + g.dot(x)
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    hessian.copy(from: b)
  }

  func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) {
    b.symmetricMultiply(v, into: &product)
  }
}

/// The step of a solver over exact second derivatives, at the origin.
func solve<Solver: TrustRegionSubproblem>(
  _ solver: Solver, _ problem: Subproblem, radius: Double,
  residual: Double = 1e-12
) -> (step: Vector<Double>, model: ModelStep, counts: Counts)?
where Solver.Model == ExactHessian {
  let objective = ModelFunction(b: problem.b, g: problem.g)
  let n = problem.dimension
  var evaluator = Evaluator(objective as any TwiceDifferentiableObjective)
  var point = Point(Vector<Double>.zeros(n))
  evaluator.evaluate(&point)
  var matrix = solver.model.makeWorkspace(dimension: n)
  var memory = NoMemory()
  var workspace = solver.makeWorkspace(dimension: n)
  var step = Vector<Double>.zeros(n)
  guard
    solver.model.prepare(
      at: point, &memory, evaluator: &evaluator, workspace: &matrix),
    let found = solver.solve(
      at: point, radius: radius, residual: residual, memory,
      evaluator: &evaluator, modelWorkspace: &matrix, workspace: &workspace,
      into: &step)
  else { return nil }
  return (step, found, evaluator.counts)
}

extension Subproblem {
  /// A random matrix whose eigenvalues lie around a shift.
  init(
    _ n: Int, shiftedBy shift: Double, using generator: inout SplitMix64
  ) throws {
    var b: Matrix<Double> = randomMatrix(n, n, using: &generator)
    b.addToDiagonal(shift * Double(n).squareRoot())
    b.symmetrizeFromLower()
    try self.init(b, randomVector(n, using: &generator))
  }

  /// The most that m falls along −g within a radius.
  func descent(radius: Double) -> Double {
    var product = g
    b.symmetricMultiply(g, into: &product)
    let (norm, curvature) = (g.norm, g.dot(product))
    let t =
      curvature > 0
      ? min(radius / norm, norm * norm / curvature) : radius / norm
    return t * norm * norm - 0.5 * t * t * curvature
  }
}

@Suite struct SteihaugTointTests {
  @Test(arguments: [1, 2, 7, 40])
  func liesBetweenSteepestDescentAndTheBest(n: Int) throws {
    var generator = SplitMix64(seed: 51)
    for shift in [-3.0, 0, 1, 3] {
      let problem = try Subproblem(n, shiftedBy: shift, using: &generator)
      for radius in [1e-5, 0.1, 1, 1e3] {
        let note: Comment = "n = \(n), shift \(shift), Δ = \(radius)"
        let (s, model, _) = try #require(
          solve(
            SteihaugToint(over: ExactHessian()), problem, radius: radius))
        let (found, best) = (
          problem.decrease(s), problem.bestDecrease(radius: radius)
        )
        #expect(s.norm <= (1 + 1e-9) * radius, note)
        #expect(abs(s.norm - model.norm) <= 1e-9 * s.norm, note)
        #expect(
          found >= (1 - 1e-9) * problem.descent(radius: radius), note)
        #expect(found <= (1 + 1e-9) * best, note)
        #expect(abs(model.predicted - found) <= 1e-9 * found, note)
        // Yuan 2000: for a convex model at least half of the best.
        if problem.lowest > 0 { #expect(found >= 0.5 * best, note) }
        // Where B has a negative eigenvalue, only the radius ends the step.
        if problem.lowest < 0 { #expect(model.isConstrained, note) }
      }
    }
  }

  @Test func solvesWithinTheRegionToTheResidual() throws {
    var generator = SplitMix64(seed: 52)
    let b: Matrix<Double> = randomSPD(30, using: &generator)
    let problem = try Subproblem(b, randomVector(30, using: &generator))
    var products = 0
    for eta in [0.5, 1e-3, 1e-10] {
      let (s, model, counts) = try #require(
        solve(
          SteihaugToint(over: ExactHessian()), problem, radius: 1e3,
          residual: eta))
      var residual = problem.g
      b.symmetricMultiply(s, into: &residual, beta: 1)
      #expect(residual.norm <= eta * problem.g.norm)
      #expect(!model.isConstrained)
      let flops = Int(counts.flops)
      #expect(flops > products)
      products = flops
    }
  }

  @Test func preconditionerWithTheMatrixTakesOneIteration() throws {
    // M = B, diagonal: conjugate gradients arrive at once, whatever the condition.
    let diagonal: Vector<Double> = [1e-6, 1, 1e6, 1e12]
    let problem = try Subproblem(.diagonal(diagonal), [1, 1, 1, 1])
    let (s, _, counts) = try #require(
      solve(
        SteihaugToint(
          over: ExactHessian(),
          preconditioner: DiagonalPreconditioner(diagonal)), problem,
        radius: 1e9))
    for i in 0..<4 { #expect(abs(s[i] * diagonal[i] + 1) < 1e-14) }
    // 10n flops an iteration.
    #expect(counts.flops == 40)
  }

  @Test func regionIsThatOfThePreconditioner() throws {
    var generator = SplitMix64(seed: 53)
    let problem = try Subproblem(5, shiftedBy: -2, using: &generator)
    let diagonal: Vector<Double> = [1, 4, 9, 0.25, 100]
    let (s, model, _) = try #require(
      solve(
        SteihaugToint(
          over: ExactHessian(),
          preconditioner: DiagonalPreconditioner(diagonal)), problem,
        radius: 0.7))
    var square = 0.0
    for i in 0..<5 { square += diagonal[i] * s[i] * s[i] }
    #expect(abs(square.squareRoot() - 0.7) < 1e-12)
    #expect(model.norm == 0.7)
    #expect(model.isConstrained)
  }

  @Test func needsNoHessian() {
    let rosenbrock = ChainedRosenbrock(50)
    let solution = minimize(
      rosenbrock as any DifferentiableObjective, from: rosenbrock.start,
      using: .trustRegion(SteihaugToint(over: HessianProducts())))
    #expect(solution.isVerified)
    #expect(solution.counts.hessians == 0)
    #expect(solution.counts.hessianVectorProducts > solution.iterations)
  }
}
