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
    solve(program, from: nil)
  }

  /// Solves a program, seeing each state of the iteration, or from a state of an
  /// earlier run.
  ///
  ///     var saved: InteriorPointState?
  ///     _ = method.solve(program, from: nil) { state in
  ///       saved = state
  ///       return state.iteration == 5
  ///     }
  ///     let solution = method.solve(program, from: saved)
  ///
  /// - Parameters:
  ///   - program: the program.
  ///   - state: where to go on, a state of the same program and method; the beginning
  ///     if nil.
  ///   - observer: sees each state, and ends the run where it returns true.
  /// - Precondition: the state is one of a program of this shape.
  public func solve(
    _ program: QuadraticProgram, from state: InteriorPointState?,
    observing observer: ((InteriorPointState) -> Bool)? = nil
  ) -> QuadraticSolution {
    QuadraticSearch(program, tolerance).solution(by: name) { search in
      search.answer(by: self, from: state, observing: observer)
    }
  }
}
