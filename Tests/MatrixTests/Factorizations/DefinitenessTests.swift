import Matrix
import TestSupport
import Testing

@Suite struct DefinitenessTests {
  @Test func `The five kinds`() throws {
    let cases: [(Matrix<Double>, Definiteness<Double>.Kind, Int?)] = [
      ([[2, 1], [1, 2]], .positiveDefinite, nil),
      ([[1, 1], [1, 1]], .positiveSemidefinite, 1),
      ([[-2, 1], [1, -2]], .negativeDefinite, 0),
      ([[-1, 1], [1, -1]], .negativeSemidefinite, 0),
      ([[1, 2], [2, 1]], .indefinite, 1),
      ([[0, 1], [1, 0]], .indefinite, 0),
      (.zeros(2, 2), .positiveSemidefinite, 0),
      (.zeros(0, 0), .positiveDefinite, nil),
      ([[3]], .positiveDefinite, nil),
    ]
    for (matrix, kind, pivot) in cases {
      let found = try matrix.definiteness()
      #expect(found.kind == kind, "\(matrix)")
      #expect(found.failedPivot == pivot, "\(matrix)")
      #expect(
        found.inertia == (try SymmetricEigen(matrix).inertia), "\(matrix)")
      if let d = found.negativeCurvature {
        #expect(d.dot(matrix * d) < 0)
        #expect(found.inertia.negative > 0)
      } else {
        #expect(found.inertia.negative == 0)
      }
    }
  }

  @Test func `Random matrices agree with their eigenvalues`() throws {
    var generator = SplitMix64(seed: 14)
    for n in [3, 20, 80] {
      for shift in [-30.0, -1, 0, 1, 30] {
        var a: Matrix<Double> = randomSymmetric(n, using: &generator)
        a.addToDiagonal(shift)
        let found = try a.definiteness()
        let inertia = try SymmetricEigen(a).inertia
        #expect(found.inertia == inertia)
        #expect(found.kind == Definiteness.Kind(inertia))
      }
    }
  }

  @Test func `Semidefinite to the stated tolerance`() throws {
    let a: Matrix<Double> = .diagonal([1, 1e-6, 1])
    #expect(try a.definiteness().kind == .positiveDefinite)
    #expect(
      try a.definiteness(tolerance: 1e-5).kind == .positiveSemidefinite)
    let b: Matrix<Double> = .diagonal([1, -1e-6, 1])
    #expect(try b.definiteness().kind == .indefinite)
    #expect(
      try b.definiteness(tolerance: 1e-5).kind == .positiveSemidefinite)
    #expect(try b.definiteness(tolerance: 1e-5).negativeCurvature == nil)
  }

  @Test func `Bad input`() async {
    #expect(throws: FactorizationError.notFinite(row: 1, column: 0)) {
      let a: Matrix<Double> = [[1, 0], [.infinity, 1]]
      return try a.definiteness()
    }
    await #expect(processExitsWith: .failure) {
      _ = try Matrix<Double>.zeros(2, 3).definiteness()
    }
  }

  @Test func `The description names kind and counts`() throws {
    let a: Matrix<Double> = [[1, 2], [2, 1]]
    let found = try a.definiteness()
    #expect(found.description == "indefinite (1 positive, 1 negative, 0 zero)")
  }
}
