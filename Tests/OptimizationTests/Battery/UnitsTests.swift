import Matrix
import Optimization
import ProblemSets
import Testing

/// A function in other units of value and variables, φ f(z/ξ).
private struct InUnits: TwiceDifferentiableObjective {
  let base: any TwiceDifferentiableObjective
  let f: Double
  let x: Double

  var dimension: Int? { base.dimension }

  func valueAndGradient(
    at z: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    let value = try base.valueAndGradient(at: 1 / x * z, into: &gradient)
    gradient.scale(by: f / x)
    return f * value
  }

  func hessian(
    at z: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    try base.hessian(at: 1 / x * z, into: &hessian)
    hessian.scale(by: f / x / x)
  }

  // Exact: those by differences take their step from variables of about 1, which is
  // the objective's choice and no method's.
  func hessianVectorProduct(
    at z: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    var matrix = Matrix<Double>.zeros(z.count, z.count)
    try hessian(at: z, into: &matrix)
    matrix.symmetricMultiply(v, into: &product)
  }
}

/// Residuals in other units, √φ r(z/ξ).
private struct ResidualsInUnits: DifferentiableResiduals {
  let base: RosenbrockResiduals
  let root: Double
  let x: Double

  var dimension: Int? { base.dimension }
  var count: Int { base.count }

  func residuals(at z: Vector<Double>, into r: inout Vector<Double>) {
    base.residuals(at: 1 / x * z, into: &r)
    r.scale(by: root)
  }

  func jacobian(at z: Vector<Double>, into jacobian: inout Matrix<Double>) {
    base.jacobian(at: 1 / x * z, into: &jacobian)
    jacobian.scale(by: root / x)
  }

  let hasSecondDerivatives = true

  func weightedHessian(
    at z: Vector<Double>, weights: Vector<Double>,
    into hessian: inout Matrix<Double>
  ) {
    base.weightedHessian(at: 1 / x * z, weights: weights, into: &hessian)
    hessian.scale(by: root / x / x)
  }
}

/// The same problem in other units has the same iterates.
@Suite struct UnitsTests {
  /// Methods with a setting that has units, with the reason.
  static let dependent = [
    // A step is a length over a gradient, and the user's.
    "gradient descent (constant step 0.001)",
    "proximal gradient (constant step 0.001)",
  ]

  /// Those that need a start other than 0: values without a gradient have no
  /// length.
  static let withoutLength = [
    "Nelder-Mead", "Nelder-Mead (classic coefficients)",
  ]

  struct SameIterates: MethodVisitor {
    let start: Vector<Double>

    func visit<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem
    ) {
      guard !dependent.contains(method.name),
        !withoutLength.contains(method.name) || start.normInfinity > 0
      else { return }
      let plain = iterates(method, problem, f: 1, x: 1)
      // Powers of two, that of f with a root of a root, so that rounding is the same.
      let scaled = iterates(method, problem, f: 0x1p28, x: 0x1p-20)
      #expect(plain.count == scaled.count, "\(method.name)")
      for (k, pair) in zip(plain, scaled).enumerated() {
        guard pair.0 == pair.1 else {
          Issue.record("\(method.name), step \(k): \(pair.0), \(pair.1)")
          return
        }
      }
    }

    private func iterates<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem, f: Double, x: Double
    ) -> [Vector<Double>] {
      let n = start.count
      var objectives = Objectives(
        InUnits(base: ChainedRosenbrock(n), f: f, x: x),
        residuals: ResidualsInUnits(
          base: RosenbrockResiduals(n, pairsFrom: 0..<n - 1),
          root: f.squareRoot(), x: x), count: n)
      objectives.withinBounds =
        objectives.withHessian.within(.everywhere(-0.75 * x...2 * x, count: n))
      objectives.onSet =
        objectives.withHessian + .box(.everywhere(-0.75 * x...2 * x, count: n))
      var run = Run(problem(objectives), from: x * start, using: method)
      return (0..<25).map { _ in
        run.step()
        return 1 / x * run.state.point.x
      }
    }
  }

  @Test(arguments: [[-1.2, 1, 0.7], [0, 0, 0]])
  func iteratesDoNotDependOnUnits(start: [Double]) throws {
    try forEveryMethod(SameIterates(start: Vector(start)))
  }
}
