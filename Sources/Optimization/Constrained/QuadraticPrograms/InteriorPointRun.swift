internal import Matrix

/// A run of ``InteriorPoint``: the scaled program, the state and scratch.
struct InteriorPointRun {
  /// Where a run stands.
  enum Standing: Equatable {
    case going
    /// All residuals and the gap are within the tolerance.
    case arrived
    /// y and λ prove that no point satisfies the constraints.
    case infeasible
    /// x is a direction in which the objective falls forever.
    case unbounded
    /// Rounding leaves no progress.
    case stuck
  }

  let method: InteriorPoint
  private(set) var program: ScaledProgram
  private(set) var state: InteriorPointState
  /// Residuals of the current state, in the user's units.
  private(set) var primalResidual = Double.infinity
  private(set) var dualResidual = Double.infinity
  private(set) var gap = Double.infinity
  private(set) var factorizations = 0

  private var system: NewtonSystem
  /// v = (Gᵀx, x), dv, and w = Σ σ λ.
  private var v: Vector<Double>
  private var dv: Vector<Double>
  private var w: Vector<Double>
  private var weights: Vector<Double>
  private var rowPart: Vector<Double>
  /// P x, and E y + G w.
  private var px: Vector<Double>
  private var pull: Vector<Double>
  private var dual: Vector<Double>
  private var equality: Vector<Double>
  private var sideResidual: Vector<Double>
  private var target: Vector<Double>
  private var first: Vector<Double>
  private var dx: Vector<Double>
  private var dy: Vector<Double>
  private var ds: Vector<Double>
  private var dl: Vector<Double>

  /// A run from a state, or from its beginning.
  ///
  /// - Precondition: the state is one of a program of this shape.
  init(
    _ method: InteriorPoint, on program: ScaledProgram,
    from state: InteriorPointState? = nil
  ) {
    self.method = method
    self.program = program
    let (n, m) = (program.n, program.e.columns)
    let (sides, all) = (program.sides.count, program.constraintCount)
    if let current = state?.current {
      precondition(
        current.x.count == n && current.y.count == m
          && current.slacks.count == sides,
        """
        a state of \(current.x.count) variables, \(current.y.count) \
        equalities and \(current.slacks.count) sides for a program of \(n), \
        \(m) and \(sides)
        """)
    }
    system = NewtonSystem(program)
    let ones = Vector(repeating: 1.0, count: sides)
    let origin = InteriorPointState.Iterate(
      x: .zeros(n), y: .zeros(m), slacks: ones, multipliers: ones)
    self.state = state ?? InteriorPointState(current: origin, best: origin)
    v = .zeros(all)
    dv = .zeros(all)
    w = .zeros(all)
    weights = .zeros(all)
    rowPart = .zeros(program.g.columns)
    px = .zeros(n)
    pull = .zeros(n)
    dual = .zeros(n)
    equality = .zeros(m)
    sideResidual = .zeros(sides)
    target = .zeros(sides)
    first = .zeros(n)
    dx = .zeros(n)
    dy = .zeros(m)
    ds = .zeros(sides)
    dl = .zeros(sides)
    if state == nil { start() }
  }

  /// Steps until the run stands.
  ///
  /// - Parameter observer: sees each state; the run ends, stuck, where it says
  ///   true.
  mutating func run(
    observing observer: ((InteriorPointState) -> Bool)? = nil
  ) -> Standing {
    while true {
      let standing = assess()
      if standing != .going { return standing }
      if let observer, observer(state) { return .stuck }
      if !step() { return .stuck }
    }
  }
}

// MARK: Residuals

extension InteriorPointRun {
  private mutating func setResiduals() {
    program.p.symmetricMultiply(state.current.x, into: &px)
    program.setValues(of: state.current.x, &rowPart, into: &v)
    w.fill(with: 0)
    for k in 0..<program.sides.count {
      let side = program.sides[k]
      w.set(
        side.constraint,
        to: w[side.constraint] + side.sign * state.current.multipliers[k])
      sideResidual.set(
        k,
        to: side.sign * (v[side.constraint] - side.bound)
          - state.current.slacks[k])
    }
    program.setPull(state.current.y, w, &rowPart, into: &pull)
    for j in 0..<px.count { dual.set(j, to: px[j] + program.q[j] - pull[j]) }
    equality.copy(from: program.b)
    program.e.multiply(
      state.current.x, transposed: true, into: &equality, alpha: -1, beta: 1)
  }

