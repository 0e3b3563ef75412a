import Presentation

extension FamilyResults {
  /// Growth with n where that means something, and the convergence of the last
  /// race, the largest; of the first race too where there is no growth.
  var plots: [Plot] {
    guard let scaling else {
      return [races.first, races.last].compactMap(\.self).flatMap(
        convergencePlots)
    }
    let time = growthPlot(
      "Time to the solution", "time [s]", \.seconds,
      newton: scaling.newton, lbfgs: scaling.lbfgs,
      markers: scaling.crossings.map {
        Plot.Marker(x: $0.size, label: $0.description)
      })
    let flops = growthPlot(
      "Operations of a step", "flops per step", \.flopsPerStep,
      newton: scaling.newtonFlops, lbfgs: scaling.lbfgsFlops)
    return [time, flops] + (races.last.map(convergencePlots) ?? [])
  }

  /// A cost against n, with the fitted powers.
  private func growthPlot(
    _ title: String, _ axis: String, _ cost: (Outcome) -> Double,
    newton: PowerLaw?, lbfgs: PowerLaw?, markers: [Plot.Marker] = []
  ) -> Plot {
    func measured(
      _ contestant: Contestant, _ law: PowerLaw?, _ outcome: (Race) -> Outcome
    ) -> Plot.Series {
      let power = law.map {
        " ~ n" + Format.raised(Format.number($0.exponent))
      }
      return Plot.Series(
        name: contestant.name + (power ?? ""),
        points: races.filter { outcome($0).isVerified }.map {
          (Double($0.size), cost(outcome($0)))
        }, color: contestant.color, style: .lineWithPoints)
    }
    func fitted(_ contestant: Contestant, _ law: PowerLaw?) -> Plot.Series? {
      law.map { law in
        let ends = [law.sizes.lowerBound, law.sizes.upperBound]
        return Plot.Series(
          name: nil, points: ends.map { ($0, law($0)) },
          color: contestant.color, style: .dashed)
      }
    }
    let lines = [
      measured(.newton, newton, \.newton), measured(.lbfgs, lbfgs, \.lbfgs),
    ]
    let fits = [fitted(.newton, newton), fitted(.lbfgs, lbfgs)]
    return Plot(
      title: title, x: .logarithmic("variables n"), y: .logarithmic(axis),
      series: lines + fits.compactMap(\.self), markers: markers)
  }

  /// ‖∇f‖∞ against the steps and against time.
  private func convergencePlots(_ race: Race) -> [Plot] {
    let outcomes = [
      (Contestant.newton, race.newton), (Contestant.lbfgs, race.lbfgs),
    ]
    let bySteps = outcomes.map { contestant, outcome in
      Plot.Series(
        name: contestant.name,
        points: outcome.convergence.map {
          (Double($0.iteration), $0.gradientNorm)
        }, color: contestant.color, style: .line)
    }
    // A logarithmic axis has no place for the time of the start, which is drawn
    // at half the time of the first step.
    let firstSteps = outcomes.compactMap { $0.1.convergence.dropFirst().first }
    let start = 0.5 * (firstSteps.map(\.seconds).min() ?? 0)
    let byTime = outcomes.map { contestant, outcome in
      Plot.Series(
        name: contestant.name,
        points: Self.staircase(outcome.convergence, from: start),
        color: contestant.color, style: .line)
    }
    let title = "Convergence: \(race.problem)"
    return [
      Plot(
        title: title, x: .linear("step"), y: .logarithmic("‖∇f‖∞"),
        series: bySteps),
      Plot(
        title: title, x: .logarithmic("time [s]"), y: .logarithmic("‖∇f‖∞"),
        series: byTime),
    ]
  }

  /// The gradient norm over time: what a step achieves is there at its end.
  static func staircase(
    _ points: [ConvergencePoint], from start: Double
  ) -> [(x: Double, y: Double)] {
    var corners: [(x: Double, y: Double)] = []
    for point in points {
      let time = max(point.seconds, start)
      if let last = corners.last { corners.append((time, last.y)) }
      corners.append((time, point.gradientNorm))
    }
    return corners
  }

  /// How the two methods are drawn.
  private enum Contestant {
    case newton
    case lbfgs

    var name: String { self == .newton ? "Newton" : "L-BFGS" }
    var color: Plot.Color { self == .newton ? .blue : .vermilion }
  }
}
