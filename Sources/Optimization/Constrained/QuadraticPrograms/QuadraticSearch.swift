internal import Matrix

/// The way from a program to a verified answer.
struct QuadraticSearch {
  let program: QuadraticProgram
  let tolerance: Double
  var iterations = 0
  var factorizations = 0
  var notes: [String] = []

  init(_ program: QuadraticProgram, _ tolerance: Double) {
    self.program = program
    self.tolerance = tolerance
  }

  /// Times a search and wraps what it finds.
  consuming func solution(
    by name: String, _ find: (inout QuadraticSearch) -> QuadraticAnswer
  ) -> QuadraticSolution {
    let clock = ContinuousClock()
    let start = clock.now
    let answer = find(&self)
    let elapsed = (clock.now - start).components
    let seconds =
      Double(elapsed.seconds) + 1e-18 * Double(elapsed.attoseconds)
    return QuadraticSolution(self, answer, name, seconds)
  }

  /// The best answer by interior points, verified if any is.
  mutating func answer(
    by method: InteriorPoint, from state: InteriorPointState? = nil,
    observing observer: ((InteriorPointState) -> Bool)? = nil
  ) -> QuadraticAnswer {
    let scaled = ScaledProgram(program)
    guard scaled.n > 0 else { return answerWithoutVariables(scaled) }
    var run = InteriorPointRun(method, on: scaled, from: state)
    return answer(&run, observing: observer)
  }

  /// The best answer that a run leads to.
  ///
  /// A run that an observer ended is answered for as it is.
  mutating func answer(
    _ run: inout InteriorPointRun,
    observing observer: ((InteriorPointState) -> Bool)? = nil
  ) -> QuadraticAnswer {
    let scaled = run.program
    var isStopped = false
    let standing = run.run { state in
      isStopped = observer?(state) ?? false
      return isStopped
    }
    iterations += run.state.iteration
    factorizations += run.factorizations
    var best = optimum(scaled, scaled.point(of: run.state.best))
    if best.isWithin(tolerance) { return best }
    if isStopped {
      notes.append("stopped by its observer")
      return best
    }
    if standing != .infeasible && standing != .unbounded {
      polish(ActiveSetPolish(scaled, run.state.best), &best)
      if best.certificate.isVerified { return best }
    }
    if let proof = proof(run, standing) { return proof }
    if standing == .infeasible || standing == .unbounded {
      polish(ActiveSetPolish(scaled, run.state.best), &best)
    }
    return best
  }

  /// Solves without looking for proofs of the contrary.
  mutating func optimumAlone(by method: InteriorPoint) -> QuadraticAnswer {
    let scaled = ScaledProgram(program)
    guard scaled.n > 0 else { return answerWithoutVariables(scaled) }
    var run = InteriorPointRun(method, on: scaled)
    _ = run.run()
    iterations += run.state.iteration
    factorizations += run.factorizations
    var best = optimum(scaled, scaled.point(of: run.state.best))
    polish(ActiveSetPolish(scaled, run.state.best), &best)
    return best
  }

  /// The answer of an active-set run, unless only interior points can tell more.
  mutating func answer(_ run: inout ActiveSetRun) -> QuadraticAnswer? {
    let standing = run.run()
    iterations += run.state.iteration
    if let proof = run.proof {
      let (x, y, _) = run.program.unscaled(proof, of: program)
      let answer = QuadraticAnswer(
        infeasible: program, by: y, at: x, tolerance: tolerance)
      if answer.certificate.isVerified { return answer }
    }
    guard standing == .arrived else {
      notes.append(
        standing == .infeasible
          ? "the active set found no point, which was not confirmed"
          : "the steps of the active set did not end")
      return nil
    }
    var best = optimum(run.program, run.point)
    if !best.isWithin(tolerance) { polish(ActiveSetPolish(run), &best) }
    if best.certificate.isVerified { return best }
    notes.append(
      "the active set left errors of \(best.error.rounded(digits: 2))")
    return nil
  }

  /// A point with its verdict, polished where it is not within the tolerance.
  mutating func improved(
    _ scaled: ScaledProgram, _ point: ActiveSetPolish.Point
  ) -> QuadraticAnswer {
    var best = optimum(scaled, point)
    if !best.isWithin(tolerance) {
      polish(ActiveSetPolish(scaled, point), &best)
    }
    return best
  }

  func optimum(
    _ scaled: ScaledProgram, _ point: ActiveSetPolish.Point
  ) -> QuadraticAnswer {
    let (x, y, z) = scaled.unscaled(point, of: program)
    return QuadraticAnswer(program, x, y, z, tolerance: tolerance)
  }

  /// Improves an answer on the sides that hold.
  mutating func polish(
    _ start: ActiveSetPolish, _ best: inout QuadraticAnswer, rounds: Int = 8
  ) {
    var polish = start
    for _ in 0..<rounds {
      guard polish.solve() else { break }
      let candidate = optimum(polish.program, polish.point)
      if candidate.error < best.error { best = candidate }
      if best.isWithin(tolerance) || !polish.revise() { break }
    }
    factorizations += polish.factorizations
  }

  /// With every variable fixed there is one point; a row that it violates is the
  /// proof that there is none.
  func answerWithoutVariables(
    _ scaled: ScaledProgram
  ) -> QuadraticAnswer {
    let point = ActiveSetPolish.Point(
      x: .zeros(0), y: .zeros(scaled.e.columns), w: .zeros(scaled.g.columns))
    let answer = optimum(scaled, point)
    guard !answer.certificate.isVerified else { return answer }
    let sides = program.constraints
    let values = sides.matrix * answer.x
    var y = Vector<Double>.zeros(sides.count)
    var worst = 0.0
    for i in 0..<y.count {
      let (below, above) = (
        sides.lower[i] - values[i], values[i] - sides.upper[i]
      )
      guard max(below, above) > worst else { continue }
      worst = max(below, above)
      y.fill(with: 0)
      y[i] = below > above ? 1 : -1
    }
    let proof = QuadraticAnswer(
      infeasible: program, by: y, at: answer.x, tolerance: tolerance)
    return proof.certificate.isVerified ? proof : answer
  }
}
