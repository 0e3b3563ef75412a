internal import Matrix

extension ActiveSet: QuadraticMethod {
  /// The name with the tolerance.
  public var name: String {
    "dual active set, residuals ≤ \(tolerance.rounded(digits: 3))"
  }

  /// Solves a program, or proves that it has no solution.
  ///
  /// What this method cannot verify, rays of unbounded programs among it, is
  /// left to ``InteriorPoint``; the notes say so.
  ///
  /// - Complexity: 2n³/3 flops and O(n² + mn) a step, of which there are about as
  ///   many as sides are active at the solution.
  public func solve(_ program: QuadraticProgram) -> QuadraticSolution {
    QuadraticSearch(program, tolerance).solution(by: name) { search in
      let scaled = ScaledProgram(program)
      guard scaled.n > 0 else { return search.answerWithoutVariables(scaled) }
      if var run = ActiveSetRun(self, on: scaled) {
        search.factorizations += 1
        if let answer = search.answer(&run) { return answer }
      }
      search.notes.append("left to the interior-point method")
      return search.answer(by: InteriorPoint(tolerance: tolerance))
    }
  }
}
