import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

/// A search that is exact for all that matters.
private let exact = StrongWolfe(decrease: 1e-10, curvature: 1e-6)

@Suite struct BFGSTests {
  @Test(arguments: [FactoredInverse.Formula.bfgs, .dfp])
  func endsAQuadraticInNSteps(formula: FactoredInverse.Formula) {
    let quadratic = Quadratic(8, condition: 100, seed: 5)
    let start = Vector(count: 8) { Double($0 + 1) }
    var run = Run(
      quadratic, from: start,
      using: LineSearchMethod(DenseQuasiNewton(formula), search: exact))
    // Two more than in exact arithmetic, since rounding grows with the condition.
    for _ in 0..<10 { run.step() }
    #expect(
      run.state.gradientNorm <= 1e-8 * run.state.initialGradientNorm)
  }

  /// With exact searches all methods of Broyden's class take the same steps, on
  /// any function (Dixon 1972).
  @Test func updatesAgreeUnderExactSearches() {
    let rosenbrock = ChainedRosenbrock(4)
    let start: Vector<Double> = [-1.2, 1, -0.5, 0.8]
    func run(
      _ formula: FactoredInverse.Formula
    ) -> Run<BFGS<StrongWolfe>> {
      Run(
        rosenbrock, from: start,
        using: LineSearchMethod(
          DenseQuasiNewton(formula, isSelfScaling: false), search: exact))
    }
    var (bfgs, dfp) = (run(.bfgs), run(.dfp))
    for k in 1...8 {
      bfgs.step()
      dfp.step()
      let difference = (bfgs.state.point.x - dfp.state.point.x).normInfinity
      #expect(difference <= 1e-5, "step \(k)")
    }
  }

  /// H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ, and its dual, as textbooks
  /// have them.
  private func updated(
    _ h: Matrix<Double>, _ s: Vector<Double>, _ y: Vector<Double>,
    _ formula: FactoredInverse.Formula
  ) -> Matrix<Double> {
    let n = s.count
    let sy = s.dot(y)
    let hy = h * y
    let yhy = y.dot(hy)
    return Matrix(rows: n, columns: n) { i, j in
      switch formula {
      case .bfgs:
        h[i, j] - (s[i] * hy[j] + hy[i] * s[j]) / sy
          + (1 + yhy / sy) * s[i] * s[j] / sy
      case .dfp:
        h[i, j] - hy[i] * hy[j] / yhy + s[i] * s[j] / sy
      }
    }
  }

  @Test(arguments: [FactoredInverse.Formula.bfgs, .dfp], [true, false])
  func directionsAreThoseOfTheTextbook(
    formula: FactoredInverse.Formula, isSelfScaling: Bool
  ) {
    let start: Vector<Double> = [-1.2, 1, 0.5, 2]
    var run = Run(
      ChainedRosenbrock(4), from: start,
      using: LineSearchMethod(
        DenseQuasiNewton(formula, isSelfScaling: isSelfScaling),
        search: StrongWolfe(curvature: 0.1)))
    var points = [run.state.point]
    for _ in 0..<12 {
      run.step()
      points.append(run.state.point)
    }
    var h = Matrix<Double>.zeros(4, 4)
    for k in 1..<points.count - 1 {
      let s = points[k].x - points[k - 1].x
      let y = points[k].gradient - points[k - 1].gradient
      if k == 1 {
        let weighted = Vector(count: 4) { start[$0] * y[$0] }
        let gamma = s.dot(y) / weighted.dot(weighted)
        for i in 0..<4 { h[i, i] = gamma * start[i] * start[i] }
      }
      if isSelfScaling && k > 1 && k <= 9 {
        // s = τ d with d = −H g, so that sᵀBs = −τ sᵀg (Al-Baali 1998).
        let d = -1 * (h * points[k - 1].gradient)
        let tau = s.dot(d) / d.dot(d)
        let ratio = -tau * s.dot(points[k - 1].gradient) / s.dot(y)
        h.scale(by: max(1, ratio))
      }
      h = updated(h, s, y, formula)
      let direction = h * points[k].gradient
      let step = points[k + 1].x - points[k].x
      let cosine = -direction.dot(step) / (direction.norm * step.norm)
      #expect(abs(cosine - 1) <= 1e-8, "\(formula), step \(k)")
    }
  }

  @Test func directionsDescendWhateverTheCondition() {
    // The update of H itself loses definiteness here.
    let quadratic = Quadratic(20, condition: 1e14, seed: 11)
    let start = Vector(count: 20) { Double($0 % 3) - 1 }
    let solution = minimize(
      quadratic, from: start, using: .bfgs(),
      until: .relativeGradientNorm(1e-10), within: Budget(iterations: 2000))
    #expect(solution.isVerified, "\(solution)")
  }

  @Test func unitsDoNotMatter() {
    func iterates(f: Double, x: Vector<Double>) -> [Vector<Double>] {
      let base = ChainedRosenbrock(3)
      let scaled = DifferentiableFunction { z, gradient in
        let u = Vector(count: 3) { z[$0] / x[$0] }
        let value = base.valueAndGradient(at: u, into: &gradient)
        for i in 0..<3 { gradient[i] *= f / x[i] }
        return f * value
      }
      let start = Vector(count: 3) { [-1.2, 1, 0.7][$0] * x[$0] }
      var run = Run(scaled, from: start, using: .bfgs())
      return (0..<30).map { _ in
        run.step()
        let point = run.state.point.x
        return Vector(count: 3) { point[$0] / x[$0] }
      }
    }
    // Powers of two, that of f with a root, so that rounding is the same.
    let plain = iterates(f: 1, x: [1, 1, 1])
    let scaled = iterates(f: 0x1p28, x: [0x1p-20, 0x1p10, 0x1p-3])
    #expect(scaled == plain)
  }
}
