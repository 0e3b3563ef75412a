internal import Matrix

/// A run of ``ActiveSet``: the scaled program, the state and scratch.
struct ActiveSetRun {
  enum Standing: Equatable {
    case going
    case arrived
    /// The active multipliers and the violated constraint prove that no point
    /// satisfies the constraints.
    case infeasible
    /// The proximal iteration, or the steps, do not end.
    case stuck
  }

  let method: ActiveSet
  private(set) var program: ScaledProgram
  private(set) var state: ActiveSetState
  /// Of an infeasible program: y of the equalities and w of the inequalities.
  private(set) var proof: ActiveSetPolish.Point?

  /// q, less ε xₖ.
  private var q: Vector<Double>
  private var isActive: [Bool]
  /// Constraints that depend on the active ones and differ from them by rounding.
  private var isImplied: [Bool]
  private var v: Vector<Double>
  private var part: Vector<Double>
  private var normal: Vector<Double>
  private var d: Vector<Double>
  private var z: Vector<Double>
  private var r: Vector<Double>
  private var limit: Int
  private var block: ActiveSetBlock

  /// A run from the minimiser without constraints.
  ///
  /// - Returns: nil where P has no factorization, even regularised.
  init?(_ method: ActiveSet, on program: ScaledProgram) {
    var shift = 0.0
    var factors = ActiveSetFactors(program.p, shift: 0)
    if factors == nil {
      // The first minimiser is q / ε away: smaller, and rounding shows.
      shift = 1e-4
      factors = ActiveSetFactors(program.p, shift: shift)
    }
    guard let factors else { return nil }
    let n = program.n
    self.init(
      method, on: program,
      resuming: ActiveSetState(
        x: .zeros(n), center: .zeros(n), multipliers: .zeros(n), shift: shift,
        factors: factors))
    restart()
  }

  /// A run that goes on from a state.
  init(
    _ method: ActiveSet, on program: ScaledProgram,
    resuming state: ActiveSetState
  ) {
    self.method = method
    self.program = program
    self.state = state
    let n = program.n
    precondition(
      state.x.count == n,
      "a state of \(state.x.count) variables for a program of \(n)")
    // A constraint more may be on its way in.
    self.state.active.reserveCapacity(n + 1)
    self.state.signs.reserveCapacity(n + 1)
    let all = program.e.columns + program.sides.count
    isActive = Array(repeating: false, count: all)
    for id in state.active { isActive[id] = true }
    isImplied = Array(repeating: false, count: all)
    q = program.q
    q.add(state.center, scaledBy: -state.shift)
    v = .zeros(program.constraintCount)
    part = .zeros(program.g.columns)
    normal = .zeros(n)
    d = .zeros(n)
    z = .zeros(n)
    r = .zeros(n)
    limit = 20 * (n + all) + 100
    block = ActiveSetBlock(order: n)
  }

  /// Goes on with other vectors of a program of the same matrices and sides.
  mutating func setVectors(of program: QuadraticProgram) {
    self.program.setVectors(of: program, keepingScale: true)
    restart()
  }

  /// Goes on from these active constraints, as many as are independent and have
  /// multipliers of the right sign.
  mutating func activate(_ constraints: [Int]) {
    for id in constraints where !isActive[id] && state.active.count < q.count {
      setNormal(id, sign(of: id))
      state.factors.transform(normal, into: &d)
      guard isIndependent else { continue }
      state.factors.setStep(d, into: &z)
      append(id, sign(of: id), 0)
    }
    restart()
  }

  /// Steps until the run stands.
  mutating func run() -> Standing {
    state.iteration = 0
    for id in 0..<isImplied.count { isImplied[id] = false }
    var last = Double.infinity
    for _ in 0..<1000 {
      var standing = Standing.going
      while standing == .going { standing = step() }
      guard standing == .arrived, state.shift > 0 else { return standing }
      // ε ‖x − xₖ‖ is the dual residual that is left.
      z.setDifference(state.x, state.center)
      let change = z.normInfinity
      let size = max(1, state.x.normInfinity)
      if state.shift * change <= 1e-13 || change <= 1e-15 * size {
        return .arrived
      }
      guard change.isFinite, size < 1e12 else { return .stuck }
      if change > 0.999 * last && change <= 1e-12 * size { return .arrived }
      last = change
      state.center.copy(from: state.x)
      restart()
    }
    return .stuck
  }
}

