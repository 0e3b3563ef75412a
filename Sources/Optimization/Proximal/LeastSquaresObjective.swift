public import Matrix

/// Linear least squares, f(x) = ½ c ‖A x − b‖², as an objective.
///
/// c is 1, or 1/m where the m residuals are averaged. With an intercept there is one
/// variable more, the last, whose column of A is all ones; exclude it from penalties.
///
///     let lasso = LeastSquaresObjective(a, b, averaged: true) + 0.1 * .l1
///     let solution = minimize(lasso, from: .zeros(a.columns))
///     print(solution.certificate.composite!.dualityGap!)
///
/// ∇f = c Aᵀ(A x − b), ∇²f = c AᵀA, φ*(u) = ‖u‖² / 2c + bᵀu. The residuals' room is
/// the object's own: evaluations allocate nothing, and two threads must not call
/// one object at a time.
///
/// - Complexity: f and ∇f 4mn flops, the first ∇²f mn², a product ∇²f v 4mn.
public final class LeastSquaresObjective: TwiceDifferentiableObjective,
  ConjugateObjective
{
  /// Whether the last variable is an intercept.
  public let hasIntercept: Bool
  /// A, with a column of ones at its end where there is an intercept.
  let matrix: Matrix<Double>
  let targets: Vector<Double>
  /// c.
  let weight: Double
  private var residuals: Vector<Double>
  private var gram: Matrix<Double>?

  /// ½ c ‖A x − b‖².
  ///
  /// - Parameters:
  ///   - a: m×n.
  ///   - b: m numbers.
  ///   - averaged: whether c is 1/m, not 1.
  ///   - intercept: whether there is a variable more.
  /// - Precondition: as many numbers in b as rows in A, at least one.
  /// - Complexity: O(1), or O(mn) with an intercept, for which A is copied.
  public init(
    _ a: Matrix<Double>, _ b: Vector<Double>, averaged: Bool = false,
    intercept: Bool = false
  ) {
    precondition(
      b.count == a.rows && a.rows > 0,
      "\(b.count) targets for \(a.rows) rows")
    hasIntercept = intercept
    matrix = intercept ? a.withOnes : a
    targets = b
    weight = averaged ? 1 / Double(a.rows) : 1
    residuals = .zeros(a.rows)
  }

  /// n, and 1 for the intercept.
  public var dimension: Int? { matrix.columns }

  /// m.
  public var imageCount: Int { matrix.rows }

  /// 4mn flops for f and ∇f and for ∇²f v, n² for a ∇²f that is known.
  public var cost: ObjectiveCost {
    let (m, n) = (Double(matrix.rows), Double(matrix.columns))
    return ObjectiveCost(
      valueAndGradient: 4 * m * n, hessian: n * n,
      hessianVectorProduct: 4 * m * n)
  }

  /// f(x), in half the time that f and ∇f take.
  public func value(at x: Vector<Double>) -> Double {
    setResiduals(at: x)
    return 0.5 * weight * residuals.dot(residuals)
  }

  /// Writes c Aᵀ(A x − b) and returns f.
  public func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    setResiduals(at: x)
    matrix.multiply(
      residuals, transposed: true, into: &gradient, alpha: weight)
    return 0.5 * weight * residuals.dot(residuals)
  }

  /// Writes c AᵀA, which is formed once.
  public func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>)
  {
    let n = matrix.columns
    let known: Matrix<Double>
    if let gram {
      known = gram
    } else {
      var formed = Matrix<Double>.zeros(n, n)
      formed.symmetricRankUpdate(
        matrix, transposed: true, alpha: weight, beta: 0)
      gram = formed
      known = formed
    }
    known.read { from in
      hessian.write { $0.update(from: from, count: n * n) }
    }
  }

  /// Writes c Aᵀ(A v).
  public func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) {
    matrix.multiply(v, into: &residuals)
    matrix.multiply(
      residuals, transposed: true, into: &product, alpha: weight)
  }

  private func setResiduals(at x: Vector<Double>) {
    residuals.copy(from: targets)
    matrix.multiply(x, into: &residuals, beta: -1)
  }

  /// Writes c (A x − b).
  public func imageGradient(
    at x: Vector<Double>, into u: inout Vector<Double>
  ) {
    u.copy(from: targets)
    matrix.multiply(x, into: &u, alpha: weight, beta: -weight)
  }

  /// Writes Aᵀu.
  public func transposedProduct(
    of u: Vector<Double>, into y: inout Vector<Double>
  ) {
    matrix.multiply(u, transposed: true, into: &y)
  }

  /// ‖u‖² / 2c + bᵀu.
  public func imageConjugate(at u: Vector<Double>) -> Double {
    u.dot(u) / (2 * weight) + targets.dot(u)
  }

  /// Subtracts the projection of u on the columns that no penalty counts.
  public func adjust(
    _ u: inout Vector<Double>, at x: Vector<Double>, against free: [Int]
  ) -> Bool {
    removeImage(
      of: matrix.columns(free), weights: Vector(repeating: 1, count: u.count),
      from: &u)
  }
}

extension Matrix<Double> {
  /// The matrix with a column of ones at its end.
  var withOnes: Matrix<Double> {
    let ones = Array(repeating: 1.0, count: rows)
    return Matrix(
      rows: rows, columns: columns + 1, columnMajor: columnMajor + ones)
  }

  /// Some of the columns.
  func columns(_ chosen: [Int]) -> Matrix<Double> {
    Matrix(rows: rows, columns: chosen.count) { self[$0, chosen[$1]] }
  }
}
