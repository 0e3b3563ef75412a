import Matrix
import Optimization
import ProblemSets
import Testing

/// NIST's nonlinear regressions from both published starts, far and near.
///
/// Correct digits are those of the worst parameter against the certified values,
/// which have 11.
@Suite struct NISTTests {
  private func digits(
    _ wrap: (AutomaticResiduals) -> any DifferentiableResiduals
  ) throws -> (digits: [Double], verified: Int) {
    var digits: [Double] = []
    var verified = 0
    for problem in try NIST.nonlinear() {
      for start in problem.starts {
        let solution = minimize(
          wrap(problem.automaticResiduals), from: start,
          using: .levenbergMarquardt())
        digits.append(problem.certified.correctDigits(of: solution.x))
        verified += solution.isVerified ? 1 : 0
      }
    }
    return (digits, verified)
  }

  @Test func everyStartLeadsToTheCertifiedParameters() throws {
    let (digits, verified) = try digits { $0 }
    #expect(digits.count == 54)
    #expect(digits.allSatisfy { $0 >= 6 }, "\(digits)")
    #expect(digits.reduce(0, +) / 54 >= 9.5, "\(digits)")
    #expect(verified == 54)
  }

  @Test func differencesAreGoodForFourDigits() throws {
    let (digits, _) = try digits {
      DifferencedJacobian(of: $0, scheme: .forward)
    }
    #expect(digits.count { $0 >= 4 } >= 52, "\(digits)")
  }
}
