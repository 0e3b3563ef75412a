import Matrix
import Optimization
import ProblemSets
import Testing

/// Every method for bounds on every published problem from its standard start.
@Suite struct BoundedProblemsTests {
  /// What a method does not solve, with the reason.
  ///
  /// Powell's badly scaled function has a valley whose curvatures differ by
  /// 10¹²: a method without memory of curvature stops where f = 10⁻⁶ no longer falls.
  static let unsolved = [
    "spectral projected gradient (history 10)": [
      "Powell badly scaled within bounds"
    ]
  ]

  struct Solves: MethodVisitor {
    let problem: BoundedTestProblem

    func visit<M: Method>(
      _ method: M, _ evaluate: (Objectives) -> M.Problem
    ) {
      let solution = minimize(
        evaluate(Objectives(problem.objective, within: problem.bounds)),
        from: problem.start, using: method)
      let note = Comment(
        rawValue: "\(problem.name) by \(method.name): \(solution)")
      let isListed =
        BoundedProblemsTests.unsolved[method.name]?.contains(problem.name)
        ?? false
      #expect(solution.isVerified == !isListed, note)
      #expect(problem.bounds.contains(solution.x), note)
      guard solution.isVerified else { return }
      // ‖∇f‖∞ ≤ 10⁻⁶ leaves f ½ λ⁻¹ 10⁻¹² per variable above the minimum: 10⁻⁵
      // where λ is 10⁻⁷ as in NONSCOMP.
      let isKnown = problem.landmarks.contains {
        $0.isAcceptableEnd
          && abs(solution.value - $0.value) <= 1e-5 * max(1, abs($0.value))
      }
      #expect(isKnown, note)
    }
  }

  @Test(arguments: BoundedProblems.all)
  func everyMethodSolvesOrIsListed(problem: BoundedTestProblem) throws {
    try forEveryBoundedMethod(Solves(problem: problem))
  }

  /// The trust region finds the known minimum to eight digits, but on the plateau
  /// of HS 25, where its gradient is as small as was asked for at the start.
  @Test(arguments: BoundedProblems.all)
  func theTrustRegionIsAccurate(problem: BoundedTestProblem) {
    let solution = minimize(
      problem.problem, from: problem.start, using: .boundedTrustRegion())
    #expect(solution.isVerified, "\(solution)")
    let known = problem.landmarks.filter(\.isAcceptableEnd)
    #expect(
      problem.name == "HS 25"
        || known.contains {
          abs(solution.value - $0.value) <= 1e-8 * max(1, abs($0.value))
        }, "\(problem.name): \(solution)")
  }
}
