internal import Matrix

/// The method for those who do not want to choose one.
///
///     let solution = minimize(f, from: x0)
///
/// It begins with what the problem allows, and changes when that stalls:
///
/// | Variables | Hessian | First | Then |
/// | --- | --- | --- | --- |
/// | n ≤ 300 | yes | trust-region Newton | BFGS |
/// | n ≤ 300 | no | BFGS | trust-region Newton, Hessians from gradients |
/// | n > 300 | any | L-BFGS | truncated Newton on products ∇²f v |
///
/// Where the objective states its ``DifferentiableObjective/cost``, Newton's
/// method gives way to L-BFGS below 300 variables too if one of its steps costs
/// more than 50 of the other's. What was chosen, when it was changed and why is in
/// ``Solution/notes``. The choice depends on counts alone and not on the clock, so
/// that the same problem is solved in the same way every time.
///
/// A method has stalled when it finds no acceptable step, or when over max(100, 5n)
/// steps, 1000 of Newton's method, neither ‖∇f‖∞ has been halved nor f has fallen by
/// a hundredth of what it has fallen so far.
///
/// - Complexity: that of the method at work.
public struct Automatic: Method {
  /// What can be minimised.
  public typealias Problem = any DifferentiableObjective

  /// The choice by the problem.
  public init() {}

  /// The name.
  public var name: String { "automatic" }

  /// A method that is at work.
  public enum Way: String, Codable, Sendable {
    /// Newton's method in a trust region.
    case trustRegion
    /// Newton's method in a trust region, with Hessians from differences of
    /// gradients.
    case differences
    /// BFGS.
    case bfgs
    /// L-BFGS.
    case lbfgs
    /// Truncated Newton in a trust region, on products ∇²f v.
    case products
  }

  /// Which method is at work, and what it carries from step to step.
  public struct Memory: Codable, Equatable, Sendable {
    /// The method at work.
    public internal(set) var way: Way
    /// The changes of method so far.
    public internal(set) var changes: [Change] = []
    /// The method that was chosen first.
    var first = Way.lbfgs
    /// The methods that are left.
    var remaining: [Way] = []
    /// Why the first was chosen.
    var reason = ""
    var mark = Mark()
    /// What counts as large of each variable, for differences.
    var magnitudes: Vector<Double>

    var trustRegion: TrustRegion<MoreSorensen<ExactHessian>>.Memory?
    var products:
      TrustRegion<SteihaugToint<HessianProducts, NoPreconditioner>>.Memory?
    var bfgs: BFGS<StrongWolfe>.Memory?
    var lbfgs: LBFGS<StrongWolfe>.Memory?
  }

  /// A change of method.
  public struct Change: Codable, Equatable, Sendable {
    /// The steps that had been taken.
    public let iteration: Int
    /// The method that came next.
    public let way: Way
    /// Why the one before was given up; nil for lack of progress.
    public let failure: StepFailure?
  }

  /// The workspaces of the methods that have been at work.
  public struct Workspace {
    var trustRegion: TrustRegion<MoreSorensen<ExactHessian>>.Workspace?
    var products:
      TrustRegion<SteihaugToint<HessianProducts, NoPreconditioner>>.Workspace?
    var bfgs: BFGS<StrongWolfe>.Workspace?
    var lbfgs: LBFGS<StrongWolfe>.Workspace?
  }

  var trustRegion: TrustRegion<MoreSorensen<ExactHessian>> { .trustRegion() }
  var products: TrustRegion<SteihaugToint<HessianProducts, NoPreconditioner>> {
    TrustRegion(SteihaugToint(over: HessianProducts()))
  }
  var bfgs: BFGS<StrongWolfe> { .bfgs() }
  var lbfgs: LBFGS<StrongWolfe> { .lbfgs() }

  /// An evaluator of f, ∇f and, where there is one, ∇²f.
  public func evaluator(
    for problem: any DifferentiableObjective
  ) -> Evaluator {
    if let second = problem.withSecondDerivatives { return Evaluator(second) }
    return Evaluator(problem)
  }

  /// Nothing chosen yet.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(way: .lbfgs, magnitudes: .zeros(n))
  }

  /// Empty: what a method needs is made when it is chosen.
  public func makeWorkspace(dimension n: Int) -> Workspace { Workspace() }

  /// Evaluates f and ∇f and chooses.
  public func begin(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) {
    evaluator.evaluate(&point)
    memory.magnitudes = point.x
    choose(&memory, point, evaluator)
  }
}

extension Method where Self == Automatic {
  /// The method that the problem asks for, changed when it stalls.
  public static func automatic() -> Self { Automatic() }
}