// MARK: Constraints

extension ActiveSetRun {
  private var equalities: Int { program.e.columns }

  private func sign(of id: Int) -> Double {
    id < equalities ? 1 : program.sides[id - equalities].sign
  }

  private func side(_ id: Int) -> Double {
    id < equalities ? program.b[id] : program.sides[id - equalities].bound
  }

  /// Sets the normal, times a sign.
  private mutating func setNormal(_ id: Int, _ sign: Double) {
    let n = q.count
    func copy(
      _ a: Matrix<Double>, _ column: Int, into normal: inout Vector<Double>
    ) {
      a.read { a in
        normal.write { normal in
          for j in 0..<n { normal[j] = sign * a[j + column * n] }
        }
      }
    }
    if id < equalities { return copy(program.e, id, into: &normal) }
    let constraint = program.sides[id - equalities].constraint
    let rows = program.g.columns
    if constraint < rows { return copy(program.g, constraint, into: &normal) }
    normal.fill(with: 0)
    normal.set(constraint - rows, to: sign)
  }

  /// Whether d says that the normal is no combination of the active ones.
  private var isIndependent: Bool {
    let q = state.active.count
    var (rest, all) = (0.0, 0.0)
    for i in 0..<d.count {
      all += d[i] * d[i]
      if i >= q { rest += d[i] * d[i] }
    }
    return rest > 1e-16 * all
  }

  /// Adds a constraint, for which d and z are set.
  private mutating func append(_ id: Int, _ sign: Double, _ y: Double) {
    state.factors.add(&d, step: &z)
    enter(id, sign, y)
  }

  private mutating func enter(_ id: Int, _ sign: Double, _ y: Double) {
    state.multipliers.set(state.active.count, to: y)
    state.active.append(id)
    state.signs.append(sign)
    isActive[id] = true
  }

  private mutating func drop(_ k: Int) {
    state.factors.remove(k)
    leave(k)
  }

  private mutating func leave(_ k: Int) {
    isActive[state.active[k]] = false
    for i in k + 1..<max(state.active.count, k + 1) {
      state.multipliers.set(i - 1, to: state.multipliers[i])
    }
    state.active.remove(at: k)
    state.signs.remove(at: k)
  }

  /// Sets the minimiser on the active constraints, of which those with a negative
  /// multiplier are dropped.
  ///
  ///     x = x₀ + J₁ t,   y = R⁻¹ t,   t = R⁻ᵀ (β − Nᵀx₀),   x₀ = −J Jᵀ q
  private mutating func restart() {
    q.copy(from: program.q)
    if state.shift > 0 { q.add(state.center, scaledBy: -state.shift) }
    while true {
      let count = state.active.count
      state.factors.transform(q, into: &d)
      state.x.fill(with: 0)
      state.factors.j.multiply(d, into: &state.x, alpha: -1)
      for k in 0..<count {
        let (id, sign) = (state.active[k], state.signs[k])
        setNormal(id, sign)
        r.set(k, to: sign * side(id) - normal.dot(state.x))
      }
      state.factors.solve(transposed: true, inPlace: &r)
      state.factors.addActive(r, to: &state.x)
      state.factors.solve(inPlace: &r)
      var (worst, least) = (-1, 0.0)
      for k in 0..<count {
        state.multipliers.set(k, to: r[k])
        if state.active[k] >= equalities && r[k] < least {
          (worst, least) = (k, r[k])
        }
      }
      guard worst >= 0 else { return }
      drop(worst)
    }
  }
}

// MARK: Steps

