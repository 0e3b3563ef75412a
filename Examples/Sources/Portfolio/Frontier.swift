import Optimization

/// The least variance for each of some returns.
struct Frontier {
  let points: [(return: Double, variance: Double)]
  let solutions: [QuadraticSolution]

  /// Solves one program for all, that of the first return, and lets it follow the
  /// others.
  init(of shares: Shares, rules: Rules, at returns: [Double]) throws {
    var solver = try QuadraticSolver(
      rules.program(shares, return: returns[0]))
    solutions = try returns.map {
      var lower = solver.program.constraints.lower
      lower[Rules.returnRow] = $0
      try solver.update(lower: lower)
      return solver.solve()
    }
    points = zip(returns, solutions).map { ($0, $1.value) }
  }

  var isVerified: Bool { solutions.allSatisfy(\.isVerified) }
  var iterations: Int { solutions.reduce(0) { $0 + $1.iterations } }
  var factorizations: Int { solutions.reduce(0) { $0 + $1.factorizations } }
}
