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
      certificate; every answer was then verified from a fresh evaluation by code \
      that shares nothing with the methods.
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

extension FamilyResults {
  /// Time against n where that means something, and the convergence of the last
  /// race, the largest.
  var plots: [Plot] {
    var plots: [Plot] = []
    if let scaling { plots.append(timePlot(scaling)) }
    let shown = scaling == nil ? [races.first, races.last] : [races.last]
    for race in shown.compactMap(\.self) {
      plots.append(
        convergencePlot(race, against: .linear("step")) {
          Double($0.iteration)
        })
      plots.append(
        convergencePlot(race, against: .logarithmic("time [s]")) { $0.seconds }
      )
    }
    return plots
  }

  private func timePlot(_ scaling: Scaling) -> Plot {
    func measured(
      _ name: String, _ color: Plot.Color, _ outcome: (Race) -> Outcome
    ) -> Plot.Series {
      Plot.Series(
        name: name,
        points: races.filter { outcome($0).isVerified }.map {
          (Double($0.size), outcome($0).seconds)
        }, color: color, style: .lineWithPoints)
    }
    func fitted(
      _ name: String, _ color: Plot.Color, _ law: PowerLaw?
    ) -> Plot.Series? {
      law.map { law in
        let ends = [law.sizes.lowerBound, law.sizes.upperBound]
        return Plot.Series(
          name: "\(name) ~ n^\(Format.number(law.exponent))",
          points: ends.map { ($0, law($0)) }, color: color, style: .dashed)
      }
    }
    return Plot(
      title: "Time to the solution", x: .logarithmic("variables n"),
      y: .logarithmic("time [s]"),
      series: [
        measured("Newton", .blue, \.newton),
        measured("L-BFGS", .vermilion, \.lbfgs),
      ]
        + [
          fitted("Newton", .blue, scaling.newton),
          fitted("L-BFGS", .vermilion, scaling.lbfgs),
        ].compactMap(\.self),
      markers: scaling.crossings.map {
        Plot.Marker(x: $0.size, label: $0.description)
      })
  }

  private func convergencePlot(
    _ race: Race, against axis: Axis, _ x: (ConvergencePoint) -> Double
  ) -> Plot {
    func series(
      _ name: String, _ color: Plot.Color, _ outcome: Outcome
    ) -> Plot.Series {
      Plot.Series(
        name: name,
        points: outcome.convergence.map { (x($0), $0.gradientNorm) },
        color: color, style: .line)
    }
    return Plot(
      title: "Convergence: \(race.problem)", x: axis, y: .logarithmic("‖∇f‖∞"),
      series: [
        series("Newton", .blue, race.newton),
        series("L-BFGS", .vermilion, race.lbfgs),
      ])
  }
}
