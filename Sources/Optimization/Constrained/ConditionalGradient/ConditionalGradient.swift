public import Matrix

/// The conditional gradient method on a set, of Frank and Wolfe, with steps away
/// from vertices.
///
///     s = argmin ∇f(x)ᵀs over the set,   v = argmax ∇f(x)ᵀv over the face of x
///
///     x ← x + t (s − x)       towards s, t ≤ 1                       plain
///     x ← x + t (x − v)       away from v, where that falls faster    away
///     x ← x + t (s − v)       from v to s                             pairwise
///
/// No projection is needed, and x is a mean of few vertices. The plain method gets
/// within O(1/k) of the minimum, since near a face it zigzags between the vertices
/// of it; with the others it converges linearly on a ``Polytope``, where f is
/// strongly convex. v is found on the smallest face of the set that x is in, so that
/// no list of vertices has to be kept.
/// Sets that are no polytope have plain steps.
///
/// t is one of ``Length``, and x, with the gap ∇f(x)ᵀ(x − s) for its optimality, is
/// evaluated as it is. For projected gradients on the same sets take
/// ``ProximalGradient``, whose proximal map of a set is the projection.
///
/// - Complexity: a step takes the oracle twice, the evaluations of its search, mostly
///   one, and 12n flops; nothing is allocated.
///
/// Source: Frank and Wolfe 1956; Jaggi 2013 (gap); Lacoste-Julien and Jaggi 2015
/// (away and pairwise steps); Garber and Meshi 2016, Bashiri and Zhang 2017 (v by
/// faces); Pedregosa, Negiar, Askari and Jaggi 2020 (backtracking).
public struct ConditionalGradient: CompositeMethod {
  /// What can be minimised.
  public typealias Problem = any SetProblem

  /// Which way a step goes.
  public enum Direction: String, Codable, Equatable, Sendable {
    /// Towards a vertex.
    case plain
    /// Towards a vertex or away from one.
    case away
    /// From one vertex to another.
    case pairwise
  }

  /// How long a step is.
  public enum Length: Codable, Equatable, Sendable {
    /// t = −∇f(x)ᵀd / L ‖d‖², for an L-Lipschitz ∇f.
    case short(lipschitz: Double)
    /// The same with an L that is raised where f does not fall as the model says,
    /// and lowered by a tenth in every step.
    case backtracking
    /// A t at which f is lowest along d, by a strong Wolfe search.
    case exact
  }

  /// Which way a step goes.
  public let direction: Direction
  /// How long a step is.
  public let length: Length

  /// The conditional gradient method.
  ///
  /// - Precondition: L is positive and finite.
  public init(direction: Direction, length: Length) {
    if case .short(let lipschitz) = length {
      precondition(
        lipschitz > 0 && lipschitz < .infinity,
        "a Lipschitz constant of \(lipschitz), not a positive number")
    }
    self.direction = direction
    self.length = length
  }

  /// The name with direction and step length.
  public var name: String {
    let steps =
      switch length {
      case .short(let lipschitz): "short, L = \(lipschitz.rounded(digits: 4))"
      case .backtracking: "backtracking"
      case .exact: "exact"
      }
    return "conditional gradient (\(direction.rawValue), \(steps))"
  }

  /// Where the run is, the vertex ahead, and the curvature.
  public struct Memory: CompositeMemory {
    /// Value, penalty and distance from what is looked for.
    public var progress = CompositeProgress()
    /// ∇f(x)ᵀ(x − s).
    public internal(set) var gap = Double.infinity
    /// s.
    public internal(set) var vertex: Vector<Double>
    /// The L of the last step, 0 before the first.
    public internal(set) var curvature = 0.0
  }

  /// A direction, a trial point and two vectors.
  public struct Workspace: CompositeWorkspace {
    /// A vector.
    public var scratch: Vector<Double>
    var away: Vector<Double>
    var direction: Vector<Double>
    var trial: Point
  }

