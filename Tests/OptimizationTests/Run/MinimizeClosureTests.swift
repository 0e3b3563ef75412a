import Differentiation
import Matrix
import Optimization
import Testing

@Suite("Minimising a closure")
struct MinimizeClosureTests {
  @Test("three lines, with the default method and others")
  func rosenbrock() {
    let solution = minimize(from: [-1.2, 1]) { x in
      100 * (x[1] - x[0] * x[0]).squared + (1 - x[0]).squared
    }
    #expect(solution.isVerified)
    #expect((solution.x - [1, 1]).norm < 1e-6)
    let newton = minimize(from: [-1.2, 1], using: .newton()) { x in
      100 * (x[1] - x[0] * x[0]).squared + (1 - x[0]).squared
    }
    #expect(newton.isVerified && newton.iterations < 30)
    let descent = minimize(
      from: [1, 2], using: .gradientDescent(), until: .gradientNorm(1e-4)
    ) { x in
      .cosh(x[0]) + .exp(x[1]) - x[1]
    }
    #expect(descent.isVerified && abs(descent.x[1]) < 1e-3)
  }

  @Test("where the closure throws, the method backs away")
  func undefined() {
    struct Undefined: Error {}
    let solution = minimize(from: [3]) { x in
      if x[0] <= 0 { throw Undefined() }
      return x[0] - .log(x[0])
    }
    #expect(solution.isVerified && abs(solution.x[0] - 1) < 1e-6)
  }
}
