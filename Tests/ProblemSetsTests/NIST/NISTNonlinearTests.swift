import Differentiation
import Matrix
import Optimization
import TestSupport
import Testing

@testable import ProblemSets

@Suite struct NISTNonlinearTests {
  static let names = NIST.nonlinearNames

  @Test func `There are 27, 8 easy, 11 average and 8 hard`() throws {
    let all = try NIST.nonlinear()
    #expect(all.map(\.name) == Self.names)
    #expect(Set(Self.names).count == 27)
    let levels = Difficulty.allCases.map { level in
      all.count { $0.difficulty == level }
    }
    #expect(levels == [8, 11, 8])
  }

  @Test(arguments: names)
  func `Sizes agree with one another`(name: String) throws {
    let problem = try NIST.nonlinear(name)
    let n = problem.dimension
    #expect(problem.starts.count == 2)
    #expect(problem.starts.allSatisfy { $0.count == n })
    #expect(problem.certified.standardDeviations.count == n)
    // The file of Rat43 says 9, though 15 − 4 = 11 and s is certified with 11.
    #expect(
      problem.certified.degreesOfFreedom
        == (name == "Rat43" ? 9 : problem.count - n))
    #expect(problem.predictors.count == problem.count)
    #expect(problem.starts[0] != problem.starts[1])
  }

  // The parameters have 11 digits, and a sum of squares is flat at its minimum,
  // so that it comes out to the 11 digits that are certified. Lanczos1's is
  // 1.4e-25: there a parameter's rounding to 11 digits is worth far more.
  @Test(arguments: names)
  func `Certified sums of squares are reproduced`(name: String) throws {
    let problem = try NIST.nonlinear(name)
    let certified = problem.certified
    let residuals = problem.residuals(certified.parameters.array)
    let sum = residuals.reduce(0) { $0 + $1 * $1 }
    if name == "Lanczos1" {
      #expect(sum < 1e-19)
    } else {
      // What 11 digits of parameters leave, and Lanczos2's 2e-11 of data with
      // residuals of 1e-6.
      let expected = certified.residualSumOfSquares
      #expect(abs(sum - expected) <= 2e-10 * expected, "\(sum), \(expected)")
    }
    let variance =
      certified.residualSumOfSquares / Double(problem.count - problem.dimension)
    let deviation = certified.residualStandardDeviation
    #expect(abs(variance.squareRoot() - deviation) <= 1e-9 * deviation)
  }

  // s √diag (JᵀJ)⁻¹, from the QR factorization of the scaled exact Jacobian. The
  // certified parameters' own rounding is amplified by the condition of J, and
  // Lanczos1 certifies s beyond what its data have.
  @Test(arguments: names)
  func `Certified standard deviations are reproduced`(name: String) throws {
    let problem = try NIST.nonlinear(name)
    let certified = problem.certified
    let (m, n) = (problem.count, problem.dimension)
    var jacobian = Matrix<Double>.zeros(m, n)
    try problem.automaticResiduals.jacobian(
      at: certified.parameters, into: &jacobian)
    var gram = Matrix<Double>.zeros(n, n)
    var scale = [Double](repeating: 0, count: n)
    for j in 0..<n { scale[j] = jacobian.column(j).norm }
    for i in 0..<n {
      for j in 0..<n {
        gram[i, j] =
          jacobian.column(i).dot(jacobian.column(j)) / (scale[i] * scale[j])
      }
    }
    let inverse = try LDLT(gram)
    for i in 0..<n {
      var unit = Vector<Double>.zeros(n)
      unit[i] = 1
      let solved = inverse.solve(unit)
      let deviation =
        certified.residualStandardDeviation * solved[i].squareRoot() / scale[i]
      let expected = certified.standardDeviations[i]
      #expect(
        abs(deviation - expected) <= 1e-5 * expected,
        "β\(i + 1): \(deviation), \(expected)")
    }
  }

  @Test(arguments: names)
  func `Derivatives agree with differences`(name: String) throws {
    let problem = try NIST.nonlinear(name)
    let f = AutomaticFunction { sumOfSquares(problem.residuals($0)) }
    // Close to the solution: at its starts, and already one percent from the
    // solution, Hahn1 has poles among its data.
    try expectDerivativesLikeDifferences(
      f, at: 1.0001 * problem.certified.parameters, of: name, step: 1e-5)
  }

  @Test func `Digits are those of the worst parameter`() throws {
    let fit = try NIST.nonlinear("Misra1a").certified
    #expect(fit.correctDigits(of: fit.parameters) == 11)
    var near = fit.parameters
    near[1] *= 1 + 1e-6
    #expect(abs(fit.correctDigits(of: near) - 6) < 1e-3)
    near[0] = .nan
    #expect(fit.correctDigits(of: near) == 0)
    near[0] = 10 * fit.parameters[0]
    #expect(fit.correctDigits(of: near) == 0)
  }

  @Test func `Meyer's and Osborne's problems are also in another set`() throws {
    let pairs = [
      ("MGH10", MoreGarbowHillstrom.meyer),
      ("MGH17", MoreGarbowHillstrom.osborne1),
      ("MGH09", MoreGarbowHillstrom.kowalikOsborne),
    ]
    for (name, other) in pairs {
      let value = try NIST.nonlinear(name).certified.residualSumOfSquares
      let minimum = try #require(other.minimum)
      #expect(abs(value - minimum.value) < 1e-9 * value)
    }
  }
}
