// An objective of one's own, with a Hessian: the analytic centre of a polygon
// { x : aᵢᵀx ≤ bᵢ }, the minimum of f(x) = −Σ log(bᵢ − aᵢᵀx).
//
// Outside of the polygon f is undefined. That needs no precaution: NaN is an
// answer, and the line search goes back into the polygon.
//
// Source: Boyd and Vandenberghe 2004, section 8.5.3.

import Foundation
import Matrix
import Optimization

/// The logarithmic barrier of aᵢᵀx ≤ bᵢ, with aᵢᵀ the rows of A.
struct LogarithmicBarrier: TwiceDifferentiableObjective {
  let a: Matrix<Double>
  let b: Vector<Double>

  var dimension: Int? { a.columns }

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    let slack = b - a * x
    guard slack.allSatisfy({ $0 > 0 }) else { return .nan }
    // ∇f = Aᵀ (1/s), by y ← α op(A) x + β y into the gradient itself.
    a.multiply(Vector(slack.map { 1 / $0 }), transposed: true, into: &gradient)
    return -slack.reduce(0) { $0 + log($1) }
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    // ∇²f = Aᵀ diag(1/s²) A, the product of diag(1/s) A with its transpose.
    let slack = b - a * x
    let scaled = Matrix(rows: a.rows, columns: a.columns) {
      a[$0, $1] / slack[$0]
    }
    hessian.symmetricRankUpdate(scaled, transposed: true, beta: 0)
  }
}

@main
struct OwnObjective {
  static func main() {
    // The triangle x ≥ 0, y ≥ 0, x + y ≤ 1, whose centre is its centroid.
    let triangle = LogarithmicBarrier(
      a: [[-1, 0], [0, -1], [1, 1]], b: [0, 0, 1])

    // A sign that is wrong shows here, and not as a run that does not converge.
    print(checkDerivatives(of: triangle, at: [0.2, 0.3]))

    let start: Vector<Double> = [0.05, 0.9]
    print(minimize(triangle, from: start, using: .newton()))

    // The same by closures, and without a Hessian.
    let closure = DifferentiableFunction { x, gradient in
      triangle.valueAndGradient(at: x, into: &gradient)
    }
    let solution = minimize(closure, from: start, using: .lbfgs())
    let rounded = solution.x.map { ($0 * 1e4).rounded() / 1e4 }
    print("centre \(rounded) by \(solution.method)")
  }
}
