import Presentation

extension QuadraticBenchmark {
  /// The results as one self-contained page.
  static func page(
    _ results: [ProgramResult], _ races: [ProgramRace], _ peers: [String],
    _ count: Int, environment: Environment
  ) -> Page {
    var page = Page(title: "Convex quadratic programs")
    page.paragraph(
      """
      Dense programs min ½ xᵀP x + qᵀx where l ≤ A x ≤ u and x is within bounds. \
      Everybody is asked for absolute residuals and an absolute gap, where that \
      can be asked for. Our certificate, which shares nothing with any method, \
      judges all answers in the units of the program.
      """)
    page.paragraph("Measured on \(environment.summary).")
    if !peers.isEmpty {
      page.paragraph("Peers: \(peers.joined(separator: ", ")).")
    }
    if !races.isEmpty {
      page.heading("Time")
      page.paragraph(
        """
        At a tolerance of 10⁻⁸, medians, in turns. Ours is from the numbers to the \
        certificate, with the check that P is convex; the peers' is set-up and \
        solution, of data that are in their own form already. Ratios are to the \
        fastest peer whose answer holds; ✗ marks an answer that does not.
        """)
      page.table(ProgramRace.table(races))
      page.plots([ProgramRace.plot(races)])
    }
    guard !results.isEmpty else { return page }
    page.heading("Success")
    page.paragraph(
      """
      \(count) programs, published ones and random ones of six kinds, with a \
      minimum and without. Solved is what a solver says it has solved, and where \
      the certificate finds primal residual, dual residual and gap within the \
      tolerance, with the solver's multipliers or the best that there are for its \
      x; or where it says truly that there is no solution.
      """)
    page.table(ProgramResult.table(results))
    page.plots(
      [
        ProgramResult.tolerancePlot(results),
        ProgramResult.performancePlot(results),
      ].compactMap(\.self))
    page.paragraph(
      """
      Performance profiles (Dolan and Moré 2002): which part of the programs a \
      solver solves in at most so many times the time of whoever is fastest. Ours \
      are drawn unbroken.
      """)
    page.heading("Claims that the certificate refutes")
    page.paragraph(
      """
      Of each solver and program the claim at the largest tolerance at which it is \
      refuted, and at how many tolerances it is.
      """)
    page.table(ProgramResult.ledger(results))
    page.heading("What ours do not solve")
    page.table(ProgramResult.unsolved(results))
    return page
  }
}
