import Matrix
import TestSupport
import Testing

@Suite struct RefinementTests {
  /// Equations whose sizes differ by 10^±6 make a solution that is small in the
  /// norm but not by components.
  static func badlyScaled(_ n: Int, symmetric: Bool) -> Matrix<Double> {
    var generator = SplitMix64(seed: 31)
    let a: Matrix<Double> =
      symmetric
      ? randomSPD(n, using: &generator)
      : randomMatrix(n, n, using: &generator)
    let scales = Vector<Double>(count: n) { _ in
      Double.pow(10, 12 * generator.nextUniform() - 6)
    }
    return Matrix(rows: n, columns: n) {
      scales[$0] * a[$0, $1] * (symmetric ? scales[$1] : 1)
    }
  }

  static func backwardError(
    _ a: Matrix<Double>, _ x: Vector<Double>, _ b: Vector<Double>
  ) -> Double {
    var largest = 0.0
    for i in 0..<b.count {
      var (residual, size) = (b[i], abs(b[i]))
      for j in 0..<b.count {
        residual -= a[i, j] * x[j]
        size += abs(a[i, j] * x[j])
      }
      largest = max(largest, abs(residual) / size)
    }
    return largest
  }

  @Test(arguments: [1, 5, 60])
  func `Refined solutions are componentwise backward stable`(n: Int) throws {
    var generator = SplitMix64(seed: 4)
    let b: Vector<Double> = randomVector(n, using: &generator)
    let symmetric = Self.badlyScaled(n, symmetric: true)
    let general = Self.badlyScaled(n, symmetric: false)
    let results = [
      (
        symmetric,
        try Cholesky(symmetric).solve(
          b, refiningWith: symmetric.withoutUpperTriangle)
      ),
      (
        symmetric,
        try LDLT(symmetric).solve(
          b, refiningWith: symmetric.withoutUpperTriangle)
      ),
      (general, try LU(general).solve(b, refiningWith: general)),
    ]
    for (a, (x, error)) in results {
      #expect(error <= 4 * .ulpOfOne)
      // The sums there and here are in another order.
      #expect(Self.backwardError(a, x, b) <= error + Double(n) * .ulpOfOne)
    }
  }

  @Test func `The factors of a nearby matrix are refined to the right one`()
    throws
  {
    let a: Matrix<Double> = [[4, 1], [1, 3]]
    let nearby = try Cholesky<Double>([[4.001, 1], [1, 3]])
    let (x, error) = nearby.solve([5, 4], refiningWith: a)
    #expect(error < 4 * .ulpOfOne)
    #expect((x - [1, 1]).norm < 1e-14)
    // Factors of something else do not converge, and the error says so.
    let other = try Cholesky<Double>([[1, 0], [0, 1]])
    #expect(other.solve([5, 4], refiningWith: a).backwardError > 0.01)
  }

  @Test func `Bad input`() async throws {
    let empty = try LU<Double>(.zeros(0, 0))
    #expect(
      empty.solve(.zeros(0), refiningWith: .zeros(0, 0)).backwardError == 0)
    await #expect(processExitsWith: .failure) {
      _ = LU<Double>(order: 2).solve([1], refiningWith: .identity(2))
    }
    await #expect(processExitsWith: .failure) {
      _ = LU<Double>(order: 2).solve([1, 2], refiningWith: .zeros(2, 3))
    }
  }
}

@Suite struct MixedPrecisionSolverTests {
  @Test(arguments: [1, 3, 40, 150])
  func `A well-conditioned system is refined from Float`(n: Int) throws {
    var generator = SplitMix64(seed: 2)
    let a: Matrix<Double> = randomSPD(n, using: &generator)
    let x: Vector<Double> = randomVector(n, using: &generator)
    let structures: [MixedPrecisionSolver.Structure] = [
      .general, .positiveDefinite,
    ]
    for structure in structures {
      for scale in [1, 1e300, 1e-300] {
        var solver = try MixedPrecisionSolver(scale * a, structure)
        #expect(solver.outcome == .none)
        let solution = try solver.solve(scale * (a * x))
        #expect(error(x, solution) < 10)
        guard case .refined(let steps) = solver.outcome else {
          Issue.record("\(solver.outcome)")
          continue
        }
        #expect(steps >= 1 && steps <= 5)
      }
    }
  }

  @Test func `A hard system falls back to Double`() throws {
    // Condition number 1.6e13: beyond Float, within Double.
    let a: Matrix<Double> = hilbert(10)
    let b = a * Vector(repeating: 1, count: 10)
    var general = try MixedPrecisionSolver(a, .general)
    let x = try general.solve(b)
    #expect((x - Vector(repeating: 1, count: 10)).normInfinity < 1e-2)
    #expect((a * x - b).normInfinity < 1e-14)
    #expect(general.outcome == .doublePrecision(.refinement))
    _ = try general.solve(b)
    #expect(general.outcome == .doublePrecision(.refinement))
    // Rounded to Float it is not positive definite.
    var definite = try MixedPrecisionSolver(a, .positiveDefinite)
    let y = try definite.solve(b)
    #expect((a * y - b).normInfinity < 1e-14)
    #expect(definite.outcome == .doublePrecision(.factorization))
    #expect("\(definite.outcome)".contains("Float failed"))
  }

  @Test func `Bad input`() async throws {
    var empty = try MixedPrecisionSolver(.zeros(0, 0), .general)
    #expect(try empty.solve([]).isEmpty)
    var zero = try MixedPrecisionSolver([[2]], .positiveDefinite)
    #expect(try zero.solve([0]) == [0])
    #expect(throws: FactorizationError.singular(pivot: 1)) {
      try MixedPrecisionSolver([[1, 1], [1, 1]], .general)
    }
    #expect(throws: FactorizationError.notPositiveDefinite(pivot: 0)) {
      try MixedPrecisionSolver([[-1]], .positiveDefinite)
    }
    #expect(throws: FactorizationError.notFinite(row: 1, column: 1)) {
      try MixedPrecisionSolver([[1, 1], [1, .nan]], .general)
    }
    await #expect(processExitsWith: .failure) {
      _ = try MixedPrecisionSolver(.zeros(2, 3), .general)
    }
    await #expect(processExitsWith: .failure) {
      var solver = try MixedPrecisionSolver(.identity(2), .general)
      _ = try solver.solve([1])
    }
  }
}
