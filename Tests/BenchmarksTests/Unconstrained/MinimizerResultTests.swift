import Optimization
import Testing

@testable import benchmarks

@Suite struct MinimizerResultTests {
  func outcome(
    solved: Bool, values: Int, claims: Bool = true, saddle: Bool = false
  ) -> MinimizationOutcome {
    MinimizationOutcome(
      problem: "p", dimension: 3, claimsSuccess: claims, message: "m",
      value: solved ? 0 : 1, gradientNorm: solved || saddle ? 0 : 1,
      classification: .minimum, curvesDownwards: saddle, tolerance: 1e-5,
      bestValue: 0, acceptableValues: [0], values: values,
      gradients: values + 1, hessians: 2, products: 3,
      valuesToDecrease: solved ? values : nil, seconds: 0.5)
  }

  func result(
    _ library: String, _ outcomes: [MinimizationOutcome],
    _ derivatives: Minimizer.Derivatives = .first, method: String = "x"
  ) -> MinimizerResult {
    MinimizerResult(
      library: library, method: method, derivatives: derivatives,
      outcomes: outcomes)
  }

  @Test func `A row has percentages, the ledger and medians`() {
    let row = result(
      "A",
      [
        outcome(solved: true, values: 10), outcome(solved: true, values: 30),
        outcome(solved: false, values: 900),
        outcome(solved: false, values: 900, saddle: true),
      ], .second
    ).row
    #expect(
      row == [
        "A, x", "f, ∇f, ∇²f", "50.0 %", "50.0 %", "75.0 %", "100 %", "1", "1",
        "20.0", "21.0", "5.00", "2.00 s",
      ])
    #expect(row.count == MinimizerResult.columns.count)
  }

  @Test func `What any of a library solves is counted once`() {
    let (yes, no) = (
      outcome(solved: true, values: 1), outcome(solved: false, values: 1)
    )
    let results = [
      result(Minimizer.package, [yes, no, no, no]),
      result("A", [yes, no, yes, no]), result("A", [yes, yes, no, no]),
    ]
    #expect(
      MinimizerResult.unionTable(results).rows.map(\.last) == [
        "25.0 %", "25.0 %", "75.0 %",
      ])
  }

  @Test func `Pairs are compared where both arrive`() {
    let ours = result(
      Minimizer.package,
      [
        outcome(solved: true, values: 5), outcome(solved: true, values: 9),
        outcome(solved: false, values: 1),
      ])
    let peer = result(
      "SciPy",
      [
        outcome(solved: true, values: 8), outcome(solved: false, values: 1),
        outcome(solved: true, values: 2),
      ], method: "BFGS")
    let other = result("B", peer.outcomes)
    #expect(
      MinimizerResult.pairTable([ours, peer, other]).rows == [
        ["\(Minimizer.package), x", "SciPy, BFGS", "1", "5.00", "8.00"]
      ])
  }

  @Test func `The ledger has refuted claims alone`() {
    let ledger = MinimizerResult.ledger([
      result(
        "A",
        [
          outcome(solved: false, values: 1),
          outcome(solved: false, values: 1, claims: false),
          outcome(solved: true, values: 1),
          outcome(solved: false, values: 1, saddle: true),
        ])
    ])
    #expect(ledger.rows.map { $0[2] } == ["gradient", "saddle"])
  }

  @Test func `Plots have a curve for each solver`() {
    let results = [
      result(Minimizer.package, [outcome(solved: true, values: 4)]),
      result("A", [outcome(solved: true, values: 8)]),
    ]
    let performance = MinimizerResult.performancePlot("p", results)
    #expect(performance.series.map(\.style) == [.line, .dashed])
    // All at once at the ratio 1, the other at 2.
    #expect(performance.series[0].points.map(\.y) == [100, 100])
    #expect(performance.series[1].points.map(\.x) == [1, 2, 2, 2])
    // 4 and 8 evaluations for 3 + 1.
    let data = MinimizerResult.dataPlot("d", results)
    #expect(data.series[1].points.map(\.x) == [1, 2, 2, 2])
  }
}
