import Optimization
import Presentation
import ProblemSets

/// Solvers on the same program in turns.
struct ProgramRace: Codable, Equatable {
  /// A solver's times and what the certificate says of its answer.
  struct Entry: Codable, Equatable {
    let name: String
    let isOurs: Bool
    let time: Measurement
    let verdict: ProgramVerdict
  }

  let problem: String
  let entries: [Entry]

  /// Who takes longer than this once is not asked again.
  private static let patience = 20.0
  private static let short = 5e-3

  /// Has all solvers solve the program of a number, in turns, after once that is not
  /// counted.
  init(
    _ solvers: [ProgramSolver], on problem: QuadraticTestProblem, number: Int,
    tolerance: Double, turns: Int, seconds: Double
  ) throws {
    let first = try solvers.map {
      try $0.solve(number, problem.program, tolerance)
    }
    var times = first.map { _ in [Double]() }
    var spent = 0.0
    for turn in 0..<turns where turn == 0 || spent < seconds {
      for (k, solver) in solvers.enumerated() {
        guard first[k].seconds < Self.patience else { continue }
        // Whoever comes after another finds the caches full of that one's numbers,
        // which in a short time shows.
        if first[k].seconds < Self.short {
          _ = try solver.solve(number, problem.program, tolerance)
        }
        let answer = try solver.solve(number, problem.program, tolerance)
        times[k].append(answer.seconds)
        spent += answer.seconds
      }
    }
    self.problem = problem.name
    entries = solvers.indices.map { k in
      Entry(
        name: solvers[k].name, isOurs: solvers[k].isOurs,
        time: Measurement(
          samples: times[k].isEmpty ? [first[k].seconds] : times[k]),
        verdict: ProgramVerdict(first[k], to: problem, tolerance: tolerance))
    }
  }

  /// The fastest of those whose answer holds.
  private func best(ours: Bool) -> Double? {
    entries.filter { $0.isOurs == ours && $0.verdict.isSolved }
      .map(\.time.median).min()
  }

  /// A row for each solver, a column for each program: the median time, and its
  /// ratio to the fastest peer.
  static func table(_ races: [ProgramRace]) -> Table {
    var table = Table(columns: ["solver"] + races.map(\.problem))
    guard let first = races.first else { return table }
    for k in first.entries.indices {
      table.append(
        [first.entries[k].name]
          + races.map { race in
            let entry = race.entries[k]
            let time = Format.seconds(entry.time.median)
            guard entry.verdict.isSolved else {
              return entry.verdict.isRefuted ? "\(time) ✗" : "—"
            }
            guard entry.isOurs, let peer = race.best(ours: false) else {
              return time
            }
            return "\(time) \(Format.ratio(entry.time.median / peer))"
          })
    }
    table.append(
      ["best of ours ÷ best peer"]
        + races.map { race in
          guard let ours = race.best(ours: true),
            let peer = race.best(ours: false)
          else { return "—" }
          return Format.ratio(ours / peer)
        })
    return table
  }

  /// Times against the number of variables, of the programs that have a size.
  static func plot(_ races: [ProgramRace]) -> Plot {
    let sized = races.compactMap { race -> (Double, ProgramRace)? in
      guard race.problem.hasPrefix("n = m = "),
        let n = Double(race.problem.dropFirst("n = m = ".count))
      else { return nil }
      return (n, race)
    }
    var used = [true: 0, false: 0]
    let colors = Plot.Color.allCases
    let entries = sized.first?.1.entries ?? []
    return Plot(
      title: "Strictly convex, m = n inequalities",
      x: .logarithmic("variables n"), y: .logarithmic("time [s]"),
      series: entries.indices.map { k in
        let isOurs = entries[k].isOurs
        let color = colors[used[isOurs, default: 0] % colors.count]
        used[isOurs, default: 0] += 1
        return Plot.Series(
          name: isOurs
            ? String(entries[k].name.split(separator: ", ").last ?? "")
            : entries[k].name,
          points: sized.filter { $0.1.entries[k].verdict.isSolved }.map {
            ($0.0, $0.1.entries[k].time.median)
          }, color: color, style: isOurs ? .lineWithPoints : .dashed)
      })
  }
}
