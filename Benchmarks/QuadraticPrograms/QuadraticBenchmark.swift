import ArgumentParser
import Foundation
import Optimization
import Presentation
import ProblemSets

/// Solvers of quadratic programs, ours and others'.
struct QuadraticBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "qp",
    abstract:
      "Quadratic programs beside PIQP, ProxQP, OSQP, Clarabel, quadprog.",
    discussion: """
      DAQP too. Published programs and random ones at absolute tolerances from \
      1e-3 to 1e-9: a program is solved when the solver says so and our \
      certificate, with its multipliers or the best that there are, finds primal \
      residual, dual residual and gap within the tolerance; a claim that does not \
      hold is refuted. Times at 1e-8 in turns: ours from the numbers to the \
      certificate, the check of P's convexity included; the peers' set-up and \
      solution, of data that are in their form already. Writes tables, JSON and a \
      page. 'make peers' installs the peers; one that is missing is left out.
      """)

  @OptionGroup var options: CommonOptions

  @Flag(
    inversion: .prefixedNo, help: "Solve the published and random programs.")
  var success = true

  @Flag(inversion: .prefixedNo, help: "Time programs of 10 to 1000 variables.")
  var timings = true

  @Flag(inversion: .prefixedNo, help: "Let the peers take part.")
  var peers = true

  @Flag(help: "List refuted claims and what ours do not solve.")
  var verbose = false

  @Flag(help: "Print the tables in Markdown besides.")
  var markdown = false

  @Option(
    parsing: .upToNextOption,
    help: "The programs, by parts of their names; all unless told.")
  var only: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: "The solvers, by parts of their names; all unless told.")
  var solvers: [String] = []

  @Option(help: "Where the page goes.", completion: .file())
  var page: String?

  /// What is written as JSON.
  struct Results: Codable {
    let peers: [String]
    let success: [ProgramResult]
    let times: [ProgramRace]
  }

  /// The absolute tolerances that all are asked for.
  private var tolerances: [Double] {
    options.quick
      ? [1e-3, 1e-6, 1e-9] : [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9]
  }

  func run() throws {
    print(Environment.current.summary)
    func chosen(_ problems: [QuadraticTestProblem]) -> [QuadraticTestProblem] {
      problems.filter { problem in
        only.isEmpty || only.contains { problem.name.contains($0) }
      }
    }
    let suite =
      success
      ? chosen(
        ProgramSuite.problems(seed: options.seed, isQuick: options.quick)) : []
    let timed =
      timings
      ? chosen(ProgramSuite.timed(seed: options.seed, isQuick: options.quick))
      : []
    guard !suite.isEmpty || !timed.isEmpty else {
      throw ValidationError("no program's name has \(only)")
    }
    let (others, versions) = self.others(suite + timed)
    let solvers = (ProgramSolver.ours + others).filter { solver in
      self.solvers.isEmpty
        || self.solvers.contains { solver.name.contains($0) }
    }

    let races = try timed.enumerated().map { k, problem in
      print("\(problem.name) …")
      return try ProgramRace(
        solvers, on: problem, number: suite.count + k, tolerance: 1e-8,
        turns: options.quick ? 2 : 25, seconds: options.quick ? 1 : 20)
    }
    let results = try solvers.filter { _ in !suite.isEmpty }.map { solver in
      print("\(solver.name) …")
      return try ProgramResult(
        solver, on: suite, tolerances: tolerances,
        repeats: options.quick ? 1 : 5)
    }
    report(results, races)

    let json = options.jsonFile(for: "qp")
    try Report(
      benchmark: "qp",
      results: Results(peers: versions, success: results, times: races)
    ).write(to: json)
    let page =
      self.page.map { URL(fileURLWithPath: $0) }
      ?? CommonOptions.folder.appending(component: "qp.html")
    let html = Self.page(
      results, races, versions, suite.count, environment: .current
    ).html
    try writeFile(Data(html.utf8), to: page)
    print("\nresults: \(json.path)\npage:    \(page.path)")
  }

  private func report(_ results: [ProgramResult], _ races: [ProgramRace]) {
    var tables: [Table] = []
    if !races.isEmpty { tables.append(ProgramRace.table(races)) }
    if !results.isEmpty { tables.append(ProgramResult.table(results)) }
    for table in tables {
      print("\n\(table)")
      if markdown { print("\n\(table.markdown)") }
    }
    if verbose && !results.isEmpty {
      print("\n\(ProgramResult.ledger(results))")
      print("\n\(ProgramResult.unsolved(results))")
    }
  }

  /// The peers that are installed; of those that are not it is said.
  private func others(
    _ problems: [QuadraticTestProblem]
  ) -> (solvers: [ProgramSolver], versions: [String]) {
    guard peers else { return ([], []) }
    do {
      let peer = try ProgramPeer(problems.map(\.program))
      print(peer.versions.joined(separator: ", "))
      return (peer.solvers, peer.versions)
    } catch {
      print("\(error)")
      return ([], [])
    }
  }
}
