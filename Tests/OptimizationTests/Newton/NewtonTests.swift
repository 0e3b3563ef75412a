import Matrix
import Optimization
import ProblemSets
import Testing

/// Himmelblau's function (1972): four minima, four saddles and a maximum.
private var himmelblau: TwiceDifferentiableFunction {
  TwiceDifferentiableFunction { x, gradient in
    let a = x[0] * x[0] + x[1] - 11
    let b = x[0] + x[1] * x[1] - 7
    gradient[0] = 4 * x[0] * a + 2 * b
    gradient[1] = 2 * a + 4 * x[1] * b
    return a * a + b * b
  } hessian: { x, h in
    h[0, 0] = 12 * x[0] * x[0] + 4 * x[1] - 42
    h[1, 0] = 4 * (x[0] + x[1])
    h[1, 1] = 12 * x[1] * x[1] + 4 * x[0] - 26
  }
}

@Suite struct NewtonTests {
  @Test func quadraticTakesOneStep() {
    let quadratic = Quadratic(30, condition: 1e6, seed: 11)
    let solution = minimize(
      quadratic, from: quadratic.start, using: .newton(),
      until: .gradientNorm(1e-8))
    #expect(solution.iterations <= 2)
    #expect(solution.isVerified)
    #expect(solution.counts.hessians == solution.iterations)
  }

  @Test func convergenceNearAMinimumIsQuadratic() {
    var errors: [Double] = []
    let rosenbrock = ExtendedRosenbrock(2)
    _ = minimize(
      rosenbrock, from: [1.05, 1.1], using: .newton(),
      until: .gradientNorm(1e-13)
    ) {
      errors.append(($0.point.x - rosenbrock.minimizer).norm)
      return .proceed
    }
    // e ← C e² with C of the order of the third derivative over the second.
    for (before, after) in zip(errors, errors.dropFirst()) where before < 0.02 {
      #expect(after <= 1000 * before * before + 1e-15)
    }
    #expect(errors.count <= 10)
  }

  @Test func indefiniteHessianStillDescends() {
    // Around the origin Himmelblau's Hessian is negative definite.
    var values: [Double] = []
    let solution = minimize(
      himmelblau, from: [0, 0], using: .newton(), until: .gradientNorm(1e-9)
    ) {
      values.append($0.value)
      return .proceed
    }
    #expect(solution.isVerified)
    #expect(solution.value < 1e-15)
    #expect(values == values.sorted(by: >))
    #expect(solution.counts.factorizations > solution.counts.hessians)
  }

  @Test func zeroHessianIsSteepestDescent() {
    let line = TwiceDifferentiableFunction { x, gradient in
      gradient.fill(with: 0)
      gradient[0] = x[0] < 5 ? -1 : 2 * (x[0] - 5) - 1
      return x[0] < 5 ? -x[0] : (x[0] - 5) * (x[0] - 5) - x[0]
    } hessian: { x, h in
      h.fill(with: 0)
      if x[0] >= 5 {
        h[0, 0] = 2
        h[1, 1] = 1
      }
    }
    let solution = minimize(line, from: [0, 0], using: .newton())
    #expect(solution.x == [5.5, 0])
  }

  @Test func hessianThatIsNotFiniteIsACause() {
    for bad in [Double.nan, .infinity] {
      let objective = TwiceDifferentiableFunction { x, gradient in
        gradient.copy(from: x)
        return 0.5 * x.dot(x)
      } hessian: { _, h in
        h.fill(with: bad)
      }
      let solution = minimize(objective, from: [1, 2], using: .newton())
      #expect(solution.cause == .stuck(.hessian))
      #expect(!solution.isVerified)
    }
  }

  @Test func upperTriangleIsNotRead() {
    let objective = TwiceDifferentiableFunction { x, gradient in
      gradient.copy(from: x)
      return 0.5 * x.dot(x)
    } hessian: { x, h in
      h = .identity(2)
      h[0, 1] = .nan
    }
    #expect(
      minimize(
        objective, from: [1, 2], using: .newton(),
        verifying: Verification(curvature: .never)
      ).isVerified)
  }
}

@Suite struct CriticalPointNewtonTests {
  @Test func maximumAndSaddleAreCriticalPoints() {
    // The published critical points of Himmelblau's function.
    let maximum = minimize(
      himmelblau, from: [-0.2, -0.9], using: .criticalPointNewton(),
      until: .gradientNorm(1e-10))
    #expect(maximum.isVerified)
    #expect((maximum.x - [-0.270845, -0.923039]).normInfinity < 1e-6)
    #expect(abs(maximum.value - 181.616522) < 1e-6)
    let saddle = minimize(
      himmelblau, from: [0.1, 2.9], using: .criticalPointNewton(),
      until: .gradientNorm(1e-10))
    #expect((saddle.x - [0.086678, 2.884255]).normInfinity < 1e-6)
    #expect(saddle.isVerified)
  }

  @Test func singularHessianIsACause() {
    let flat = TwiceDifferentiableFunction { x, gradient in
      gradient[0] = 2 * x[0]
      gradient[1] = 1
      return x[0] * x[0] + x[1]
    } hessian: { _, h in
      h.fill(with: 0)
      h[0, 0] = 2
    }
    let solution = minimize(
      flat, from: [1, 1], using: .criticalPointNewton())
    #expect(solution.cause == .stuck(.singular))
  }
}
