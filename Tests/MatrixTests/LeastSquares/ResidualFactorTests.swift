import Matrix
import TestSupport
import Testing

@Suite struct ResidualFactorTests {
  /// A factor with what went into it.
  struct Case {
    let jacobian: Matrix<Double>
    let residuals: Vector<Double>
    var scale: Vector<Double>
    var factor: ResidualFactor
    var scratch: ResidualFactor.Scratch

    init(_ jacobian: Matrix<Double>, _ residuals: Vector<Double>) {
      let n = jacobian.columns
      self.jacobian = jacobian
      self.residuals = residuals
      scale = .zeros(n)
      factor = ResidualFactor(order: n)
      scratch = ResidualFactor.Scratch(order: n)
      var (j, r) = (jacobian, residuals)
      factor.factorize(&j, &r, raising: &scale, scratch: &scratch)
    }

    /// ½ ‖J p + r‖².
    func model(_ p: Vector<Double>) -> Double {
      let r = jacobian * p + residuals
      return 0.5 * r.dot(r)
    }

    /// Jᵀ (J p + r) + λ D² p, 0 at the damped step.
    func gradient(_ p: Vector<Double>, damping: Double) -> Vector<Double> {
      let r = jacobian * p + residuals
      var g = Vector<Double>.zeros(p.count)
      jacobian.multiply(r, transposed: true, into: &g)
      for i in 0..<p.count { g[i] += damping * scale[i] * scale[i] * p[i] }
      return g
    }

    mutating func step(damping: Double) -> Vector<Double> {
      let n = jacobian.columns
      var z = Vector<Double>.zeros(n)
      if damping == 0 {
        factor.solve(into: &z)
      } else {
        _ = factor.solve(damping: damping, into: &z, scratch: &scratch)
      }
      var p = Vector<Double>.zeros(n)
      factor.unscale(z, by: scale, into: &p)
      return p
    }
  }

  /// Rows in one block and in several, as many columns as rows, and fewer rows.
  @Test(arguments: [(7, 3), (4, 4), (3, 5), (1, 3), (3000, 4), (300, 40)])
  func stepsSolveTheNormalEquations(m: Int, n: Int) {
    var generator = SplitMix64(seed: UInt64(m * 100 + n))
    var sample = Case(
      randomMatrix(m, n, using: &generator),
      randomVector(m, using: &generator))
    #expect(sample.factor.rank == min(m, n))
    for damping in [0, 1e-3, 1.0, 100] {
      let p = sample.step(damping: damping)
      let g = sample.gradient(p, damping: damping)
      // The terms that cancel in g are as large as ‖J‖ (‖J p‖ + ‖r‖).
      let size = sample.jacobian.frobeniusNorm
      let terms = size * (size * p.norm + sample.residuals.norm)
      #expect(g.norm <= 1e-14 * terms, "λ = \(damping)")
    }
  }

  @Test func projectionIsWhatTheUndampedStepTakesAway() {
    var generator = SplitMix64(seed: 3)
    var sample = Case(
      randomMatrix(20, 4, using: &generator),
      randomVector(20, using: &generator))
    let before = sample.model(.zeros(4))
    let after = sample.model(sample.step(damping: 0))
    let projected = sample.factor.projectedNorm
    #expect(abs(before - after - 0.5 * projected * projected) < 1e-13 * before)
  }

  @Test func dependentColumnsInAnyUnitsAreFound() {
    var generator = SplitMix64(seed: 4)
    let base: Matrix<Double> = randomMatrix(12, 3, using: &generator)
    // The fourth is a combination, the units span 24 decades.
    let units = [1e-12, 1, 1e12, 1e-6]
    let jacobian = Matrix<Double>(rows: 12, columns: 4) { i, j in
      units[j] * (j < 3 ? base[i, j] : base[i, 0] - 2 * base[i, 2])
    }
    var sample = Case(jacobian, randomVector(12, using: &generator))
    #expect(sample.factor.rank == 3)
    let p = sample.step(damping: 0)
    let r = jacobian * p + sample.residuals
    for j in 0..<4 {
      let column = jacobian.column(j)
      #expect(abs(column.dot(r)) <= 1e-13 * column.norm * r.norm)
    }
  }

  @Test func zerosHaveRankZeroAndNoStep() {
    var sample = Case(.zeros(5, 2), [1, 2, 3, 4, 5])
    #expect(sample.factor.rank == 0)
    #expect(sample.factor.projectedNorm == 0)
    #expect(sample.scale == [1, 1])
    #expect(sample.step(damping: 0) == [0, 0])
  }

  @Test func scalesAreOnlyRaised() {
    var sample = Case([[3, 0], [4, 1]], [1, 1])
    #expect(sample.scale == [5, 1])
    var (j, r): (Matrix<Double>, Vector<Double>) = (
      [[1, 0], [0, 2]], [1, 1]
    )
    sample.factor.factorize(
      &j, &r, raising: &sample.scale, scratch: &sample.scratch)
    #expect(sample.scale == [5, 2])
    #expect(sample.factor.columnNorms == [1, 2])
  }

  @Test func overflowIsNoticed() {
    let sample = Case([[1e200, 1], [1e200, 2]], [1, 1])
    #expect(!sample.factor.isFinite)
  }

  @Test func derivativeOfTheLengthIsThatOfDifferences() {
    var generator = SplitMix64(seed: 5)
    var sample = Case(
      randomMatrix(9, 4, using: &generator),
      randomVector(9, using: &generator))
    var z = Vector<Double>.zeros(4)
    func length(_ damping: Double) -> Double {
      _ = sample.factor.solve(
        damping: damping, into: &z, scratch: &sample.scratch)
      return z.norm
    }
    let (lambda, h) = (0.3, 1e-5)
    let slope = (length(lambda + h) - length(lambda - h)) / (2 * h)
    let square = sample.factor.solve(
      damping: lambda, into: &z, scratch: &sample.scratch)
    #expect(abs(slope + square / z.norm) < 1e-8 * abs(slope))
  }

  @Test func nothingIsAllocated() {
    var generator = SplitMix64(seed: 6)
    var sample = Case(
      randomMatrix(50, 5, using: &generator),
      randomVector(50, using: &generator))
    var (j, r) = (sample.jacobian, sample.residuals)
    let (a, b) = (sample.jacobian, sample.residuals)
    var z = Vector<Double>.zeros(5)
    // The copies are independent before counting begins.
    j.copy(from: a)
    r.copy(from: b)
    let count = allocations {
      sample.factor.factorize(
        &j, &r, raising: &sample.scale, scratch: &sample.scratch)
      _ = sample.factor.solve(
        damping: 1, into: &z, scratch: &sample.scratch)
      sample.factor.solve(into: &z)
    }
    #expect(count == 0)
  }
}
