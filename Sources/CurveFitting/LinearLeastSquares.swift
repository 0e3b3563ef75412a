internal import Matrix
internal import Optimization

/// The residuals A β − b of a linear model, with weights in A and b.
struct LinearResiduals: DifferentiableResiduals {
  let design: Matrix<Double>
  let responses: Vector<Double>

  var dimension: Int? { design.columns }
  var count: Int { design.rows }

  /// Writes A β − b.
  func residuals(at x: Vector<Double>, into r: inout Vector<Double>) {
    design.multiply(x, into: &r)
    r.add(responses, scaledBy: -1)
  }

  /// Writes A.
  func jacobian(at x: Vector<Double>, into jacobian: inout Matrix<Double>) {
    jacobian = design
  }

  /// All of them zero.
  var hasSecondDerivatives: Bool { true }

  /// Writes zeros.
  func weightedHessian(
    at x: Vector<Double>, weights: Vector<Double>,
    into hessian: inout Matrix<Double>
  ) {
    hessian.fill(with: 0)
  }
}

/// min ‖A β − b‖ by Householder QR with column pivoting, on columns scaled to
/// length 1, with the solution of least norm in those units where the rank is
/// less than full, and refined.
///
/// A step of refinement solves for the correction that the residuals ask for,
/// computed to twice the precision. It repairs what rounding did in the
/// factorization, as long as that has a digit left.
///
/// Source: Björck, Numerical Methods for Least Squares Problems, 1996, section
/// 2.9; Ogita, Rump and Oishi 2005 (the sums).
func solveLeastSquares(
  _ design: Matrix<Double>, _ responses: Vector<Double>
) throws -> Vector<Double> {
  let (m, n) = (design.rows, design.columns)
  // Powers of two scale without rounding.
  let scales = Vector<Double>(count: n) { j in
    let norm = design.column(j).norm
    guard norm > 0 && norm.isFinite else { return 1 }
    return Double(sign: .plus, exponent: -norm.exponent, significand: 1)
  }
  let scaled = Matrix(rows: m, columns: n) { design[$0, $1] * scales[$1] }
  guard m >= n, let qr = try? QR(scaled), qr.rank == n else {
    return try minimumNorm(scaled, scales, responses)
  }
  var solution = qr.solve(responses)
  for _ in 0..<3 {
    let residuals = accurateResiduals(scaled, solution, responses)
    let correction = qr.solve(residuals)
    guard correction.norm < 0.5 * solution.norm else { break }
    solution.add(correction, scaledBy: 1)
  }
  return Vector(count: n) { solution[$0] * scales[$0] }
}

private func minimumNorm(
  _ scaled: Matrix<Double>, _ scales: Vector<Double>,
  _ responses: Vector<Double>
) throws -> Vector<Double> {
  let svd = try SVD(scaled)
  let rank = svd.rank
  var solution = Vector<Double>.zeros(scaled.columns)
  for k in 0..<rank {
    let component = svd.u.column(k).dot(responses) / svd.singularValues[k]
    for j in 0..<scaled.columns {
      solution[j] += component * svd.vTransposed[k, j]
    }
  }
  return Vector(count: scaled.columns) { solution[$0] * scales[$0] }
}

/// b − A β, each sum as if computed with twice the digits and then rounded.
private func accurateResiduals(
  _ a: Matrix<Double>, _ x: Vector<Double>, _ b: Vector<Double>
) -> Vector<Double> {
  Vector(count: a.rows) { i in
    var sum = b[i]
    var error = 0.0
    for j in 0..<a.columns {
      // The product exactly, as p + e, and the sum exactly, as t + d.
      let p = -a[i, j] * x[j]
      let e = (-p).addingProduct(-a[i, j], x[j])
      let t = sum + p
      let z = t - sum
      let d = (sum - (t - z)) + (p - z)
      error += d + e
      sum = t
    }
    return sum + error
  }
}
