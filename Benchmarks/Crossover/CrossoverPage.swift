import Presentation

extension CrossoverResults {
  /// The results as one self-contained page.
  func page(environment: Environment) -> Page {
    var page = Page(title: "Newton against L-BFGS")
    page.paragraph(
      """
      Newton's method factorizes the Hessian, O(n³) flops a step, and needs few \
      steps; L-BFGS needs gradients alone, O(n) flops a step besides, and takes \
      more of them. Which arrives first depends on the problem and its size. \
      Times are medians from the start to the stop rule, without the \
      certificate. \(verdict)
      """)
    page.paragraph("Measured on \(environment.summary).")
    page.heading("Growth and crossings")
    page.paragraph(
      """
      Exponents p of time ~ nᵖ, with their standard errors, are fitted by least \
      squares to the logarithms over the larger half of the sizes. Crossings are \
      interpolated between the measured sizes.
      """)
    page.table(summary)
    for family in families {
      page.heading(family.name)
      page.paragraph(family.text)
      page.plots(family.plots)
      page.table(family.table)
    }
    return page
  }
}
