public import Matrix

/// The limited-memory quasi-Newton direction d = −Hₖ ∇f(x), where Hₖ is the BFGS
/// approximation of the inverse Hessian built from the last m pairs
/// s = xₖ₊₁ − xₖ, y = ∇f(xₖ₊₁) − ∇f(xₖ) on γ I with γ = sᵀy / yᵀy of the newest
/// pair.
///
/// Before there is a pair it is −∇f, first tried at the minimum of the parabola on which
/// f loses all of its size, t = 2|f| / ‖∇f‖², or at a distance of ‖x‖₂ if that is nearer:
/// neither depends on units. A pair is
/// kept only when sᵀy > 10⁻¹⁰ ‖s‖ ‖y‖, a test that does not depend on the units
/// of f or x, so that Hₖ stays positive definite whatever line search is used.
///
/// - Complexity: about 8mn flops. The vectors of the pairs are read twice (see
///   ``LimitedMemory``); nothing is allocated once m pairs are stored.
///
/// Source: Nocedal 1980; Liu and Nocedal 1989; Byrd, Nocedal and Schnabel 1994.
public struct LimitedMemoryBFGS: DescentDirection {
  /// What can be minimised.
  public typealias Problem = any DifferentiableObjective
  /// The pairs and their products.
  public typealias Memory = LimitedMemory
  /// No scratch space beyond the pairs'.
  public typealias Workspace = Void

  /// The number m of pairs kept.
  public let memory: Int

  /// The direction from m pairs.
  ///
  /// - Precondition: 1 ≤ m ≤ 50; more pairs cost more than they gain.
  public init(memory: Int) {
    precondition(
      (1...50).contains(memory), "a memory of \(memory) pairs, outside 1 ... 50"
    )
    self.memory = memory
  }

  /// The name.
  public var name: String { "L-BFGS" }

  /// The memory.
  public var settings: [String] { ["memory \(memory)"] }

  /// No pairs.
  public func makeMemory(dimension n: Int) -> LimitedMemory {
    LimitedMemory(dimension: n, capacity: memory)
  }

  /// No pairs, in the same storage.
  public func forget(_ memory: inout LimitedMemory, dimension n: Int) {
    memory.removeAll()
  }

  /// Writes −Hₖ ∇f(x).
  public func setDirection(
    _ d: inout Vector<Double>, at point: Point, _ memory: inout LimitedMemory,
    evaluator: inout Evaluator, workspace: inout Void
  ) -> DirectionOutcome {
    let isScaled = !memory.isEmpty
    let (slope, length) = memory.direction(at: point.gradient, into: &d)
    evaluator.counts.flops += memory.directionFlops
    return .found(
      slope: slope, length: length,
      naturalStep: isScaled
        ? 1 : FirstStep.start(from: point, slope: slope, length: length))
  }

  /// Takes in the pair of the step.
  public func accept(
    _ memory: inout LimitedMemory, from old: Point, to new: Point,
    along d: Vector<Double>, step: Double, evaluator: inout Evaluator,
    workspace: inout Void
  ) {
    memory.append(from: old, to: new)
  }

  /// Forgets the pairs, if there are any.
  public func forget(_ memory: inout LimitedMemory) -> Bool {
    if memory.isEmpty { return false }
    memory.removeAll()
    return true
  }
}
