// How to divide money among shares: of all ways to earn a certain return on average,
// the one whose return varies least (Markowitz 1952).
//
//     min xᵀS x   where   μᵀx ≥ return,   Σ x = 1,   x ≥ 0
//
// The data are 31 shares of the Hang Seng index. One program is solved after the other
// for rising returns, the efficient frontier, each going on from where the one before
// ended. Then come rules: no share above a limit, no sector above another, and no more
// bought and sold than a part of what one has. The multiplier of a rule is its price:
// by how much the variance rises when the rule is tightened by a bit.
//
//     swift run Portfolio [frontier.svg]

import Foundation
import Matrix
import Optimization

@main
struct Portfolio {
  static func main() throws {
    let shares = try Shares()
    var checks = Checks()

    // The frontier of long-only portfolios, beside the published one.
    let published = try Shares.publishedFrontier()
    let free = try Frontier(
      of: shares, rules: Rules(), at: published.map(\.return))
    let deviation = zip(free.solutions, published).map {
      abs($0.value - $1.variance)
    }.max()
    print(
      "\(published.count) programs in \(free.iterations) steps and",
      "\(free.factorizations) factorizations")
    // The published numbers have ten decimals.
    checks.add("as the OR-Library publishes it", (deviation ?? 1) < 2e-10)
    checks.add("all verified", free.isVerified)

    // The price of return is the slope of the frontier, which is convex.
    let rises = zip(free.points, free.points.dropFirst()).map { a, b in
      (b.variance - a.variance) / (b.return - a.return)
    }
    let prices = free.solutions.map { $0.multipliers[Rules.returnRow] }
    // The lower of the two ends, since the list falls.
    checks.add(
      "the frontier rises between its prices",
      rises.indices.allSatisfy {
        prices[$0 + 1] - 1e-9 <= rises[$0] && rises[$0] <= prices[$0] + 1e-9
      })

    // The same with rules, as far as they let the return rise.
    let rules = Rules(share: 0.15, sector: 0.4)
    let most = try rules.mostReturn(of: shares)
    let least = free.points.last?.return ?? 0
    // At the very top there is one portfolio, and no price.
    let targets = (0...10).map {
      most - (most - least) * max(0.01, Double($0) / 10)
    }
    let ruled = try Frontier(of: shares, rules: rules, at: targets)
    print("\nat most 15 % of a share and 40 % of a sector:")
    print("  return  deviation  shares  price of return   prices of sectors")
    for (point, solution) in zip(ruled.points, ruled.solutions) {
      let sectors = Rules.sectorRows.map {
        String(format: "%9.6f", solution.multipliers[$0])
      }
      print(
        String(
          format: "%8.5f  %9.5f  %6d  %15.4f ", point.return,
          point.variance.squareRoot(), solution.x.count { $0 > 1e-9 },
          solution.multipliers[Rules.returnRow]),
        sectors.joined(separator: " "))
    }
    checks.add("all verified within the rules", ruled.isVerified)

    try rebalance(shares, &checks)

    if let path = CommandLine.arguments.dropFirst().first {
      let best = shares.means.max() ?? 0
      func curve(_ rules: Rules, to most: Double) throws -> Frontier {
        try Frontier(
          of: shares, rules: rules,
          at: (0...60).map { most - (most - least) * Double($0) / 60 })
      }
      try FrontierPlot(
        shares: shares, free: curve(Rules(), to: best).points,
        ruled: curve(rules, to: most).points
      ).svg.write(toFile: path, atomically: true, encoding: .utf8)
      print("plot in \(path)")
    }
    checks.finish()
  }

  /// From equal parts of all shares to a return of 0.5 % a week, for rising limits on
  /// what is bought and sold.
  static func rebalance(_ shares: Shares, _ checks: inout Checks) throws {
    let target = 0.005
    let turnovers = [0.7, 0.8, 1.0, 1.2, 1.4]
    var solver = try QuadraticSolver(
      Rules.rebalancing(shares, return: target, turnover: turnovers[0]))
    let row = solver.program.constraints.count - 1
    func solve(_ turnover: Double) throws -> QuadraticSolution {
      var upper = solver.program.constraints.upper
      upper[row] = turnover
      try solver.update(upper: upper)
      return solver.solve()
    }

    print("\nfrom equal parts to a return of 0.5 % a week:")
    print("turnover  deviation  price of turnover  by differences")
    var isVerified = true
    var isPrice = true
    for turnover in turnovers {
      let solution = try solve(turnover)
      let price = solution.multipliers[row]
      let h = 1e-4
      let (more, less) = (try solve(turnover + h), try solve(turnover - h))
      let slope = (more.value - less.value) / (2 * h)
      print(
        String(
          format: "%8.2f  %9.5f  %17.3e  %14.3e", turnover,
          solution.value.squareRoot(), price, slope))
      isVerified =
        isVerified && [solution, more, less].allSatisfy(\.isVerified)
      isPrice = isPrice && abs(price - slope) <= 1e-5 * abs(price)
    }
    checks.add("all verified within the turnover", isVerified)
    checks.add("prices are what a bit of turnover is worth", isPrice)
  }
}

/// What has to hold, printed one by one; the program fails where one does not.
struct Checks {
  private var holds = true

  mutating func add(_ claim: String, _ isTrue: Bool) {
    print("\(claim): \(isTrue)")
    holds = holds && isTrue
  }

  func finish() {
    if !holds { exit(1) }
  }
}
