import Matrix
import Optimization
import ProblemSets
import Testing

@Suite("Quadratic programs as constrained problems")
struct QuadraticProgramProblemTests {
  @Test("Both certificates agree on the solutions of the set")
  func certificates() {
    for test in QuadraticPrograms.solvable {
      let solution = minimize(test.program)
      let certificate = KKTCertificate(
        of: test.program.problem, at: solution.x,
        multipliers: solution.multipliers,
        boundMultipliers: solution.boundMultipliers, tolerance: 1e-6)
      #expect(
        certificate.finding == .optimal, "\(test.name): \(certificate)")
      #expect(
        abs(certificate.value - solution.value)
          <= 1e-9 * max(1, abs(solution.value)))
    }
  }
}
