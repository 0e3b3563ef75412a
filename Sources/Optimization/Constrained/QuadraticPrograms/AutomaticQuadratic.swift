internal import Matrix

/// The choice of a method for a quadratic program.
///
/// Up to 60 variables it is ``ActiveSet``, whose steps are short there; up to 600 too
/// where P is positive definite and there are rows, at most two for each variable,
/// for some n/2 of which hold at the end mostly. Beyond, or where that is not verified,
/// ``InteriorPoint``, whose number of steps does not grow with the program. The notes
/// say which.
public struct AutomaticQuadratic: Codable, Equatable, Sendable {
  /// The bound on the residuals and the gap.
  public let tolerance: Double

  /// The choice with its setting.
  ///
  /// - Precondition: `tolerance` is positive.
  public init(tolerance: Double = 1e-9) {
    precondition(tolerance > 0, "a tolerance of \(tolerance)")
    self.tolerance = tolerance
  }
}

extension AutomaticQuadratic: QuadraticMethod {
  /// The name with the tolerance.
  public var name: String {
    "automatic, residuals ≤ \(tolerance.rounded(digits: 3))"
  }

  /// Solves a program by the method that suits it, and by the other one where
  /// the first one's answer is not verified.
  public func solve(_ program: QuadraticProgram) -> QuadraticSolution {
    let n = program.dimension
    let interior = InteriorPoint(tolerance: tolerance)
    guard n > 60, !isShort(program) else {
      var solution = ActiveSet(tolerance: tolerance).solve(program)
      solution.notes.insert("chosen: active set, for \(n) variables", at: 0)
      return solution
    }
    var solution = interior.solve(program)
    if !solution.isVerified {
      let other = ActiveSet(tolerance: tolerance).solve(program)
      if other.isVerified {
        solution = other
        solution.notes.insert("interior points did not get there", at: 0)
      }
    }
    solution.notes.insert(
      "chosen: interior points, for \(n) variables", at: 0)
    return solution
  }
}

extension AutomaticQuadratic {
  /// Whether the active set is faster with hundreds of variables.
  ///
  /// With bounds alone, or many rows, more constraints come and go; where P is
  /// singular, its solution is the limit of several programs.
  private func isShort(_ program: QuadraticProgram) -> Bool {
    let (n, m) = (program.dimension, program.constraints.count)
    guard n <= 600, m > 0, m <= 2 * n else { return false }
    var cholesky = Cholesky<Double>(order: n)
    return cholesky.attempt(program.hessian, addingToDiagonal: 0) == nil
  }
}

extension QuadraticMethod where Self == AutomaticQuadratic {
  /// The method that suits the program.
  ///
  /// - Precondition: `tolerance` is positive.
  public static func automatic(tolerance: Double = 1e-9) -> AutomaticQuadratic {
    AutomaticQuadratic(tolerance: tolerance)
  }
}
