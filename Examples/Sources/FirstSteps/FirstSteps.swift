// The shortest way from a function to its minimum: the function and a starting
// point. Its derivatives follow from how it is computed.

import Matrix
import Optimization

@main
struct FirstSteps {
  static func main() {
    // Rosenbrock 1960: a curved valley, with its minimum 0 at (1, 1).
    let solution = minimize(from: [-1.2, 1]) { x in
      100 * (x[1] - x[0] * x[0]).squared + (1 - x[0]).squared
    }
    print(solution)

    let rounded = solution.x.map { ($0 * 1e4).rounded() / 1e4 }
    print("x = \(rounded), verified: \(solution.isVerified)")
  }
}
