import Matrix
import Optimization
import ProblemSets
import Testing

/// Powell's dogleg and the method of Gauss and Newton.
@Suite struct DoglegTests {
  private func solved(
    _ method: some Method<any DifferentiableResiduals>
  ) throws -> [String] {
    try NIST.nonlinear().filter { problem in
      let solution = minimize(
        problem.automaticResiduals, from: problem.starts[1], using: method,
        within: Budget(iterations: 1000))
      return problem.certified.correctDigits(of: solution.x) >= 6
    }
    .map(\.name)
  }

  @Test func doglegFitsNISTsRegressionsFromNear() throws {
    // Without the whole Hessian the linear rate of some ends in rounding.
    let solved = try solved(.dogleg())
    #expect(solved.count >= 24, "\(solved)")
  }

  @Test func gaussNewtonFitsNISTsRegressionsFromNear() throws {
    let solved = try solved(.gaussNewton())
    #expect(solved.count >= 22, "\(solved)")
  }

  /// Linear residuals are solved by the first full step.
  @Test func linearResidualsTakeOneStep() throws {
    let a: Matrix<Double> = [[1, 2], [3, 4], [5, 7]]
    let line = DifferentiableResidualFunction(count: 3) { x, r in
      r = a * x - [1, 2, 4]
    } jacobian: { _, j in
      j = a
    }
    let expected = try QR(a).solve([1, 2, 4])
    let solution = minimize(line, from: [9, -7], using: .gaussNewton())
    #expect(solution.iterations == 1)
    #expect((solution.x - expected).norm < 1e-13)
    let other = minimize(line, from: [9, -7], using: .dogleg())
    #expect((other.x - expected).norm < 1e-12)
  }
}
