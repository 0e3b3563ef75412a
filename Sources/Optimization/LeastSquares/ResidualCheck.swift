public import Matrix

/// Compares the derivatives of residuals with differences of their values.
///
///     print(checkDerivatives(of: residuals, at: x))
///
/// J is compared with differences of r and, where the residuals have them, Jᵀw and
/// Σ wᵢ ∇²rᵢ for one w with differences of r and of Jᵀw. Take a point in general
/// position. Errors that the residuals throw and derivatives of wrong size are
/// reported; nothing traps. A loss and bounds play no part.
///
/// - Parameters:
///   - residuals: the residuals.
///   - x: the point at which they are checked.
/// - Complexity: about 16n evaluations of r, and as many of J when there are second
///   derivatives.
public func checkDerivatives(
  of residuals: any DifferentiableResiduals, at x: Vector<Double>
) -> DerivativeReport {
  do {
    return try ResidualCheck(residuals, at: x).report()
  } catch {
    return DerivativeReport(failure: "\(error)")
  }
}

/// The comparison of derivatives of residuals with differences.
private struct ResidualCheck {
  let residuals: any DifferentiableResiduals
  let x: Vector<Double>
  let weights: Vector<Double>
  let jacobian: Matrix<Double>

  init(
    _ residuals: any DifferentiableResiduals, at x: Vector<Double>
  ) throws {
    self.residuals = residuals
    self.x = x
    let m = residuals.count
    // Of no particular shape, lest an error cancel.
    weights = Vector(count: m) { i in
      (i.isMultiple(of: 2) ? 1 : -1) * (1 + Double(i * 7 % 5) / 5)
    }
    jacobian = try Self.jacobian(of: residuals, at: x)
  }

  private static func jacobian(
    of residuals: any DifferentiableResiduals, at x: Vector<Double>
  ) throws -> Matrix<Double> {
    var jacobian = Matrix<Double>.zeros(residuals.count, x.count)
    try residuals.jacobian(at: x, into: &jacobian)
    try checkJacobian(jacobian, rows: residuals.count, columns: x.count)
    return jacobian
  }

  private func values(at x: Vector<Double>) throws -> Vector<Double> {
    var r = Vector<Double>.zeros(residuals.count)
    try residuals.residuals(at: x, into: &r)
    guard r.count == residuals.count else {
      throw WrongCount(found: r.count, expected: residuals.count)
    }
    return r
  }

  func report() throws -> DerivativeReport {
    guard try values(at: x).isFinite else {
      return DerivativeReport(failure: "r is not finite at the point")
    }
    let columns = (0..<x.count).map { j in
      differences(j, count: residuals.count) { try values(at: $0) }
    }
    return DerivativeReport(
      jacobian: compareJacobian(columns),
      transposedProduct: try compareProduct(columns),
      weightedHessian: try compareHessian(), failure: nil)
  }

  /// Differences of a function along variable j; what it throws, and numbers that
  /// are not finite, are where it is undefined.
  private func differences(
    _ j: Int, count: Int, _ function: (Vector<Double>) throws -> Vector<Double>
  ) -> Extrapolation {
    // The parameters of one model are often of very different magnitudes.
    Extrapolation(count: count, scale: x[j] == 0 ? 1 : abs(x[j])) { t in
      var shifted = x
      shifted[j] += t
      guard let values = try? function(shifted), values.isFinite else {
        return nil
      }
      return values
    }
  }

  private func compareJacobian(
    _ columns: [Extrapolation]
  ) -> DerivativeReport.Comparison {
    DerivativeReport.Comparison(
      columns.enumerated().flatMap { j, column in
        (0..<residuals.count).map { i in
          DerivativeReport.Component(
            row: i, column: j, given: jacobian[i, j],
            expected: column.derivative[i],
            uncertainty: column.uncertainty[i])
        }
      })
  }

  private func compareProduct(
    _ columns: [Extrapolation]
  ) throws -> DerivativeReport.Comparison? {
    guard residuals.hasTransposedProducts else { return nil }
    let n = x.count
    var product = Vector<Double>.zeros(n)
    try residuals.transposedProduct(at: x, weights: weights, into: &product)
    guard product.count == n else {
      throw WrongSize(what: "Jᵀw", found: product.count, expected: n)
    }
    return DerivativeReport.Comparison(
      columns.enumerated().map { j, column in
        var uncertainty = 0.0
        for i in 0..<weights.count {
          uncertainty += abs(weights[i]) * column.uncertainty[i]
        }
        return DerivativeReport.Component(
          row: j, column: nil, given: product[j],
          expected: weights.dot(column.derivative), uncertainty: uncertainty)
      })
  }

  private func compareHessian() throws -> DerivativeReport.Comparison? {
    guard residuals.hasSecondDerivatives else { return nil }
    let n = x.count
    var hessian = Matrix<Double>.zeros(n, n)
    try residuals.weightedHessian(at: x, weights: weights, into: &hessian)
    guard hessian.rows == n && hessian.columns == n else {
      throw WrongSize(what: "Σ wᵢ ∇²rᵢ", found: hessian.rows, expected: n)
    }
    return DerivativeReport.Comparison(
      (0..<n).flatMap { j in
        let column = differences(j, count: n) { x in
          var product = Vector<Double>.zeros(n)
          try Self.jacobian(of: residuals, at: x)
            .multiplyTransposed(weights, into: &product)
          return product
        }
        return (j..<n).map { i in
          DerivativeReport.Component(
            row: i, column: j, given: hessian[i, j],
            expected: column.derivative[i],
            uncertainty: column.uncertainty[i])
        }
      })
  }
}
