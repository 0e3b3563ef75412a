public import Matrix

/// A minimisation under way: a sequence of states, one step at a time.
///
/// ``minimize(_:from:using:until:within:verifying:recording:observing:)-(M.Problem,_,_,_,_,_,_,_)``
/// is the short form. A run is for those who want to hold on between steps, save and
/// resume, or start again without allocating:
///
///     var run = Run(Rosenbrock(), from: [-1.2, 1], using: .lbfgs())
///     run.advance(until: .iterations(20))
///     try run.checkpoint.write(to: "rosenbrock.checkpoint")
///     run.advance(until: .gradientNorm(1e-8))
///     print(run.solution())
public struct Run<M: Method> {
  // Generic code of another module is compiled once for all methods and asks
  // the method's witness tables for everything, 1.5 to 2 times slower for two
  // variables; the methods that are named below have code of their own.

  /// The method and its settings.
  public let method: M
  /// Everything the next step depends on.
  public internal(set) var state: RunState<M.Memory>
  /// The iterations that were recorded.
  public private(set) var trace = Trace()

  var evaluator: Evaluator
  private var workspace: M.Workspace
  private(set) var cause: StopCause?
  /// Ends the run when the task of another thread is cancelled.
  var interruption: Interruption?
  private(set) var stop = StopRule.gradientNorm(1e-6)
  private(set) var seconds = 0.0

  /// Evaluates the objective at `start` and takes no step.
  ///
  /// - Precondition: `start` has as many elements as the objective has
  ///   variables.
  /// - Complexity: one evaluation; the only allocations of the run.
  @specialized(where M == LBFGS<StrongWolfe>)
  @specialized(where M == Newton<Armijo>)
  @specialized(where M == GradientDescent<Armijo>)
  @specialized(where M == GradientDescent<ConstantStep>)
  @specialized(where M == LevenbergMarquardt)
  @specialized(where M == TrustRegion<MoreSorensen<ExactHessian>>)
  @specialized(where M == SQP)
  public init(
    _ problem: M.Problem, from start: Vector<Double>, using method: M
  ) {
    evaluator = method.evaluator(for: problem)
    evaluator.checkDimension(start.count)
    workspace = method.makeWorkspace(dimension: start.count)
    self.method = method
    state = RunState(
      point: Point(start), memory: method.makeMemory(dimension: start.count))
    begin()
  }

  /// Goes on from a checkpoint as the run that was saved would have.
  ///
  /// - Precondition: the checkpoint has as many variables as the objective.
  public init(_ problem: M.Problem, resuming checkpoint: Checkpoint<M>) {
    method = checkpoint.method
    evaluator = method.evaluator(for: problem)
    state = checkpoint.state
    evaluator.checkDimension(state.point.dimension)
    evaluator.counts = state.counts
    evaluator.valueNoise = state.noise?.indifference ?? 0
    workspace = method.makeWorkspace(dimension: state.point.dimension)
  }

  /// Starts again elsewhere, in the same storage.
  ///
  /// - Precondition: `start` has the dimension of the run.
  /// - Complexity: one evaluation; allocates what the method does to forget.
  @specialized(where M == LBFGS<StrongWolfe>)
  public mutating func restart(from start: Vector<Double>) {
    state.point.x.copy(from: start)
    method.forget(&state.memory, dimension: start.count)
    state.saddlesLeft = 0
    state.noise = nil
    state.earlierNotes = []
    evaluator.counts = Counts()
    evaluator.failure = nil
    evaluator.valueNoise = 0
    trace = Trace()
    cause = nil
    seconds = 0
    begin()
  }

  /// Starts again on another problem of as many variables, in the same storage.
  ///
  /// - Precondition: `start` has the dimension of the run and of the problem.
  /// - Complexity: as ``restart(from:)``.
  public mutating func restart(
    on problem: M.Problem, from start: Vector<Double>
  ) {
    evaluator = method.evaluator(for: problem)
    evaluator.checkDimension(start.count)
    if evaluator.residuals != nil || evaluator.bounds != nil
      || evaluator.constraints != nil
    {
      // Scratch may depend on bounds and constraints, and on the number and loss
      // of residuals.
      workspace = method.makeWorkspace(dimension: start.count)
    }
    restart(from: start)
  }

  /// Starts again on another problem, with what the method remembers.
  mutating func restart(
    on problem: M.Problem, keepingMemoryFrom start: Vector<Double>
  ) {
    evaluator = method.evaluator(for: problem)
    evaluator.checkDimension(start.count)
    workspace = method.makeWorkspace(dimension: start.count)
    state.point.x.copy(from: start)
    state.saddlesLeft = 0
    state.noise = nil
    state.earlierNotes = []
    trace = Trace()
    cause = nil
    seconds = 0
    begin()
  }

