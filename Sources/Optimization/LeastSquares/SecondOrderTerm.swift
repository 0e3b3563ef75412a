internal import Matrix

/// Room for second derivatives of residuals by differences.
struct SecondOrderScratch {
  var jacobian: Matrix<Double>
  var shifted: Vector<Double>
  var gradient: Vector<Double>

  init(residuals m: Int, dimension n: Int) {
    jacobian = .zeros(m, n)
    shifted = .zeros(n)
    gradient = .zeros(n)
  }
}

/// Writes S = Σ wᵢ ∇²rᵢ(x) into the lower triangle of `hessian`: exactly where the
/// residuals have second derivatives, otherwise by central differences of Jᵀw
/// with w held fixed, made symmetric.
///
/// - Complexity: one call, or 2n Jacobians; no allocation.
func writeSecondOrderTerm(
  of residuals: any DifferentiableResiduals, at x: Vector<Double>,
  weights: Vector<Double>, into hessian: inout Matrix<Double>,
  scratch: inout SecondOrderScratch
) throws {
  let (m, n) = (residuals.count, x.count)
  if residuals.hasSecondDerivatives {
    try residuals.weightedHessian(at: x, weights: weights, into: &hessian)
    guard hessian.rows == n && hessian.columns == n else {
      let found = hessian.rows
      hessian = .zeros(n, n)
      throw WrongSize(what: "Σ wᵢ ∇²rᵢ", found: found, expected: n)
    }
    return
  }
  hessian.fill(with: 0)
  scratch.shifted.copy(from: x)
  for j in 0..<n {
    // ∛ε times the magnitude of the variable, whose unit is unknown.
    let h = DifferenceScheme.central.step(
      at: x[j], typical: x[j] == 0 ? 1 : 0,
      accuracy: residuals.jacobianAccuracy)
    for side in 0..<2 {
      let sign = side == 0 ? 1.0 : -1.0
      scratch.shifted.withUnsafeMutableBufferPointer { $0[j] = x[j] + sign * h }
      try residuals.jacobian(at: scratch.shifted, into: &scratch.jacobian)
      do {
        try checkJacobian(scratch.jacobian, rows: m, columns: n)
      } catch {
        scratch.jacobian = .zeros(m, n)
        throw error
      }
      scratch.jacobian.multiplyTransposed(weights, into: &scratch.gradient)
      let factor = sign / (2 * h)
      hessian.withUnsafeMutableBufferPointer { hessian in
        for i in 0..<n { hessian[i + j * n] += factor * scratch.gradient[i] }
      }
    }
    scratch.shifted.withUnsafeMutableBufferPointer { $0[j] = x[j] }
  }
  hessian.withUnsafeMutableBufferPointer { hessian in
    for j in 0..<n {
      for i in j..<n {
        hessian[i + j * n] = hessian[i + j * n] / 2 + hessian[j + i * n] / 2
      }
    }
  }
}
