import Matrix
import TestSupport
import Testing

@testable import Optimization

/// A subproblem whose solution an eigenvalue decomposition gives.
struct Subproblem {
  let b: Matrix<Double>
  let g: Vector<Double>
  let eigen: SymmetricEigen<Double>
  /// Vᵀg.
  let components: Vector<Double>

  init(_ b: Matrix<Double>, _ g: Vector<Double>) throws {
    self.b = b
    self.g = g
    eigen = try SymmetricEigen(b)
    var components = g
    eigen.eigenvectors.multiply(g, transposed: true, into: &components)
    self.components = components
  }

  /// A matrix with the given eigenvalues, and g with the given components.
  init(
    eigenvalues: [Double], components: [Double],
    using generator: inout SplitMix64
  ) throws {
    let n = eigenvalues.count
    let q = try QR<Double>(randomMatrix(n, n, using: &generator)).q
    var scaled = q
    for j in 0..<n { scaled.setColumn(j, to: eigenvalues[j] * q.column(j)) }
    try self.init(scaled * q.transposed, q * Vector(components))
  }

  var dimension: Int { g.count }

  var lowest: Double { eigen.eigenvalues[0] }

  /// −m(s).
  func decrease(_ s: Vector<Double>) -> Double {
    var product = s
    b.symmetricMultiply(s, into: &product)
    return -g.dot(s) - 0.5 * s.dot(product)
  }

  /// ‖(B + λI)⁻¹ g‖ from the eigenvalues.
  func norm(at shift: Double) -> Double {
    var sum = 0.0
    for (c, value) in zip(components, eigen.eigenvalues) {
      let ratio = c / (value + shift)
      sum += ratio * ratio
    }
    return sum.squareRoot()
  }

  /// The most that m can fall within ‖s‖ ≤ Δ, from the dual function
  /// −½ Σ cᵢ²/(λᵢ + λ) − ½ λΔ², whose maximum over λ ≥ max(0, −λ₁) bisection finds.
  func bestDecrease(radius: Double) -> Double {
    var (lower, upper) = (max(0, -lowest), 1.0)
    while norm(at: lower + upper) > radius { upper *= 2 }
    upper += lower
    for _ in 0..<200 {
      let middle = 0.5 * (lower + upper)
      if norm(at: middle) > radius { lower = middle } else { upper = middle }
    }
    var sum = upper * radius * radius
    for (c, value) in zip(components, eigen.eigenvalues)
    where value + upper > 0 {
      sum += c * c / (value + upper)
    }
    return 0.5 * sum
  }
}

