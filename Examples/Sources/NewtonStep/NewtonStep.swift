// One step of Newton's method by hand: the linear algebra under `.newton()`.
// Where the Hessian is positive definite, its Cholesky factors give the step;
// where it is not, LDLᵀ tells the signs of its eigenvalues and a direction along
// which f curves downward.

import Matrix

/// Himmelblau's f(x, y) = (x² + y − 11)² + (x + y² − 7)², which has four minima,
/// four saddle points and a maximum.
///
/// Source: Himmelblau 1972.
enum Himmelblau {
  static func gradient(at x: Vector<Double>) -> Vector<Double> {
    let a = x[0] * x[0] + x[1] - 11
    let b = x[0] + x[1] * x[1] - 7
    return [4 * x[0] * a + 2 * b, 2 * a + 4 * x[1] * b]
  }

  static func hessian(at x: Vector<Double>) -> Matrix<Double> {
    let cross = 4 * (x[0] + x[1])
    return [
      [12 * x[0] * x[0] + 4 * x[1] - 42, cross],
      [cross, 12 * x[1] * x[1] + 4 * x[0] - 26],
    ]
  }
}

@main
struct NewtonStep {
  static func main() throws {
    for x: Vector<Double> in [[3.2, 2.2], [0, -1]] {
      print("At \(x)")
      try step(from: x)
    }
  }

  static func step(from x: Vector<Double>) throws {
    let gradient = Himmelblau.gradient(at: x)
    let hessian = Himmelblau.hessian(at: x)
    do {
      let cholesky = try Cholesky(hessian)
      let step = cholesky.solve(-gradient)
      let next = x + step
      print("  the Hessian is positive definite")
      print("  reciprocal condition \(cholesky.reciprocalCondition)")
      print("  the residual is \((hessian * step + gradient).norm)")
      print("  ‖∇f‖ falls from", gradient.norm, terminator: " ")
      print("to", Himmelblau.gradient(at: next).norm)
    } catch .notPositiveDefinite(let pivot) {
      let ldlt = try LDLT(hessian)
      print("  the Hessian is not positive definite, says pivot \(pivot)")
      print("  its eigenvalues: \(ldlt.inertia)")
      if let d = ldlt.negativeCurvatureDirection() {
        print("  dᵀ∇²f d = \(d.dot(hessian * d)) along d = \(d)")
      }
      let step = try LU(hessian).solve(-gradient)
      print("  to the nearby critical point: \(step)")
    }
  }
}
