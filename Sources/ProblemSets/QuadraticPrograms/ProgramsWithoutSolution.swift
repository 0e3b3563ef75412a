import Matrix
import Optimization
import RandomNumbers

extension QuadraticPrograms {
  /// Programs whose constraints no point satisfies.
  public static var infeasible: [QuadraticTestProblem] {
    [
      QuadraticTestProblem(
        "infeasible sum",
        convex { () throws(QuadraticProgramError) in
          try QuadraticProgram(
            hessian: .identity(3), gradient: [1, -1, 0],
            subjectTo: [.rows([[1, 1, 1]], atLeast: [4])],
            within: box([0, 0, 0], [1, 1, 1]))
        }, .infeasible, source: "the sum is at most 3"),
      QuadraticTestProblem(
        "infeasible equalities",
        convex { () throws(QuadraticProgramError) in
          try QuadraticProgram(
            hessian: [[1, 0], [0, 0]], gradient: [0, 1],
            subjectTo: [.rows([[1, 2], [2, 4]], equalTo: [1, 3])])
        }, .infeasible, source: "2·1 is not 3"),
      QuadraticTestProblem(
        "infeasible row of zeros",
        convex { () throws(QuadraticProgramError) in
          try QuadraticProgram(
            hessian: .identity(2), gradient: [0, 0],
            subjectTo: [.rows([[0, 0], [1, 1]], atLeast: [1, 0])])
        }, .infeasible, source: "0 is not at least 1"),
      QuadraticTestProblem(
        "infeasible fixed variables",
        convex { () throws(QuadraticProgramError) in
          try QuadraticProgram(
            hessian: .identity(2), gradient: [0, 0],
            subjectTo: [.rows([[1, 1]], equalTo: [3])],
            within: box([1, 1], [1, 1]))
        }, .infeasible, source: "1 + 1 is not 3"),
      farkas("infeasible linear 20", seed: 21, n: 20, m: 30, rank: 0),
      farkas("infeasible 40", seed: 22, n: 40, m: 60, rank: 40),
      farkas(
        "infeasible and unbounded", seed: 23, n: 15, m: 25, rank: 0,
        isBounded: false),
    ]
  }

  /// l ≤ A x with a y ≥ 0 for which Aᵀy = 0 and yᵀl = 1.
  private static func farkas(
    _ name: String, seed: UInt64, n: Int, m: Int, rank: Int,
    isBounded: Bool = true
  ) -> QuadraticTestProblem {
    var random = SplitMix64(seed: seed)
    var a = Matrix<Double>(rows: m, columns: n) { _, _ in random.nextNormal() }
    let y = Vector<Double>(count: m) { _ in 0.5 + random.nextUniform() }
    var l = Vector<Double>(count: m) { _ in random.nextNormal() }
    // The last row closes both sums.
    for j in 0..<n {
      var sum = 0.0
      for i in 0..<m - 1 { sum += y[i] * a[i, j] }
      a[m - 1, j] = -sum / y[m - 1]
    }
    var sum = 0.0
    for i in 0..<m - 1 { sum += y[i] * l[i] }
    l[m - 1] = (1 - sum) / y[m - 1]
    let factor = Matrix<Double>(rows: n, columns: max(1, rank)) { _, _ in
      random.nextNormal()
    }
    var p = Matrix<Double>.zeros(n, n)
    if rank > 0 {
      p.symmetricRankUpdate(factor, beta: 0)
      p.symmetrizeFromLower()
    }
    let q = Vector<Double>(count: n) { _ in random.nextNormal() }
    return QuadraticTestProblem(
      name,
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: p, gradient: q, subjectTo: [.rows(a, atLeast: l)],
          within: isBounded
            ? box(
              Array(repeating: -100, count: n), Array(repeating: 100, count: n))
            : nil)
      }, .infeasible, source: "Farkas 1902, seed \(seed)")
  }

  /// Programs whose objective falls forever.
  public static var unbounded: [QuadraticTestProblem] {
    [
      QuadraticTestProblem(
        "unbounded linear",
        convex { () throws(QuadraticProgramError) in
          try QuadraticProgram(
            linear: [-1, 0], subjectTo: [.rows([[1, -1]], atMost: [1])],
            within: box([0, 0], [.infinity, .infinity]))
        }, .unbounded, source: "along (1, 1)"),
      QuadraticTestProblem(
        "unbounded without constraints",
        convex { () throws(QuadraticProgramError) in
          try QuadraticProgram(
            hessian: [[1, 1], [1, 1]], gradient: [1, 0])
        }, .unbounded, source: "along (−1, 1)"),
      QuadraticTestProblem(
        "unbounded with an equality",
        convex { () throws(QuadraticProgramError) in
          try QuadraticProgram(
            hessian: [[1, 0, 0], [0, 0, 0], [0, 0, 0]], gradient: [0, -1, 0],
            subjectTo: [.rows([[1, 1, -1]], equalTo: [2])],
            within: box([0, 0, 0], [.infinity, .infinity, .infinity]))
        }, .unbounded, source: "along (0, 1, 1)"),
      ray("unbounded linear 20", seed: 31, n: 20, m: 30, rank: 0),
      ray("unbounded 30", seed: 32, n: 30, m: 20, rank: 10),
      ray("unbounded, one direction", seed: 33, n: 12, m: 8, rank: 11),
    ]
  }

  /// A x ≥ −1 and P = B (I − d dᵀ) Bᵀ with a ray d: A d ≥ 0 and qᵀd = −1.
  private static func ray(
    _ name: String, seed: UInt64, n: Int, m: Int, rank: Int
  ) -> QuadraticTestProblem {
    var random = SplitMix64(seed: seed)
    var d = Vector<Double>(count: n) { _ in random.nextNormal() }
    d.scale(by: 1 / d.norm)
    var factor = Matrix<Double>(rows: n, columns: max(1, rank)) { _, _ in
      random.nextNormal()
    }
    factor.rankOneUpdate(d, factor.transposed * d, alpha: -1)
    var p = Matrix<Double>.zeros(n, n)
    if rank > 0 {
      p.symmetricRankUpdate(factor, beta: 0)
      p.symmetrizeFromLower()
    }
    var a = Matrix<Double>(rows: m, columns: n) { _, _ in random.nextNormal() }
    let image = a * d
    for i in 0..<m where image[i] < 0 {
      for j in 0..<n { a[i, j] = -a[i, j] }
    }
    var q = Vector<Double>(count: n) { _ in random.nextNormal() }
    q.add(d, scaledBy: -1 - q.dot(d))
    return QuadraticTestProblem(
      name,
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: p, gradient: q,
          subjectTo: [.rows(a, atLeast: Vector(repeating: -1, count: m))])
      }, .unbounded, source: "made around its ray, seed \(seed)")
  }
}
