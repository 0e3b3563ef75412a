import ArgumentParser
import Optimization
import Presentation

/// Every direction with every line search, on published problems.
struct Searches: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "searches",
    abstract: "Every direction with every line search: evaluations.",
    discussion: """
      The 35 problems of Moré, Garbow and Hillstrom and 43 others from their \
      standard starts, until ‖∇f‖∞ ≤ 1e-5, with 10,000 evaluations of f and ∇f. \
      A problem is solved when the certificate says so. The evaluations of a \
      direction's searches are compared on the problems that all of them solve.
      """)

  @OptionGroup var options: CommonOptions

  @Flag(help: "Print the tables in Markdown.")
  var markdown = false

  func run() throws {
    print(Environment.current.summary)
    let problems = Array(
      Challenge.unconstrained.prefix(options.quick ? 8 : .max))
    var results: [SearchResult] = []
    for group in SearchRun.groups {
      let outcomes = group.runs.map { run in
        problems.map { run.evaluations($0) }
      }
      // The problems that every search of the group solves.
      let common = problems.indices.filter { i in
        outcomes.allSatisfy { $0[i] != nil }
      }
      for (run, outcome) in zip(group.runs, outcomes) {
        results.append(
          SearchResult(
            group: group.name, name: run.name,
            solved: outcome.count { $0 != nil }, common: common.count,
            evaluations: common.reduce(0) { $0 + (outcome[$1] ?? 0) }))
      }
    }
    let table = SearchResult.table(results, problems: problems.count)
    print("\n\(markdown ? table.markdown : table.description)")
    let file = options.jsonFile(for: "searches")
    try Report(benchmark: "searches", results: results).write(to: file)
    print("\nwritten to \(file.path)")
  }
}
