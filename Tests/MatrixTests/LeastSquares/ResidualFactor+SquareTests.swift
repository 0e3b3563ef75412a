import Matrix
import TestSupport
import Testing

@Suite struct ResidualFactorSquareTests {
  typealias Case = ResidualFactorTests.Case

  /// A Jacobian of unit columns but for units, whose condition is `condition`.
  private func jacobian(
    _ m: Int, _ n: Int, condition: Double, seed: UInt64
  ) -> Matrix<Double> {
    var generator = SplitMix64(seed: seed)
    var a: Matrix<Double> = randomMatrix(m, n, using: &generator)
    // The last column approaches the first.
    for i in 0..<m { a[i, n - 1] = a[i, 0] + a[i, n - 1] / condition }
    return Matrix(rows: m, columns: n) { i, j in
      [1e-6, 1, 1e6][j % 3] * a[i, j]
    }
  }

  /// The steps and the projection are those of reflections, to κ²ε and κε times 3√m,
  /// which the rounding of a sum of m terms hardly exceeds (Higham and Mary 2019).
  @Test(arguments: [(40, 3), (2000, 10), (300, 40), (500, 60)], [1, 100.0])
  func squareAgreesWithReflections(shape: (Int, Int), condition: Double) {
    let (m, n) = shape
    let a = jacobian(m, n, condition: condition, seed: UInt64(n))
    var generator = SplitMix64(seed: 77)
    let r: Vector<Double> = randomVector(m, using: &generator)
    var squared = Case(a, r, squaring: 0)
    var reflected = Case(a, r)
    #expect(squared.factor.isSquared && !reflected.factor.isSquared)
    let kappa = squared.factor.condition
    let rounding = 3 * Double(m).squareRoot() * .ulpOfOne
    let projected = reflected.factor.projectedNorm
    #expect(
      abs(squared.factor.projectedNorm - projected)
        <= kappa * rounding * r.norm)
    for damping in [0, 0.01, 10] {
      let p = squared.step(damping: damping)
      let expected = reflected.step(damping: damping)
      var (difference, size) = (0.0, 0.0)
      for i in 0..<n {
        let d = reflected.scale[i]
        difference = max(difference, abs(d * (p[i] - expected[i])))
        size = max(size, abs(d * expected[i]))
      }
      #expect(difference <= kappa * kappa * rounding * size)
    }
  }

  @Test func conditionIsBoundedFromAbove() throws {
    for squaring in [0, 1e9] {
      let a = jacobian(200, 6, condition: 300, seed: 9)
      let sample = Case(a, .zeros(200), squaring: squaring)
      #expect(sample.factor.isSquared == (squaring == 0))
      let unit = Matrix<Double>(rows: 200, columns: 6) { i, j in
        a[i, j] / sample.factor.columnNorms[j]
      }
      let values = try SVD(unit).singularValues
      let condition = values[0] / values[5]
      #expect(sample.factor.condition >= condition)
      #expect(sample.factor.condition <= 6 * condition)
    }
  }

  @Test func unsafeSquareGivesWayToReflections() {
    let a = jacobian(400, 5, condition: 1e6, seed: 3)
    var generator = SplitMix64(seed: 78)
    let r: Vector<Double> = randomVector(400, using: &generator)
    let sample = Case(a, r, squaring: 0)
    #expect(!sample.factor.isSquared)
    // All of it, but for the condition that was asked for, bit for bit.
    #expect(sample.factor.condition > ResidualFactor.safeCondition)
    let reflected = Case(a, r)
    #expect(sample.factor.image == reflected.factor.image)
    #expect(sample.factor.columnNorms == reflected.factor.columnNorms)
    #expect(sample.factor.rank == reflected.factor.rank)
    #expect(sample.scale == reflected.scale)
  }

  @Test func zeroColumnAndFewerRowsAreLeftToReflections() {
    var a = jacobian(30, 3, condition: 1, seed: 4)
    for i in 0..<30 { a[i, 1] = 0 }
    let sample = Case(a, .zeros(30), squaring: 0)
    #expect(!sample.factor.isSquared && sample.factor.rank == 2)
    #expect(sample.scale[1] == 1)
    let flat = Case([[1, 2, 3], [4, 5, 7]], [1, 1], squaring: 0)
    #expect(!flat.factor.isSquared && flat.factor.rank == 2)
  }
}
