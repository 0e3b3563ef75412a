internal import Matrix

/// The pure Newton iteration for ∇f(x) = 0: x ← x − ∇²f(x)⁻¹ ∇f(x), by LU.
///
/// It is drawn to critical points of any kind, minima, maxima and saddles
/// alike, whichever is near, and its certificate asks for no more than a critical
/// point; ``Certificate/classification`` says which kind it is. The step is halved only where
/// f is undefined at its end. Near a critical point with a regular Hessian
/// convergence is quadratic; far from one nothing is promised.
///
/// - Complexity: a step takes a Hessian, one evaluation and 2n³/3 + 2n² flops;
///   nothing is allocated.
///
/// Source: Nocedal and Wright 2006, section 11.1.
public struct CriticalPointNewton: Method {
  /// What can be examined.
  public typealias Problem = any TwiceDifferentiableObjective
  /// The next step depends on the point alone.
  public typealias Memory = NoMemory

  /// A critical point of any kind.
  public static var goal: Goal { .criticalPoint }

  /// The pure Newton iteration.
  public init() {}

  /// The name.
  public var name: String { "Newton for critical points" }

  /// The Hessian, its factorization, a direction and a trial point.
  public struct Workspace {
    var hessian: Matrix<Double>
    var lu: LU<Double>
    var direction: Vector<Double>
    var trial: Point
  }

  /// Nothing to remember.
  public func makeMemory(dimension n: Int) -> NoMemory { NoMemory() }

  /// Room for two matrices of order n and two points.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      hessian: .zeros(n, n), lu: LU(order: n), direction: .zeros(n),
      trial: Point(dimension: n))
  }

  /// One full step, or the first defined one among its halves.
  public func step(
    _ point: inout Point, _ memory: inout NoMemory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    guard evaluator.hessian(at: point.x, into: &workspace.hessian) else {
      return .failed(.hessian)
    }
    workspace.hessian.symmetrizeFromLower()
    let n = Double(point.dimension)
    evaluator.countFactorization(flops: 2 * n * n * n / 3 + 2 * n * n)
    do throws(FactorizationError) {
      try workspace.lu.factorize(workspace.hessian)
    } catch {
      if case .singular = error { return .failed(.singular) }
      return .failed(.hessian)
    }
    workspace.direction.copy(from: point.gradient)
    workspace.direction.scale(by: -1)
    workspace.lu.solve(inPlace: &workspace.direction)
    let norm = workspace.direction.norm
    guard norm.isFinite else { return .failed(.singular) }

    var t = 1.0
    for _ in 0..<60 {
      let sample = evaluator.sample(
        point, along: workspace.direction, at: t, into: &workspace.trial)
      if sample.isDefined {
        swap(&point, &workspace.trial)
        return .moved(length: t, norm: t * norm)
      }
      t *= 0.5
    }
    return .failed(.undefined)
  }
}

extension Method where Self == CriticalPointNewton {
  /// The pure Newton iteration, for critical points of any kind.
  public static func criticalPointNewton() -> Self { CriticalPointNewton() }
}
