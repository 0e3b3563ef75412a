public import Matrix

/// The proximal gradient method.
///
///     x ← prox_{tR}(x − t ∇f(x))
///
/// Gradient descent where R = 0, projected gradients where R is the indicator of a
/// set, and iterated soft thresholding (ISTA) where R = λ ‖x‖₁. On a convex f with an
/// L-Lipschitz gradient f + R falls as L ‖x₀ − x*‖² / 2k.
///
/// t is one of ``Length``. The default takes it from the last change of ∇f, as
/// Barzilai and Borwein did, which needs a tenth of the steps; f + R may rise then,
/// but has to fall by ‖d‖² / 10⁴t below the largest of the last M values.
///
/// - Complexity: a step takes a proximal map, the evaluations of its search, mostly
///   one, and 12n flops; nothing is allocated unless by R.
///
/// Source: Beck and Teboulle 2009, section 3 (backtracking); Wright, Nowak and
/// Figueiredo 2009 (SpaRSA, spectral steps).
public struct ProximalGradient: CompositeMethod {
  /// What can be minimised.
  public typealias Problem = any CompositeProblem

  /// How long a step is.
  public enum Length: Codable, Equatable, Sendable {
    /// Always t.
    case constant(Double)
    /// Halved until the quadratic model with 1/t holds, and doubled where it held at
    /// once.
    case backtracking
    /// t = sᵀs / sᵀy of the last step s and its change y of ∇f, halved until f + R
    /// falls below the largest of the last `history` values.
    case spectral(history: Int)
  }

  /// How long a step is.
  public let length: Length

  /// The proximal gradient method.
  ///
  /// - Precondition: a constant t is positive and finite, a history from 1 to 100.
  public init(length: Length) {
    switch length {
    case .constant(let t):
      precondition(
        t > 0 && t < .infinity, "a step of \(t), not a positive number")
    case .backtracking: break
    case .spectral(let history):
      precondition(
        (1...100).contains(history),
        "a history of \(history), outside 1 ... 100")
    }
    self.length = length
  }

  /// The name with the step length.
  public var name: String {
    switch length {
    case .constant(let t):
      "proximal gradient (constant step \(t.rounded(digits: 4)))"
    case .backtracking: "proximal gradient (backtracking)"
    case .spectral(let history):
      "proximal gradient (spectral, history \(history))"
    }
  }

  /// Where the run is, and the step length.
  public struct Memory: CompositeMemory {
    /// Value, penalty and distance from what is looked for.
    public var progress = CompositeProgress()
    /// t of the next step, 0 before the first.
    public internal(set) var step = 0.0
    /// The last values of f + R, the oldest to be overwritten next.
    var values: Vector<Double> = []
    var next = 0
  }

  /// A trial point, the current one with f alone, and a vector.
  public struct Workspace: CompositeWorkspace {
    /// A vector.
    public var scratch: Vector<Double>
    var origin: Point
    var trial: Point
  }

  /// Room for the last values.
  public func makeMemory(dimension n: Int) -> Memory {
    var memory = Memory()
    if case .spectral(let history) = length {
      memory.values = Vector(
        repeating: -.greatestFiniteMagnitude, count: history)
    }
    return memory
  }

  /// Room for two points.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      scratch: .zeros(n), origin: Point(dimension: n),
      trial: Point(dimension: n))
  }

  /// One proximal step.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    switch length {
    case .constant(let t):
      memory.step = t
      return modelStep(
        &point, &memory, &evaluator, &workspace, isConstant: true)
    case .backtracking:
      if memory.step == 0 { memory.step = ProximalStep.firstStep(point) }
      return modelStep(
        &point, &memory, &evaluator, &workspace, isConstant: false)
    case .spectral:
      return spectralStep(&point, &memory, &evaluator, &workspace)
    }
  }

  private func modelStep(
    _ point: inout Point, _ memory: inout Memory,
    _ evaluator: inout Evaluator, _ workspace: inout Workspace,
    isConstant: Bool
  ) -> StepOutcome {
    workspace.origin.x.copy(from: point.x)
    workspace.origin.gradient.copy(from: point.gradient)
    workspace.origin.value = memory.progress.smoothValue
    switch ProximalStep.search(
      from: workspace.origin, step: memory.step, isConstant: isConstant,
      &evaluator, &workspace.trial)
    {
    case .failed(let failure): return .failed(failure)
    case .found(let t, let isFirst):
      memory.step = isFirst ? min(2 * t, .greatestFiniteMagnitude) : t
      return evaluator.accept(
        &workspace.trial, &point, &memory.progress, &workspace.scratch, t: t)
    }
  }

  private func spectralStep(
    _ point: inout Point, _ memory: inout Memory,
    _ evaluator: inout Evaluator, _ workspace: inout Workspace
  ) -> StepOutcome {
    guard point.value.isFinite && point.gradient.isFinite else {
      return .failed(.undefined)
    }
    memory.note(point.value)
    let highest = memory.highest
    var t = memory.step > 0 ? memory.step : ProximalStep.firstStep(point)
    let noise = evaluator.noise(of: point.value)
    var failure = StepFailure.undefined
    for _ in 0..<60 {
      evaluator.takeProximalStep(from: point, step: t, &workspace.trial)
      if workspace.trial.x == point.x { return .failed(.lineSearch) }
      evaluator.evaluate(&workspace.trial)
      let sums = ProximalStep.Sums(from: point, to: workspace.trial)
      let penalty = evaluator.penalty?.value(at: workspace.trial.x) ?? 0
      let value = workspace.trial.value + penalty
      if value.isFinite && sums.product.isFinite {
        failure = .lineSearch
        if value <= highest - 1e-4 * sums.square / (2 * t)
          || abs(value - point.value) <= noise
            && sums.product <= sums.square / t
        {
          let found = sums.square / sums.product
          memory.step = found > 0 && found.isFinite ? found : 10 * t
          if !(memory.step.isFinite) { memory.step = t }
          return evaluator.accept(
            &workspace.trial, &point, &memory.progress, &workspace.scratch,
            t: t)
        }
      }
      t *= workspace.trial.value.isFinite ? 0.5 : 0.1
    }
    return .failed(failure)
  }
}

extension ProximalGradient.Memory {
  /// The largest of the last values.
  fileprivate var highest: Double {
    values.withUnsafeBufferPointer { values in
      var highest = -Double.infinity
      for value in values { highest = max(highest, value) }
      return highest
    }
  }

  /// Takes in the value of the current point.
  fileprivate mutating func note(_ value: Double) {
    let slot = next
    values.write { $0[slot] = value }
    next = next + 1 == values.count ? 0 : next + 1
  }
}

extension Evaluator {
  /// Moves to a trial point whose value is f(x₊).
  mutating func accept(
    _ trial: inout Point, _ point: inout Point,
    _ progress: inout CompositeProgress, _ scratch: inout Vector<Double>,
    t: Double
  ) -> StepOutcome {
    scratch.setDifference(trial.x, point.x)
    let norm = scratch.norm
    addPenalty(to: &trial, &progress, scratch: &scratch)
    swap(&point, &trial)
    return .moved(length: t, norm: norm)
  }
}

extension Method where Self == ProximalGradient {
  /// The proximal gradient method with spectral steps.
  public static func proximalGradient(history: Int = 10) -> Self {
    ProximalGradient(length: .spectral(history: history))
  }

  /// The proximal gradient method with a step length of choice.
  public static func proximalGradient(
    length: ProximalGradient.Length
  ) -> Self {
    ProximalGradient(length: length)
  }
}
