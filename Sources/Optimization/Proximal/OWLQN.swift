public import Matrix

/// The limited-memory quasi-Newton method for penalties of magnitudes, orthant-wise.
///
/// With g = ∇f + b x, the gradient of all that is smooth, and aⱼ |xⱼ| the rest, the
/// pseudo-gradient is the element of ∂(f + R) that is nearest 0,
///
///     ⋄ⱼ = gⱼ + aⱼ sign(xⱼ),   at xⱼ = 0 sign(gⱼ) max(|gⱼ| − aⱼ, 0).
///
/// The step is that of ``LBFGS`` with ⋄ for the gradient and pairs of g, from which
/// components at xⱼ = 0 that do not go the way of −⋄ are dropped, and it ends where a
/// variable would change its sign:
///
///     x₊ = π(x + t d),   π(z)ⱼ = zⱼ if sign(zⱼ) = ξⱼ, else 0,
///     ξⱼ = sign(xⱼ), at xⱼ = 0 sign(−⋄ⱼ).
///
/// t is halved until f + R falls by 10⁻⁴ ⋄ᵀ(x₊ − x). Variables leave 0 and return to
/// it exactly; those that no penalty counts are free.
///
/// Andrew and Gao drop components against −⋄ wherever they are, which undoes much of
/// the method where variables depend on one another; here that is done only if d
/// does not descend otherwise.
///
/// - Complexity: a step takes the evaluations of its search, mostly one, and
///   8mn + 30n flops for m pairs; nothing is allocated once m pairs are stored.
///
/// Source: Andrew and Gao 2007.
public struct OWLQN: CompositeMethod {
  /// What can be minimised.
  public typealias Problem = any AbsoluteValueProblem

  /// The number m of pairs kept.
  public let pairs: Int

  /// The method with m pairs.
  ///
  /// - Precondition: 1 ≤ m ≤ 50.
  public init(pairs: Int) {
    precondition(
      (1...50).contains(pairs), "a memory of \(pairs) pairs, outside 1 ... 50")
    self.pairs = pairs
  }

  /// The name with the memory.
  public var name: String { "OWL-QN (memory \(pairs))" }

  /// Where the run is, and the pairs.
  public struct Memory: CompositeMemory {
    /// Value, penalty and distance from what is looked for.
    public var progress = CompositeProgress()
    var pairs: LimitedMemory
  }

  /// A trial point, a direction, and the points whose differences are the pairs.
  public struct Workspace: CompositeWorkspace {
    /// A vector.
    public var scratch: Vector<Double>
    var trial: Point
    var pseudo: Vector<Double>
    var next: Vector<Double>
    var direction: Vector<Double>
    var old: Point
    var new: Point
  }

  /// No pairs.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(pairs: LimitedMemory(dimension: n, capacity: pairs))
  }

  /// No pairs, in the same storage.
  public func forget(_ memory: inout Memory, dimension n: Int) {
    memory.progress = CompositeProgress()
    memory.pairs.removeAll()
  }

  /// Room for three points.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      scratch: .zeros(n), trial: Point(dimension: n), pseudo: .zeros(n),
      next: .zeros(n), direction: .zeros(n), old: Point(dimension: n),
      new: Point(dimension: n))
  }

  /// One step within the orthant of −⋄.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    guard let penalty = evaluator.absoluteValues else {
      return .failed(.lineSearch)
    }
    guard point.value.isFinite && point.gradient.isFinite else {
      return .failed(.undefined)
    }
    penalty.setPseudoGradient(&workspace.pseudo, at: point)
    while true {
      let hadPairs = !memory.pairs.isEmpty
      _ = memory.pairs.direction(
        at: workspace.pseudo, into: &workspace.direction)
      evaluator.counts.flops +=
        memory.pairs.directionFlops + 30 * Double(point.dimension)
      penalty.align(
        &workspace.direction, against: workspace.pseudo, at: point.x)
      let outcome = search(
        &point, &memory, penalty, &evaluator, &workspace,
        first: hadPairs
          ? 1
          : FirstStep.start(
            from: point, slope: workspace.pseudo.dot(workspace.direction),
            length: workspace.direction.norm))
      if case .failed = outcome, hadPairs {
        // The pairs may be what is wrong.
        memory.pairs.removeAll()
        continue
      }
      return outcome
    }
  }

  private func search(
    _ point: inout Point, _ memory: inout Memory, _ penalty: ElasticNet,
    _ evaluator: inout Evaluator, _ workspace: inout Workspace, first: Double
  ) -> StepOutcome {
    let slope = workspace.pseudo.dot(workspace.direction)
    guard slope < 0 && slope.isFinite else { return .failed(.lineSearch) }
    let noise = evaluator.noise(of: point.value)
    let stationarity = memory.progress.stationarity
    var failure = StepFailure.undefined
    var t = first
    for _ in 0..<60 {
      workspace.trial.x.setSum(point.x, workspace.direction, scaledBy: t)
      penalty.stayInOrthant(
        &workspace.trial.x, of: point.x, pseudoGradient: workspace.pseudo)
      if workspace.trial.x == point.x { return .failed(.lineSearch) }
      evaluator.evaluate(&workspace.trial)
      let smooth = workspace.trial.value
      if smooth.isFinite && workspace.trial.gradient.isFinite {
        failure = .lineSearch
        workspace.scratch.setDifference(workspace.trial.x, point.x)
        let promised = workspace.pseudo.dot(workspace.scratch)
        let norm = workspace.scratch.norm
        var progress = memory.progress
        evaluator.addPenalty(
          to: &workspace.trial, &progress, scratch: &workspace.scratch)
        let change = workspace.trial.value - point.value
        penalty.setPseudoGradient(&workspace.next, at: workspace.trial)
        // Where rounding hides the change, a step that does not lead beyond the
        // minimum on its way, or one that is closer by itself.
        workspace.scratch.setDifference(workspace.trial.x, point.x)
        let slope = workspace.next.dot(workspace.scratch)
        if change <= 1e-4 * promised
          || abs(change) <= noise
            && (abs(slope) <= 0.9 * abs(promised)
              || progress.stationarity < stationarity)
        {
          memory.progress = progress
          penalty.setSmoothPart(&workspace.old, of: point)
          penalty.setSmoothPart(&workspace.new, of: workspace.trial)
          // The products of the pairs are formed with the vector that the next
          // direction belongs to: ⋄ at the new point, and with it ⋄ − y in place of
          // the old gradient.
          swap(&workspace.pseudo, &workspace.next)
          workspace.old.gradient.add(workspace.new.gradient, scaledBy: -1)
          workspace.old.gradient.add(workspace.pseudo)
          workspace.new.gradient.copy(from: workspace.pseudo)
          memory.pairs.append(from: workspace.old, to: workspace.new)
          swap(&point, &workspace.trial)
          return .moved(length: t, norm: norm)
        }
      }
      t *= smooth.isFinite ? 0.5 : 0.1
    }
    return .failed(failure)
  }
}

