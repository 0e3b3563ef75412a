internal import Matrix
internal import RealModule

/// A run of ``ADMM`` on programs that differ in their vectors alone.
///
/// Each column of the state belongs to one of them; those that are done leave, and
/// the last one takes their place.
struct ADMMRun {
  /// What is known of a program after some steps.
  enum Standing {
    /// Nothing that is worth looking at.
    case going
    /// The residuals are small enough to show which sides hold.
    case near
    /// The last step of y hardly pulls at x, but asks for a value above 0.
    case infeasible
    /// The last step of x goes downhill, and meets no side.
    case unbounded
  }

  let method: ADMM
  private(set) var system: ADMMSystem
  private(set) var state: ADMMState
  /// The program of each column that is left.
  private(set) var programs: [Int]
  /// Whether an observer ended the run.
  var isStopped = false

  /// q, and the sides of rows and variables, scaled.
  private var q: Matrix<Double>
  private var rowSides: Sides
  private var boundSides: Sides
  // Scratch: x̃, the values of the rows, P x, and x and y before the last
  // step; after a look at them, what it added.
  private var b: Matrix<Double>
  private var v: Matrix<Double>
  private var px: Matrix<Double>
  private var lastX: Matrix<Double>
  private var lastRows: Matrix<Double>
  private var lastBounds: Matrix<Double>

  private struct Sides {
    var lower: Matrix<Double>
    var upper: Matrix<Double>
  }

  /// The steps between two looks at the residuals.
  static let interval = 10

  /// A run from x = 0, or from a state for as many programs.
  ///
  /// - Returns: nil where K has no factorization.
  init?(
    _ method: ADMM, _ program: QuadraticProgram, _ vectors: QuadraticVectors,
    from state: ADMMState? = nil
  ) {
    self.method = method
    system = ADMMSystem(program, vectors)
    let (n, m, count) = (system.n, system.m, vectors.count)
    if let state {
      precondition(
        state.x.rows == n && state.x.columns == count
          && state.rows.z.rows == m,
        """
        a state of \(state.x.columns) programs of \(state.x.rows) variables \
        and \(state.rows.z.rows) rows for \(count) of \(n) and \(m)
        """)
    }
    let (variables, rows) = (
      Matrix<Double>.zeros(n, count), Matrix<Double>.zeros(m, count)
    )
    self.state =
      state
      ?? ADMMState(
        x: variables, rows: .init(z: rows, y: rows),
        bounds: .init(z: variables, y: variables),
        levels: Array(repeating: ADMMState.firstLevel, count: count))
    programs = Array(0..<count)
    q = variables
    rowSides = Sides(lower: rows, upper: rows)
    boundSides = Sides(lower: variables, upper: variables)
    (b, px, lastX, lastBounds) = (variables, variables, variables, variables)
    (v, lastRows) = (rows, rows)
    setVectors(vectors)
    guard system.factorize(penalty: self.state.penalty) else { return nil }
  }

  /// The number of programs that are left.
  var count: Int { programs.count }

  /// Takes other vectors, as many as at first; x, z and y stay.
  mutating func setVectors(_ vectors: QuadraticVectors) {
    let (d, r) = (system.variableScale, system.rowScale)
    let c = system.objectiveScale
    for k in 0..<vectors.count {
      for j in 0..<d.count {
        q[j, k] = c * d[j] * vectors.gradients[j, k]
        boundSides.lower[j, k] = vectors.lowerBounds[j, k] / d[j]
        boundSides.upper[j, k] = vectors.upperBounds[j, k] / d[j]
      }
      for i in 0..<r.count {
        rowSides.lower[i, k] = r[i] * vectors.lower[i, k]
        rowSides.upper[i, k] = r[i] * vectors.upper[i, k]
      }
    }
  }

  /// Counts steps anew, for other vectors of the one program.
  mutating func restart() {
    precondition(state.x.columns == 1, "\(state.x.columns) programs, not 1")
    state.iteration = 0
    programs = [0]
    isStopped = false
    for k in 0..<state.levels.count { state.levels[k] = ADMMState.firstLevel }
  }

  /// x and the multipliers of rows and bounds, in the user's units.
  func point(
    _ k: Int, of program: QuadraticProgram
  ) -> (x: Vector<Double>, y: Vector<Double>, z: Vector<Double>) {
    unscaled(state.x, state.rows.y, state.bounds.y, k, program)
  }

