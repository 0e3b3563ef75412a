// How to divide money among shares: of all ways to earn a certain return on average,
// the one whose return varies least (Markowitz 1952).
//
//     min xᵀS x   where   μᵀx ≥ return,   Σ x = 1,   0 ≤ x ≤ limit
//
// The data are 31 shares of the Hang Seng index. One program is solved after the other
// for rising returns, the efficient frontier, each going on from where the one before
// ended. The multiplier of a constraint is its price: by how much the variance
// rises for another bit of return.
//
//     swift run Portfolio [frontier.csv]

import Foundation
import Matrix
import Models
import Optimization

@main
struct Portfolio {
  static func main() throws {
    let shares = try Shares()
    let n = shares.count
    let ones = Matrix<Double>(rows: 1, columns: n) { _, _ in 1 }
    let returns = Matrix<Double>(rows: 1, columns: n) { shares.means[$1] }
    func program(atMost limit: Double) throws -> QuadraticProgram {
      try QuadraticProgram(
        hessian: 2 * shares.covariance, gradient: .zeros(n),
        subjectTo: [
          .rows(ones, equalTo: [1]), .rows(returns, atLeast: [0]),
        ], within: Bounds(0...limit, count: n))
    }

    var solver = try QuadraticSolver(program(atMost: 1))
    let safest = solver.solve()
    print("the safest portfolio:")
    print(
      String(
        format: "  variance %.9f, return %.6f a week", safest.value,
        shares.means.dot(safest.x)))
    // By SciPy's SLSQP with a tolerance of 1e-16.
    let deviation = abs(safest.value - 6.422572126365298e-4)
    print("as SciPy finds it: \(deviation < 1e-12)")

    let least = shares.means.dot(safest.x)
    let most = shares.means.max() ?? 0
    print("\n  return  deviation  shares  price of return  best share")
    var frontier: [(target: Double, solution: QuadraticSolution)] = []
    for step in 0...10 {
      // The last share of the return leaves no choice at all.
      let target = least + (most - least) * min(Double(step) / 10, 0.999)
      try solver.update(lower: [1, target])
      let solution = solver.solve()
      frontier.append((target, solution))
      let held = solution.x.count { $0 > 1e-9 }
      let best = solution.x.indices.max { solution.x[$0] < solution.x[$1] } ?? 0
      print(
        String(
          format: "%8.5f  %9.5f  %6d  %15.4f  %2d with %.0f %%", target,
          solution.value.squareRoot(), held, solution.multipliers[1], best + 1,
          100 * solution.x[best]))
    }
    print("all verified: \(frontier.allSatisfy(\.solution.isVerified))")

    // The price is the slope of the frontier.
    let slopes = zip(frontier, frontier.dropFirst()).map { a, b in
      (b.solution.value - a.solution.value) / (b.target - a.target)
    }
    let isBetween = slopes.indices.allSatisfy {
      let (low, high) = (
        frontier[$0].solution.multipliers[1],
        frontier[$0 + 1].solution.multipliers[1]
      )
      return low - 1e-9 <= slopes[$0] && slopes[$0] <= high + 1e-9
    }
    print("the frontier rises between its prices: \(isBetween)")

    // No share may be more than a tenth.
    let spread = try minimize(program(atMost: 0.1))
    let cost = spread.value.squareRoot() - safest.value.squareRoot()
    print(
      String(
        format: "at most a tenth of each: deviation %.5f, %.5f more;",
        spread.value.squareRoot(), cost), "verified: \(spread.isVerified)")

    if let path = CommandLine.arguments.dropFirst().first {
      let rows = frontier.map {
        "\($0.target),\($0.solution.value.squareRoot())"
      }
      let text = (["return,deviation"] + rows).joined(separator: "\n") + "\n"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
  }
}

/// Mean returns and their covariance.
struct Shares {
  let means: Vector<Double>
  let covariance: Matrix<Double>

  var count: Int { means.count }

  init() throws {
    let path = URL(
      filePath: "Data/hang-seng.csv", relativeTo: URL(filePath: #filePath)
    ).path
    let data = try DataSet(csv: path, numbers: "mean")
    let n = data.count
    func row(_ name: String) -> Vector<Double> {
      guard let i = data.featureNames.firstIndex(of: name) else {
        preconditionFailure("there is no column \(name)")
      }
      return data.samples.row(i)
    }
    let deviations = row("deviation")
    let correlations = (1...n).map { row("r\($0)") }
    means = data.numbers
    covariance = Matrix(rows: n, columns: n) { i, j in
      correlations[j][i] * deviations[i] * deviations[j]
    }
  }
}
