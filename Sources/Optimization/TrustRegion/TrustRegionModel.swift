public import Matrix

/// Where the matrix B of the quadratic model f(x) + gᵀs + ½ sᵀBs comes from.
///
/// ``ExactHessian`` evaluates it, ``HessianProducts`` evaluates B v only,
/// ``BFGSModel`` and ``SR1Model`` build it from the gradients of the run. A
/// ``TrustRegionSubproblem`` minimises the model within the trust region.
public protocol TrustRegionModel: Codable, Equatable, Sendable {
  /// What can be minimised with this model.
  associatedtype Problem
  /// What the model carries from step to step.
  associatedtype Memory: Codable, Equatable, Sendable
  /// Scratch space.
  associatedtype Workspace

  /// The model's name, as reports print it.
  var name: String { get }

  /// The evaluator through which a run calls `problem`.
  func evaluator(for problem: Problem) -> Evaluator

  /// The memory of a run that has not taken a step.
  func makeMemory(dimension n: Int) -> Memory

  /// Scratch space for n variables.
  func makeWorkspace(dimension n: Int) -> Workspace

  /// Makes B known at the current point, where that takes an evaluation.
  ///
  /// - Returns: whether B is defined there.
  func prepare(
    at point: Point, _ memory: inout Memory, evaluator: inout Evaluator,
    workspace: inout Workspace
  ) -> Bool

  /// Writes B v into `product`.
  ///
  /// - Returns: whether the product is defined.
  func multiply(
    _ v: Vector<Double>, into product: inout Vector<Double>,
    at point: Point, _ memory: Memory, evaluator: inout Evaluator,
    workspace: inout Workspace
  ) -> Bool

  /// Takes in what the gradients at two points tell of B; called for trial points
  /// that were rejected too.
  ///
  /// - Parameters:
  ///   - memory: what the model carries from step to step.
  ///   - point: the current point.
  ///   - trial: the trial point.
  ///   - step: the trial point minus the current one.
  ///   - workspace: scratch space.
  /// - Returns: whether B has changed.
  func update(
    _ memory: inout Memory, from point: Point, to trial: Point,
    step: Vector<Double>, workspace: inout Workspace
  ) -> Bool

  /// Forgets what was learnt of B.
  ///
  /// - Returns: whether there was anything.
  func restart(_ memory: inout Memory) -> Bool
}

/// A model whose matrix can be had as such.
public protocol MatrixModel: TrustRegionModel {
  /// B, its lower triangle.
  func matrix(_ memory: Memory, _ workspace: Workspace) -> Matrix<Double>
}

extension TrustRegionModel {
  /// Nothing is learnt from steps.
  public func update(
    _ memory: inout Memory, from point: Point, to trial: Point,
    step: Vector<Double>, workspace: inout Workspace
  ) -> Bool { false }

  /// There is nothing to forget.
  public func restart(_ memory: inout Memory) -> Bool { false }
}

extension MatrixModel {
  /// B v from the matrix.
  public func multiply(
    _ v: Vector<Double>, into product: inout Vector<Double>,
    at point: Point, _ memory: Memory, evaluator: inout Evaluator,
    workspace: inout Workspace
  ) -> Bool {
    matrix(memory, workspace).symmetricMultiply(v, into: &product)
    return true
  }
}
