import Foundation
import Testing

@testable import benchmarks

@Suite struct PowerLawTests {
  @Test func `Recovers an exact power`() throws {
    let law = try #require(
      PowerLaw(fitting: [10, 20, 50, 400].map { ($0, 3e-9 * pow($0, 2.5)) }))
    #expect(abs(law.exponent - 2.5) < 1e-12)
    #expect(law.exponentError < 1e-12)
    #expect(abs(law.factor / 3e-9 - 1) < 1e-11)
    #expect(law.sizes == 10...400)
    #expect(abs(law(100) / 3e-4 - 1) < 1e-11)
  }

  @Test func `States the standard error of the slope`() throws {
    // log t = 0, 1, 1, 2 at log n = 0, 1, 2, 3: slope 0.6, residuals −0.1, 0.3,
    // −0.3, 0.1, so that the error is √(0.2 / (2 · 5)).
    let points = [(0.0, 0.0), (1, 1), (2, 1), (3, 2)].map {
      (n: exp($0.0), t: exp($0.1))
    }
    let law = try #require(PowerLaw(fitting: points))
    #expect(abs(law.exponent - 0.6) < 1e-12)
    #expect(abs(law.exponentError - (0.2 / 10).squareRoot()) < 1e-12)
  }

  @Test func `Too few points have no fit`() {
    #expect(PowerLaw(fitting: []) == nil)
    #expect(PowerLaw(fitting: [(1, 1), (2, 2)]) == nil)
    #expect(PowerLaw(fitting: [(5, 1), (5, 2), (5, 3)]) == nil)
  }
}

@Suite struct CrossingsTests {
  @Test func `Powers cross where they are equal`() throws {
    // n³ = 50 n² at n = 50; straight lines of a log-log plot are exact.
    let found = crossings(
      [10, 40, 100, 1000].map {
        (n: $0, first: pow($0, 3), second: 50 * $0 * $0)
      }
    )
    #expect(found.count == 1)
    let crossing = try #require(found.first)
    #expect(abs(crossing.n - 50) < 1e-10)
    #expect(!crossing.firstWinsBeyond)
  }

  @Test func `Curves that stay apart do not cross`() {
    let apart = crossings([10, 20, 30].map { (n: $0, first: 1, second: 2) })
    #expect(apart.isEmpty)
  }

  @Test func `Each change of order is reported`() {
    let found = crossings([
      (n: 1, first: 1, second: 2), (n: 4, first: 2, second: 1),
      (n: 16, first: 1, second: 2),
    ])
    #expect(found.map(\.firstWinsBeyond) == [false, true])
    // Half-way between the logarithms.
    #expect(abs(found[0].n - 2) < 1e-12)
    #expect(abs(found[1].n - 8) < 1e-12)
  }

  @Test func `Equal costs at a measured size count once`() {
    let found = crossings([
      (n: 1, first: 1, second: 2), (n: 2, first: 2, second: 2),
      (n: 4, first: 4, second: 2),
    ])
    #expect(found.count == 1)
    #expect(abs(found[0].n - 2) < 1e-12)
  }
}
