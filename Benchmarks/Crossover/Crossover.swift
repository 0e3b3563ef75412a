import ArgumentParser
import Foundation
import Matrix
import Presentation

/// Newton's method against L-BFGS.
struct Crossover: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crossover",
    abstract: "Newton against L-BFGS: which is faster, and from what n on.",
    discussion: """
      Logistic regression on real and synthetic data, convex quadratics and the \
      chained Rosenbrock function. Writes a table, JSON and a page with plots.
      """)

  @OptionGroup var options: CommonOptions

  @Option(help: "The most threads of the linear algebra.")
  var threads: Int?

  @Option(help: "Where the page goes.", completion: .file())
  var page: String?

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads is \(threads), less than 1.")
    }
  }

  func run() throws {
    if let threads { Threads.maximum = threads }
    let environment = Environment.current
    print("Newton against L-BFGS on \(environment.summary)\n")

    let families = try Family.all(seed: options.seed, isQuick: options.quick)
    let effort = options.quick ? Effort.quick : .full
    let results = CrossoverResults(
      seed: options.seed,
      families: try families.map { family in
        FamilyResults(
          family, races: try family.entries.map { try race($0, family, effort) }
        )
      })

    for family in results.families {
      print("\n\(family.name)\n\n\(family.table)")
    }
    print("\n\(results.verdict)")
    print(
      "\nTime ~ nᵖ over the larger half of the sizes\n\n\(results.summary)")

    let json = options.jsonFile(for: "crossover")
    try Report(benchmark: "crossover", results: results).write(to: json)
    let page =
      page.map { URL(fileURLWithPath: $0) }
      ?? CommonOptions.folder.appending(component: "crossover.html")
    try writeFile(
      Data(results.page(environment: environment).html.utf8), to: page)
    print("\nresults: \(json.path)\npage:    \(page.path)")
  }

  /// Runs both methods on one problem and says so.
  private func race(
    _ entry: ProblemEntry, _ family: Family, _ effort: Effort
  ) throws -> Race {
    let (seconds, race) = try timed {
      try Race(entry, until: family.stop, effort: effort)
    }
    let line = [
      "\(family.name), \(entry.name)",
      "Newton \(Format.seconds(race.newton.seconds))",
      "L-BFGS \(Format.seconds(race.lbfgs.seconds))",
      "in \(Format.seconds(seconds))",
    ]
    print(Table.line(line, [48, 15, 15, 12]))
    fflush(nil)
    return race
  }
}
