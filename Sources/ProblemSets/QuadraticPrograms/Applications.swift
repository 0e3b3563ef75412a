import Matrix
import Optimization
import RandomNumbers

extension QuadraticPrograms {
  /// Programs of statistics, finance and control, from random data.
  ///
  /// The values are those on which Clarabel 0.11.1 and PIQP 0.7.0 agree.
  public static var applications: [QuadraticTestProblem] {
    [portfolio, lasso, huber, supportVectors, control, nonnegative, obstacle]
  }

  private static func normals(
    _ rows: Int, _ columns: Int, _ random: inout SplitMix64
  ) -> Matrix<Double> {
    Matrix(rows: rows, columns: columns) { _, _ in random.nextNormal() }
  }

  /// The part of `a` put into `whole` with its corner at (i, j), times `factor`.
  private static func put(
    _ a: Matrix<Double>, into whole: inout Matrix<Double>, _ i: Int, _ j: Int,
    times factor: Double = 1
  ) {
    for c in 0..<a.columns {
      for r in 0..<a.rows { whole[i + r, j + c] = factor * a[r, c] }
    }
  }

  private static let infinity = Double.infinity

  /// Least risk against return of 50 assets with 5 factors.
  ///
  ///     min xᵀD x + ‖y‖² − μᵀx / γ,   y = Fᵀx,   1ᵀx = 1,   x ≥ 0
  static var portfolio: QuadraticTestProblem {
    var random = SplitMix64(seed: 41)
    let (n, k) = (50, 5)
    let factors = normals(k, n, &random)
    var p = Matrix<Double>.zeros(n + k, n + k)
    var q = Vector<Double>.zeros(n + k)
    for j in 0..<n {
      p[j, j] = 2 * random.nextUniform() * Double(k).squareRoot()
      q[j] = -random.nextNormal()
    }
    for j in n..<n + k { p[j, j] = 2 }
    var link = Matrix<Double>.zeros(k, n + k)
    put(factors, into: &link, 0, 0)
    for j in 0..<k { link[j, n + j] = -1 }
    let budget = Matrix<Double>(rows: 1, columns: n + k) { _, j in
      j < n ? 1 : 0
    }
    return QuadraticTestProblem(
      "portfolio",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: p, gradient: q,
          subjectTo: [
            .rows(link, equalTo: .zeros(k)), .rows(budget, equalTo: [1]),
          ],
          within: box(
            (0..<n + k).map { $0 < n ? 0 : -infinity },
            Array(repeating: infinity, count: n + k)))
      }, .optimal(portfolioValue),
      source: "Markowitz 1952; Stellato et al. 2020, appendix A.3")
  }

  /// Coefficients of 10 variables from 30 observations.
  ///
  ///     min ½ ‖y‖² + λ 1ᵀt,   y = A x − b,   −t ≤ x ≤ t
  static var lasso: QuadraticTestProblem {
    var random = SplitMix64(seed: 42)
    let (n, m) = (10, 30)
    let a = normals(m, n, &random)
    let truth = Vector<Double>(count: n) { $0.isMultiple(of: 2) ? 1 : 0 }
    var b = a * truth
    for i in 0..<m { b[i] += 0.5 * random.nextNormal() }
    let all = 2 * n + m
    var p = Matrix<Double>.zeros(all, all)
    for i in 2 * n..<all { p[i, i] = 1 }
    let q = Vector<Double>(count: all) { $0 >= n && $0 < 2 * n ? 8 : 0 }
    var residual = Matrix<Double>.zeros(m, all)
    put(a, into: &residual, 0, 0)
    for i in 0..<m { residual[i, 2 * n + i] = -1 }
    var below = Matrix<Double>.zeros(n, all)
    var above = below
    for j in 0..<n {
      (below[j, j], below[j, n + j]) = (1, -1)
      (above[j, j], above[j, n + j]) = (1, 1)
    }
    return QuadraticTestProblem(
      "lasso",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: p, gradient: q,
          subjectTo: [
            .rows(residual, equalTo: b), .rows(below, atMost: .zeros(n)),
            .rows(above, atLeast: .zeros(n)),
          ])
      }, .optimal(lassoValue),
      source: "Tibshirani 1996; Stellato et al. 2020, appendix A.5")
  }

  /// A line through 30 observations with outliers.
  ///
  ///     min ½ ‖u‖² + 1ᵀ(r + s),   A x − b = u + r − s,   r, s ≥ 0
  static var huber: QuadraticTestProblem {
    var random = SplitMix64(seed: 43)
    let (n, m) = (5, 30)
    let a = normals(m, n, &random)
    var b = a * Vector<Double>(count: n) { _ in random.nextNormal() }
    for i in 0..<m {
      b[i] += random.nextUniform() < 0.2 ? 10 : 0.25 * random.nextNormal()
    }
    let all = n + 3 * m
    var p = Matrix<Double>.zeros(all, all)
    for i in n..<n + m { p[i, i] = 1 }
    let q = Vector<Double>(count: all) { $0 < n + m ? 0 : 1 }
    var rows = Matrix<Double>.zeros(m, all)
    put(a, into: &rows, 0, 0)
    for i in 0..<m {
      rows[i, n + i] = -1
      rows[i, n + m + i] = -1
      rows[i, n + 2 * m + i] = 1
    }
    return QuadraticTestProblem(
      "Huber",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: p, gradient: q, subjectTo: [.rows(rows, equalTo: b)],
          within: box(
            (0..<all).map { $0 < n + m ? -infinity : 0 },
            Array(repeating: infinity, count: all)))
      }, .optimal(huberValue),
      source: "Huber 1964; Mangasarian and Musicant 2000")
  }

  /// The dual of a support vector machine on 40 points of the plane.
  ///
  ///     min ½ αᵀ(YKY)α − 1ᵀα,   yᵀα = 0,   0 ≤ α ≤ C
  static var supportVectors: QuadraticTestProblem {
    var random = SplitMix64(seed: 44)
    let count = 40
    var points = normals(2, count, &random)
    let y = Vector<Double>(count: count) { $0 < count / 2 ? 1 : -1 }
    for i in 0..<count { points[0, i] += y[i] }
    // A kernel of rank 2.
    let p = Matrix<Double>(rows: count, columns: count) { i, j in
      y[i] * y[j]
        * (points[0, i] * points[0, j] + points[1, i] * points[1, j])
    }
    return QuadraticTestProblem(
      "support vectors",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: p, gradient: Vector(repeating: -1, count: count),
          subjectTo: [
            .rows(
              Matrix(rows: 1, columns: count) { _, j in y[j] }, equalTo: [0])
          ],
          within: box(
            Array(repeating: 0, count: count),
            Array(repeating: 10, count: count)))
      }, .optimal(supportVectorsValue),
      source: "Cortes and Vapnik 1995")
  }

  /// A double integrator brought to rest in 15 steps with limited force.
  static var control: QuadraticTestProblem {
    let (horizon, step) = (15, 0.5)
    // Positions, speeds and forces of all times.
    let all = 3 * horizon
    var p = Matrix<Double>.zeros(all, all)
    var rows = Matrix<Double>.zeros(2 * horizon, all)
    var sides = Vector<Double>.zeros(2 * horizon)
    let (position, speed) = (5.0, 0.0)
    for t in 0..<horizon {
      let (x, v, u) = (3 * t, 3 * t + 1, 3 * t + 2)
      (p[x, x], p[v, v], p[u, u]) = (2, 0.2, 0.02)
      // x′ = x + h v + h²/2 u and v′ = v + h u.
      (rows[2 * t, x], rows[2 * t + 1, v]) = (1, 1)
      (rows[2 * t, u], rows[2 * t + 1, u]) = (-step * step / 2, -step)
      if t == 0 {
        sides[0] = position + step * speed
        sides[1] = speed
      } else {
        rows[2 * t, x - 3] = -1
        rows[2 * t, v - 3] = -step
        rows[2 * t + 1, v - 3] = -1
      }
    }
    return QuadraticTestProblem(
      "control",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: p, gradient: .zeros(all),
          subjectTo: [.rows(rows, equalTo: sides)],
          within: box(
            (0..<all).map { [-infinity, -1, -0.5][$0 % 3] },
            (0..<all).map { [infinity, 1, 0.5][$0 % 3] }))
      }, .optimal(controlValue),
      source: "Rawlings and Mayne 2009, chapter 1")
  }

  /// The nonnegative x with the least ‖A x − b‖, A of 20×30: not unique.
  static var nonnegative: QuadraticTestProblem {
    var random = SplitMix64(seed: 46)
    let a = normals(20, 30, &random)
    let b = Vector<Double>(count: 20) { _ in 3 * random.nextNormal() }
    var p = Matrix<Double>.zeros(30, 30)
    p.symmetricRankUpdate(a, transposed: true, beta: 0)
    p.symmetrizeFromLower()
    return QuadraticTestProblem(
      "nonnegative least squares",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: p, gradient: -1 * (a.transposed * b),
          constant: 0.5 * b.dot(b),
          within: box(
            Array(repeating: 0, count: 30),
            Array(repeating: infinity, count: 30)))
      }, .optimal(nonnegativeValue), source: "Lawson and Hanson 1974")
  }

  /// A string under gravity over an obstacle, 100 points.
  static var obstacle: QuadraticTestProblem {
    let n = 100
    let h = 1 / Double(n + 1)
    var p = Matrix<Double>.zeros(n, n)
    for i in 0..<n {
      p[i, i] = 2 / h
      if i > 0 {
        p[i, i - 1] = -1 / h
        p[i - 1, i] = -1 / h
      }
    }
    let floor = (0..<n).map { i in
      let t = Double(i + 1) * h
      return max(-0.02, -0.3 + 4 * t * (1 - t) * 0.29)
    }
    return QuadraticTestProblem(
      "obstacle",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: p, gradient: Vector(repeating: h, count: n),
          within: box(floor, Array(repeating: infinity, count: n)))
      }, .optimal(obstacleValue),
      source: "Kinderlehrer and Stampacchia 1980")
  }
}

// The digits on which the other solvers agree.
extension QuadraticPrograms {
  static let portfolioValue = -1.446303200174
  static let lassoValue = 37.70918090506
  static let huberValue = 57.39485087326
  static let supportVectorsValue = -142.6945198093
  static let controlValue = 118.6524628171
  static let nonnegativeValue = 0.0
  static let obstacleValue = -0.0124127118643
}
