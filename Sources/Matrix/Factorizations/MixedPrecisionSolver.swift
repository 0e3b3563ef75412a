/// Solves systems in `Double` from a factorization in `Float`.
///
/// The O(n³) part runs in single precision, twice as fast; refinement with
/// residuals in double precision, O(n²) a step, then gives the accuracy of a
/// double-precision solution as long as the condition number is well below
/// 1 / ε(`Float`) ≈ 10⁷. Where it does not converge, or the single-precision
/// factorization fails, a double-precision factorization takes over by itself.
///
///     var solver = try MixedPrecisionSolver(a, .positiveDefinite)
///     let x = solver.solve(b)
///     print(solver.outcome)        // refined from Float in 3 steps
///
/// Source: Langou et al., Exploiting the performance of 32 bit floating point
/// arithmetic in obtaining 64 bit accuracy, SC 2006; the stopping test is that
/// of LAPACK's `dsgesv`.
public struct MixedPrecisionSolver: Sendable {
  /// What is known of the matrix.
  public enum Structure: String, Sendable, Codable {
    /// Symmetric positive definite, given by its lower triangle: Cholesky.
    case positiveDefinite
    /// Nothing: LU.
    case general
  }

  /// How the last solution was found.
  public enum Outcome: Sendable, Equatable {
    /// Nothing was solved yet.
    case none
    /// Refined from the factorization in `Float` in so many steps.
    case refined(steps: Int)
    /// Solved with a factorization in `Double`.
    case doublePrecision(Cause)
  }

  /// Why the factorization in `Float` did not serve.
  public enum Cause: String, Sendable, Codable {
    /// The matrix, rounded to `Float`, has no such factorization.
    case factorization
    /// The refinement did not reach the accuracy of `Double`.
    case refinement
  }

  private enum Factors {
    case singleCholesky(Cholesky<Float>)
    case singleLU(LU<Float>)
    case cholesky(Cholesky<Double>)
    case lu(LU<Double>)
  }

  /// How the last solution was found.
  public private(set) var outcome = Outcome.none
  private let matrix: Matrix<Double>
  private let structure: Structure
  /// A power of two that brings the largest magnitude of A near 1.
  private let scale: Double
  /// ‖A‖∞ after scaling.
  private let norm: Double
  private var factors: Factors
  private var cause: Cause?

  /// Factorizes A in `Float`, or in `Double` if that fails.
  ///
  /// - Precondition: A is square.
  /// - Throws: What the factorization in `Double` throws.
  /// - Complexity: n³/3 flops in `Float` (positive definite) or 2n³/3 (general).
  public init(
    _ a: Matrix<Double>, _ structure: Structure
  ) throws(FactorizationError) {
    a.checkSquare("MixedPrecisionSolver")
    let n = a.rows
    matrix = a
    self.structure = structure
    let symmetric = structure == .positiveDefinite
    try a.checkFinite(lowerTriangle: symmetric)
    // Float's range is 10^±38: without the scaling a matrix of size 1e40 would
    // overflow and one of size 1e-40 lose its digits.
    let largest = a.largestMagnitude(lowerTriangle: symmetric)
    let exponent = largest > 0 ? largest.exponent : 0
    scale = Double(
      sign: .plus, exponent: -Swift.min(Swift.max(exponent, -1000), 1000),
      significand: 1)
    var single = Matrix<Float>.zeros(n, n)
    var sums = Vector<Double>.zeros(n)
    for j in 0..<n {
      for i in (symmetric ? j : 0)..<n {
        let element = scale * a[i, j]
        single[i, j] = Float(element)
        sums[i] += element.magnitude
        if symmetric && i > j { sums[j] += element.magnitude }
      }
    }
    norm = sums.normInfinity
    do {
      factors =
        switch structure {
        case .positiveDefinite: .singleCholesky(try Cholesky(single))
        case .general: .singleLU(try LU(single))
        }
    } catch {
      cause = .factorization
      factors = try Self.doubleFactors(a, structure)
    }
  }

