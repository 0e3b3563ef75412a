import ArgumentParser
import Foundation
import Presentation

/// The options of the subcommands that compare minimizers.
struct MinimizationOptions: ParsableArguments {
  @Flag(help: "List refuted claims and what ours do not solve.")
  var verbose = false

  @Flag(help: "Print the main table in Markdown besides.")
  var markdown = false

  @Option(
    parsing: .upToNextOption,
    help: "The problems, by parts of their names; all unless told.")
  var only: [String] = []

  @Option(help: "Where the page goes.", completion: .file())
  var page: String?
}

/// Minimizers on problems, and what is written of it.
struct MinimizationSuite {
  /// The subcommand.
  let name: String
  /// The title of the page, and what is to be known of the problems.
  let title: String
  let text: String
  let problems: [Challenge]
  let minimizers: [Minimizer]

  /// Runs everybody on everything; prints tables, writes JSON and the page.
  func run(_ common: CommonOptions, _ options: MinimizationOptions) throws {
    let environment = Environment.current
    let problems = problems.filter { problem in
      options.only.isEmpty
        || options.only.contains { problem.name.contains($0) }
    }.prefix(common.quick ? 8 : .max)
    guard !problems.isEmpty else {
      throw ValidationError("no problem's name has \(options.only)")
    }
    let results = try minimizers.map { minimizer in
      print("\(minimizer.name) …")
      return MinimizerResult(
        library: minimizer.library, method: minimizer.method,
        derivatives: minimizer.derivatives,
        outcomes: try problems.map {
          try minimizer.outcome(for: $0, Minimizer.Limits())
        })
    }
    report(results, options)

    let json = common.jsonFile(for: name)
    try Report(benchmark: name, results: results).write(to: json)
    let page =
      options.page.map { URL(fileURLWithPath: $0) }
      ?? CommonOptions.folder.appending(component: "\(name).html")
    let html = MinimizerResult.page(
      results, title: title, text: text, environment: environment
    ).html
    try writeFile(Data(html.utf8), to: page)
    print("\nresults: \(json.path)\npage:    \(page.path)")
  }

  private func report(
    _ results: [MinimizerResult], _ options: MinimizationOptions
  ) {
    let table = MinimizerResult.table(results)
    print("\n\(table)")
    print("\n\(MinimizerResult.unionTable(results))")
    print("\n\(MinimizerResult.pairTable(results))")
    if options.verbose {
      print("\n\(MinimizerResult.ledger(results))")
      print("\n\(MinimizerResult.unsolved(results))")
    }
    if options.markdown { print("\n\(table.markdown)") }
    for result in results {
      for outcome in result.outcomes where outcome.isBelowBest {
        print(
          "\(result.name) finds \(outcome.value) for \(outcome.problem), where "
            + "\(outcome.bestValue) is the lowest known")
      }
    }
  }

  /// The minimizers of the compiled peers that are installed; of the others it is
  /// said why not.
  static func compiled() -> [Minimizer] {
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
  static func sciPy(
    _ minimizers: (PythonPeer) -> [Minimizer]
  ) -> [Minimizer] {
    do {
      let peer = try PythonPeer(
        "SciPy",
        program: try CompiledPeer.folder().appending(
          component: "unconstrained.py"),
        arguments: [], threads: 1)
      print("SciPy \(peer.versions.joined(separator: ", "))")
      return minimizers(peer)
    } catch {
      print("\(error)")
      return []
    }
  }
}