extension ElasticNet {
  /// Writes the element of ∂(f + R)(x) that is nearest 0.
  func setPseudoGradient(_ pseudo: inout Vector<Double>, at point: Point) {
    let n = point.dimension
    let (a, b) = (absoluteWeight, squareWeight)
    pseudo.copy(from: point.gradient)
    point.x.read { x in
      pseudo.write { g in
        factors.forEach(of: n) { j, w in
          let rate = w * a
          if x[j] > 0 {
            g[j] += rate + w * b * x[j]
          } else if x[j] < 0 {
            g[j] += w * b * x[j] - rate
          } else {
            g[j] = shrunk(g[j], by: rate)
          }
        }
      }
    }
  }

  /// Drops the components of d that the orthant forbids: at xⱼ = 0 those with
  /// dⱼ ⋄ⱼ ≥ 0, elsewhere too where d would not descend otherwise.
  func align(
    _ d: inout Vector<Double>, against pseudo: Vector<Double>,
    at x: Vector<Double>
  ) {
    let n = x.count
    if absoluteWeight > 0 {
      x.read { x in
        pseudo.read { g in
          d.write { d in
            factors.forEach(of: n) { j, _ in
              if x[j] == 0 && d[j] * g[j] >= 0 { d[j] = 0 }
            }
          }
        }
      }
    }
    guard !(pseudo.dot(d) < 0) else { return }
    pseudo.read { g in
      d.write { d in
        for j in 0..<n where d[j] * g[j] >= 0 { d[j] = 0 }
      }
    }
  }

  /// zⱼ ← 0 where its sign is not that of xⱼ or, where that is 0, of −⋄ⱼ.
  func stayInOrthant(
    _ z: inout Vector<Double>, of x: Vector<Double>,
    pseudoGradient: Vector<Double>
  ) {
    guard absoluteWeight > 0 else { return }
    let n = x.count
    x.read { x in
      pseudoGradient.read { g in
        z.write { z in
          factors.forEach(of: n) { j, _ in
            let side = x[j] != 0 ? x[j] : -g[j]
            if (z[j] > 0) != (side > 0) { z[j] = 0 }
          }
        }
      }
    }
  }

  /// x with ∇f + b x.
  func setSmoothPart(_ smooth: inout Point, of point: Point) {
    let n = point.dimension
    let b = squareWeight
    smooth.x.copy(from: point.x)
    smooth.gradient.copy(from: point.gradient)
    guard b > 0 else { return }
    point.x.read { x in
      smooth.gradient.write { g in
        factors.forEach(of: n) { j, w in g[j] += w * b * x[j] }
      }
    }
  }
}

extension Method where Self == OWLQN {
  /// The orthant-wise limited-memory quasi-Newton method, with 10 pairs unless told.
  public static func owlqn(memory: Int = 10) -> Self { OWLQN(pairs: memory) }
}