@Suite struct MoreSorensenTests {
  /// The step with the λ it belongs to.
  private func solve(
    _ problem: Subproblem, radius: Double, tolerance: Double
  ) throws -> (
    step: Vector<Double>, model: ModelStep, shift: Double,
    factorizations: Int
  ) {
    var system = ShiftedSystem(dimension: problem.dimension)
    var step = Vector<Double>.zeros(problem.dimension)
    var evaluator = Evaluator(
      DifferentiableFunction { _, _ in 0 } as any DifferentiableObjective)
    let model = try #require(
      system.minimise(
        problem.b, problem.g, radius: radius, tolerance: tolerance,
        &evaluator, into: &step))
    return (step, model, system.shift, evaluator.counts.factorizations)
  }

  /// Checks the conditions of optimality and the value.
  private func check(
    _ problem: Subproblem, radius: Double, _ note: Comment
  ) throws {
    let scale =
      problem.eigen.eigenvalues.normInfinity + problem.g.norm / radius
    let (s, model, shift, _) = try solve(
      problem, radius: radius, tolerance: 1e-9)
    // (B + λI) s = −g, λ (Δ − ‖s‖) = 0, B + λI ⪰ 0.
    var residual = problem.g
    problem.b.symmetricMultiply(s, into: &residual, beta: 1)
    residual.add(s, scaledBy: shift)
    #expect(s.norm <= (1 + 1e-8) * radius, note)
    #expect(shift >= 0, note)
    #expect(problem.lowest + shift >= -1e-12 * scale, note)
    // What tolerance the value has, 1e-9, its square root has in the steps.
    #expect(residual.norm <= 1e-4 * scale * radius, note)
    #expect(shift * (radius - s.norm) <= 1e-4 * scale * radius, note)
    // The value, against the dual function.
    let best = problem.bestDecrease(radius: radius)
    #expect(
      abs(problem.decrease(s) - best) <= 1e-7 * best, note)
    #expect(abs(model.predicted - best) <= 1e-7 * best, note)
    #expect(abs(model.norm - s.norm) <= 1e-8 * radius, note)
    #expect(
      abs(model.slope - problem.g.dot(s)) <= 1e-8 * problem.g.norm * radius,
      note)
    // Ten per cent of the radius is enough for a step, at a few factorizations.
    let rough = try solve(problem, radius: radius, tolerance: 0.1)
    #expect(rough.step.norm <= 1.1000001 * radius, note)
    #expect(rough.model.predicted >= 0.8 * best, note)
    #expect(
      abs(problem.decrease(rough.step) - rough.model.predicted)
        <= 1e-7 * best, note)
    #expect(rough.factorizations <= 12, note)
  }

  @Test(arguments: [1, 2, 3, 5, 20, 70])
  func optimalOnRandomMatrices(n: Int) throws {
    var generator = SplitMix64(seed: 41)
    for shift in [-3.0, 0, 3] {
      var b: Matrix<Double> = randomMatrix(n, n, using: &generator)
      b.addToDiagonal(shift * Double(n).squareRoot())
      b.symmetrizeFromLower()
      let problem = try Subproblem(
        b, randomVector(n, using: &generator))
      for radius in [1e-6, 0.01, 1, 100, 1e6] {
        try check(problem, radius: radius, "n = \(n), \(shift), Δ = \(radius)")
      }
    }
  }

  @Test(arguments: [2, 3, 6, 30])
  func hardCase(n: Int) throws {
    var generator = SplitMix64(seed: 42)
    // No component, or next to none, along the lowest eigenvector; the last one
    // with the lowest eigenvalue twice.
    for (component, isDouble) in [
      (0.0, false), (1e-14, false), (1e-8, false), (1e-3, false), (0, true),
    ] {
      var values = (0..<n).map { Double($0) - 1.5 }
      var components = [Double](repeating: 1, count: n)
      components[0] = component
      if isDouble && n > 2 {
        values[1] = values[0]
        components[1] = 0
      }
      let problem = try Subproblem(
        eigenvalues: values, components: components, using: &generator)
      for radius in [0.1, 1.0, 10, 1e4] {
        try check(
          problem, radius: radius,
          "n = \(n), component \(component), Δ = \(radius)")
      }
    }
  }

  @Test func zeroGradientOfAnIndefiniteMatrixFollowsTheLowestEigenvector()
    throws
  {
    var generator = SplitMix64(seed: 43)
    let problem = try Subproblem(
      eigenvalues: [-2, 1, 3, 4], components: [0, 0, 0, 0],
      using: &generator)
    let (s, model, _, _) = try solve(problem, radius: 3, tolerance: 1e-9)
    #expect(abs(s.norm - 3) < 1e-7)
    // −½ λ₁ Δ².
    #expect(abs(problem.decrease(s) - 9) < 1e-7)
    #expect(abs(model.predicted - 9) < 1e-7)
  }

  @Test func singularMatrixWithASolutionStaysInside() throws {
    var generator = SplitMix64(seed: 44)
    // The minima are a line; the shortest of them has norm √3.
    let problem = try Subproblem(
      eigenvalues: [0, 1, 1, 1], components: [0, 1, 1, 1],
      using: &generator)
    for radius in [3.0, 1e3] {
      let (s, _, _, count) = try solve(problem, radius: radius, tolerance: 0.1)
      #expect(problem.decrease(s) >= 0.8 * 1.5)
      #expect(s.norm <= 1.1 * radius)
      #expect(count <= 8)
    }
  }

  @Test func linearModelGoesToTheBoundary() throws {
    let problem = try Subproblem(.zeros(3, 3), [3, 0, 4])
    let (s, model, _, _) = try solve(problem, radius: 2, tolerance: 1e-10)
    #expect((s - [-1.2, 0, -1.6]).norm < 1e-8)
    #expect(abs(model.predicted - 10) < 1e-8)
  }

  @Test func smallerRadiusUsesTheFactorThatIsThere() throws {
    var generator = SplitMix64(seed: 45)
    let b: Matrix<Double> = randomSPD(12, using: &generator)
    let g: Vector<Double> = randomVector(12, using: &generator)
    var system = ShiftedSystem(dimension: 12)
    var step = Vector<Double>.zeros(12)
    var evaluator = Evaluator(
      DifferentiableFunction { _, _ in 0 } as any DifferentiableObjective)
    let whole = try #require(
      system.minimise(
        b, g, radius: .infinity, tolerance: 0.1, &evaluator, into: &step))
    #expect(!whole.isConstrained)
    #expect(evaluator.counts.factorizations == 1)
    // B s = −g.
    var residual = g
    b.symmetricMultiply(step, into: &residual, beta: 1)
    #expect(residual.norm <= 1e-12 * g.norm)
    let half = try #require(
      system.minimise(
        b, g, radius: 0.5 * whole.norm, tolerance: 0.1, &evaluator,
        into: &step))
    #expect(half.isConstrained)
    #expect(evaluator.counts.factorizations == 2)
  }

  @Test func indefiniteModelHasNoMinimumWithoutARadius() throws {
    var system = ShiftedSystem(dimension: 2)
    var step = Vector<Double>.zeros(2)
    var evaluator = Evaluator(
      DifferentiableFunction { _, _ in 0 } as any DifferentiableObjective)
    #expect(
      system.minimise(
        [[1, 0], [0, -1]], [1, 1], radius: .infinity, tolerance: 0.1,
        &evaluator, into: &step) == nil)
  }
}
