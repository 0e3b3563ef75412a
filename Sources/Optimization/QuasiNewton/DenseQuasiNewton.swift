public import Matrix

/// The quasi-Newton direction d = −Hₖ ∇f(x) with the dense matrix of all pairs
/// so far, as a ``FactoredInverse``.
///
/// Before there is a pair it is −δ² ∇f, element by element, with the magnitudes δ
/// of the variables. For some hundred variables and less the full
/// matrix saves evaluations beside ``LimitedMemoryBFGS``; it takes n² numbers.
///
/// - Complexity: 6n² flops, the factor read once and once read and written; nothing
///   is allocated.
///
/// Source: Nocedal and Wright 2006, section 6.1.
public struct DenseQuasiNewton: DescentDirection {
  /// What can be minimised.
  public typealias Problem = any DifferentiableObjective
  /// The factor of the inverse Hessian.
  public typealias Memory = FactoredInverse

  /// Which update.
  public let formula: FactoredInverse.Formula

  /// Whether B is made smaller before the first updates, where it is too large.
  public let isSelfScaling: Bool

  /// The direction with an update.
  ///
  /// - Parameters:
  ///   - formula: the update.
  ///   - isSelfScaling: whether B is made smaller before the first 2n updates where
  ///     it is larger along the step than f is curved; see ``FactoredInverse``.
  public init(
    _ formula: FactoredInverse.Formula, isSelfScaling: Bool = true
  ) {
    self.formula = formula
    self.isSelfScaling = isSelfScaling
  }

  /// Whether it is the textbook's update alone.
  public var settings: [String] { isSelfScaling ? [] : ["not scaled"] }

  /// The update's name.
  public var name: String { formula.rawValue }

  /// Vectors that a direction is made of.
  public struct Workspace {
    var scratch: FactoredInverse.Scratch
  }

  /// The identity.
  public func makeMemory(dimension n: Int) -> FactoredInverse {
    FactoredInverse(
      dimension: n, formula: formula, isSelfScaling: isSelfScaling)
  }

  /// Room for three vectors.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(scratch: FactoredInverse.Scratch(dimension: n))
  }

  /// Writes −Hₖ ∇f(x).
  public func setDirection(
    _ d: inout Vector<Double>, at point: Point,
    _ memory: inout FactoredInverse, evaluator: inout Evaluator,
    workspace: inout Workspace
  ) -> DirectionOutcome {
    let isScaled = !memory.isInitial
    let (slope, length) = memory.direction(
      at: point, into: &d, scratch: &workspace.scratch)
    if isScaled {
      let n = Double(point.dimension)
      evaluator.counts.flops += (formula == .bfgs ? 6 : 8) * n * n
    }
    // At first the variables change by 0.3 of their magnitudes, taken together, or
    // less: −gᵀd = ‖δ g‖², so that t d has the length 0.3 in units of δ.
    return .found(
      slope: slope, length: length,
      naturalStep: isScaled
        ? 1
        : FirstStep.start(
          reach: point.x.normInfinity > 0 ? 0.3 / (-slope).squareRoot() : 0,
          value: point.value, slope: slope, otherwise: 1 / length))
  }

  /// Takes in the pair of the step.
  public func accept(
    _ memory: inout FactoredInverse, from old: Point, to new: Point,
    along d: Vector<Double>, step: Double, evaluator: inout Evaluator,
    workspace: inout Workspace
  ) {
    memory.append(from: old, to: new)
  }

  /// Goes back to the identity, if there has been a pair.
  public func forget(_ memory: inout FactoredInverse) -> Bool {
    if memory.isInitial { return false }
    memory.removeAll()
    return true
  }
}
