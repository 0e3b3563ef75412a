import Presentation

extension NonlinearResult {
  /// The results as one self-contained page.
  static func page(
    _ results: [NonlinearResult], _ timings: [SmallProgramTiming],
    environment: Environment
  ) -> Page {
    var page = Page(title: "Constrained minimisation")
    page.paragraph(
      """
      The problems of Hock and Schittkowski (1981) from their standard starts, \
      \(results.first?.outcomes.count ?? 0) of them. Everybody is given the same f, \
      c and exact derivatives, and has 10,000 evaluations. Solved means that the \
      largest residual of the first-order conditions, which our certificate \
      computes with the better of the solver's multipliers and its own, is at most \
      10⁻⁶, absolute, and f within 10⁻⁵ max(1, |f*|) of the lowest value f* that \
      is known; "minimum" counts all that are known. A claim is refuted when a \
      residual is more than 10⁻⁵, or the Lagrangian curves downwards along the \
      constraints. Evaluations and times, without those of the functions, are \
      medians over what a solver solves.
      """)
    page.paragraph("Measured on \(environment.summary).")
    page.table(table(results))
    page.heading("Success against tolerance")
    page.paragraph(
      """
      The share of problems whose residuals are within a tolerance, at what each \
      solver came to when it was asked once.
      """)
    page.table(accuracyTable(results))
    page.plots([accuracyPlot(shown(results))])
    page.heading("Profiles")
    page.paragraph(
      """
      Performance profiles (Dolan and Moré 2002): which part of the problems a \
      solver solves with at most so many times the evaluations, or the time, of \
      whoever needs least. Ours are drawn unbroken.
      """)
    let shown = shown(results)
    page.plots([
      profilePlot("Evaluations of f", "evaluations", shown) {
        Double($0.values)
      },
      profilePlot("Time without the functions", "time", shown) {
        max($0.seconds, 1e-7)
      },
    ])
    if !timings.isEmpty {
      page.heading("Small problems, whole solves")
      page.paragraph(
        """
        The same C functions called by both sides, in turns; SQP with first \
        derivatives, without and with its certificate.
        """)
      page.table(SmallProgramTiming.table(timings))
    }
    page.heading("Claims that the certificate refutes")
    page.table(ledger(results))
    page.heading("What ours do not solve")
    page.table(unsolved(results))
    return page
  }

  private static func profilePlot(
    _ title: String, _ cost: String, _ results: [NonlinearResult],
    _ of: (NonlinearOutcome) -> Double
  ) -> Plot {
    let profiles = Profile.performance(
      results.map { result in
        result.outcomes.map { $0.isSolved ? of($0) : nil }
      })
    let end = profiles.compactMap(\.costs.last).max() ?? 1
    return Profile.plot(
      title, .logarithmic("\(cost), as a multiple of the least"),
      zip(results, profiles).map {
        Profile.Curve(
          name: $0.isOurs ? $0.method : $0.name, isOurs: $0.isOurs,
          profile: $1)
      }, from: 1, to: max(2, end))
  }

  /// As many of ours and of the peers as there are colours.
  private static func shown(_ results: [NonlinearResult]) -> [NonlinearResult] {
    [true, false].flatMap { isOurs in
      results.filter { $0.isOurs == isOurs }
        .sorted {
          $0.outcomes.count(where: \.isSolved)
            > $1.outcomes.count(where: \.isSolved)
        }
        .prefix(Plot.Color.allCases.count)
    }
  }
}
