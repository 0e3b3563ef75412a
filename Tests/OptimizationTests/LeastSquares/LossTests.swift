import Foundation
import Matrix
import Testing

@testable import Optimization

@Suite struct LossTests {
  static let all: [Loss] = [
    .huber(scale: 0.7), .softL1(scale: 0.7), .cauchy(scale: 0.7),
    .arctan(scale: 0.7), .tukey(scale: 0.7),
  ]

  @Test(arguments: all)
  func derivativesAreThoseOfDifferences(loss: Loss) {
    for s in [0.01, 0.3, 0.9, 1.5, 40] {
      let h = 1e-5 * s
      let (ahead, behind) = (
        loss.derivatives(at: s + h), loss.derivatives(at: s - h)
      )
      let exact = loss.derivatives(at: s)
      let first = (ahead.0 - behind.0) / (2 * h)
      let second = (ahead.first - behind.first) / (2 * h)
      #expect(abs(first - exact.first) < 1e-8, "s = \(s)")
      #expect(abs(second - exact.second) < 1e-8, "s = \(s)")
    }
    let small = loss.derivatives(at: 1e-12)
    #expect(abs(small.0 - 1e-12) < 1e-23)
    #expect(loss.derivatives(at: .nan).0.isNaN)
  }

  @Test(arguments: all)
  func gradientAndHessianOfTheSumAreThoseOfDifferences(loss: Loss) throws {
    let squares = SumOfSquares(of: RosenbrockResiduals().with(loss))
    for x: Vector<Double> in [[-1.2, 1], [0.9, 0.7], [1.02, 1.05]] {
      var (g, ahead, behind) = (x, x, x)
      var hessian = Matrix<Double>.zeros(2, 2)
      _ = try squares.valueAndGradient(at: x, into: &g)
      try squares.hessian(at: x, into: &hessian)
      // Short differences, lest they step over the kinks of a loss.
      let h = 1e-6
      for j in 0..<2 {
        var (up, down) = (x, x)
        up[j] += h
        down[j] -= h
        let difference =
          try squares.valueAndGradient(at: up, into: &ahead)
          - squares.valueAndGradient(at: down, into: &behind)
        #expect(abs(difference / (2 * h) - g[j]) < 1e-7 * (1 + abs(g[j])))
        for i in j..<2 {
          let expected = (ahead[i] - behind[i]) / (2 * h)
          #expect(
            abs(hessian[i, j] - expected) < 1e-6 * (1 + abs(expected)),
            "\(x), \(i), \(j)")
        }
      }
    }
  }

  @Test(arguments: all)
  func weightsKeepTheGradient(loss: Loss) {
    let residuals: Vector<Double> = [0.1, -0.5, 0.9, -3, 200]
    let jacobian = Matrix<Double>(rows: 5, columns: 2) {
      Double($0 + 1) / Double($1 + 1) - 1
    }
    var first = residuals
    loss.differentiate(&first)
    var expected = Vector<Double>.zeros(2)
    jacobian.multiply(first, transposed: true, into: &expected)
    var (r, j) = (residuals, jacobian)
    loss.weight(&r, &j)
    var found = Vector<Double>.zeros(2)
    j.multiply(r, transposed: true, into: &found)
    #expect((found - expected).norm <= 1e-14 * expected.norm)
  }

  /// A line with every fifth datum far off.
  @Test(arguments: all)
  func outliersDoNotMoveTheLine(loss: Loss) {
    let line = DifferentiableResidualFunction(count: 25) { x, r in
      for i in 0..<25 {
        let t = Double(i) / 10
        let noise = 0.01 * sin(70 * t)
        r[i] = x[0] + x[1] * t - (1 + 2 * t + noise)
        if i % 5 == 3 { r[i] -= 20 }
      }
    } jacobian: { _, j in
      for i in 0..<25 {
        j[i, 0] = 1
        j[i, 1] = Double(i) / 10
      }
    }
    // A bounded loss has minima elsewhere too, and wants a start.
    let robust = minimize(
      line.with(loss), from: [1.3, 1.8], using: .levenbergMarquardt())
    #expect(robust.isVerified, "\(robust)")
    let squares = minimize(
      line, from: [1.3, 1.8], using: .levenbergMarquardt())
    #expect((squares.x - [1, 2]).norm > 3)
    // Huber's outliers pull with a force of c each.
    #expect((robust.x - [1, 2]).norm < 0.4, "\(robust.x)")
    for method: any Method<any DifferentiableResiduals> in [
      Dogleg(), GaussNewton(),
    ] {
      let other = minimize(line.with(loss), from: [1.3, 1.8], using: method)
      #expect((other.x - robust.x).norm < 1e-6, "\(method.name)")
    }
  }
}
