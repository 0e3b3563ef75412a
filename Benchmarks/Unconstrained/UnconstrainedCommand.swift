import ArgumentParser
import Foundation
import Presentation
import ProblemSets

/// Minimizers, ours and others', on published problems.
struct Unconstrained: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unconstrained",
    abstract: "Minimizers beside SciPy, NLopt, dlib, Ceres and liblbfgs.",
    discussion: """
      The 35 problems of Moré, Garbow and Hillstrom as sums of squares and 43 \
      others from their standard starts. Everybody is given the same f, ∇f and \
      ∇²f, aims at ‖∇f‖∞ ≤ 1e-5 and has 10,000 evaluations. Our certificate \
      judges all answers: a problem is solved when ‖∇f‖∞ ≤ 1e-5 and f is the \
      lowest known to 1e-6 max(1, |f|); a claim is refuted when ‖∇f‖∞ > 1e-4 or \
      f curves downwards. Writes tables, JSON and a page with performance and \
      data profiles. 'make peers' installs the peers; one that is missing is \
      reported as missing.
      """)

  @OptionGroup var options: CommonOptions

  @Flag(help: "List refuted claims and what ours do not solve.")
  var verbose = false

  @Flag(help: "Print the main table in Markdown besides.")
  var markdown = false

  @Flag(inversion: .prefixedNo, help: "Time L-BFGS for n = 2, 1000 and 10⁵.")
  var timings = true

  @Option(
    parsing: .upToNextOption,
    help: "The problems, by parts of their names; all unless told.")
  var only: [String] = []

  @Option(help: "Where the page goes.", completion: .file())
  var page: String?

  /// All problems.
  static var problems: [UnconstrainedProblem] {
    MoreGarbowHillstrom.all.map(\.unconstrained) + UnconstrainedProblems.all
  }

  func run() throws {
    let environment = Environment.current
    print(environment.summary)
    let problems = Self.problems.filter { problem in
      only.isEmpty || only.contains { problem.name.contains($0) }
    }.prefix(options.quick ? 8 : .max)
    guard !problems.isEmpty else {
      throw ValidationError("no problem's name has \(only)")
    }
    let results = try (Minimizer.ours + compiled() + sciPy()).map { minimizer in
      print("\(minimizer.name) …")
      return MinimizerResult(
        library: minimizer.library, method: minimizer.method,
        derivatives: minimizer.derivatives,
        outcomes: try problems.map {
          try minimizer.outcome(for: $0, Minimizer.Limits())
        })
    }
    report(results)
    if timings {
      let timings = try SingleTimings.run(isQuick: options.quick)
      print("\n\(SingleTimings.table(timings))")
    }

    let json = options.jsonFile(for: "unconstrained")
    try Report(benchmark: "unconstrained", results: results).write(to: json)
    let page =
      page.map { URL(fileURLWithPath: $0) }
      ?? CommonOptions.folder.appending(component: "unconstrained.html")
    let html = MinimizerResult.page(
      results, problems: problems.count, environment: environment
    ).html
    try writeFile(Data(html.utf8), to: page)
    print("\nresults: \(json.path)\npage:    \(page.path)")
  }

  private func report(_ results: [MinimizerResult]) {
    let table = MinimizerResult.table(results)
    print("\n\(table)")
    print("\n\(MinimizerResult.unionTable(results))")
    print("\n\(MinimizerResult.pairTable(results))")
    if verbose {
      print("\n\(MinimizerResult.ledger(results))")
      print("\n\(MinimizerResult.unsolved(results))")
    }
    if markdown { print("\n\(table.markdown)") }
    for result in results {
      for outcome in result.outcomes where outcome.isBelowBest {
        print(
          "\(result.name) finds \(outcome.value) for \(outcome.problem), where "
            + "\(outcome.bestValue) is the lowest known")
      }
    }
  }

  /// The compiled peers that are installed; of the others it is said why not.
  private func compiled() -> [Minimizer] {
    MinimizingPeer.sources.flatMap { source in
      do {
        let folder = try CompiledPeer.folder()
        return try MinimizingPeer(CompiledPeer(source, from: folder))
          .minimizers
      } catch {
        print("\(error)")
        return []
      }
    }
  }

  /// SciPy's minimizers, or none when it is missing, which is said.
  private func sciPy() -> [Minimizer] {
    do {
      let peer = try PythonPeer(
        "SciPy",
        program: try CompiledPeer.folder().appending(
          component: "unconstrained.py"),
        arguments: [], threads: 1)
      print("SciPy \(peer.versions.joined(separator: ", "))")
      return Minimizer.sciPy(peer)
    } catch {
      print("\(error)")
      return []
    }
  }
}
