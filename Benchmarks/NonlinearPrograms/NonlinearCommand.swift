import ArgumentParser
import Foundation
import Presentation
import ProblemSets

/// Solvers for constrained problems, ours and others', on published problems.
struct NonlinearPrograms: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nlp",
    abstract: "Constrained minimizers beside SciPy, NLopt and Ipopt.",
    discussion: """
      The problems of Hock and Schittkowski from their standard starts. Everybody \
      is given the same f, c and derivatives. Our certificate judges all answers: \
      a problem is solved when the residuals of the first-order conditions are \
      at most 1e-6, absolute, and f is the lowest known to 1e-5 max(1, |f|). \
      Writes tables, JSON and a page with performance profiles, success against \
      tolerance and the ledger of refuted claims. Times whole solves of small \
      problems besides, in which all sides call the same C functions. \
      'make peers' installs the peers; one that is missing is reported as missing.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var shown: MinimizationOptions

  @Flag(inversion: .prefixedNo, help: "Time whole solves of small problems.")
  var timings = true

  func run() throws {
    let environment = Environment.current
    print(environment.summary)
    let problems = NonlinearChallenge.all.filter { problem in
      shown.only.isEmpty || shown.only.contains { problem.name.contains($0) }
    }.prefix(options.quick ? 8 : .max)
    guard !problems.isEmpty else {
      throw ValidationError("no problem's name has \(shown.only)")
    }
    let solvers =
      NonlinearSolver.ours + NonlinearPeer.load().flatMap(\.solvers)
      + NonlinearSolver.sciPy()
    let results = try solvers.map { solver in
      print("\(solver.name) …")
      return NonlinearResult(
        library: solver.library, method: solver.method,
        asksForHessians: solver.asksForHessians,
        outcomes: try problems.map {
          try solver.outcome(for: $0, NonlinearSolver.Limits())
        })
    }
    let times =
      timings ? try SmallProgramTiming.run(isQuick: options.quick) : []
    report(results, times)

    let json = options.jsonFile(for: "nlp")
    try Report(
      benchmark: "nlp",
      results: NonlinearRecord(solvers: results, smallPrograms: times)
    ).write(to: json)
    let page =
      shown.page.map { URL(fileURLWithPath: $0) }
      ?? CommonOptions.folder.appending(component: "nlp.html")
    let html = NonlinearResult.page(results, times, environment: environment)
      .html
    try writeFile(Data(html.utf8), to: page)
    print("\nresults: \(json.path)\npage:    \(page.path)")
  }

  private func report(
    _ results: [NonlinearResult], _ times: [SmallProgramTiming]
  ) {
    let table = NonlinearResult.table(results)
    print("\n\(table)")
    print("\n\(NonlinearResult.accuracyTable(results))")
    if !times.isEmpty { print("\n\(SmallProgramTiming.table(times))") }
    if shown.verbose {
      print("\n\(NonlinearResult.ledger(results))")
      print("\n\(NonlinearResult.unsolved(results))")
    }
    if shown.markdown { print("\n\(table.markdown)") }
    for result in results {
      for outcome in result.outcomes where outcome.isBelowBest {
        print(
          "\(result.name) finds \(outcome.value) for \(outcome.problem), where "
            + "\(outcome.bestValue) is the lowest known")
      }
    }
  }
}

/// What `benchmarks nlp` writes as JSON.
struct NonlinearRecord: Codable {
  let solvers: [NonlinearResult]
  let smallPrograms: [SmallProgramTiming]
}
