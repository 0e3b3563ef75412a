import Matrix
import Optimization

extension QuadraticPrograms {
  /// The convex quadratic programs of Hock and Schittkowski.
  public static var hockSchittkowski: [QuadraticTestProblem] {
    [hs21, hs28, hs35, hs48, hs51, hs52, hs53, hs76, hs118, hs268]
  }

  private static func problem(
    _ number: Int, _ value: Double, _ program: QuadraticProgram
  ) -> QuadraticTestProblem {
    QuadraticTestProblem(
      "HS\(number)", program, .optimal(value),
      source: number < 200
        ? "Hock and Schittkowski 1981" : "Schittkowski 1987")
  }

  static var hs21: QuadraticTestProblem {
    problem(
      21, -99.96,
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: [[0.02, 0], [0, 2]], gradient: [0, 0], constant: -100,
          subjectTo: [.rows([[10, -1]], atLeast: [10])],
          within: box([2, -50], [50, 50]))
      })
  }

  /// A sum of squares (aᵀx − b)².
  private static func squares(
    _ a: Matrix<Double>, _ b: Vector<Double>
  ) -> (p: Matrix<Double>, q: Vector<Double>, r: Double) {
    (2 * (a.transposed * a), -2 * (a.transposed * b), b.dot(b))
  }

  private static func leastSquares(
    _ number: Int, _ value: Double, _ a: Matrix<Double>, _ b: Vector<Double>,
    _ constraints: LinearConstraints, _ bounds: Bounds? = nil
  ) -> QuadraticTestProblem {
    let (p, q, r) = squares(a, b)
    return problem(
      number, value,
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: p, gradient: q, constant: r, subjectTo: [constraints],
          within: bounds)
      })
  }

  static var hs28: QuadraticTestProblem {
    leastSquares(
      28, 0, [[1, 1, 0], [0, 1, 1]], [0, 0],
      .rows([[1, 2, 3]], equalTo: [1]))
  }

  static var hs35: QuadraticTestProblem {
    problem(
      35, 1.0 / 9,
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: [[4, 2, 2], [2, 4, 0], [2, 0, 2]], gradient: [-8, -6, -4],
          constant: 9, subjectTo: [.rows([[1, 1, 2]], atMost: [3])],
          within: box([0, 0, 0], [.infinity, .infinity, .infinity]))
      })
  }

  static var hs48: QuadraticTestProblem {
    leastSquares(
      48, 0, [[1, 0, 0, 0, 0], [0, 1, -1, 0, 0], [0, 0, 0, 1, -1]], [1, 0, 0],
      .rows([[1, 1, 1, 1, 1], [0, 0, 1, -2, -2]], equalTo: [5, -3]))
  }

  private static let pairs: LinearConstraints = .rows(
    [[1, 3, 0, 0, 0], [0, 0, 1, 1, -2], [0, 1, 0, 0, -1]],
    equalTo: [0, 0, 0])

  static var hs51: QuadraticTestProblem {
    leastSquares(
      51, 0,
      [
        [1, -1, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1],
      ],
      [0, 2, 1, 1],
      .rows(pairs.matrix, equalTo: [4, 0, 0]))
  }

  static var hs52: QuadraticTestProblem {
    leastSquares(
      52, 1859.0 / 349,
      [
        [4, -1, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1],
      ],
      [0, 2, 1, 1], pairs)
  }

  static var hs53: QuadraticTestProblem {
    leastSquares(
      53, 176.0 / 43,
      [
        [1, -1, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1],
      ],
      [0, 2, 1, 1], pairs,
      box(Array(repeating: -10, count: 5), Array(repeating: 10, count: 5)))
  }

  static var hs76: QuadraticTestProblem {
    problem(
      76, -103.0 / 22,
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: [
            [2, 0, -1, 0], [0, 1, 0, 0], [-1, 0, 2, 1], [0, 0, 1, 1],
          ],
          gradient: [-1, -3, 1, -1],
          subjectTo: [
            .rows([[1, 2, 1, 1], [3, 1, 2, -1]], atMost: [5, 4]),
            .rows([[0, 1, 4, 0]], atLeast: [1.5]),
          ],
          within: box(
            Array(repeating: 0, count: 4),
            Array(repeating: .infinity, count: 4)))
      })
  }

  static var hs118: QuadraticTestProblem {
    var p = Matrix<Double>.zeros(15, 15)
    var q = Vector<Double>.zeros(15)
    for j in 0..<15 {
      p[j, j] = [2e-4, 2e-4, 3e-4][j % 3]
      q[j] = [2.3, 1.7, 2.2][j % 3]
    }
    var changes = Matrix<Double>.zeros(12, 15)
    var (low, high) = (Vector<Double>.zeros(12), Vector<Double>.zeros(12))
    for i in 0..<12 {
      (changes[i, i + 3], changes[i, i]) = (1, -1)
      (low[i], high[i]) = (-7, i % 3 == 1 ? 7 : 6)
    }
    var sums = Matrix<Double>.zeros(5, 15)
    for j in 0..<15 { sums[j / 3, j] = 1 }
    let most: [Double] = [90, 120, 60]
    return problem(
      118, 664.82045,
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: p, gradient: q,
          subjectTo: [
            .rows(changes, from: low, to: high),
            .rows(sums, atLeast: [60, 50, 70, 85, 100]),
          ],
          within: box(
            [8, 43, 3] + Array(repeating: 0, count: 12),
            [21, 57, 16] + (0..<12).map { most[$0 % 3] }))
      })
  }

  static var hs268: QuadraticTestProblem {
    let d: Matrix<Double> = [
      [10197, -12454, -1013, 1948, 329],
      [-12454, 20909, -1733, -4914, -186],
      [-1013, -1733, 1755, 1089, -174],
      [1948, -4914, 1089, 1515, -22],
      [329, -186, -174, -22, 27],
    ]
    return problem(
      268, 0,
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: 2 * d, gradient: [18340, -34198, 4542, 8672, 86],
          constant: 14463,
          subjectTo: [
            .rows(
              [
                [-1, -1, -1, -1, -1], [10, 10, -3, 5, 4], [-8, 1, -2, -5, 3],
                [8, -1, 2, 5, -3], [-4, -2, 3, -5, 1],
              ],
              atLeast: [-5, 20, -40, 11, -30])
          ])
      })
  }
}
