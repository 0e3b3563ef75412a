public import Matrix

/// The limited-memory quasi-Newton method for penalties of magnitudes, orthant-wise.
///
/// With g = ∇f + b x, the gradient of all that is smooth, and aⱼ |xⱼ| the rest, the
/// pseudo-gradient is the element of ∂(f + R) that is nearest 0,
///
///     ⋄ⱼ = gⱼ + aⱼ sign(xⱼ),   at xⱼ = 0 sign(gⱼ) max(|gⱼ| − aⱼ, 0).
///
/// The step is that of ``LBFGS`` with ⋄ for the gradient and pairs of g, from which
/// components against −⋄ are dropped, and it ends where a variable would change its
/// sign:
///
///     x₊ = π(x + t d),   π(z)ⱼ = zⱼ if sign(zⱼ) = ξⱼ, else 0,
///     ξⱼ = sign(xⱼ), at xⱼ = 0 sign(−⋄ⱼ).
///
/// t is halved until f + R falls by 10⁻⁴ ⋄ᵀ(x₊ − x). Variables leave 0 and return to
/// it exactly.
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
      direction: .zeros(n), old: Point(dimension: n), new: Point(dimension: n))
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
      workspace.direction.dropComponents(along: workspace.pseudo)
      let outcome = search(
        &point, &memory, penalty, &evaluator, &workspace,
        first: hadPairs ? 1 : min(1, 1 / workspace.direction.norm))
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
    let noise = roundingNoise(of: point.value)
    let stationarity = memory.progress.stationarity
    var failure = StepFailure.undefined
    var t = first
    for _ in 0..<60 {
      workspace.trial.x.setOrthantStep(
        from: point.x, along: workspace.direction, length: t,
        pseudoGradient: workspace.pseudo)
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
        if change <= 1e-4 * promised
          || abs(change) <= noise && progress.stationarity < stationarity
        {
          memory.progress = progress
          penalty.setSmoothPart(&workspace.old, of: point)
          penalty.setSmoothPart(&workspace.new, of: workspace.trial)
          // The products of the pairs are formed with the vector that the next
          // direction belongs to: ⋄ at the new point, and with it ⋄ − y in place of
          // the old gradient.
          penalty.setPseudoGradient(&workspace.pseudo, at: workspace.trial)
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

extension Vector<Double> {
  /// dⱼ ← 0 where dⱼ ⋄ⱼ ≥ 0.
  fileprivate mutating func dropComponents(along pseudo: Vector<Double>) {
    let n = count
    pseudo.read { g in
      write { d in
        for j in 0..<n where d[j] * g[j] >= 0 { d[j] = 0 }
      }
    }
  }

  /// x + t d, within the orthant of x and, where that is 0, of −⋄.
  fileprivate mutating func setOrthantStep(
    from x: Vector<Double>, along d: Vector<Double>, length t: Double,
    pseudoGradient: Vector<Double>
  ) {
    let n = count
    x.read { x in
      d.read { d in
        pseudoGradient.read { g in
          write { z in
            for j in 0..<n {
              let moved = x[j] + t * d[j]
              let side = x[j] != 0 ? x[j] : -g[j]
              z[j] = (moved > 0) == (side > 0) ? moved : 0
            }
          }
        }
      }
    }
  }
}

extension Method where Self == OWLQN {
  /// The orthant-wise limited-memory quasi-Newton method, with 10 pairs unless told.
  public static func owlqn(memory: Int = 10) -> Self { OWLQN(pairs: memory) }
}