  /// Room for a vertex.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(vertex: .zeros(n))
  }

  /// Room for a point and three vectors.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      scratch: .zeros(n), away: .zeros(n), direction: .zeros(n),
      trial: Point(dimension: n))
  }

  /// Moves the start into the set, and evaluates f, ∇f and the gap there.
  public func begin(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) {
    memory.progress.begin(&point, &evaluator, scratch: &workspace.scratch)
    memory.measureGap(at: point, evaluator)
  }

  /// ∇f(x)ᵀ(x − s).
  public func optimality(of point: Point, _ memory: Memory) -> Optimality {
    Optimality(gradientNorm: memory.gap)
  }

  /// One step.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    guard
      point.value.isFinite && point.gradient.isFinite
        && memory.gap < .greatestFiniteMagnitude
    else { return .failed(.undefined) }
    let way = aim(from: point, memory, evaluator, &workspace)
    guard way.slope < 0 && way.square > 0 && way.longest > 0 else {
      return .failed(.lineSearch)
    }
    evaluator.counts.flops += 12 * Double(point.dimension)
    let found: LineSearchOutcome
    switch length {
    case .short(let lipschitz):
      let t = min(way.longest, -way.slope / (lipschitz * way.square))
      evaluator.goAlong(way: t, from: point, &workspace)
      found =
        !workspace.trial.isFinite
        ? .failed(.undefined)
        : workspace.trial.x == point.x
          ? .failed(.lineSearch) : .found(step: t)
    case .backtracking:
      found = backtrack(way, from: point, &memory, &evaluator, &workspace)
    case .exact:
      found = search(way, from: point, &memory, &evaluator, &workspace)
    }
    switch found {
    case .failed(let failure): return .failed(failure)
    case .found(let t):
      // f of the trial point, to which the indicator adds 0.
      let outcome = evaluator.accept(
        &workspace.trial, &point, &memory.progress, &workspace.scratch, t: t)
      memory.measureGap(at: point, evaluator)
      return outcome
    }
  }
}

// MARK: The way

extension ConditionalGradient {
  /// A direction d by what is known of it.
  private struct Way {
    /// ∇f(x)ᵀd.
    var slope: Double
    /// dᵀd.
    var square = 0.0
    /// The largest t for which x + t d is in the set.
    var longest: Double
  }

  /// Writes d.
  private func aim(
    from point: Point, _ memory: Memory, _ evaluator: Evaluator,
    _ workspace: inout Workspace
  ) -> Way {
    var way = Way(slope: -memory.gap, longest: 1)
    workspace.direction.setDifference(memory.vertex, point.x)
    if direction != .plain, let polytope = evaluator.polytope {
      polytope.maximizeLinear(
        point.gradient, onFaceOf: point.x, into: &workspace.away)
      workspace.scratch.setDifference(workspace.away, point.x)
      let fall = point.gradient.dot(workspace.scratch)
      if direction == .pairwise {
        workspace.direction.add(workspace.scratch, scaledBy: -1)
        way.slope -= fall
      } else if fall > memory.gap {
        workspace.direction.copy(from: workspace.scratch)
        workspace.direction.scale(by: -1)
        way.slope = -fall
      }
      if direction == .pairwise || fall > memory.gap {
        way.longest = polytope.reach(
          from: point.x, along: workspace.direction)
      }
    }
    way.square = workspace.direction.dot(workspace.direction)
    return way
  }

  /// The t of the model with the least L that holds.
  private func backtrack(
    _ way: Way, from point: Point, _ memory: inout Memory,
    _ evaluator: inout Evaluator, _ workspace: inout Workspace
  ) -> LineSearchOutcome {
    let noise = evaluator.noise(of: point.value)
    var l = 0.9 * memory.curvature
    if !(l > 0) {
      l = firstCurvature(way, from: point, &evaluator, &workspace)
    }
    var failure = StepFailure.undefined
    for _ in 0..<100 {
      let t = min(way.longest, -way.slope / (l * way.square))
      evaluator.goAlong(way: t, from: point, &workspace)
      guard workspace.trial.x != point.x else {
        return .failed(.lineSearch)
      }
      if workspace.trial.isFinite {
        failure = .lineSearch
        let change = workspace.trial.value - point.value
        let model = t * (way.slope + 0.5 * t * l * way.square)
        if change <= model
          || abs(change) <= noise
            && workspace.trial.gradient.dot(workspace.direction) <= 0
        {
          memory.curvature = l
          return .found(step: t)
        }
      }
      l *= workspace.trial.value.isFinite ? 2 : 10
      if !l.isFinite { break }
    }
    return .failed(failure)
  }

