internal import Matrix

/// ‖P r‖ / ‖r‖, where P projects on the columns of J: the cosine of the angle
/// between the residuals and what the variables can still change of them.
///
/// Columns of J that depend on the others, to rounding, are left out, so that it
/// is defined for a Jacobian of any rank.
///
/// Source: Bates and Watts, A relative offset orthogonality convergence criterion
/// for nonlinear least squares, Technometrics 23, 1981.
struct RelativeOffset {
  /// ‖P r‖ / ‖r‖, and 0 where r = 0 or Jᵀr is 0 to rounding; NaN where something
  /// is not finite.
  let value: Double
  /// What rounding, and the error of J, may leave of an offset of zero.
  let rounding: Double
  /// For each variable the change that moves the residuals by as much as the
  /// variable of the most influence does as a whole.
  let units: Vector<Double>

  init(
    of jacobian: Matrix<Double>, _ r: Vector<Double>, at x: Vector<Double>,
    value half: Double, accuracy: Double
  ) {
    let (m, n) = (jacobian.rows, jacobian.columns)
    var unit = jacobian
    var norms = Vector<Double>.zeros(n)
    var influence = 0.0
    for j in 0..<n {
      var column = jacobian.column(j)
      norms[j] = column.norm
      influence = max(influence, norms[j] * abs(x[j]))
      if norms[j] > 0 { column.scale(by: 1 / norms[j]) }
      unit.setColumn(j, to: column)
    }
    let scale = influence
    units = Vector(count: n) { j in
      let unit = scale / norms[j]
      return unit.isFinite && unit > 0 ? unit : 1
    }
    // ‖r‖, or of a loss the length whose half square is its sum.
    let length = (2 * half).squareRoot()
    guard let qr = try? QR(unit), length > 0 else {
      value = length == 0 ? 0 : .nan
      rounding = 0
      return
    }
    let rank = qr.rank(tolerance: 10 * Double(m + n) * .ulpOfOne)
    var image = r
    qr.multiplyTransposedQ(&image)
    // Where the columns become dependent at the solution itself, their plane
    // has no limit, and ‖P r‖ none either. The gradient then decides alone.
    let terms = Double(m).squareRoot() + Double(n) * influence / length
    var cosines = Vector<Double>.zeros(n)
    unit.multiply(r, transposed: true, into: &cosines)
    let cosine = cosines.normInfinity / length
    value =
      cosine <= 8 * .ulpOfOne * terms
      ? 0 : Vector(image.prefix(rank)).norm / length
    // The plane that the columns span is known to the error of J times their
    // condition, and residuals are rounded like terms as large as the influence.
    let upper = qr.r
    let condition = rank > 0 ? 1 / abs(upper[rank - 1, rank - 1]) : 0
    rounding =
      8 * .ulpOfOne * terms
      + 8 * accuracy * (Double(m).squareRoot() + condition)
  }
}
