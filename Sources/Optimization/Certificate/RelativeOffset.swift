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
  /// ‖P r‖ / ‖r‖, 0 where r = 0 and NaN where something is not finite.
  let value: Double
  /// What rounding may leave of an offset of zero.
  let rounding: Double
  /// For each variable the change that moves the residuals by as much as the
  /// variable of the most influence does as a whole.
  let units: Vector<Double>

  init(of jacobian: Matrix<Double>, _ r: Vector<Double>, at x: Vector<Double>) {
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
    let length = r.norm
    guard let qr = try? QR(unit), length > 0 else {
      value = length == 0 ? 0 : .nan
      rounding = 0
      return
    }
    let rank = qr.rank
    var image = r
    qr.multiplyTransposedQ(&image)
    value = Vector(image.prefix(rank)).norm / length
    // The plane that the columns span is known to ε times their condition, and
    // residuals are differences of terms as large as the influence.
    let upper = qr.r
    let condition = rank > 0 ? 1 / abs(upper[rank - 1, rank - 1]) : 0
    rounding =
      8 * .ulpOfOne
      * (Double(m).squareRoot() + condition
        + Double(n) * influence / length)
  }
}