  /// The last step of x and of the rows' multipliers before ``assess(_:)``, in the
  /// user's units.
  func lastStep(
    _ k: Int, of program: QuadraticProgram
  ) -> (x: Vector<Double>, y: Vector<Double>) {
    let (d, r) = (system.variableScale, system.rowScale)
    return (
      Vector(count: d.count) { d[$0] * lastX[$0, k] },
      Vector(count: r.count) { r[$0] * lastRows[$0, k] }
    )
  }

  private func unscaled(
    _ x: Matrix<Double>, _ rows: Matrix<Double>, _ bounds: Matrix<Double>,
    _ k: Int, _ program: QuadraticProgram
  ) -> (x: Vector<Double>, y: Vector<Double>, z: Vector<Double>) {
    let (d, r) = (system.variableScale, system.rowScale)
    let c = system.objectiveScale
    var point = Vector(count: d.count) { d[$0] * x[$0, k] }
    program.bounds.project(&point)
    return (
      point, Vector(count: r.count) { r[$0] * rows[$0, k] / c },
      Vector(count: d.count) { bounds[$0, k] / (c * d[$0]) }
    )
  }

  /// Lets the program of a column go; the last column's takes its place.
  mutating func remove(_ k: Int) {
    let last = count - 1
    func move(_ a: inout Matrix<Double>) {
      let rows = a.rows
      a.write { a in
        (a + k * rows).update(from: a + last * rows, count: rows)
      }
    }
    if k < last {
      move(&state.x)
      move(&state.rows.z)
      move(&state.rows.y)
      move(&state.bounds.z)
      move(&state.bounds.y)
      move(&q)
      move(&rowSides.lower)
      move(&rowSides.upper)
      move(&boundSides.lower)
      move(&boundSides.upper)
      move(&lastX)
      move(&lastRows)
      move(&lastBounds)
      programs[k] = programs[last]
      state.levels[k] = state.levels[last]
    }
    programs.removeLast()
  }

  /// Looks closer at a column from here on.
  mutating func lowerLevel(_ k: Int) { state.levels[k] *= 0.1 }
}

// MARK: Steps

extension ADMMRun {
  /// Takes the steps until the next look, each for all programs that are left.
  mutating func advance() {
    for step in 1...Self.interval {
      if step == Self.interval { keepLast() }
      self.step()
    }
    state.iteration += Self.interval
    state.sinceChange += Self.interval
  }

  private mutating func keepLast() {
    let count = count
    Self.copy(state.x, count, into: &lastX)
    Self.copy(state.rows.y, count, into: &lastRows)
    Self.copy(state.bounds.y, count, into: &lastBounds)
  }

  private static func copy(
    _ a: Matrix<Double>, _ columns: Int, into b: inout Matrix<Double>
  ) {
    let length = a.rows * columns
    a.read { a in b.write { b in b.update(from: a, count: length) } }
  }

  private mutating func step() {
    let (n, count) = (system.n, count)
    Self.setTargets(system.boundWeights, state.bounds, count, into: &b)
    state.x.read { x in
      q.read { q in
        b.write { b in
          for i in 0..<n * count {
            b[i] += ADMMSystem.proximity * x[i] - q[i]
          }
        }
      }
    }
    Self.setTargets(system.rowWeights, state.rows, count, into: &v)
    system.addPull(of: v, count: count, to: &b)
    system.solve(&b, count: count)
    system.setValues(of: b, count: count, into: &v)
    let alpha = method.relaxation
    b.read { b in
      state.x.write { x in
        for i in 0..<n * count { x[i] += alpha * (b[i] - x[i]) }
      }
    }
    Self.project(
      v, rowSides, system.rowWeights, alpha, count, &state.rows)
    Self.project(
      b, boundSides, system.boundWeights, alpha, count, &state.bounds)
  }

  /// t ← W z + y.
  private static func setTargets(
    _ weights: Vector<Double>, _ side: ADMMState.Side, _ count: Int,
    into t: inout Matrix<Double>
  ) {
    let rows = weights.count
    weights.read { w in
      side.z.read { z in
        side.y.read { y in
          t.write { t in
            for k in 0..<count {
              let start = k * rows
              for i in 0..<rows {
                t[start + i] = w[i] * z[start + i] + y[start + i]
              }
            }
          }
        }
      }
    }
  }

