import Presentation
import ProblemSets

/// A solver's way through all programs at all tolerances.
struct ProgramResult: Codable, Equatable {
  let library: String
  let method: String
  /// By tolerance, then by program.
  let verdicts: [[ProgramVerdict]]

  var isOurs: Bool { library == ProgramSolver.package }
  var name: String { isOurs ? "\(library), \(method)" : library }

  init(
    _ solver: ProgramSolver, on problems: [QuadraticTestProblem],
    tolerances: [Double], repeats: Int
  ) throws {
    library = solver.library
    method = solver.method
    verdicts = try tolerances.map { tolerance in
      try problems.enumerated().map { k, problem in
        var answer = try solver.solve(k, problem.program, tolerance)
        // Times are wanted at one tolerance; the least of a few is that without
        // other processes.
        if tolerance == Self.timedTolerance {
          for _ in 1..<max(1, repeats) {
            let again = try solver.solve(k, problem.program, tolerance)
            answer.seconds = min(answer.seconds, again.seconds)
          }
        }
        return ProgramVerdict(answer, to: problem, tolerance: tolerance)
      }
    }
  }

  /// The tolerance whose times make the performance profile.
  static let timedTolerance = 1e-6

  private static func percent(_ part: Int, of all: Int) -> String {
    Format.number(100 * Double(part) / Double(max(1, all))) + " %"
  }

  /// A row for each solver: how much it solves at each tolerance, its claims and
  /// those that are refuted.
  static func table(_ results: [ProgramResult]) -> Table {
    let tolerances = results.first?.verdicts.compactMap(\.first?.tolerance)
    var table = Table(
      columns: ["solver"]
        + (tolerances ?? []).map { Format.powerOfTen($0) }
        + ["claims", "refuted"])
    for result in results {
      let all = result.verdicts.flatMap(\.self)
      table.append(
        [result.name]
          + result.verdicts.map {
            percent($0.count(where: \.isSolved), of: $0.count)
          }
          + [
            "\(all.count { $0.claim != nil })",
            "\(all.count(where: \.isRefuted))",
          ])
    }
    return table
  }

  /// The claims that are refuted, of each solver and program the first and how many
  /// more.
  static func ledger(_ results: [ProgramResult]) -> Table {
    var table = Table(
      columns: [
        "solver", "program", "claims", "says", "at", "primal", "dual", "gap",
        "times",
      ], textColumns: 4)
    for result in results {
      let refuted = result.verdicts.flatMap(\.self).filter(\.isRefuted)
      var names: [String] = []
      for verdict in refuted where !names.contains(verdict.problem) {
        names.append(verdict.problem)
        let times = refuted.count { $0.problem == verdict.problem }
        table.append([
          result.name, verdict.problem, verdict.claim?.rawValue ?? "",
          verdict.word, Format.powerOfTen(verdict.tolerance),
          Format.number(verdict.primal, digits: 2),
          Format.number(verdict.dual, digits: 2),
          Format.number(verdict.gap, digits: 2), "\(times)",
        ])
      }
    }
    return table
  }

  /// What each of ours does not solve.
  static func unsolved(_ results: [ProgramResult]) -> Table {
    var table = Table(
      columns: ["solver", "program", "says", "at"], textColumns: 3)
    for result in results where result.isOurs {
      for verdict in result.verdicts.flatMap(\.self) where !verdict.isSolved {
        table.append([
          result.name, verdict.problem, verdict.word,
          Format.powerOfTen(verdict.tolerance),
        ])
      }
    }
    return table
  }
}

// MARK: Plots

extension ProgramResult {
  /// Ours in unbroken lines, the peers' dashed.
  private static func series(
    _ results: [ProgramResult], _ points: (Int) -> [(x: Double, y: Double)],
    withPoints: Bool
  ) -> [Plot.Series] {
    var used = [true: 0, false: 0]
    let colors = Plot.Color.allCases
    return results.indices.map { k in
      let result = results[k]
      let color = colors[used[result.isOurs, default: 0] % colors.count]
      used[result.isOurs, default: 0] += 1
      return Plot.Series(
        name: result.isOurs ? result.method : result.library,
        points: points(k), color: color,
        style: result.isOurs ? (withPoints ? .lineWithPoints : .line) : .dashed)
    }
  }

  /// The part of the programs solved against the tolerance.
  static func tolerancePlot(_ results: [ProgramResult]) -> Plot {
    Plot(
      title: "Solved and confirmed at an absolute tolerance",
      x: .logarithmic("tolerance"), y: .linear("programs solved [%]"),
      series: series(
        results,
        { k in
          results[k].verdicts.filter { !$0.isEmpty }.map {
            (
              $0[0].tolerance,
              100 * Double($0.count(where: \.isSolved)) / Double($0.count)
            )
          }
        }, withPoints: true))
  }

  /// The performance profiles of times at the tolerance that they are taken at.
  static func performancePlot(_ results: [ProgramResult]) -> Plot? {
    let costs = results.compactMap { result in
      result.verdicts.first { $0.first?.tolerance == timedTolerance }?.map {
        $0.isSolved ? $0.seconds : nil
      }
    }
    guard costs.count == results.count, !costs.isEmpty else { return nil }
    let profiles = Profile.performance(costs)
    let end = max(2, min(1e4, profiles.compactMap(\.costs.last).max() ?? 2))
    return Plot(
      title: "Performance at \(Format.powerOfTen(timedTolerance))",
      x: .logarithmic("time, as a multiple of the least"),
      y: .linear("programs solved [%]"),
      series: series(
        results,
        { k in
          profiles[k].staircase(from: 1, to: end).map { ($0.x, 100 * $0.y) }
        }, withPoints: false))
  }
}