  private static func doubleFactors(
    _ a: Matrix<Double>, _ structure: Structure
  ) throws(FactorizationError) -> Factors {
    switch structure {
    case .positiveDefinite: .cholesky(try Cholesky(a))
    case .general: .lu(try LU(a))
    }
  }

  /// The order n of the matrix.
  public var order: Int { matrix.rows }

  /// The solution x of A x = b; ``outcome`` then says how it was found.
  ///
  /// - Precondition: b has as many elements as A has rows.
  /// - Throws: What the factorization in `Double` throws, when it is needed.
  /// - Complexity: 4n² flops a refinement step; a factorization in `Double` once,
  ///   when refinement does not converge.
  public mutating func solve(
    _ b: Vector<Double>
  ) throws(FactorizationError) -> Vector<Double> {
    precondition(
      b.count == order,
      "a right-hand side of \(b.count) elements for a matrix of order \(order)")
    if cause == nil {
      if let x = refined(b) { return x }
      cause = .refinement
      factors = try Self.doubleFactors(matrix, structure)
    }
    var x = b
    switch factors {
    case .cholesky(let cholesky): cholesky.solve(inPlace: &x)
    case .lu(let lu): lu.solve(inPlace: &x)
    case .singleCholesky, .singleLU: preconditionFailure("factors in Float")
    }
    outcome = .doublePrecision(cause ?? .refinement)
    return x
  }

  /// The refined solution, or nil when thirty steps do not reach it or one does
  /// not halve the residual.
  private mutating func refined(_ b: Vector<Double>) -> Vector<Double>? {
    let n = order
    // ‖r‖ ≤ √n ε ‖A‖ ‖x‖: what a solution by Double factors would leave.
    let accuracy = Double(n).squareRoot() * .ulpOfOne * norm
    var x = Vector<Double>.zeros(n)
    var residual = b
    var correction = Vector<Float>.zeros(n)
    var last = Double.infinity
    for step in 0...30 {
      let size = residual.normInfinity
      if size * scale <= accuracy * x.normInfinity || size == 0 {
        outcome = .refined(steps: step)
        return x
      }
      guard size <= last / 2 && size.isFinite else { return nil }
      last = size
      // At size 1, so that the correction keeps its digits in Float.
      for i in 0..<n { correction[i] = Float(residual[i] / size) }
      switch factors {
      case .singleCholesky(let cholesky): cholesky.solve(inPlace: &correction)
      case .singleLU(let lu): lu.solve(inPlace: &correction)
      case .cholesky, .lu: return nil
      }
      for i in 0..<n { x[i] += Double(correction[i]) * scale * size }
      residual.copy(from: b)
      switch structure {
      case .positiveDefinite:
        matrix.symmetricMultiply(x, into: &residual, alpha: -1, beta: 1)
      case .general:
        matrix.multiply(x, into: &residual, alpha: -1, beta: 1)
      }
    }
    return nil
  }
}

extension MixedPrecisionSolver.Outcome: CustomStringConvertible {
  /// How the solution was found, in words.
  public var description: String {
    switch self {
    case .none: "nothing solved yet"
    case .refined(let steps): "refined from Float in \(steps) steps"
    case .doublePrecision(.factorization):
      "solved in Double: the factorization in Float failed"
    case .doublePrecision(.refinement):
      "solved in Double: the refinement did not converge"
    }
  }
}

extension Matrix {
  /// The largest magnitude, of the lower triangle alone where that is the matrix.
  func largestMagnitude(lowerTriangle: Bool) -> Scalar {
    guard lowerTriangle else { return maximumMagnitude }
    return read { a in
      (0..<rows).reduce(0) { largest, j in
        Swift.max(
          largest, Scalar._maxMagnitude(rows - j, a + j * (rows + 1)))
      }
    }
  }
}
