public import Matrix

/// The direction of nonlinear conjugate gradients, d₊ = −∇f(x₊) + β d.
///
/// It remembers one vector, and is −∇f at the start and after a restart. It
/// restarts where its `restart` rule says so, where β is not finite, and where
/// d₊ would not descend.
///
/// - Complexity: 24n flops, in two passes over gradients and direction; nothing is
///   allocated.
public struct ConjugateGradientDirection: DescentDirection {
  /// What can be minimised.
  public typealias Problem = any DifferentiableObjective
  /// No scratch space.
  public typealias Workspace = Void

  /// When the past is forgotten for good reason.
  public enum Restart: Codable, Equatable, Sendable {
    /// Only where β is not finite or the direction does not descend.
    case whenNeeded
    /// Also where successive gradients are far from orthogonal,
    /// |g₊ᵀg| ≥ ν ‖g₊‖²; ν = 0.2.
    ///
    /// Source: Powell 1977.
    case powell(Double)
    /// Also after so many steps; n of them, on a quadratic of n variables, are a
    /// whole cycle.
    case every(Int)
  }

  /// The formula of β.
  public let formula: ConjugateGradientFormula
  /// When the direction is set to −∇f.
  public let restart: Restart

  /// Conjugate gradients with a formula.
  ///
  /// - Parameters:
  ///   - formula: the formula of β.
  ///   - restart: when to begin anew; Powell's rule with ν = 0.2 unless told for
  ///     the formulas of Fletcher and Reeves and of Dai and Yuan, which jam
  ///     without, and only when needed for the others.
  /// - Precondition: 0 < ν; a positive number of steps.
  public init(
    _ formula: ConjugateGradientFormula, restart: Restart? = nil
  ) {
    switch restart {
    case .powell(let nu): precondition(nu > 0, "ν = \(nu) is not positive")
    case .every(let steps):
      precondition(steps > 0, "a restart every \(steps) steps")
    case .whenNeeded, nil: break
    }
    self.formula = formula
    self.restart = restart ?? formula.usualRestart
  }

  /// The name.
  public var name: String { "conjugate gradients" }

  /// The formula and the restarts.
  public var settings: [String] {
    switch restart {
    case formula.usualRestart: [formula.name]
    case .whenNeeded: [formula.name, "no restart"]
    case .powell(let nu): [formula.name, "restart by Powell's \(nu)"]
    case .every(let steps): [formula.name, "restart every \(steps) steps"]
    }
  }

  /// The direction of the next step.
  public struct Memory: Codable, Equatable, Sendable {
    /// The direction, if it is not −∇f.
    var direction: Vector<Double>
    /// ∇fᵀd and ‖d‖².
    var slope = 0.0
    var square = 0.0
    /// The steps since the direction was −∇f; 0 where the next one is.
    public internal(set) var age = 0
  }

  /// The next direction is −∇f.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(direction: .zeros(n))
  }

  /// Writes −∇f(x) + β d.
  public func setDirection(
    _ d: inout Vector<Double>, at point: Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Void
  ) -> DirectionOutcome {
    if memory.age > 0 {
      d.copy(from: memory.direction)
      return .found(
        slope: memory.slope, length: memory.square.squareRoot(),
        naturalStep: nil)
    }
    return SteepestDescent.set(&d, at: point, &evaluator)
  }

  /// Makes the next direction.
  public func accept(
    _ memory: inout Memory, from old: Point, to new: Point,
    along d: Vector<Double>, step: Double, evaluator: inout Evaluator,
    workspace: inout Void
  ) {
    let products = StepProducts(
      from: old.gradient, to: new.gradient, along: d)
    let beta = formula.beta(products)
    (memory.slope, memory.square) = memory.direction.setConjugate(
      d, scaledBy: beta, minus: new.gradient)
    evaluator.counts.flops += 24 * Double(d.count)
    let descends = memory.slope < 0 && memory.square.isFinite
    memory.age =
      descends && !isDue(products, age: memory.age) ? memory.age + 1 : 0
  }

  /// Whether the rule asks for a restart.
  private func isDue(_ p: StepProducts, age: Int) -> Bool {
    switch restart {
    case .whenNeeded: false
    case .powell(let nu): abs(p.gh) >= nu * p.hh
    case .every(let steps): age + 1 >= steps
    }
  }

  /// Goes back to −∇f.
  public func forget(_ memory: inout Memory) -> Bool {
    if memory.age == 0 { return false }
    memory.age = 0
    return true
  }
}

extension ConjugateGradientFormula {
  /// β of Fletcher-Reeves and of Dai-Yuan stays near 1 after a short step, where
  /// g₊ ≈ g, so that d₊ is nearly d and the next step is short too (Powell 1977);
  /// the others vanish with y.
  var usualRestart: ConjugateGradientDirection.Restart {
    switch self {
    case .fletcherReeves, .daiYuan: .powell(0.2)
    case .polakRibierePlus, .hestenesStiefel, .hybrid, .hagerZhang: .whenNeeded
    }
  }
}
