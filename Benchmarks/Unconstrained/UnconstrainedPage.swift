import Presentation

extension MinimizerResult {
  /// The results as one self-contained page.
  static func page(
    _ results: [MinimizerResult], title: String, text: String,
    environment: Environment
  ) -> Page {
    var page = Page(title: title)
    page.paragraph(
      """
      \(text) There are \(results.first?.outcomes.count ?? 0). Everybody is \
      given the same f, ∇f and ∇²f, aims at ‖∇f‖∞ ≤ 10⁻⁵ and has 10,000 \
      evaluations. Solved means that our certificate finds ‖∇f‖∞ ≤ 10⁻⁵, and f \
      within 10⁻⁶ max(1, |f*|) of the lowest value f* that is known, which \
      may lie in another valley than the start; "minimum" counts all that \
      are known. A claim is refuted when ‖∇f‖∞ is more than 10⁻⁴ or f curves \
      downwards. Evaluations are medians over what a solver solves; its own \
      time is the sum over all problems without that of the function.
      """)
    page.paragraph("Measured on \(environment.summary).")
    page.table(table(results))
    page.heading("Together")
    page.table(unionTable(results))
    page.heading("Profiles")
    page.paragraph(
      """
      Performance profiles (Dolan and Moré 2002): which part of the problems a \
      solver solves with at most so many times the evaluations of whoever \
      needs the fewest. Data profiles (Moré and Wild 2009): on which part it \
      gains all but 10⁻⁵ of f(x₀) − f* with at most so many evaluations for \
      each variable. Evaluations of f alone count; who asks for ∇f and ∇²f has \
      them besides. Ours are drawn unbroken.
      """)
    for derivatives in Minimizer.Derivatives.allCases {
      let those = shown(results.filter { $0.derivatives == derivatives })
      guard !those.isEmpty else { continue }
      page.plots([
        performancePlot("Performance with \(derivatives.rawValue)", those),
        dataPlot("Data profiles with \(derivatives.rawValue)", those),
      ])
    }
    page.heading("Evaluations of f on problems that both solve, medians")
    page.table(pairTable(results))
    page.heading("Claims that the certificate refutes")
    page.table(ledger(results))
    page.heading("What ours do not solve")
    page.table(unsolved(results))
    return page
  }

  /// Of ours and of the peers the six that solve most, for which there are
  /// colours.
  private static func shown(_ results: [MinimizerResult]) -> [MinimizerResult] {
    [true, false].flatMap { isOurs in
      results.filter { $0.isOurs == isOurs }
        .sorted { $0.solved > $1.solved }
        .prefix(Plot.Color.allCases.count)
    }
  }
}
