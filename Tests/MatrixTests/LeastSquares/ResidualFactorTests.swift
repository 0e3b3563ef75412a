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

    init(
      _ jacobian: Matrix<Double>, _ residuals: Vector<Double>,
      squaring: Double? = nil
    ) {
      let n = jacobian.columns
      self.jacobian = jacobian
      self.residuals = residuals
      scale = .zeros(n)
      factor = ResidualFactor(order: n)
      scratch = ResidualFactor.Scratch(order: n)
      var (j, r) = (jacobian, residuals)
      factor.factorize(
        &j, &r, raising: &scale, scratch: &scratch, squaring: squaring)
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

  /// Rows in one block and in several, as many columns as rows, and fewer rows;
  /// from 48 columns on in panels.
  @Test(
    arguments: [
      (7, 3), (4, 4), (3, 5), (1, 3), (3000, 4), (300, 40), (60, 48), (50, 50),
      (30, 55), (1100, 61),
    ])
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

  @Test func dependentColumnsOfManyAreFound() {
    var generator = SplitMix64(seed: 14)
    let (m, n) = (120, 64)
    let base: Matrix<Double> = randomMatrix(m, n, using: &generator)
    // Every fourth column is the difference of two others, in units that span
    // 18 decades; column 5 is 0.
    func element(_ i: Int, _ j: Int) -> Double {
      if j == 5 { return 0 }
      return j % 4 == 0 ? base[i, j + 2] - base[i, (j + 7) % n] : base[i, j]
    }
    let jacobian = Matrix<Double>(rows: m, columns: n) { i, j in
      [1e-9, 1, 1e9][j % 3] * element(i, j)
    }
    var sample = Case(jacobian, randomVector(m, using: &generator))
    #expect(sample.factor.rank == n - n / 4 - 1)
    let p = sample.step(damping: 0)
    let r = jacobian * p + sample.residuals
    for j in 0..<n {
      let column = jacobian.column(j)
      #expect(abs(column.dot(r)) <= 1e-12 * column.norm * r.norm)
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

  @Test(arguments: [2, 50])
  func overflowIsNoticed(n: Int) {
    let jacobian = Matrix<Double>(rows: n, columns: n) { i, j in
      j == 0 ? 1e200 : Double(i * j % 7)
    }
    let r = Vector<Double>(repeating: 1, count: n)
    #expect(!Case(jacobian, r).factor.isFinite)
    #expect(!Case(jacobian, r, squaring: 0).factor.isFinite)
  }

  @Test(arguments: [4, 50])
  func derivativeOfTheLengthIsThatOfDifferences(n: Int) {
    var generator = SplitMix64(seed: 5)
    var sample = Case(
      randomMatrix(2 * n + 1, n, using: &generator),
      randomVector(2 * n + 1, using: &generator))
    var z = Vector<Double>.zeros(n)
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

  @Test(arguments: [5, 50], [nil, 0.0, 1e9])
  func nothingIsAllocated(n: Int, squaring: Double?) {
    var generator = SplitMix64(seed: 6)
    let sample = Case(
      randomMatrix(100, n, using: &generator),
      randomVector(100, using: &generator))
    var (j, r) = (sample.jacobian, sample.residuals)
    let (a, b) = (sample.jacobian, sample.residuals)
    var z = Vector<Double>.zeros(n)
    // Variables of their own: parts of one that is captured are not apart.
    var (factor, scale) = (sample.factor, sample.scale)
    var scratch = sample.scratch
    // The copies are independent before counting begins.
    j.copy(from: a)
    r.copy(from: b)
    func factorizeAndSolve() {
      factor.factorize(
        &j, &r, raising: &scale, scratch: &scratch, squaring: squaring)
      _ = factor.solve(damping: 1, into: &z, scratch: &scratch)
      factor.solve(into: &z)
    }
    // What happens only once is no part of it.
    factorizeAndSolve()
    j.copy(from: a)
    r.copy(from: b)
    #expect(allocations(factorizeAndSolve) == 0)
  }
}
