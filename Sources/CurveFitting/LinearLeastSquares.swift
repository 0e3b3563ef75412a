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
/// length 1, refined; where the rank is less than full, the solution of least norm
/// in those units.
///
/// - Throws: what the SVD throws, where it is needed.
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
  let solution =
    if m >= n, let qr = try? QR(scaled), qr.rank == n {
      refined(scaled, qr, responses)
    } else {
      try minimumNorm(scaled, responses)
    }
  return Vector(count: n) { solution[$0] * scales[$0] }
}

/// The solution x, refined with its residuals r.
///
///     r + A x = b,  Aᵀ r = 0
///
/// Both are corrected by what is left of these equations to twice the precision. The
/// residuals have to be unknowns beside x: where they are large, an error in them
/// reaches x with the square of the condition.
///
/// Source: Björck, Iterative refinement of linear least squares solutions I, BIT 7,
/// 1967; Björck 1996, section 2.9.2.
private func refined(
  _ a: Matrix<Double>, _ qr: QR<Double>, _ b: Vector<Double>
) -> Vector<Double> {
  let (m, n) = (a.rows, a.columns)
  let (triangle, order) = (qr.r, qr.permutation)
  var x = qr.solve(b)
  var r = accurateResiduals(b, a, x)
  var last = Double.infinity
  for _ in 0..<5 {
    // f = b − r − A x and g = −Aᵀ r, to be removed by dr + A dx = f, Aᵀ dr = g.
    var f = accurateResiduals(b, a, x, r)
    let g = accurateProduct(a, r)
    qr.multiplyTransposedQ(&f)
    var z = Vector<Double>(count: n) { -g[order[$0]] }
    triangle.solveTriangular(.upper, transposed: true, &z)
    var y = Vector<Double>(count: n) { f[$0] - z[$0] }
    triangle.solveTriangular(.upper, &y)
    var dr = Vector<Double>(count: m) { $0 < n ? z[$0] : f[$0] }
    qr.multiplyQ(&dr)
    // Done when the corrections no longer shrink: a factor of A with no digit
    // left would lead away.
    let size = y.norm
    guard size < 0.5 * last else { break }
    last = size
    for j in 0..<n { x[order[j]] += y[j] }
    r.add(dr, scaledBy: 1)
  }
  return x
}

private func minimumNorm(
  _ a: Matrix<Double>, _ b: Vector<Double>
) throws -> Vector<Double> {
  let svd = try SVD(a)
  var solution = Vector<Double>.zeros(a.columns)
  for k in 0..<svd.rank {
    let component = svd.u.column(k).dot(b) / svd.singularValues[k]
    for j in 0..<a.columns {
      solution[j] += component * svd.vTransposed[k, j]
    }
  }
  return solution
}

/// b − A x − r, each sum as if computed with twice the digits and
/// then rounded.
private func accurateResiduals(
  _ b: Vector<Double>, _ a: Matrix<Double>, _ x: Vector<Double>,
  _ r: Vector<Double>? = nil
) -> Vector<Double> {
  Vector(count: a.rows) { i in
    var sum = AccurateSum(b[i])
    if let r { sum.add(-r[i], 1) }
    for j in 0..<a.columns { sum.add(-a[i, j], x[j]) }
    return sum.value
  }
}

/// Aᵀ r, likewise.
private func accurateProduct(
  _ a: Matrix<Double>, _ r: Vector<Double>
) -> Vector<Double> {
  Vector(count: a.columns) { j in
    var sum = AccurateSum(0)
    for i in 0..<a.rows { sum.add(a[i, j], r[i]) }
    return sum.value
  }
}

/// A sum of products that keeps what rounding takes from it.
///
/// Source: Ogita, Rump and Oishi, Accurate sum and dot product, SIAM J. Sci.
/// Comput. 26, 2005, algorithm 5.3 (Dot2).
private struct AccurateSum {
  private var sum: Double
  private var lost = 0.0

  init(_ start: Double) { sum = start }

  /// Adds x y.
  mutating func add(_ x: Double, _ y: Double) {
    let product = x * y
    let rest = (-product).addingProduct(x, y)
    let total = sum + product
    let part = total - sum
    lost += ((sum - (total - part)) + (product - part)) + rest
    sum = total
  }

  var value: Double { sum + lost }
}