  private mutating func begin() {
    method.begin(
      &state.point, &state.memory, evaluator: &evaluator,
      workspace: &workspace)
    state.iteration = 0
    measure()
    state.initialGradientNorm = state.gradientNorm
    state.previousValue = state.point.value
    state.stepLength = 0
    state.stepNorm = 0
    state.counts = evaluator.counts
  }

  /// Goes on from a point that no step of the method led to.
  mutating func start(again point: Point, length: Double) {
    let value = state.point.value
    state.point = point
    forgetSteps()
    state.iteration += 1
    state.saddlesLeft += 1
    state.beginInNoise()
    state.previousValue = value
    state.stepLength = length
    state.stepNorm = length
  }

  /// Makes the method begin at the current point as at a start.
  ///
  /// - Complexity: one evaluation.
  mutating func forgetSteps() {
    state.earlierNotes = earlierNotes
    method.forget(&state.memory, dimension: state.point.dimension)
    method.begin(
      &state.point, &state.memory, evaluator: &evaluator,
      workspace: &workspace)
    measure()
    state.counts = evaluator.counts
  }

  /// What the methods have said so far, each sentence once.
  var earlierNotes: [String] {
    let earlier = state.earlierNotes
    return earlier
      + method.notes(state.memory).filter { !earlier.contains($0) }
  }

  /// Takes the measures that stop rules ask for.
  private mutating func measure() {
    let optimality = method.optimality(of: state.point, state.memory)
    state.gradientNorm = optimality.gradientNorm
    state.relativeOffset = optimality.relativeOffset
    state.infeasibility = optimality.infeasibility
    state.simplex = optimality.simplex
    state.isEstimated = optimality.isEstimated
  }

  /// Takes one step, whatever the rules and budgets.
  ///
  /// - Returns: nil, or why no step could be taken.
  @discardableResult
  public mutating func step() -> StepFailure? {
    let value = state.point.value
    let outcome = method.step(
      &state.point, &state.memory, evaluator: &evaluator,
      workspace: &workspace)
    state.counts = evaluator.counts
    switch outcome {
    case .failed(let failure):
      return failure
    case .moved(let length, let norm):
      state.iteration += 1
      state.previousValue = value
      measure()
      state.stepLength = length
      state.stepNorm = norm
      return nil
    }
  }

  /// Steps until the rule holds, the budget is spent, the observer or the task
  /// stops it, or no step can be taken.
  ///
  /// - Parameters:
  ///   - stop: when the run has arrived.
  ///   - budget: what the run may cost.
  ///   - recording: which iterations are kept in ``trace``.
  ///   - observer: sees every iteration, the current one first.
  /// - Complexity: one call of the method's step for each iteration; no
  ///   allocation beyond the trace.
  @discardableResult
  @specialized(where M == LBFGS<StrongWolfe>)
  @specialized(where M == Newton<Armijo>)
  @specialized(where M == GradientDescent<Armijo>)
  @specialized(where M == GradientDescent<ConstantStep>)
  @specialized(where M == LevenbergMarquardt)
  @specialized(where M == TrustRegion<MoreSorensen<ExactHessian>>)
  @specialized(where M == SQP)
  public mutating func advance(
    until stop: StopRule = .gradientNorm(1e-6),
    within budget: Budget = Budget(),
    recording: Recording = .nothing, observing observer: Observer? = nil
  ) -> StopCause {
    self.stop = stop
    let clock = ContinuousClock()
    let began = clock.now
    let isWatched = observer != nil || recording != .nothing
    let isTimed =
      isWatched || stop.readsClock || budget.seconds < .infinity
    // A resumed run has its starting point, or the last point of the run before,
    // in the trace already.
    var isFirst = true
    while true {
      let elapsed = isTimed ? (clock.now - began).seconds : 0
      let decided = verdict(
        stop, budget, elapsed,
        recording: isFirst && !trace.isEmpty ? .nothing : recording,
        observer: observer, isWatched: isWatched)
      isFirst = false
      if let decided {
        cause = decided
        break
      }
      if let ended = advanceOnce() {
        cause = ended
        break
      }
    }
    seconds += (clock.now - began).seconds
    return cause ?? .arrived(stop)
  }

