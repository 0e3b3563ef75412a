// The shortest way from a function to its minimum: f and its gradient in one
// type, a starting point and a method.

import Matrix
import Optimization

/// f(x, y) = (1 − x)² + 100 (y − x²)², whose minimum is 0 at (1, 1).
///
/// Source: Rosenbrock 1960.
struct Rosenbrock: DifferentiableObjective {
  var dimension: Int? { 2 }

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    let a = 1 - x[0]
    let b = x[1] - x[0] * x[0]
    gradient[0] = -2 * a - 400 * x[0] * b
    gradient[1] = 200 * b
    return a * a + 100 * b * b
  }
}

@main
struct FirstSteps {
  static func main() {
    let solution = minimize(Rosenbrock(), from: [-1.2, 1], using: .lbfgs())
    print(solution)

    let rounded = solution.x.map { ($0 * 1e4).rounded() / 1e4 }
    print("x = \(rounded), verified: \(solution.isVerified)")
  }
}
