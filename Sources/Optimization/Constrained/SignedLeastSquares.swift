internal import Matrix

/// Least squares with bounds on the unknowns.
///
///     min ‖A u − b‖   where   l ≤ u ≤ h
///
/// The normal equations lose half of the digits; which unknowns are at their bounds
/// they tell, and the others are solved for again by QR.
struct SignedLeastSquares {
  private var columns: Matrix<Double>
  private var lengths: Vector<Double>
  private let target: Vector<Double>
  private let size: Double
  private let bounds: Bounds

  init(
    _ a: Matrix<Double>, _ b: Vector<Double>, lower: Vector<Double>,
    upper: Vector<Double>
  ) {
    columns = a
    // Columns of length 1, so that no unknown is favoured for its units.
    lengths = Vector(repeating: 1, count: a.columns)
    size = b.normInfinity > 0 ? b.normInfinity : 1
    target = (1 / size) * b
    var (low, high) = (lower, upper)
    for k in 0..<a.columns {
      var column = a.column(k)
      let length = column.norm
      if length > 0 {
        lengths[k] = length
        column.scale(by: 1 / length)
        columns.setColumn(k, to: column)
      }
      low[k] *= lengths[k] / size
      high[k] *= lengths[k] / size
    }
    bounds = Bounds(unchecked: low, high)
  }

  /// The unknowns; nil where numbers are not finite.
  func solve() -> Vector<Double>? {
    let k = columns.columns
    guard target.isFinite, columns.maximumMagnitude.isFinite else { return nil }
    var square = Matrix<Double>.zeros(k, k)
    square.symmetricRankUpdate(columns, transposed: true, beta: 0)
    square.symmetrizeFromLower()
    var slope = Vector<Double>.zeros(k)
    columns.multiply(target, transposed: true, into: &slope, alpha: -1)
    guard
      let fit = try? QuadraticProgram(
        hessian: square, gradient: slope, within: bounds)
    else { return nil }
    var u = ActiveSet(tolerance: 1e-12).solve(fit).x
    bounds.project(&u)
    if !u.isFinite { u = .zeros(k) }
    refine(&u)
    for i in 0..<k { u[i] *= size / lengths[i] }
    return u
  }

  /// Solves for the unknowns that are not at a bound again, by QR.
  private func refine(_ u: inout Vector<Double>) {
    let k = columns.columns
    // A multiplier is 0, or at its bound, to what the square knows of it.
    let least = 1e-7 * max(u.normInfinity, 1e-300)
    let kept = (0..<k).filter {
      abs(u[$0] - bounds.lower[$0]) > least
        && abs(u[$0] - bounds.upper[$0]) > least && abs(u[$0]) > least
    }
    guard !kept.isEmpty, kept.count <= columns.rows else { return }
    var rest = target
    var fixed = u
    for i in kept { fixed[i] = 0 }
    columns.multiply(fixed, into: &rest, alpha: -1, beta: 1)
    let part = Matrix<Double>(rows: columns.rows, columns: kept.count) {
      columns[$0, kept[$1]]
    }
    guard let qr = try? QR(part), qr.rank == kept.count else { return }
    let refined = qr.solve(rest)
    var candidate = fixed
    for (c, i) in kept.enumerated() { candidate[i] = refined[c] }
    bounds.project(&candidate)
    if misfit(candidate) <= misfit(u) { u = candidate }
  }

  private func misfit(_ u: Vector<Double>) -> Double {
    var rest = target
    columns.multiply(u, into: &rest, alpha: -1, beta: 1)
    return rest.norm
  }
}
