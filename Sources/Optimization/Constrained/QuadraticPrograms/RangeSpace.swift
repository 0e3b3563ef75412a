internal import Matrix

/// The range-space method for quadratic programs whose constraints are equalities.
///
///     (A P⁻¹Aᵀ) y = b + A P⁻¹q,   x = P⁻¹ (Aᵀy − q)
///
/// P has to be positive definite and the rows independent; both matrices are
/// factorized by Cholesky. Other constraints, and what cannot be verified, are left
/// to ``InteriorPoint``; the notes say so.
///
/// - Complexity: n³/3 + n²m + nm² flops with m equalities: for few of them.
///
/// Source: Nocedal and Wright, Numerical Optimization, 2nd ed., section 16.2.
public struct RangeSpace: Codable, Equatable, Sendable {
  /// The bound on the residuals and the gap.
  public let tolerance: Double

  /// The method with its setting.
  ///
  /// - Precondition: `tolerance` is positive.
  public init(tolerance: Double = 1e-9) {
    precondition(tolerance > 0, "a tolerance of \(tolerance)")
    self.tolerance = tolerance
  }
}

extension RangeSpace: QuadraticMethod {
  /// The name with the tolerance.
  public var name: String {
    "range space, residuals ≤ \(tolerance.rounded(digits: 3))"
  }

  /// Solves a program, or proves that it has no solution.
  public func solve(_ program: QuadraticProgram) -> QuadraticSolution {
    QuadraticSearch(program, tolerance).solution(by: name) { search in
      search.answer(byEqualities: Self.point)
    }
  }

  static func point(_ program: ScaledProgram) -> ActiveSetPolish.Point? {
    let m = program.e.columns
    guard let cholesky = try? Cholesky(program.p) else { return nil }
    // L⁻¹E, so that A P⁻¹Aᵀ is its square.
    var image = program.e
    cholesky.solveFactor(inPlace: &image)
    var x = program.q
    cholesky.solveFactor(inPlace: &x)
    var y = program.b
    if m > 0 {
      image.multiply(x, transposed: true, into: &y, beta: 1)
      var square = Matrix<Double>.zeros(m, m)
      square.symmetricRankUpdate(image, transposed: true, beta: 0)
      guard let schur = try? Cholesky(square) else { return nil }
      schur.solve(inPlace: &y)
      // x ← L⁻ᵀ (L⁻¹E y − L⁻¹q).
      image.multiply(y, into: &x, beta: -1)
    } else {
      x.scale(by: -1)
    }
    cholesky.solveFactorTransposed(inPlace: &x)
    return ActiveSetPolish.Point(x: x, y: y, w: .zeros(program.constraintCount))
  }
}

extension QuadraticMethod where Self == RangeSpace {
  /// The range-space method for equalities and a positive definite P.
  ///
  /// - Precondition: `tolerance` is positive.
  public static func rangeSpace(tolerance: Double = 1e-9) -> RangeSpace {
    RangeSpace(tolerance: tolerance)
  }
}