extension ActiveSetRun {
  /// Adds violated constraints, the most violated first, dropping what is in their
  /// way.
  mutating func step() -> Standing {
    guard q.count >= Self.leastOrder else {
      guard let (id, sign) = mostViolated() else { return .arrived }
      return add(id, sign)
    }
    takeViolated()
    let candidates = block.candidates.count
    guard candidates > 1 else {
      guard candidates > 0 else { return .arrived }
      return add(block.candidates[0].id, block.candidates[0].sign)
    }
    for k in 0..<candidates {
      setNormal(block.candidates[k].id, block.candidates[k].sign)
      block.setNormal(k, to: normal)
    }
    block.setImages(state.factors.j)
    while let k = block.worst, state.iteration < limit {
      var added = 0.0
      let isAdded = add(k, &added)
      guard isAdded && block.hasRoom else {
        state.factors.finish(&block, &state.x)
        guard !isAdded else { return .going }
        // What the block has no answer to, a step with J and x does.
        let candidate = block.candidates[k]
        return add(candidate.id, candidate.sign, from: added)
      }
    }
    state.factors.finish(&block, &state.x)
    return state.iteration < limit && state.x.isFinite ? .going : .stuck
  }

  /// From so many variables on constraints are added in blocks: J, G and R have
  /// left the nearest caches then, and products with vectors wait for memory.
  private static let leastOrder = 150

  /// Adds a constraint of the block, dropping what is in its way, while J and x wait.
  ///
  /// - Parameter added: its multiplier so far.
  /// - Returns: false where there is no step, or no room for what it changes.
  private mutating func add(_ k: Int, _ added: inout Double) -> Bool {
    while block.hasRoom && state.iteration < limit {
      let count = state.active.count
      block.copyImage(k, into: &d)
      setDualStep()
      let (dual, blocking) = blocking()
      var primal = Double.infinity
      if count < q.count && isIndependent {
        var slope = 0.0
        for i in count..<d.count { slope += d[i] * d[i] }
        let distance = max(0, block.candidates[k].violation)
        if slope > 0 { primal = distance / slope }
      }
      let t = min(dual, primal)
      guard t < .infinity else { return false }
      state.iteration += 1
      if primal < .infinity { block.advance(k, t, d, active: count) }
      for i in 0..<count {
        state.multipliers.set(i, to: state.multipliers[i] - t * r[i])
      }
      added += t
      if primal <= dual {
        block.add(k, &d, active: count)
        state.factors.append(d)
        enter(block.candidates[k].id, block.candidates[k].sign, added)
        return true
      }
      block.drop(blocking, active: count, for: k, &state.factors)
      leave(blocking)
    }
    return false
  }

  /// r ← R⁻¹ d₁.
  private mutating func setDualStep() {
    for k in 0..<state.active.count { r.set(k, to: d[k]) }
    state.factors.solve(inPlace: &r)
  }

  /// The most that the multipliers allow, and which of them.
  ///
  /// An element of r that is rounding allows, or forbids, nothing.
  private func blocking() -> (dual: Double, constraint: Int) {
    var (dual, blocking) = (Double.infinity, -1)
    var largest = 0.0
    for k in 0..<state.active.count { largest = max(largest, abs(r[k])) }
    let least = 1e-10 * largest
    for k in 0..<state.active.count
    where state.active[k] >= equalities && r[k] > least {
      let t = state.multipliers[k] / r[k]
      if t < dual { (dual, blocking) = (t, k) }
    }
    return (dual, blocking)
  }

  /// Adds a constraint, dropping what is in its way.
  ///
  /// - Parameter multiplier: its multiplier so far.
  private mutating func add(
    _ id: Int, _ sign: Double, from multiplier: Double = 0
  ) -> Standing {
    var added = multiplier
    while true {
      state.iteration += 1
      guard state.iteration <= limit, state.x.isFinite else { return .stuck }
      let count = state.active.count
      setNormal(id, sign)
      state.factors.transform(normal, into: &d)
      setDualStep()
      let (dual, blocking) = blocking()
      // How far it is to the side.
      var primal = Double.infinity
      if count < q.count && isIndependent {
        state.factors.setStep(d, into: &z)
        let slope = z.dot(normal)
        let violation = sign * side(id) - normal.dot(state.x)
        if slope > 0 { primal = max(0, violation / slope) }
      }
      let t = min(dual, primal)
      guard t < .infinity else {
        // A violation of rounding's size says nothing about dependent rows.
        let violation = sign * side(id) - normal.dot(state.x)
        if violation <= 1e-8 * max(1, state.x.normInfinity) {
          isImplied[id] = true
          return .going
        }
        setProof(id, sign)
        return .infeasible
      }
      if primal < .infinity { state.x.add(z, scaledBy: t) }
      for k in 0..<count {
        state.multipliers.set(k, to: state.multipliers[k] - t * r[k])
      }
      added += t
      if primal <= dual {
        append(id, sign, added)
        return .going
      }
      drop(blocking)
    }
  }

