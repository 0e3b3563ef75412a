internal import Matrix

extension ADMM: QuadraticMethod {
  /// The name with the tolerance.
  public var name: String {
    "ADMM, residuals ≤ \(tolerance.rounded(digits: 3))"
  }

  /// Solves a program, or proves that it has no solution.
  public func solve(_ program: QuadraticProgram) -> QuadraticSolution {
    solve(program, from: nil)
  }

  /// Solves a program, seeing the state every ten steps, or from a state of an
  /// earlier run, as that went on, bit for bit.
  ///
  /// - Parameters:
  ///   - program: the program.
  ///   - state: where to go on, a state of the same program and method; the beginning
  ///     if nil.
  ///   - observer: sees the states, and ends the run where it returns true.
  /// - Precondition: the state is one of a program of this shape.
  public func solve(
    _ program: QuadraticProgram, from state: ADMMState?,
    observing observer: ((ADMMState) -> Bool)? = nil
  ) -> QuadraticSolution {
    guard program.dimension > 0 else {
      return QuadraticSearch(program, tolerance).solution(by: name) { search in
        search.answerWithoutVariables(ScaledProgram(program))
      }
    }
    var run = ADMMRun(self, program, QuadraticVectors([program]), from: state)
    return solutions([program], &run, factorizations: 0, observing: observer)[0]
  }

  /// The solutions of programs that a run was made for.
  ///
  /// Without a run, for want of a factorization, they are left to interior points.
  ///
  /// - Parameter done: the run's factorizations that were counted before.
  func solutions(
    _ programs: [QuadraticProgram], _ run: inout ADMMRun?,
    factorizations done: Int, observing observer: ((ADMMState) -> Bool)? = nil
  ) -> [QuadraticSolution] {
    let clock = ContinuousClock()
    let start = clock.now
    func seconds() -> Double { (clock.now - start).seconds }
    var searches = programs.map { QuadraticSearch($0, tolerance) }
    var answers = [(answer: QuadraticAnswer, seconds: Double)?](
      repeating: nil, count: programs.count)
    if run != nil {
      run!.run(observing: observer) { run, column, standing in
        let k = run.programs[column]
        searches[k].iterations = run.state.iteration
        let answer = searches[k].answer(run, column, standing)
        if let answer { answers[k] = (answer, seconds()) }
        return answer != nil
      }
    }
    for k in programs.indices where answers[k] == nil {
      searches[k].iterations = run?.state.iteration ?? 0
      let answer: QuadraticAnswer
      if let run, run.isStopped {
        // A run that an observer ended is answered for as it is.
        searches[k].notes.append("stopped by its observer")
        let column = run.programs.firstIndex(of: k) ?? 0
        let (x, y, z) = run.point(column, of: programs[k])
        answer = QuadraticAnswer(programs[k], x, y, z, tolerance: tolerance)
      } else {
        searches[k].notes.append("left to the interior-point method")
        answer = searches[k].answer(by: InteriorPoint(tolerance: tolerance))
      }
      answers[k] = (answer, seconds())
    }
    // What all share is counted once.
    searches[0].factorizations += (run?.system.factorizations ?? 1) - done
    return programs.indices.map { k in
      QuadraticSolution(
        searches[k], answers[k]!.answer, name, answers[k]!.seconds)
    }
  }
}

extension ADMMRun {
  /// Steps until all programs are done, or no more steps are to be taken.
  ///
  /// - Parameters:
  ///   - observer: sees each state that is looked at; the run ends where it says
  ///     true.
  ///   - finish: looks at a column, and says whether it is done.
  mutating func run(
    observing observer: ((ADMMState) -> Bool)?,
    _ finish: (borrowing ADMMRun, Int, Standing) -> Bool
  ) {
    var standings = [Standing](repeating: .going, count: count)
    while count > 0 && state.iteration < method.iterations {
      if let observer, observer(state) {
        isStopped = true
        return
      }
      advance()
      assess(&standings)
      for k in stride(from: count - 1, through: 0, by: -1) {
        switch standings[k] {
        case .going: continue
        case .near, .infeasible, .unbounded:
          if finish(self, k, standings[k]) { remove(k) } else { lowerLevel(k) }
        }
      }
    }
  }
}

extension QuadraticSearch {
  /// A verified answer from where a column of a run stands, if there is one.
  fileprivate mutating func answer(
    _ run: borrowing ADMMRun, _ column: Int, _ standing: ADMMRun.Standing
  ) -> QuadraticAnswer? {
    let (x, y, z) = run.point(column, of: program)
    switch standing {
    case .going:
      return nil
    case .near:
      let scaled = ScaledProgram(program)
      let point = scaled.scaled(x, y, z)
      var best = optimum(scaled, point)
      if !best.isWithin(tolerance) {
        // Sides that do not show yet will do in some steps, for less than many
        // factorizations.
        polish(ActiveSetPolish(near: point, scaled), &best, rounds: 3)
      }
      return best.certificate.isVerified ? best : nil
    case .infeasible:
      return infeasibility(by: run.lastStep(column, of: program).y, at: x)
    case .unbounded:
      let d = run.lastStep(column, of: program).x
      if let answer = unboundedness(along: d, from: x) { return answer }
      // x is on its way along the ray, and its copy z lags behind.
      let inside = run.method.solve(program.nearestPoint())
      iterations += inside.iterations
      factorizations += inside.factorizations
      return inside.isVerified ? unboundedness(along: d, from: inside.x) : nil
    }
  }
}
