import Presentation

/// Which part of the problems is solved at no more than a cost, as a function of
/// the cost: a staircase that begins at 0.
struct Profile: Codable, Equatable {
  /// The costs of what is solved, ascending.
  let costs: [Double]
  /// The number of problems, solved or not.
  let count: Int

  /// - Parameter costs: of each problem; nil where it is not solved.
  init(_ costs: [Double?]) {
    self.costs = costs.compactMap(\.self).sorted()
    count = costs.count
  }

  /// The part of the problems solved at a cost of at most `limit`.
  func share(within limit: Double) -> Double {
    Double(costs.prefix { $0 <= limit }.count) / Double(count)
  }

  /// The corners of the staircase from `start` to `end`.
  func staircase(
    from start: Double, to end: Double
  ) -> [(x: Double, y: Double)] {
    var corners = [(x: start, y: share(within: start))]
    for cost in costs where cost > start && cost <= end {
      corners.append((cost, corners[corners.count - 1].y))
      corners.append((cost, share(within: cost)))
    }
    corners.append((end, corners[corners.count - 1].y))
    return corners
  }

  /// The performance profiles of solvers: cost is the ratio of a solver's own
  /// cost to that of the best of them on the same problem.
  ///
  /// Problems that nobody solves count as unsolved, so that the right end of a
  /// curve is the part that its solver solves.
  ///
  /// - Parameter costs: by solver and problem; nil where it is not solved.
  ///
  /// Source: Dolan and Moré 2002, Benchmarking optimization software with
  /// performance profiles.
  static func performance(_ costs: [[Double?]]) -> [Profile] {
    guard let problems = costs.first?.indices else { return [] }
    let best = problems.map { k in costs.compactMap { $0[k] }.min() }
    return costs.map { costs in
      Profile(
        zip(costs, best).map { cost, best in
          cost.flatMap { cost in best.map { cost / $0 } }
        })
    }
  }
}

extension Profile {
  /// A profile with whose it is.
  struct Curve {
    let name: String
    let isOurs: Bool
    let profile: Profile
  }

  /// Profiles as a plot, ours in unbroken lines, the peers' dashed.
  static func plot(
    _ title: String, _ x: Axis, _ curves: [Curve], from start: Double,
    to end: Double
  ) -> Plot {
    var used = [true: 0, false: 0]
    let colors = Plot.Color.allCases
    let series = curves.map { curve in
      let color = colors[used[curve.isOurs, default: 0] % colors.count]
      used[curve.isOurs, default: 0] += 1
      return Plot.Series(
        name: curve.name,
        points: curve.profile.staircase(from: start, to: end).map {
          ($0.x, 100 * $0.y)
        }, color: color, style: curve.isOurs ? .line : .dashed)
    }
    return Plot(
      title: title, x: x, y: .linear("problems solved [%]"), series: series)
  }
}

extension MinimizerResult {
  /// Evaluations of f until it ended, by problem; nil where it did not solve it.
  var evaluations: [Double?] {
    outcomes.map { $0.isSolved ? Double($0.values) : nil }
  }

  /// Evaluations of f until all but 10⁻⁵ of what it can decrease was gained, in
  /// units of n + 1, the evaluations of a gradient by differences.
  ///
  /// Source: Moré and Wild 2009, Benchmarking derivative-free optimization
  /// algorithms.
  var dataProfile: Profile {
    Profile(
      outcomes.map { outcome in
        outcome.valuesToDecrease.map {
          Double($0) / Double(outcome.dimension + 1)
        }
      })
  }

  /// The performance profiles of some results.
  static func performancePlot(
    _ title: String, _ results: [MinimizerResult]
  ) -> Plot {
    let profiles = Profile.performance(results.map(\.evaluations))
    let end = profiles.compactMap(\.costs.last).max() ?? 1
    return Profile.plot(
      title, .logarithmic("evaluations of f, as a multiple of the fewest"),
      curves(results, profiles), from: 1, to: max(2, end))
  }

  /// The data profiles of some results.
  static func dataPlot(_ title: String, _ results: [MinimizerResult]) -> Plot {
    let profiles = results.map(\.dataProfile)
    let costs = profiles.flatMap(\.costs)
    return Profile.plot(
      title, .logarithmic("evaluations of f ÷ (n + 1)"),
      curves(results, profiles), from: costs.min() ?? 0.1,
      to: max(costs.max() ?? 1, 1))
  }

  private static func curves(
    _ results: [MinimizerResult], _ profiles: [Profile]
  ) -> [Profile.Curve] {
    zip(results, profiles).map { result, profile in
      Profile.Curve(
        name: result.isOurs ? result.method : result.name,
        isOurs: result.isOurs, profile: profile)
    }
  }
}