  /// The curvature of f along d near x; of one that f does not have, what makes t = 1.
  private func firstCurvature(
    _ way: Way, from point: Point, _ evaluator: inout Evaluator,
    _ workspace: inout Workspace
  ) -> Double {
    let t = 1e-3 * min(way.longest, 1)
    evaluator.goAlong(way: t, from: point, &workspace)
    let slope = workspace.trial.gradient.dot(workspace.direction)
    let curvature = (slope - way.slope) / (t * way.square)
    return curvature > 0 && curvature.isFinite
      ? curvature : -way.slope / way.square
  }

  /// The t of a search.
  private func search(
    _ way: Way, from point: Point, _ memory: inout Memory,
    _ evaluator: inout Evaluator, _ workspace: inout Workspace
  ) -> LineSearchOutcome {
    var first = min(way.longest, 1)
    if memory.curvature > 0 {
      first = min(way.longest, -way.slope / (memory.curvature * way.square))
    }
    let search = StrongWolfe(curvature: 0.1, maximumStep: way.longest)
    let found = search.search(
      from: point, along: workspace.direction, slope: way.slope,
      firstStep: first, evaluator: &evaluator, trial: &workspace.trial)
    guard case .found(let t) = found else { return found }
    let slope = workspace.trial.gradient.dot(workspace.direction)
    let curvature = (slope - way.slope) / (t * way.square)
    if curvature > 0 && curvature.isFinite { memory.curvature = curvature }
    // What the search evaluated may be beside the set by its rounding.
    workspace.scratch.copy(from: workspace.trial.x)
    evaluator.settle(&workspace.scratch)
    if workspace.scratch != workspace.trial.x {
      workspace.trial.x.copy(from: workspace.scratch)
      evaluator.evaluate(&workspace.trial)
      guard workspace.trial.isFinite else { return .failed(.undefined) }
    }
    return .found(step: t)
  }
}

extension ConditionalGradient.Memory {
  /// Takes s and the gap at a new point.
  mutating func measureGap(at point: Point, _ evaluator: Evaluator) {
    guard let set = evaluator.set else { return }
    let found = set.linearGap(
      at: point.x, gradient: point.gradient, vertex: &vertex)
    // What encodes and compares must not be NaN. Where f falls towards infinity the
    // gap is without bound, though f is defined.
    gap = found.isNaN ? .infinity : min(found, .greatestFiniteMagnitude)
  }
}

extension Evaluator {
  /// Evaluates f and ∇f at x + t d, on the set.
  fileprivate mutating func goAlong(
    way t: Double, from point: Point,
    _ workspace: inout ConditionalGradient.Workspace
  ) {
    workspace.trial.x.setSum(point.x, workspace.direction, scaledBy: t)
    settle(&workspace.trial.x)
    evaluate(&workspace.trial)
  }

  /// Moves x on the faces that it is at to rounding, and into the set.
  fileprivate func settle(_ x: inout Vector<Double>) {
    polytope?.snap(&x)
    // Rounding of many steps adds up.
    if let set, set.value(at: x) != 0 {
      set.applyProximalMap(step: 1, to: &x)
    }
  }
}

extension Method where Self == ConditionalGradient {
  /// The conditional gradient method of Frank and Wolfe, with pairwise steps of
  /// backtracked length unless told.
  public static func frankWolfe(
    direction: ConditionalGradient.Direction = .pairwise,
    length: ConditionalGradient.Length = .backtracking
  ) -> Self { ConditionalGradient(direction: direction, length: length) }

  /// The same method by its other name.
  public static func conditionalGradient(
    direction: ConditionalGradient.Direction = .pairwise,
    length: ConditionalGradient.Length = .backtracking
  ) -> Self { ConditionalGradient(direction: direction, length: length) }
}
