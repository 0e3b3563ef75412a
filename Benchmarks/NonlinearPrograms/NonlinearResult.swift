import Foundation
import Presentation

/// A solver's way through all problems.
struct NonlinearResult: Codable, Equatable {
  let library: String
  let method: String
  let asksForHessians: Bool
  let outcomes: [NonlinearOutcome]

  var name: String { "\(library), \(method)" }
  var isOurs: Bool { library == Minimizer.package }

  static let columns = [
    "solver", "asks for", "solved", "minimum", "conditions", "claims",
    "refuted", "saddle", "f", "c", "own time",
  ]

  /// The row of the table: percentages, the ledger of claims, medians of the
  /// evaluations over what it solved, and the median of its own seconds there.
  var row: [String] {
    let solved = outcomes.filter(\.isSolved)
    func median(_ count: (NonlinearOutcome) -> Int) -> String {
      solved.isEmpty
        ? ""
        : Format.number(benchmarks::median(solved.map { Double(count($0)) }))
    }
    let refuted = outcomes.count {
      $0.refutation == .constraints || $0.refutation == .conditions
    }
    return [
      name, asksFor,
      percent(solved.count), percent(outcomes.count(where: \.isAtMinimum)),
      percent(outcomes.count(where: \.isStationary)),
      percent(outcomes.count(where: \.claimsSuccess)), "\(refuted)",
      "\(outcomes.count { $0.refutation == .saddle })", median(\.values),
      median(\.constraints),
      solved.isEmpty
        ? "" : Format.seconds(benchmarks::median(solved.map(\.seconds))),
    ]
  }

  /// NLopt's names begin with LN where a method wants no gradient.
  private var asksFor: String {
    if method.hasPrefix("LN_") { return "f" }
    return asksForHessians ? "f, ∇f, ∇²L" : "f, ∇f"
  }

  /// So many of the problems, in percent.
  func percent(_ count: Int) -> String {
    Format.number(100 * Double(count) / Double(outcomes.count)) + " %"
  }

  static func table(_ results: [NonlinearResult]) -> Table {
    var table = Table(columns: columns, textColumns: 2)
    for result in results { table.append(result.row) }
    return table
  }

  /// The share of the problems whose residuals are within a tolerance at what the
  /// solver aimed at once, with f at the lowest value that is known.
  func share(within tolerance: Double) -> Double {
    let count = outcomes.count {
      $0.residual <= tolerance
        && $0.value <= $0.bestValue
          + max(1e-5, tolerance) * max(1, abs($0.bestValue))
    }
    return Double(count) / Double(outcomes.count)
  }

  /// ``share(within:)`` at round tolerances.
  static func accuracyTable(_ results: [NonlinearResult]) -> Table {
    let exponents = Array(3...8)
    var table = Table(
      columns: ["solver"] + exponents.map { "≤ \(Format.powerOfTen(-$0))" })
    for result in results {
      table.append(
        [result.name]
          + exponents.map {
            let share = result.share(within: Double("1e-\($0)") ?? .nan)
            return Format.number(100 * share) + " %"
          })
    }
    return table
  }

  /// ``share(within:)`` as a staircase.
  static func accuracyPlot(_ results: [NonlinearResult]) -> Plot {
    var used = [true: 0, false: 0]
    let colors = Plot.Color.allCases
    let exponents = stride(from: -10.0, through: -1, by: 0.25)
    return Plot(
      title: "Success against tolerance",
      x: .logarithmic("bound on the residuals"),
      y: .linear("problems solved [%]"),
      series: results.map { result in
        let color = colors[used[result.isOurs, default: 0] % colors.count]
        used[result.isOurs, default: 0] += 1
        return Plot.Series(
          name: result.isOurs ? result.method : result.name,
          points: exponents.map {
            let tolerance = pow(10, $0)
            return (tolerance, 100 * result.share(within: tolerance))
          }, color: color, style: result.isOurs ? .line : .dashed)
      })
  }

  /// The claims that the certificate refutes, one a row.
  static func ledger(_ results: [NonlinearResult]) -> Table {
    var table = Table(
      columns: [
        "solver", "problem", "refuted by", "residual", "violation", "f",
        "best known f", "says",
      ], textColumns: 3)
    for result in results {
      for outcome in result.outcomes {
        guard let refutation = outcome.refutation else { continue }
        table.append([
          result.name, outcome.problem, refutation.rawValue,
          Format.number(outcome.residual, digits: 2),
          Format.number(outcome.infeasibility, digits: 2),
          Format.number(outcome.value, digits: 4),
          Format.number(outcome.bestValue, digits: 4), outcome.message,
        ])
      }
    }
    return table
  }

  /// What each of ours does not solve, with how it ended.
  static func unsolved(_ results: [NonlinearResult]) -> Table {
    var table = Table(
      columns: [
        "solver", "problem", "ended", "residual", "violation", "f",
        "best known f",
      ], textColumns: 3)
    for result in results where result.isOurs {
      for outcome in result.outcomes where !outcome.isSolved {
        table.append([
          result.name, outcome.problem, outcome.message,
          Format.number(outcome.residual, digits: 2),
          Format.number(outcome.infeasibility, digits: 2),
          Format.number(outcome.value, digits: 4),
          Format.number(outcome.bestValue, digits: 4),
        ])
      }
    }
    return table
  }
}