  /// Where the run stands, from residuals in the user's units.
  mutating func assess() -> Standing {
    setResiduals()
    let (c, rows) = (program.c, program.g.columns)
    var (primal, dualNorm) = (0.0, 0.0)
    for i in 0..<equality.count {
      primal = max(primal, abs(equality[i]) / program.equalityScale[i])
    }
    for j in 0..<dual.count {
      dualNorm = max(dualNorm, abs(dual[j]) / (c * program.d[j]))
    }
    var gap = state.current.x.dot(dual) - state.current.y.dot(equality)
    for k in 0..<program.sides.count {
      let side = program.sides[k]
      let i = side.constraint
      let unit =
        i < rows ? 1 / program.inequalityScale[i] : program.d[i - rows]
      primal = max(primal, abs(sideResidual[k]) * unit)
      gap +=
        state.current.multipliers[k]
        * (state.current.slacks[k] + sideResidual[k])
    }
    gap = abs(gap) / c
    (primalResidual, dualResidual, self.gap) = (primal, dualNorm, gap)
    let merit = max(primal, dualNorm, gap) / method.tolerance
    guard merit.isFinite && gap.isFinite && dualNorm.isFinite else {
      return .stuck
    }
    if merit < state.leastError {
      // Small gains are no progress, but their states are kept.
      if merit < 0.9 * state.leastError {
        state.bestIteration = state.iteration
      }
      state.leastError = merit
      keepBest()
    }
    if merit <= 0.5 { return .arrived }
    if state.iteration >= method.iterations { return .stuck }
    if provesInfeasible() { return .infeasible }
    if provesUnbounded() { return .unbounded }
    // Either rounding, or no solution.
    let patience = isCentered ? 3 : 15
    if state.iteration - state.bestIteration > patience { return .stuck }
    return .going
  }

  /// Products s λ that add a hundredth of the tolerance to the gap.
  private var smallestProduct: Double {
    0.01 * method.tolerance * program.c / Double(max(1, program.sides.count))
  }

  /// Whether the products are as small as they need to be.
  private var isCentered: Bool {
    state.current.slacks.dot(state.current.multipliers)
      <= 4 * smallestProduct * Double(program.sides.count)
  }

  private mutating func keepBest() {
    state.best.x.copy(from: state.current.x)
    state.best.y.copy(from: state.current.y)
    state.best.slacks.copy(from: state.current.slacks)
    state.best.multipliers.copy(from: state.current.multipliers)
  }

  /// Whether E y + G w vanishes beside what y and w ask for.
  private func provesInfeasible() -> Bool {
    var support = state.current.y.dot(program.b)
    for k in 0..<program.sides.count {
      let side = program.sides[k]
      support += side.sign * state.current.multipliers[k] * side.bound
    }
    return support > 0 && pull.normInfinity <= 1e-11 * support
      && support > 1e3
  }

  /// Whether x, very long, is a direction of descent along which nothing grows.
  private func provesUnbounded() -> Bool {
    let fall = -program.q.dot(state.current.x)
    guard fall > 1e6 else { return false }
    let size = 1e-10 * fall
    guard px.normInfinity <= size else { return false }
    for i in 0..<equality.count
    where abs(program.b[i] - equality[i]) > size { return false }
    for side in program.sides where side.sign * v[side.constraint] < -size {
      return false
    }
    return true
  }
}

// MARK: Steps

extension InteriorPointRun {
  /// Solves for the first point: the least squares of the sides' violations.
  ///
  /// What a side is violated by is its multiplier then, and what it is satisfied
  /// by its slack; each is at least 0.3 of what is typical of either.
  private mutating func start() {
    weights.fill(with: 0)
    w.fill(with: 0)
    for k in 0..<program.sides.count {
      let side = program.sides[k]
      weights.set(side.constraint, to: weights[side.constraint] + 1)
      w.set(side.constraint, to: w[side.constraint] + side.bound)
    }
    dy.fill(with: 0)
    program.setPull(dy, w, &rowPart, into: &first)
    for j in 0..<first.count { first.set(j, to: first[j] - program.q[j]) }
    guard
      system.factorize(
        program, weights: weights, regularization: &state.regularization)
    else { return }
    factorizations += 1
    system.solve(
      program, first, program.b, into: &state.current.x, &state.current.y,
      refinements: 1)
    let sides = program.sides
    guard !sides.isEmpty else { return }
    program.setValues(of: state.current.x, &rowPart, into: &v)
    for k in 0..<sides.count {
      let side = sides[k]
      state.current.slacks.set(
        k, to: side.sign * (v[side.constraint] - side.bound))
    }
    var typical = 0.0
    for k in 0..<sides.count { typical += abs(state.current.slacks[k]) }
    typical = max(0.3 * typical / Double(sides.count), 1e-2)
    for k in 0..<sides.count {
      let slack = state.current.slacks[k]
      state.current.slacks.set(k, to: max(slack, typical))
      state.current.multipliers.set(k, to: max(-slack, typical))
    }
  }

