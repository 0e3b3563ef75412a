import Matrix
import Optimization
import RandomNumbers

extension QuadraticPrograms {
  /// Linear programs, P = 0.
  public static var linear: [QuadraticTestProblem] {
    [
      beale, kleeMinty(5), kleeMinty(9), transportation, assignment(7),
      chebyshevFit, leastDeviations,
    ]
  }

  private static func positive(_ n: Int) -> Bounds {
    box(
      Array(repeating: 0, count: n), Array(repeating: .infinity, count: n))
  }

  /// On which Dantzig's rule cycles: every basis at the start is degenerate.
  static var beale: QuadraticTestProblem {
    QuadraticTestProblem(
      "Beale",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          linear: [-0.75, 150, -0.02, 6],
          subjectTo: [
            .rows(
              [[0.25, -60, -0.04, 9], [0.5, -90, -0.02, 3], [0, 0, 1, 0]],
              atMost: [0, 0, 1])
          ],
          within: positive(4))
      }, .optimal(-0.05), source: "Beale 1955")
  }

  /// A cube, distorted so that a path along edges can visit every corner.
  static func kleeMinty(_ n: Int) -> QuadraticTestProblem {
    var a = Matrix<Double>.zeros(n, n)
    var (q, b) = (Vector<Double>.zeros(n), Vector<Double>.zeros(n))
    func power(_ base: Double, _ k: Int) -> Double {
      (0..<k).reduce(1) { product, _ in product * base }
    }
    for i in 0..<n {
      for j in 0..<i { a[i, j] = power(2, i - j + 1) }
      a[i, i] = 1
      b[i] = power(5, i + 1)
      q[i] = -power(2, n - 1 - i)
    }
    return QuadraticTestProblem(
      "Klee-Minty \(n)",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          linear: q, subjectTo: [.rows(a, atMost: b)], within: positive(n))
      }, .optimal(-power(5, n)), source: "Klee and Minty 1972")
  }

  /// Two canneries and three markets.
  static var transportation: QuadraticTestProblem {
    QuadraticTestProblem(
      "transportation",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          linear: [0.225, 0.153, 0.162, 0.225, 0.162, 0.126],
          subjectTo: [
            .rows(
              [[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]], atMost: [350, 600]),
            .rows(
              [[1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0], [0, 0, 1, 0, 0, 1]],
              atLeast: [325, 300, 275]),
          ],
          within: positive(6))
      }, .optimal(153.675), source: "Dantzig 1963, section 3-3")
  }

  /// Who does which job: each corner is degenerate and one equality too many.
  ///
  /// The costs are (3 i j + i + 2 j) mod 11; the value is the least over all
  /// permutations.
  static func assignment(_ n: Int) -> QuadraticTestProblem {
    func cost(_ i: Int, _ j: Int) -> Int { (3 * i * j + i + 2 * j) % 11 }
    var a = Matrix<Double>.zeros(2 * n, n * n)
    for i in 0..<n {
      for j in 0..<n {
        a[i, i * n + j] = 1
        a[n + j, i * n + j] = 1
      }
    }
    // The least cost of the rows so far for each set of columns.
    var least = [0: 0]
    for i in 0..<n {
      var next: [Int: Int] = [:]
      for (set, sum) in least {
        for j in 0..<n where set & (1 << j) == 0 {
          let all = set | (1 << j)
          next[all] = min(next[all] ?? .max, sum + cost(i, j))
        }
      }
      least = next
    }
    return QuadraticTestProblem(
      "assignment \(n)",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          linear: Vector(count: n * n) { Double(cost($0 / n, $0 % n)) },
          subjectTo: [
            .rows(a, equalTo: Vector(repeating: 1, count: 2 * n))
          ],
          within: positive(n * n))
      }, .optimal(Double(least[(1 << n) - 1] ?? 0)),
      source: "Kuhn 1955; by dynamic programming")
  }

  /// The straight line with the least largest deviation from x² on a grid of
  /// [0, 1], which is x − 1/8.
  static var chebyshevFit: QuadraticTestProblem {
    let count = 33
    // Intercept, slope, deviation.
    let above = Matrix<Double>(rows: count, columns: 3) { i, j in
      [1, Double(i) / Double(count - 1), 1][j]
    }
    let below = Matrix<Double>(rows: count, columns: 3) { i, j in
      [1, Double(i) / Double(count - 1), -1][j]
    }
    let values = Vector<Double>(count: count) {
      let t = Double($0) / Double(count - 1)
      return t * t
    }
    return QuadraticTestProblem(
      "Chebyshev fit",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          linear: [0, 0, 1],
          subjectTo: [
            .rows(above, atLeast: values), .rows(below, atMost: values),
          ])
      }, .optimal(0.125), source: "Chebyshev 1854")
  }

  /// The constant with the least sum of deviations from 1, 2, 4, …, 2¹⁰: the
  /// median, 32.
  static var leastDeviations: QuadraticTestProblem {
    let count = 11
    let rows = Matrix<Double>(rows: count, columns: 1 + 2 * count) { i, j in
      j == 0 ? 1 : j == 1 + i ? 1 : j == 1 + count + i ? -1 : 0
    }
    let values = Vector<Double>(count: count) { Double(1 << $0) }
    let median = values[count / 2]
    var lower = [Double](repeating: 0, count: 1 + 2 * count)
    lower[0] = -.infinity
    return QuadraticTestProblem(
      "least deviations",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          linear: Vector(count: 1 + 2 * count) { $0 == 0 ? 0 : 1 },
          subjectTo: [.rows(rows, equalTo: values)],
          within: box(
            lower, Array(repeating: .infinity, count: 1 + 2 * count)))
      }, .optimal(values.reduce(0) { $0 + abs($1 - median) }),
      source: "Charnes, Cooper and Ferguson 1955")
  }
}
