import Presentation

/// A minimizer's way through all problems.
struct MinimizerResult: Codable, Equatable {
  let library: String
  let method: String
  let derivatives: Minimizer.Derivatives
  let outcomes: [MinimizationOutcome]

  var name: String { "\(library), \(method)" }
  var isOurs: Bool { library == Minimizer.package }

  var solved: Int { outcomes.count(where: \.isSolved) }

  static let columns = [
    "solver", "asks for", "solved", "minimum", "small ∇f", "claims",
    "refuted", "saddle", "f", "∇f", "∇²f", "own time",
  ]

  /// The row of the table: percentages, the ledger of claims, medians of the
  /// evaluations over what it solved, and the sum of its seconds.
  var row: [String] {
    let solved = outcomes.filter(\.isSolved)
    func median(_ count: (MinimizationOutcome) -> Int) -> String {
      solved.isEmpty
        ? ""
        : Format.number(benchmarks::median(solved.map { Double(count($0)) }))
    }
    return [
      name, derivatives.rawValue, percent(solved.count),
      percent(outcomes.count(where: \.isAtMinimum)),
      percent(outcomes.count(where: \.isStationary)),
      percent(outcomes.count(where: \.claimsSuccess)),
      "\(outcomes.count { $0.refutation == .gradient })",
      "\(outcomes.count { $0.refutation == .saddle })",
      median(\.values), derivatives == .none ? "" : median(\.gradients),
      derivatives == .second ? median { $0.hessians + $0.products } : "",
      Format.seconds(outcomes.reduce(0) { $0 + $1.seconds }),
    ]
  }

  /// So many of the problems, in percent.
  func percent(_ count: Int) -> String {
    Format.number(100 * Double(count) / Double(outcomes.count)) + " %"
  }

  static func table(_ results: [MinimizerResult]) -> Table {
    var table = Table(columns: columns, textColumns: 2)
    for result in results { table.append(result.row) }
    return table
  }

  /// The problems that at least one of some minimizers solves.
  static func union(_ results: [MinimizerResult]) -> Int {
    guard let first = results.first else { return 0 }
    return first.outcomes.indices.count { k in
      results.contains { $0.outcomes[k].isSolved }
    }
  }

  /// All that somebody solves beside the best of our methods.
  static func unionTable(_ results: [MinimizerResult]) -> Table {
    var table = Table(columns: ["who", "solved"])
    let ours = results.filter(\.isOurs)
    for derivatives in Minimizer.Derivatives.allCases {
      let candidates = ours.filter { $0.derivatives == derivatives }
      guard let best = candidates.max(by: { $0.solved < $1.solved })
      else { continue }
      table.append([
        "\(best.name), best of ours with \(derivatives.rawValue)",
        best.percent(best.solved),
      ])
    }
    for library in libraries(results) {
      let all = results.filter { $0.library == library }
      table.append([
        "\(library), any of \(all.count)", all[0].percent(union(all)),
      ])
    }
    return table
  }

  /// The libraries in the order of the results.
  static func libraries(_ results: [MinimizerResult]) -> [String] {
    results.reduce(into: []) { libraries, result in
      if !libraries.contains(result.library) {
        libraries.append(result.library)
      }
    }
  }

  /// The peers that are to be met: of SciPy's those that solve most.
  static let references = [
    "SciPy, Nelder-Mead", "SciPy, BFGS", "SciPy, trust-exact",
    "SciPy, L-BFGS-B", "SciPy, trust-constr",
  ]

  /// Medians of the evaluations of f by two on what both solve: each of ours
  /// beside the peer that asks for the same derivatives.
  static func pairTable(_ results: [MinimizerResult]) -> Table {
    var table = Table(
      columns: ["solver", "beside", "both solve", "evaluations", "its"],
      textColumns: 2)
    for ours in results where ours.isOurs {
      for peer in results
      where references.contains(peer.name)
        && peer.derivatives == ours.derivatives
      {
        let both = zip(ours.outcomes, peer.outcomes).filter {
          $0.isSolved && $1.isSolved
        }
        guard !both.isEmpty else { continue }
        table.append([
          ours.name, peer.name, "\(both.count)",
          Format.number(median(both.map { Double($0.0.values) })),
          Format.number(median(both.map { Double($0.1.values) })),
        ])
      }
    }
    return table
  }

  /// The claims that the certificate refutes, one a row.
  static func ledger(_ results: [MinimizerResult]) -> Table {
    var table = Table(
      columns: ["solver", "problem", "refuted by", "‖∇f‖∞", "f", "says"],
      textColumns: 3)
    for result in results {
      for outcome in result.outcomes {
        guard let refutation = outcome.refutation else { continue }
        table.append([
          result.name, outcome.problem, refutation.rawValue,
          Format.number(outcome.gradientNorm, digits: 2),
          Format.number(outcome.value, digits: 4), outcome.message,
        ])
      }
    }
    return table
  }

  /// What each of ours does not solve, with how it ended.
  static func unsolved(_ results: [MinimizerResult]) -> Table {
    var table = Table(
      columns: ["solver", "problem", "ended", "‖∇f‖∞", "f", "best known f"],
      textColumns: 3)
    for result in results where result.isOurs {
      for outcome in result.outcomes where !outcome.isSolved {
        table.append([
          result.name, outcome.problem, outcome.message,
          Format.number(outcome.gradientNorm, digits: 2),
          Format.number(outcome.value, digits: 4),
          Format.number(outcome.bestValue, digits: 4),
        ])
      }
    }
    return table
  }
}
