import Matrix
import Optimization

extension QuadraticPrograms {
  /// Programs with a solution in closed form.
  public static var closedForms: [QuadraticTestProblem] {
    [
      simplexProjection, isotonic, harmonic, flatValley, boxProjection,
      emptyInterior,
    ]
  }

  /// The point of the simplex next to (1, 2, …, 12) / 4.
  ///
  /// x = (v − τ)⁺ where the positive ones add up to 1.
  static var simplexProjection: QuadraticTestProblem {
    let n = 12
    let v = (1...n).map { Double($0) / 4 }
    // The last k hold where all of them stay positive.
    var tau = 0.0
    for k in 1...n {
      let candidate = (v.suffix(k).reduce(0, +) - 1) / Double(k)
      if v[n - k] > candidate { tau = candidate }
    }
    let value = v.reduce(0.0) { sum, element in
      let x = max(0, element - tau)
      return sum + 0.5 * (x - element) * (x - element)
    }
    return QuadraticTestProblem(
      "simplex projection",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: .identity(n), gradient: Vector(v.map { -$0 }),
          constant: 0.5 * v.reduce(0) { $0 + $1 * $1 },
          subjectTo: [
            .rows(Matrix(repeating: 1, rows: 1, columns: n), equalTo: [1])
          ],
          within: box(
            Array(repeating: 0, count: n),
            Array(repeating: .infinity, count: n)))
      }, .optimal(value), source: "Held, Wolfe and Crowder 1974")
  }

  /// The increasing sequence next to a given one, by pooling adjacent violators.
  static var isotonic: QuadraticTestProblem {
    let n = 30
    let v = (0..<n).map { Double($0 * 7 % 11) + 0.3 * Double($0) }
    var pools: [(sum: Double, count: Int)] = []
    for element in v {
      pools.append((element, 1))
      while pools.count > 1 {
        let (last, previous) = (pools[pools.count - 1], pools[pools.count - 2])
        guard
          previous.sum / Double(previous.count)
            >= last.sum / Double(last.count)
        else { break }
        pools.removeLast(2)
        pools.append((previous.sum + last.sum, previous.count + last.count))
      }
    }
    let fitted = pools.flatMap {
      Array(repeating: $0.sum / Double($0.count), count: $0.count)
    }
    let value = zip(v, fitted).reduce(0.0) {
      $0 + 0.5 * ($1.0 - $1.1) * ($1.0 - $1.1)
    }
    let steps = Matrix<Double>(rows: n - 1, columns: n) { i, j in
      j == i + 1 ? 1 : j == i ? -1 : 0
    }
    return QuadraticTestProblem(
      "isotonic",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: .identity(n), gradient: Vector(v.map { -$0 }),
          constant: 0.5 * v.reduce(0) { $0 + $1 * $1 },
          subjectTo: [.rows(steps, atLeast: .zeros(n - 1))])
      }, .optimal(value), source: "Ayer, Brunk, Ewing, Reid and Silverman 1955")
  }

  /// min Σ i xᵢ² / 2 where Σ xᵢ = 1: 1 / (2 Σ 1/i).
  static var harmonic: QuadraticTestProblem {
    let n = 20
    let sum = (1...n).reduce(0.0) { $0 + 1 / Double($1) }
    return QuadraticTestProblem(
      "harmonic",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: .diagonal(Vector(count: n) { Double($0 + 1) }),
          gradient: .zeros(n),
          subjectTo: [
            .rows(Matrix(repeating: 1, rows: 1, columns: n), equalTo: [1])
          ])
      }, .optimal(0.5 / sum), source: "Lagrange 1788")
  }

  /// ½ (1ᵀx − 3)² without constraints: singular, with a plane of minimisers.
  static var flatValley: QuadraticTestProblem {
    let n = 6
    return QuadraticTestProblem(
      "flat valley",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: Matrix(repeating: 1, rows: n, columns: n),
          gradient: Vector(repeating: -3, count: n), constant: 4.5)
      }, .optimal(0), source: "a square")
  }

  /// The point of a box next to another, with coordinates up to 10⁶.
  static var boxProjection: QuadraticTestProblem {
    let v: [Double] = [-1e6, -1, -0.5, 0.25, 0.5, 3, 1e6]
    return QuadraticTestProblem(
      "box projection",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: .identity(7), gradient: Vector(v.map { -$0 }),
          within: box(
            Array(repeating: -0.75, count: 7), Array(repeating: 0.5, count: 7)))
      },
      .optimal(
        v.reduce(0.0) {
          let x = min(max($1, -0.75), 0.5)
          return $0 + x * (0.5 * x - $1)
        }), source: "by coordinates")
  }

  /// x₁ + x₂ ≤ 1 and x₁ + x₂ ≥ 1 as two rows, x₁ ≤ 0.25 and x₁ ≥ 0.25 too: one
  /// point, and no interior.
  static var emptyInterior: QuadraticTestProblem {
    QuadraticTestProblem(
      "empty interior",
      convex { () throws(QuadraticProgramError) in
        try QuadraticProgram(
          hessian: .identity(2), gradient: [0, 0],
          subjectTo: [
            .rows([[1, 1], [1, 0]], atMost: [1, 0.25]),
            .rows([[1, 1], [1, 0]], atLeast: [1, 0.25]),
          ])
      }, .optimal(0.3125), source: "0.25² / 2 + 0.75² / 2")
  }
}
