internal import Matrix

/// The limited-memory quasi-Newton method for bounded problems of Byrd, Lu, Nocedal
/// and Zhu, L-BFGS-B.
///
///     xᶜ = first minimiser of q along P(x − t ∇f)       which bounds hold
///     x̄  = minimiser of q over the other variables,     within the bounds
///     x ← x + t (x̄ − x)                                 by the search
///
/// with the quadratic model q of a limited-memory BFGS matrix, ``CompactHessian``.
/// The search is that of Moré and Thuente, up to the first bound that the direction
/// meets beyond x̄.
///
/// The first step, without a pair, goes along the projected gradient and would be as
/// long as the largest |xᵢ|; a start of zeros takes that from the widths of the
/// bounds or, where there are none, from |f| / ‖∇f‖.
///
/// When rounding spoils the model, or the search finds nothing, the pairs are
/// forgotten and the step is tried once more without them.
///
/// - Complexity: a step takes the evaluations of its search, mostly one,
///   (26m + 3m²)n flops for m pairs and O(m²) for each variable that reaches a
///   bound; nothing is allocated.
///
/// Source: Byrd, Lu, Nocedal and Zhu 1995; Morales and Nocedal 2011.
public struct LBFGSB: BoundedMethod {
  /// What can be minimised.
  public typealias Problem = any BoundedProblem

  /// The number m of pairs kept.
  public let memory: Int

  /// L-BFGS-B with m pairs.
  ///
  /// - Precondition: 1 ≤ m ≤ 50; more pairs cost more than they gain.
  public init(memory: Int) {
    precondition(
      (1...50).contains(memory), "a memory of \(memory) pairs, outside 1 ... 50"
    )
    self.memory = memory
  }

  /// The name with the memory.
  public var name: String { "L-BFGS-B (memory \(memory))" }

  /// The pairs, and where the run is.
  public struct Memory: BoundedMemory {
    /// The start and the projected gradient.
    public var progress = BoundsProgress()
    /// The pairs and their products.
    public internal(set) var hessian: CompactHessian
  }

  /// The parts of a step, and a trial point.
  public struct Workspace {
    var middle: MiddleMatrix
    var cauchy: CauchyPoint
    var subspace: SubspaceStep
    var direction: Vector<Double>
    var scratch: Vector<Double>
    var trial: Point
  }

  /// No pairs.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(hessian: CompactHessian(dimension: n, capacity: memory))
  }

  /// Room for a few vectors and matrices of order m.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      middle: MiddleMatrix(capacity: memory),
      cauchy: CauchyPoint(dimension: n, capacity: memory),
      subspace: SubspaceStep(dimension: n, capacity: memory),
      direction: .zeros(n), scratch: .zeros(4 * memory),
      trial: Point(dimension: n))
  }

  /// One step towards the minimiser of the model.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    guard let bounds = evaluator.bounds else { return .failed(.lineSearch) }
    var failure = StepFailure.lineSearch
    // At most twice: with the pairs, and without them.
    while true {
      let hasPairs = !memory.hessian.isEmpty
      if !hasPairs {
        memory.hessian.theta = bounds.curvature(at: point)
      }
      if setDirection(at: point, within: bounds, memory.hessian, &workspace) {
        let slope = point.gradient.dot(workspace.direction)
        let longest = bounds.longestStep(
          from: point.x, along: workspace.direction)
        evaluator.counts.flops += flops(memory.hessian.count, point.dimension)
        if slope < 0 && slope.isFinite && longest >= 1 {
          let search = StrongWolfe(maximumStep: longest)
          switch search.search(
            from: point, along: workspace.direction, slope: slope,
            firstStep: 1, evaluator: &evaluator, trial: &workspace.trial)
          {
          case .found(let step):
            swap(&point, &workspace.trial)
            memory.hessian.append(
              from: workspace.trial, to: point, scratch: &workspace.scratch)
            memory.progress.measure(point, evaluator)
            return .moved(
              length: step, norm: point.distance(to: workspace.trial))
          case .failed(let reason):
            failure = reason
          }
        }
      }
      if !hasPairs { return .failed(failure) }
      memory.hessian.removeAll()
    }
  }

  private func setDirection(
    at point: Point, within bounds: Bounds, _ hessian: CompactHessian,
    _ workspace: inout Workspace
  ) -> Bool {
    guard workspace.middle.factorize(hessian) else { return false }
    let hasCauchyPoint = workspace.cauchy.find(
      from: point, within: bounds, hessian, workspace.middle)
    guard hasCauchyPoint else { return false }
    return workspace.subspace.aim(
      from: point, workspace.cauchy, within: bounds, hessian,
      workspace.middle, into: &workspace.direction)
  }

  private func flops(_ k: Int, _ n: Int) -> Double {
    Double((26 * k + 3 * k * k + 20) * n)
  }
}

extension Point {
  /// ‖x − z‖₂.
  func distance(to other: Point) -> Double {
    let n = dimension
    let square = x.read { x in
      other.x.read { z in
        var sum = 0.0
        for i in 0..<n { sum += (x[i] - z[i]) * (x[i] - z[i]) }
        return sum
      }
    }
    return square.squareRoot()
  }
}

extension Bounds {
  /// The largest t for which x + t d is within the bounds, the first variable that
  /// meets one being on it.
  func longestStep(
    from x: Vector<Double>, along d: Vector<Double>
  ) -> Double {
    let n = count
    let outward = 1 + 4 * Double.ulpOfOne
    return lower.read { l in
      upper.read { u in
        x.read { x in
          d.read { d in
            var longest = 1e20
            for i in 0..<n where d[i] != 0 {
              let room = d[i] < 0 ? l[i] - x[i] : u[i] - x[i]
              // Most variables leave the longest step as it is.
              guard abs(room) < longest * abs(d[i]) else { continue }
              longest = room / d[i]
            }
            return max(longest * outward, 1)
          }
        }
      }
    }
  }

  /// θ for which the steepest descent −∇f/θ of the variables that are free is as
  /// long as the scale of x.
  func curvature(at point: Point) -> Double {
    var (square, scale, width) = (0.0, 0.0, Double.infinity)
    for i in 0..<count {
      let (x, g) = (point.x[i], point.gradient[i])
      let room = g > 0 ? x - lower[i] : upper[i] - x
      guard g != 0 && room > 0 else { continue }
      square += g * g
      scale = max(scale, abs(x))
      width = min(width, upper[i] - lower[i])
    }
    let norm = square.squareRoot()
    if scale == 0 {
      let loss = abs(point.value) / norm
      scale = width < .infinity ? width : loss > 0 ? loss : 1
    }
    let theta = norm / scale
    return theta > 0 && theta.isFinite ? theta : 1
  }
}

extension Method where Self == LBFGSB {
  /// L-BFGS-B with m pairs, 10 unless told.
  public static func lbfgsb(memory: Int = 10) -> Self { LBFGSB(memory: memory) }
}
