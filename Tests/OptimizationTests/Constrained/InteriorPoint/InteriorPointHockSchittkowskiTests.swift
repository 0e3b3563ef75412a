import Matrix
import Optimization
import ProblemSets
import Testing

@Suite("Filter interior point: Hock and Schittkowski")
struct InteriorPointHockSchittkowskiTests {
  @Test("Problems of the collection are solved to 1e-6 by the exact Hessian")
  func exact() {
    let missed = HockSchittkowski.all.filter {
      !Self.isSolved(
        minimize($0.problem, from: $0.start, using: .interiorPoint()))
    }
    #expect(missed.map(\.number) == [])
  }

  @Test("and by a learned one, but for a minimum without multipliers")
  func learned() {
    let missed = HockSchittkowski.all.filter {
      !Self.isSolved(
        minimize(
          $0.problem, from: $0.start,
          using: .interiorPoint(hessian: .quasiNewton),
          within: Budget(iterations: 500)))
    }
    // Of 13 the constraint's gradient vanishes at the minimum: the multiplier
    // grows without bound.
    #expect(missed.map(\.number) == [13])
  }

  private static func isSolved(_ solution: ConstrainedSolution) -> Bool {
    solution.isVerified && solution.certificate.finding == .optimal
      && solution.certificate.classification != .saddle
  }
}
