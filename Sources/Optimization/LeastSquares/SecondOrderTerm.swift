internal import Matrix

/// Writes S = Σ wᵢ ∇²rᵢ(x) into the lower triangle of `hessian`: exactly where the
/// residuals have second derivatives, otherwise by central differences of Jᵀw
/// with w held fixed, made symmetric.
///
/// - Complexity: one call, or 2n Jacobians and three allocations.
func writeSecondOrderTerm(
  of residuals: any DifferentiableResiduals, at x: Vector<Double>,
  weights: Vector<Double>, into hessian: inout Matrix<Double>
) throws {
  let (m, n) = (residuals.count, x.count)
  if residuals.hasSecondDerivatives {
    try residuals.weightedHessian(at: x, weights: weights, into: &hessian)
    guard hessian.rows == n && hessian.columns == n else {
      throw WrongSize(what: "Σ wᵢ ∇²rᵢ", found: hessian.rows, expected: n)
    }
    return
  }
  var columns = Matrix<Double>.zeros(n, n)
  var jacobian = Matrix<Double>.zeros(m, n)
  var shifted = x
  var gradient = Vector<Double>.zeros(n)
  for j in 0..<n {
    // ∛ε times the magnitude of the variable, whose unit is unknown.
    let h = DifferenceScheme.central.step(
      at: x[j], typical: x[j] == 0 ? 1 : 0,
      accuracy: residuals.jacobianAccuracy)
    for sign in [1.0, -1] {
      shifted[j] = x[j] + sign * h
      try residuals.jacobian(at: shifted, into: &jacobian)
      try checkJacobian(jacobian, rows: m, columns: n)
      jacobian.multiplyTransposed(weights, into: &gradient)
      for i in 0..<n { columns[i, j] += sign * gradient[i] / (2 * h) }
    }
    shifted[j] = x[j]
  }
  for j in 0..<n {
    for i in j..<n {
      hessian[i, j] = columns[i, j] / 2 + columns[j, i] / 2
    }
  }
}
