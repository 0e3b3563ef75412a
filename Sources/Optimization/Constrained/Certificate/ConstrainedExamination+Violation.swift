internal import Matrix

extension ConstrainedExamination {
  /// How fast the violation of the constraints can fall, to first order: 0 where every
  /// step violates them more.
  ///
  /// The violation v is measured two ways, and the smaller slope counts, since a
  /// point is stationary for either where no step helps. Of ‖v‖₂ the slope is
  /// Jᵀv / ‖v‖, without what bounds forbid. Of ‖v‖₁ it is the least ‖Jᵀu + z‖ over all
  /// u that are subgradients of |·| at v: ±1 where a side is violated, up to 1 in the
  /// direction of a side that x is at. A violation of less than 1 counts as 1, with
  /// its slope: a constraint in small units is not stationary for that.
  func violationSlope() -> Double? {
    guard isDefined else { return nil }
    let (m, n) = (c.count, point.dimension)
    // c − nearest side.
    var v = Vector<Double>.zeros(m)
    for i in 0..<m {
      if c[i] < system.lower[i] { v[i] = c[i] - system.lower[i] }
      if c[i] > system.upper[i] { v[i] = c[i] - system.upper[i] }
    }
    // x outside of its bounds can simply be moved.
    if let bounds, !bounds.contains(point.x) { return nil }
    guard v.normInfinity > tolerance else { return nil }

    var unit = v
    unit.scale(by: 1 / v.normInfinity)
    unit.scale(by: 1 / unit.norm)
    var squares = Vector<Double>.zeros(n)
    jacobian.multiply(unit, transposed: true, into: &squares)
    let euclidean = withoutHeld(squares).normInfinity

    // Of ‖v‖₁: the fixed part, and what the others can take away from it.
    var fixed = Vector<Double>.zeros(n)
    var sign = Vector<Double>.zeros(m)
    for i in 0..<m where abs(v[i]) > tolerance { sign[i] = v[i] < 0 ? -1 : 1 }
    jacobian.multiply(sign, transposed: true, into: &fixed)
    let others = activeSides().filter {
      $0.place >= m || sign[$0.place] == 0
    }
    var rest = fixed
    if !others.isEmpty {
      let normals = normals(of: others)
      func limit(_ side: Side, _ s: Double) -> Double {
        if side.sign == s { return 0 }
        return side.place < m ? 1 : .infinity
      }
      if let u = SignedLeastSquares(
        normals, fixed, lower: Vector(others.map { -limit($0, 1) }),
        upper: Vector(others.map { limit($0, -1) })
      ).solve() {
        normals.multiply(u, into: &rest, alpha: -1, beta: 1)
      }
    }
    return min(euclidean, rest.normInfinity) / min(1, v.normInfinity)
  }

  /// A slope without the variables that a bound keeps from following it.
  private func withoutHeld(_ slope: Vector<Double>) -> Vector<Double> {
    guard let bounds else { return slope }
    var free = slope
    for j in 0..<free.count
    where bounds.isActive(j, at: point.x, gradient: slope) {
      free[j] = 0
    }
    return free
  }
}
