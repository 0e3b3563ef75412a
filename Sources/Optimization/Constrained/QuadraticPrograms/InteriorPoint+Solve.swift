internal import Matrix

extension InteriorPoint: QuadraticMethod {
  /// The name with the tolerance.
  public var name: String {
    "interior point, residuals ≤ \(tolerance.rounded(digits: 3))"
  }

  /// Solves a program, or proves that it has no solution.
  ///
  /// The iteration's answer is polished where it is not within the tolerance. Where
  /// there is none, or none is verified, the programs of least violation and of the
  /// steepest ray say whether the program is infeasible or unbounded.
  ///
  /// - Complexity: 8 to 15 factorizations as a rule.
  public func solve(_ program: QuadraticProgram) -> QuadraticSolution {
    QuadraticSearch(program, tolerance).solution(by: name) { search in
      search.answer(by: self)
    }
  }
}
