internal import Matrix

/// Newton's step on the constraints that hold: from the approximate answer of an
/// interior-point method to one as exact as the numbers allow.
///
/// A side counts as active where its multiplier exceeds its slack. Variables at
/// active bounds are set to them; the rest solves, as a correction of what is known,
///
///     (P + ρ I     A′  ) ( dx)   (−∇L)
///     (  A′ᵀ     −δ I  ) (−dy) = ( β − A′ᵀx)
///
/// refined against the system without ρ and δ. Being a correction, it changes
/// multipliers that are not unique no more than it has to, so that they keep their
/// signs. A side that is violated then is added, one with a multiplier of the
/// wrong sign dropped, and the step repeated.
///
/// Source: Stellato, Banjac, Goulart, Bemporad and Boyd 2020 (OSQP), section 5.2.
struct ActiveSetPolish {
  /// An answer to the scaled program: x, y of the equalities, w of the
  /// inequalities and bounds.
  struct Point {
    var x: Vector<Double>
    var y: Vector<Double>
    var w: Vector<Double>
  }

  let program: ScaledProgram
  private(set) var point: Point
  /// For each inequality: 1 where its lower side is active, −1 the upper, else 0.
  private var active: [Int]
  private var lower: [Double]
  private var upper: [Double]
  private(set) var factorizations = 0

  /// From where the interior-point method ended: a side is active where its
  /// multiplier exceeds its slack.
  init(_ program: ScaledProgram, _ state: InteriorPointState.Iterate) {
    self.init(program, program.point(of: state))
    var strength = [Double](repeating: 1, count: active.count)
    for (k, side) in program.sides.enumerated() {
      let i = side.constraint
      let ratio = state.multipliers[k] / state.slacks[k]
      if ratio > strength[i] {
        strength[i] = ratio
        active[i] = side.sign > 0 ? 1 : -1
      }
    }
  }

  /// From a point in the scaled program: a side is active where its multiplier
  /// exceeds its slack.
  init(near point: Point, _ program: ScaledProgram) {
    self.init(program, point)
    var v = Vector<Double>.zeros(program.constraintCount)
    var part = Vector<Double>.zeros(program.g.columns)
    program.setValues(of: point.x, &part, into: &v)
    for side in program.sides {
      let i = side.constraint
      let multiplier = side.sign * point.w[i]
      if multiplier > max(0, side.sign * (v[i] - side.bound)) {
        active[i] = side.sign > 0 ? 1 : -1
      }
    }
  }

  /// From where an active-set method ended.
  init(_ run: ActiveSetRun) {
    self.init(run.program, run.point)
    for id in run.state.active where id >= run.program.e.columns {
      let side = run.program.sides[id - run.program.e.columns]
      active[side.constraint] = side.sign > 0 ? 1 : -1
    }
  }

  /// From a point at which no side is known to be active.
  init(_ program: ScaledProgram, _ point: Point) {
    self.program = program
    self.point = point
    let count = program.constraintCount
    active = Array(repeating: 0, count: count)
    lower = Array(repeating: -.infinity, count: count)
    upper = Array(repeating: .infinity, count: count)
    for side in program.sides {
      let i = side.constraint
      if side.sign > 0 { lower[i] = side.bound } else { upper[i] = side.bound }
    }
  }

  /// Solves on the active sides.
  ///
  /// - Returns: false where the system has no factorization.
  mutating func solve() -> Bool {
    let (n, rows, m) = (program.n, program.g.columns, program.e.columns)
    let free = (0..<n).filter { active[rows + $0] == 0 }
    let held = (0..<rows).filter { active[$0] != 0 }
    for j in 0..<n where active[rows + j] != 0 {
      point.x[j] = active[rows + j] > 0 ? lower[rows + j] : upper[rows + j]
    }
    for i in 0..<rows where active[i] == 0 { point.w[i] = 0 }
    let order = free.count + m + held.count
    var k = Matrix<Double>.zeros(order, order)
    for (c, j) in free.enumerated() {
      for (r, i) in free.enumerated().dropFirst(c) { k[r, c] = program.p[i, j] }
      k[c, c] += 1e-9
      for i in 0..<m { k[free.count + i, c] = program.e[j, i] }
      for (r, i) in held.enumerated() {
        k[free.count + m + r, c] = program.g[j, i]
      }
    }
    for i in free.count..<order { k[i, i] = -1e-9 }
    guard let ldlt = try? LDLT(k) else { return false }
    factorizations += 1
    var step = Vector<Double>.zeros(order)
    var last = Double.infinity
    for _ in 0..<20 {
      let previous = point
      let gradient = lagrangianGradient()
      let ex = program.e.transposed * point.x
      var norm = 0.0
      for (c, j) in free.enumerated() { step[c] = -gradient[j] }
      for i in 0..<m { step[free.count + i] = program.b[i] - ex[i] }
      let gx = program.g.transposed * point.x
      for (r, i) in held.enumerated() {
        let side = active[i] > 0 ? lower[i] : upper[i]
        step[free.count + m + r] = side - gx[i]
      }
      norm = step.normInfinity
      guard norm.isFinite, norm < 0.9 * last else { break }
      last = norm
      ldlt.solve(inPlace: &step)
      guard step.isFinite else {
        point = previous
        break
      }
      for (c, j) in free.enumerated() { point.x[j] += step[c] }
      for i in 0..<m { point.y[i] -= step[free.count + i] }
      for (r, i) in held.enumerated() {
        point.w[i] -= step[free.count + m + r]
      }
    }
    for j in 0..<n { point.w[rows + j] = 0 }
    let gradient = lagrangianGradient()
    for j in 0..<n where active[rows + j] != 0 {
      point.w[rows + j] = gradient[j]
    }
    return true
  }

  /// P x + q − E y − G w of the rows.
  private func lagrangianGradient() -> Vector<Double> {
    var result = program.q
    program.p.symmetricMultiply(point.x, into: &result, beta: 1)
    program.e.multiply(point.y, into: &result, alpha: -1, beta: 1)
    let rows = Vector(point.w.prefix(program.g.columns))
    program.g.multiply(rows, into: &result, alpha: -1, beta: 1)
    return result
  }

  /// Adds violated sides and drops those with a multiplier of the wrong sign.
  ///
  /// - Returns: whether any changed.
  mutating func revise() -> Bool {
    let rows = program.g.columns
    var v = Vector<Double>.zeros(program.constraintCount)
    var part = Vector<Double>.zeros(rows)
    program.setValues(of: point.x, &part, into: &v)
    var changed = false
    for i in 0..<v.count {
      if active[i] != 0 {
        guard Double(active[i]) * point.w[i] < -1e-13 else { continue }
        active[i] = 0
        changed = true
      } else if v[i] < lower[i] - 1e-12 {
        active[i] = 1
        changed = true
      } else if v[i] > upper[i] + 1e-12 {
        active[i] = -1
        changed = true
      }
    }
    return changed
  }
}