  /// The constraint that is violated most, and the sign that it is approached with.
  private mutating func mostViolated() -> (id: Int, sign: Double)? {
    var (worst, most, direction) = (-1, 0.0, 1.0)
    forEachViolated { _, candidate in
      if candidate.violation > most {
        (worst, most) = (candidate.id, candidate.violation)
        direction = candidate.sign
      }
    }
    return worst >= 0 ? (worst, direction) : nil
  }

  /// Begins a block of the most violated constraints.
  private mutating func takeViolated() {
    block.begin()
    forEachViolated { run, candidate in run.block.take(candidate) }
    let isOfEqualities =
      block.candidates.count > 0 && block.candidates[0].id < equalities
    block.prune(keepingAll: isOfEqualities)
  }

  /// The constraints that are violated, beyond rounding and beyond a tenth of the
  /// tolerance in the user's units: equalities where any are, which are never
  /// dropped, else sides.
  private mutating func forEachViolated(
    _ body: (inout ActiveSetRun, ActiveSetBlock.Candidate) -> Void
  ) {
    program.setValues(of: state.x, &part, into: &v)
    let size = state.x.normInfinity
    var found = false
    for i in 0..<equalities where !isActive[i] && !isImplied[i] {
      setNormal(i, 1)
      let violation = program.b[i] - normal.dot(state.x)
      let tolerance =
        0.1 * method.tolerance * program.equalityScale[i]
        + 1e-15 * (size + abs(program.b[i]))
      guard abs(violation) > tolerance else { continue }
      found = true
      body(
        &self,
        .init(
          id: i, sign: violation < 0 ? -1 : 1, violation: abs(violation),
          tolerance: tolerance))
    }
    guard !found else { return }
    let rows = program.g.columns
    for k in 0..<program.sides.count
    where !isActive[equalities + k] && !isImplied[equalities + k] {
      let side = program.sides[k]
      let i = side.constraint
      let violation = side.sign * (side.bound - v[i])
      guard violation > 0 else { continue }
      let scale =
        i < rows ? program.inequalityScale[i] : 1 / program.d[i - rows]
      let tolerance =
        0.1 * method.tolerance * scale + 1e-15 * (size + abs(side.bound))
      guard violation > tolerance else { continue }
      body(
        &self,
        .init(
          id: equalities + k, sign: side.sign, violation: violation,
          tolerance: tolerance))
    }
  }

  /// −r of the active constraints and 1 of the violated one.
  private mutating func setProof(_ id: Int, _ sign: Double) {
    for k in 0..<state.active.count { state.multipliers.set(k, to: -r[k]) }
    var point = point
    add(id, sign, 1, to: &point)
    proof = point
  }

  private func add(
    _ id: Int, _ sign: Double, _ y: Double,
    to point: inout ActiveSetPolish.Point
  ) {
    if id < equalities {
      point.y[id] += sign * y
    } else {
      point.w[program.sides[id - equalities].constraint] += sign * y
    }
  }

  /// x, y and w of the state.
  var point: ActiveSetPolish.Point {
    var point = ActiveSetPolish.Point(
      x: state.x, y: .zeros(equalities), w: .zeros(program.constraintCount))
    for k in 0..<state.active.count {
      let y = state.multipliers[k]
      add(
        state.active[k], state.signs[k],
        state.active[k] < equalities ? y : max(0, y), to: &point)
    }
    return point
  }
}
