internal import Matrix

/// The spectral projected gradient method.
///
///     x ← x + α (P(x − λ ∇f) − x),   λ = sᵀs / sᵀy
///
/// with s and y the last step and its change of gradient: the step length of Barzilai
/// and Borwein, which makes projected steepest descent a method in its own
/// right, but only where f may rise on the way. α is halved, or chosen by a parabola,
/// until f falls by 10⁻⁴ of what ∇f promises below the largest of the last M values.
/// Beyond f, ∇f and P nothing is needed, so that it is the method for very many
/// variables.
///
/// - Complexity: a step takes the evaluations of its search, mostly one, and 12n
///   flops; nothing is allocated.
///
/// Source: Birgin, Martínez and Raydan, Nonmonotone spectral projected gradient
/// methods on convex sets, 2000, algorithm 2.2 (SPG2).
public struct ProjectedGradient: BoundedMethod {
  /// What can be minimised.
  public typealias Problem = any BoundedProblem

  /// How many values M the next one is compared with; with 1 every step descends.
  public let history: Int

  /// Spectral projected gradient.
  ///
  /// - Precondition: 1 ≤ history ≤ 100.
  public init(history: Int) {
    precondition(
      (1...100).contains(history), "a history of \(history), outside 1 ... 100")
    self.history = history
  }

  /// The name with the history.
  public var name: String { "spectral projected gradient (history \(history))" }

  /// The last values and the step length.
  public struct Memory: BoundedMemory {
    /// The start and the projected gradient.
    public var progress = BoundsProgress()
    /// λ, 0 before the first step.
    public internal(set) var length = 0.0
    /// The last values of f, the oldest to be overwritten next.
    var values: Vector<Double> = []
    var next = 0
  }

  /// A direction and a trial point.
  public struct Workspace {
    var direction: Vector<Double>
    var trial: Point
  }

  /// Room for M values.
  public func makeMemory(dimension n: Int) -> Memory {
    var memory = Memory()
    memory.values = Vector(repeating: -.infinity, count: history)
    return memory
  }

  /// Room for two points.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(direction: .zeros(n), trial: Point(dimension: n))
  }

  /// One step towards P(x − λ∇f).
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    guard let bounds = evaluator.bounds else { return .failed(.lineSearch) }
    memory.note(point.value)
    let highest = memory.highest
    let isFirst = !(memory.length > 0)
    if isFirst { memory.length = 1 / bounds.curvature(at: point) }
    bounds.setProjectedStep(
      from: point, length: memory.length, into: &workspace.direction)
    let slope = point.gradient.dot(workspace.direction)
    evaluator.counts.flops += 12 * Double(point.dimension)
    guard slope < 0 else { return .failed(.lineSearch) }
    guard slope.isFinite else { return .failed(.undefined) }

    let noise = evaluator.noise(of: point.value)
    var failure = StepFailure.lineSearch
    var alpha = 1.0
    for _ in 0..<60 {
      let sample = evaluator.sample(
        point, along: workspace.direction, at: alpha, into: &workspace.trial)
      if workspace.trial.x == point.x { break }
      guard sample.isDefined && workspace.trial.gradient.isFinite else {
        failure = .undefined
        alpha *= 0.1
        continue
      }
      if sample.value <= highest + 1e-4 * alpha * slope
        || abs(sample.value - point.value) <= noise
          && abs(sample.slope) <= abs(slope)
      {
        let norm = alpha * workspace.direction.norm
        memory.setLength(from: point, to: workspace.trial)
        swap(&point, &workspace.trial)
        memory.progress.measure(point, evaluator)
        return .moved(length: alpha, norm: norm)
      }
      let excess = sample.value - point.value
      let minimiser = -slope * alpha / (2 * (excess / alpha - slope))
      alpha = min(max(minimiser, 0.1 * alpha), 0.5 * alpha)
    }
    return .failed(failure)
  }
}

extension ProjectedGradient.Memory {
  /// The largest of the last values.
  var highest: Double {
    values.withUnsafeBufferPointer { values in
      var highest = -Double.infinity
      for value in values { highest = max(highest, value) }
      return highest
    }
  }

  /// Takes in the value of the current point.
  mutating func note(_ value: Double) {
    let slot = next
    values.write { $0[slot] = value }
    next = next + 1 == values.count ? 0 : next + 1
  }

  /// λ = sᵀs / sᵀy; ten times what it was where f curves downwards, for the model of
  /// a parabola has no minimum then.
  mutating func setLength(from old: Point, to new: Point) {
    let n = new.dimension
    let (ss, sy) = new.x.read { x in
      old.x.read { z in
        new.gradient.read { g in
          old.gradient.read { h in
            var (ss, sy) = (0.0, 0.0)
            for i in 0..<n {
              let s = x[i] - z[i]
              ss += s * s
              sy += s * (g[i] - h[i])
            }
            return (ss, sy)
          }
        }
      }
    }
    let found = ss / sy
    length = sy > 0 && found.isFinite && found > 0 ? found : 10 * length
    if !length.isFinite { length = .greatestFiniteMagnitude }
  }
}

extension Bounds {
  /// Writes P(x − λ∇f) − x, a little beyond the bounds that it ends on.
  func setProjectedStep(
    from point: Point, length: Double, into d: inout Vector<Double>
  ) {
    let n = count
    let outward = 1 + 4 * Double.ulpOfOne
    d.write { d in
      point.x.read { x in
        point.gradient.read { g in
          lower.read { l in
            upper.read { u in
              for i in 0..<n {
                let full = -length * g[i]
                let (down, up) = (l[i] - x[i], u[i] - x[i])
                d[i] =
                  full <= down
                  ? down * outward : full >= up ? up * outward : full
              }
            }
          }
        }
      }
    }
  }
}

extension Method where Self == ProjectedGradient {
  /// Spectral projected gradient that looks back over M values, 10 unless told.
  public static func projectedGradient(history: Int = 10) -> Self {
    ProjectedGradient(history: history)
  }
}