  /// Takes a step; false where there is none.
  mutating func step() -> Bool {
    let sides = program.sides.count
    weights.fill(with: 0)
    for k in 0..<program.sides.count {
      let side = program.sides[k]
      weights.set(
        side.constraint,
        to: weights[side.constraint] + state.current.multipliers[k]
          / state.current.slacks[k])
    }
    guard
      system.factorize(
        program, weights: weights, regularization: &state.regularization)
    else { return false }
    factorizations += 1
    let mu =
      sides > 0
      ? state.current.slacks.dot(state.current.multipliers) / Double(sides) : 0
    for k in 0..<sides {
      target.set(k, to: -state.current.slacks[k] * state.current.multipliers[k])
    }
    guard sides > 0 else {
      solve(refinements: 3)
      return move(1, 1)
    }
    solve(refinements: 0)
    let (boundary, dualBoundary) = lengths()
    let (reachP, reachD) = (min(1, boundary), min(1, dualBoundary))
    var ahead = 0.0
    for k in 0..<sides {
      ahead +=
        (state.current.slacks[k] + reachP * ds[k])
        * (state.current.multipliers[k] + reachD * dl[k])
    }
    ahead /= Double(sides)
    let ratio = max(0, ahead / mu)
    // Products below this add nothing to the gap, and make the system worse.
    let enough = min(mu, smallestProduct)
    let center = max(enough, min(1, ratio * ratio * ratio) * mu)
    for k in 0..<sides {
      target.set(
        k,
        to: center - state.current.slacks[k] * state.current.multipliers[k]
          - ds[k] * dl[k])
    }
    solve(refinements: 2)
    let (primal, dualLength) = lengths()
    let back = 1 - min(5e-3, max(mu, 1e-6))
    return move(min(1, back * primal), min(1, back * dualLength))
  }

  /// Solves for dx, dy, ds and dλ with the target of s λ.
  private mutating func solve(refinements: Int) {
    w.fill(with: 0)
    for k in 0..<program.sides.count {
      let side = program.sides[k]
      w.set(
        side.constraint,
        to: w[side.constraint]
          + (side.sign
            * (target[k] - state.current.multipliers[k] * sideResidual[k])
            / state.current.slacks[k]))
    }
    dy.fill(with: 0)
    program.setPull(dy, w, &rowPart, into: &first)
    for j in 0..<first.count { first.set(j, to: first[j] - dual[j]) }
    system.solve(
      program, first, equality, into: &dx, &dy, refinements: refinements)
    program.setValues(of: dx, &rowPart, into: &dv)
    for k in 0..<program.sides.count {
      let side = program.sides[k]
      ds.set(k, to: side.sign * dv[side.constraint] + sideResidual[k])
      dl.set(
        k,
        to: (target[k] - state.current.multipliers[k] * ds[k])
          / state.current.slacks[k])
    }
  }

  /// How far the boundary is; one length for both where P couples them.
  private func lengths() -> (primal: Double, dual: Double) {
    var (primal, dual) = (1e300, 1e300)
    for k in 0..<ds.count {
      if ds[k] < 0 { primal = min(primal, -state.current.slacks[k] / ds[k]) }
      if dl[k] < 0 { dual = min(dual, -state.current.multipliers[k] / dl[k]) }
    }
    guard !program.isLinear else { return (primal, dual) }
    let both = min(primal, dual)
    return (both, both)
  }

  private mutating func move(_ primal: Double, _ dual: Double) -> Bool {
    guard dx.isFinite && dy.isFinite && ds.isFinite && dl.isFinite else {
      return false
    }
    state.current.x.add(dx, scaledBy: primal)
    state.current.y.add(dy, scaledBy: dual)
    state.current.slacks.add(ds, scaledBy: primal)
    state.current.multipliers.add(dl, scaledBy: dual)
    state.iteration += 1
    return true
  }
}
