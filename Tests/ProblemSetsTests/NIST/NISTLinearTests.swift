import Matrix
import ProblemSets
import Testing

@Suite struct NISTLinearTests {
  @Test func `There are 11`() throws {
    let all = try NIST.linear()
    #expect(
      all.map(\.name) == [
        "Norris", "Pontius", "NoInt1", "NoInt2", "Filip", "Longley", "Wampler1",
        "Wampler2", "Wampler3", "Wampler4", "Wampler5",
      ])
    #expect(all.map(\.count) == [36, 40, 11, 3, 82, 16, 21, 21, 21, 21, 21])
    #expect(all.map(\.dimension) == [2, 3, 1, 1, 11, 7, 6, 6, 6, 6, 6])
    for problem in all {
      let freedom = problem.count - problem.dimension
      #expect(problem.certified.degreesOfFreedom == freedom)
    }
  }

  // r = y − X β at the certified β, to what 15 digits of β leave of it: an error
  // of 5e-15 |X| |β|, which for Filip is as large as 1e-10.
  @Test func `Certified sums of squares are reproduced`() throws {
    for problem in try NIST.linear() {
      let x = problem.matrix
      let beta = problem.certified.parameters
      var residual = problem.response
      residual.add(x * beta, scaledBy: -1)
      var error = 0.0
      for i in 0..<problem.count {
        var terms = abs(problem.response[i])
        for j in 0..<problem.dimension { terms += abs(x[i, j] * beta[j]) }
        error += 5e-15 * terms * 5e-15 * terms
      }
      let norm = problem.certified.residualSumOfSquares.squareRoot()
      #expect(
        abs(residual.norm - norm) <= error.squareRoot() + 1e-14 * norm,
        "\(problem.name)")
      let deviation =
        norm
        / Double(problem.certified.degreesOfFreedom)
        .squareRoot()
      let certified = problem.certified.residualStandardDeviation
      #expect(abs(deviation - certified) <= 1e-14 * certified)
    }
  }

  // R² = 1 − Σ r² / Σ (y − ȳ)², where ȳ is the mean, or 0 without an intercept.
  @Test func `R² is reproduced`() throws {
    for problem in try NIST.linear() {
      let hasIntercept = problem.design != .proportional
      let mean =
        hasIntercept ? problem.response.sum / Double(problem.count) : 0
      let total = problem.response.array.reduce(0) {
        $0 + ($1 - mean) * ($1 - mean)
      }
      let share = problem.certified.residualSumOfSquares / total
      #expect(abs(1 - share - problem.rSquared) < 1e-14, "\(problem.name)")
    }
  }

  // Columns scaled to norm 1: as powers of x up to the tenth they would differ so
  // much in size that Filip's X counted as rank-deficient. Wampler5's residuals
  // are 10⁷ times its β: with ε κ ‖y‖ = 2e-16 · 2e3 · 8e7 there are five digits
  // to be had without refinement.
  @Test func `QR solves them to the digits that are to be had`() throws {
    for problem in try NIST.linear() {
      var x = problem.matrix
      let norms = (0..<problem.dimension).map { x.column($0).norm }
      for (j, norm) in norms.enumerated() {
        x.setColumn(j, to: (1 / norm) * x.column(j))
      }
      var beta = try QR(x).solve(problem.response)
      for (j, norm) in norms.enumerated() { beta[j] /= norm }
      let digits = problem.certified.correctDigits(of: beta)
      #expect(
        digits >= (problem.name == "Wampler5" ? 5 : 7),
        "\(problem.name): \(digits)")
    }
  }
}