  /// Whether to stop here, and why.
  @inline(__always)
  private mutating func verdict(
    _ stop: StopRule, _ budget: Budget, _ elapsed: Double,
    recording: Recording, observer: Observer?, isWatched: Bool
  ) -> StopCause? {
    // NaN compares false with everything, so a point that is not finite can
    // meet no rule; at the start that is a cause of its own, and later no
    // method moves to one.
    if state.iteration == 0 && !state.isDefined { return .undefinedAtStart }
    if isWatched {
      let progress = state.progress(seconds: elapsed)
      trace.record(progress, recording)
      if let observer, observer(progress) == .stop { return .observer }
    }
    if case .gradientNorm(let bound) = stop {
      // The default rule, without a Progress to hold the point a second time.
      if state.gradientNorm <= bound { return .arrived(stop) }
    } else if let reason = stop.reason(
      state.progress(seconds: elapsed),
      initialGradientNorm: state.initialGradientNorm,
      previousValue: state.previousValue)
    {
      return .arrived(reason)
    }
    if state.point.value < budget.lowestValue && state.isFeasible {
      return .unbounded
    }
    if state.iteration >= budget.iterations { return .iterations }
    if state.counts.values >= budget.evaluations { return .evaluations }
    if elapsed >= budget.seconds { return .seconds }
    if budget.epochs < .infinity, let sum = evaluator.sum,
      Double(state.counts.samples) >= budget.epochs * Double(sum.sampleCount)
    {
      return .epochs
    }
    if Task.isCancelled {
      interruption?.raise()
      return .cancelled
    }
    if let interruption, interruption.isRaised { return .cancelled }
    return nil
  }

  /// The run as a value that can be written to a file and resumed.
  ///
  /// - Complexity: O(1); shares the state's storage, which the next step then
  ///   copies.
  public var checkpoint: Checkpoint<M> {
    Checkpoint(method: method, state: state)
  }

  /// The answer as it stands, with its certificate.
  ///
  /// - Complexity: that of the ``Certificate``.
  @specialized(where M == LBFGS<StrongWolfe>)
  @specialized(where M == Newton<Armijo>)
  @specialized(where M == GradientDescent<Armijo>)
  @specialized(where M == GradientDescent<ConstantStep>)
  @specialized(where M == LevenbergMarquardt)
  @specialized(where M == TrustRegion<MoreSorensen<ExactHessian>>)
  public func solution(
    verifying verification: Verification = .automatic
  ) -> Solution {
    var scratch = Point(dimension: state.point.dimension)
    let certificate = certificate(verifying: verification, in: &scratch)
    return Solution(
      method: method.name, point: isAnswered ? state.point : scratch,
      cause: cause,
      failure: evaluator.failure.map { "\($0)" }, certificate: certificate,
      iterations: state.iteration, counts: state.counts, seconds: seconds,
      trace: trace, notes: earlierNotes + state.notes)
  }

  /// Whether the state's point is the answer: f of a batch, or of a point whose
  /// average with others is answered, claims nothing of it.
  var isAnswered: Bool {
    !state.isEstimated
      && method.answer(at: state.point, state.memory) == nil
  }

  /// The verdict on the answer as it stands.
  ///
  /// - Parameter scratch: room for the answer with f and ∇f.
  func certificate(
    verifying verification: Verification, in scratch: inout Point
  ) -> Certificate {
    scratch.x.copy(
      from: method.answer(at: state.point, state.memory) ?? state.point.x)
    let bound = stop.gradientBound(initial: state.initialGradientNorm)
    let scales = method.scales(state.memory)
    if let penalty = evaluator.penalty {
      return Certificate(
        of: evaluator.objective, with: penalty, evaluating: &scratch,
        claimedValue: state.point.value, goal: M.goal,
        gradientTolerance: verification.gradientTolerance ?? bound ?? 1e-6,
        examining: verification.curvature)
    }
    return Certificate(
      of: evaluator.objective, within: evaluator.bounds, evaluating: &scratch,
      claimedValue: isAnswered ? state.point.value : nil, goal: M.goal,
      gradientTolerance: verification.gradientTolerance ?? bound
        ?? scales?.gradientTolerance ?? 1e-6,
      offsetTolerance: stop.offsetBound, units: scales?.units,
      examining: verification.curvature)
  }
}

extension Evaluator {
  func checkDimension(_ n: Int) {
    if let expected = objective.dimension {
      precondition(
        n == expected,
        "a start of \(n) elements for an objective of \(expected) variables")
    }
    if let bounds {
      precondition(
        n == bounds.count,
        "a start of \(n) elements for bounds of \(bounds.count) variables")
    }
    constraints?.checkDimension(n)
    if let count = penalty?.dimension {
      precondition(
        n == count,
        "a start of \(n) elements for a penalty of \(count) variables")
    }
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + 1e-18 * Double(attoseconds)
  }
}