  /// z ← Π(ζ − y / w), y ← w (z − (ζ − y / w)): exactly 0 within the sides.
  private static func project(
    _ values: Matrix<Double>, _ sides: Sides, _ weights: Vector<Double>,
    _ alpha: Double, _ count: Int, _ side: inout ADMMState.Side
  ) {
    let rows = weights.count
    weights.read { w in
      values.read { v in
        sides.lower.read { lower in
          sides.upper.read { upper in
            side.z.write { z in
              side.y.write { y in
                for k in 0..<count {
                  for i in 0..<rows {
                    let e = k * rows + i
                    let zeta = z[e] + alpha * (v[e] - z[e])
                    guard w[i] > 0 else {
                      z[e] = zeta
                      continue
                    }
                    let free = zeta - y[e] / w[i]
                    let inside = min(max(free, lower[e]), upper[e])
                    z[e] = inside
                    y[e] = w[i] * (inside - free)
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

// MARK: Residuals

extension ADMMRun {
  /// The residuals of a column, each with the size of what it is the difference of.
  private struct Measure {
    var primal = 0.0
    var primalSize = 0.0
    var dual = 0.0
    var dualSize = 0.0

    /// The larger of the two, relative to those sizes, or to 0.01 where they are
    /// smaller: the scaled program's numbers are of about 1.
    var error: Double {
      let worst = max(
        primal / max(primalSize, 0.01), dual / max(dualSize, 0.01))
      return primal.isFinite && dual.isFinite ? worst : .infinity
    }

    /// The factor that ρ lacks.
    var imbalance: Double {
      let (p, d) = (
        primal / max(primalSize, 1e-10), dual / max(dualSize, 1e-10)
      )
      guard p > 0, d > 0, p.isFinite, d.isFinite else { return 1 }
      return (p / d).squareRoot()
    }
  }

  /// Where each column stands, and another ρ where the residuals are out of
  /// balance.
  ///
  /// - Parameter standings: has an element for each column.
  mutating func assess(_ standings: inout [Standing]) {
    let count = count
    system.setCurvature(of: state.x, count: count, into: &px)
    system.setValues(of: state.x, count: count, into: &v)
    b.fill(with: 0)
    system.addPull(of: state.rows.y, count: count, to: &b)
    var imbalance = 0.0
    for k in 0..<count {
      let measure = measure(k)
      imbalance += .log(measure.imbalance)
      standings[k] = measure.error <= state.levels[k] ? .near : .going
    }
    // Differences of y and x tend to a proof where there is no solution.
    b.fill(with: 0)
    Self.setDifference(state.rows.y, count, &lastRows)
    Self.setDifference(state.bounds.y, count, &lastBounds)
    system.addPull(of: lastRows, count: count, to: &b)
    for k in 0..<count where standings[k] == .going && provesInfeasible(k) {
      standings[k] = .infeasible
    }
    Self.setDifference(state.x, count, &lastX)
    system.setCurvature(of: lastX, count: count, into: &px)
    system.setValues(of: lastX, count: count, into: &v)
    for k in 0..<count where standings[k] == .going && provesUnbounded(k) {
      standings[k] = .unbounded
    }
    adapt(byLogarithm: imbalance / Double(max(1, count)))
  }

  /// b ← a − b in the leading columns.
  private static func setDifference(
    _ a: Matrix<Double>, _ columns: Int, _ b: inout Matrix<Double>
  ) {
    let length = a.rows * columns
    a.read { a in
      b.write { b in for i in 0..<length { b[i] = a[i] - b[i] } }
    }
  }

  private func measure(_ k: Int) -> Measure {
    var result = Measure()
    let (n, m) = (system.n, system.m)
    // Through pointers: without optimization each access by subscripts may
    // allocate.
    v.read { v in
      state.rows.z.read { z in
        for i in k * m..<(k + 1) * m {
          result.primal = max(result.primal, abs(v[i] - z[i]))
          result.primalSize = max(result.primalSize, abs(v[i]), abs(z[i]))
        }
      }
    }
    state.x.read { x in
      state.bounds.z.read { z in
        system.boundWeights.read { w in
          for j in 0..<n where w[j] > 0 {
            let i = j + k * n
            result.primal = max(result.primal, abs(x[i] - z[i]))
            result.primalSize = max(result.primalSize, abs(x[i]), abs(z[i]))
          }
        }
      }
    }
    px.read { px in
      q.read { q in
        b.read { b in
          state.bounds.y.read { y in
            for j in k * n..<(k + 1) * n {
              let pull = b[j] + y[j]
              let residual = abs(px[j] + q[j] - pull)
              result.dual =
                residual.isNaN ? .infinity : max(result.dual, residual)
              let size = max(abs(px[j]), abs(q[j]), abs(pull))
              result.dualSize = max(result.dualSize, size)
            }
          }
        }
      }
    }
    return result
  }

  /// Whether δy, whose pull on x is in b, asks for more than 0.
  private func provesInfeasible(_ k: Int) -> Bool {
    let (n, m) = (system.n, system.m)
    var rest = 0.0
    b.read { b in
      lastBounds.read { y in
        for j in k * n..<(k + 1) * n { rest = max(rest, abs(b[j] + y[j])) }
      }
    }
    let rows = Self.support(lastRows, rowSides, k * m..<(k + 1) * m)
    let bounds = Self.support(lastBounds, boundSides, k * n..<(k + 1) * n)
    let least = state.levels[k] * max(rows.size, bounds.size)
    return least > 1e-15 && rest <= least
      && rows.value + bounds.value > least
  }

  /// What y asks of its sides at least, and its size.
  private static func support(
    _ y: Matrix<Double>, _ sides: Sides, _ places: Range<Int>
  ) -> (value: Double, size: Double) {
    var (value, size) = (0.0, 0.0)
    y.read { y in
      sides.lower.read { lower in
        sides.upper.read { upper in
          for i in places where y[i] != 0 {
            size = max(size, abs(y[i]))
            value += y[i] * (y[i] > 0 ? lower[i] : upper[i])
          }
        }
      }
    }
    return (value, size)
  }

  /// Whether δx, whose P δx is in px and whose A δx in v, falls forever.
  private func provesUnbounded(_ k: Int) -> Bool {
    let (n, m) = (system.n, system.m)
    var (size, slope, bend) = (0.0, 0.0, 0.0)
    lastX.read { x in
      q.read { q in
        px.read { px in
          for j in k * n..<(k + 1) * n {
            size = max(size, abs(x[j]))
            slope += q[j] * x[j]
            bend = max(bend, abs(px[j]))
          }
        }
      }
    }
    let least = state.levels[k] * size
    return least > 1e-15 && bend <= least && slope < -least
      && Self.stays(v, rowSides, k * m..<(k + 1) * m, within: least)
      && Self.stays(lastX, boundSides, k * n..<(k + 1) * n, within: least)
  }

  /// Whether a direction leaves no side by more than `least`.
  private static func stays(
    _ d: Matrix<Double>, _ sides: Sides, _ places: Range<Int>,
    within least: Double
  ) -> Bool {
    d.read { d in
      sides.lower.read { lower in
        sides.upper.read { upper in
          for i in places
          where (lower[i] > -.infinity && d[i] < -least)
            || (upper[i] < .infinity && d[i] > least)
          {
            return false
          }
          return true
        }
      }
    }
  }

  /// Changes ρ by the mean of what the columns ask for, where that is a factor of 5
  /// or more and the steps since the last change have cost a factorization.
  private mutating func adapt(byLogarithm logarithm: Double) {
    let (n, m) = (Double(system.n), Double(system.m))
    let factorization = m * n * n + n * n * n / 3
    let step = (2 * n * n + 4 * m * n) * Double(max(1, count))
    guard
      Double(state.sinceChange) * step >= 0.4 * factorization,
      state.sinceChange >= 2 * Self.interval, abs(logarithm) >= 1.6094
    else { return }
    let penalty = min(
      max(state.penalty * .exp(logarithm), 1e-6), 1e6)
    guard penalty != state.penalty else { return }
    let last = state.penalty
    state.penalty = penalty
    state.sinceChange = 0
    if !system.factorize(penalty: penalty) {
      state.penalty = last
      _ = system.factorize(penalty: last)
    }
  }
}
