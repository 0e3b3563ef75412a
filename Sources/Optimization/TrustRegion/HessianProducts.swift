public import Matrix

/// The model of second derivatives of which only products B v = ∇²f(x) v are
/// evaluated: for many variables, where a matrix has no room or no use.
///
/// The products are the objective's ``DifferentiableObjective/hessianVectorProduct(at:along:into:)``,
/// differences of gradients unless it has better ones.
public struct HessianProducts: TrustRegionModel {
  /// What can be minimised.
  public typealias Problem = any DifferentiableObjective
  /// B depends on the point alone.
  public typealias Memory = NoMemory
  /// Nothing is written to.
  public typealias Workspace = Void

  /// The model of products.
  public init() {}

  /// The name.
  public var name: String { "Hessian products" }

  /// An evaluator of f, ∇f and ∇²f v.
  public func evaluator(
    for problem: any DifferentiableObjective
  ) -> Evaluator { Evaluator(problem) }

  /// Nothing to remember.
  public func makeMemory(dimension n: Int) -> NoMemory { NoMemory() }

  /// Nothing.
  public func makeWorkspace(dimension n: Int) {}

  /// Nothing is evaluated before a product is needed.
  public func prepare(
    at point: Point, _ memory: inout NoMemory, evaluator: inout Evaluator,
    workspace: inout Void
  ) -> Bool { true }

  /// ∇²f(x) v.
  public func multiply(
    _ v: Vector<Double>, into product: inout Vector<Double>,
    at point: Point, _ memory: NoMemory, evaluator: inout Evaluator,
    workspace: inout Void
  ) -> Bool {
    evaluator.hessianVectorProduct(at: point.x, along: v, into: &product)
      && product.isFinite
  }
}
