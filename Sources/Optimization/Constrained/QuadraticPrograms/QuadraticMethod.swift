/// A way to solve convex quadratic programs.
///
/// A value that holds its settings. What it answers is verified by a
/// ``QuadraticCertificate``, which shares nothing with it.
public protocol QuadraticMethod: Codable, Equatable, Sendable {
  /// The method's name with its settings, as reports print it.
  var name: String { get }
  /// Solves a program, or proves that it has no solution.
  func solve(_ program: QuadraticProgram) -> QuadraticSolution
}

/// Solves a convex quadratic program.
///
///     let solution = minimize(program)
///     print(solution)       // x, multipliers, residuals, verdict
///
/// - Parameters:
///   - program: the program.
///   - method: how it is solved.
/// - Returns: the minimiser with multipliers, or a proof that there is no point
///   within the constraints, or a ray along which the objective falls forever;
///   ``QuadraticSolution/isVerified`` says whether the certificate confirms it.
public func minimize(
  _ program: QuadraticProgram,
  using method: some QuadraticMethod = .automatic()
) -> QuadraticSolution {
  method.solve(program)
}

extension QuadraticMethod where Self == InteriorPoint {
  /// The interior-point method, to residuals and a gap of `tolerance`.
  ///
  /// - Precondition: `tolerance` and `iterations` are positive.
  public static func interiorPoint(
    tolerance: Double = 1e-9, iterations: Int = 100
  ) -> InteriorPoint {
    InteriorPoint(tolerance: tolerance, iterations: iterations)
  }
}
