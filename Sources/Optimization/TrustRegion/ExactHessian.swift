public import Matrix

/// The model of second derivatives, B = ∇²f(x), evaluated once for each point.
public struct ExactHessian: MatrixModel {
  /// What can be minimised.
  public typealias Problem = any TwiceDifferentiableObjective
  /// B depends on the point alone.
  public typealias Memory = NoMemory
  /// B.
  public typealias Workspace = Matrix<Double>

  /// The model of second derivatives.
  public init() {}

  /// The name.
  public var name: String { "exact Hessian" }

  /// An evaluator of f, ∇f and ∇²f.
  public func evaluator(
    for problem: any TwiceDifferentiableObjective
  ) -> Evaluator { Evaluator(problem) }

  /// Nothing to remember.
  public func makeMemory(dimension n: Int) -> NoMemory { NoMemory() }

  /// Room for one matrix.
  public func makeWorkspace(dimension n: Int) -> Matrix<Double> { .zeros(n, n) }

  /// Evaluates ∇²f.
  ///
  /// - Complexity: one Hessian and n² flops.
  public func prepare(
    at point: Point, _ memory: inout NoMemory, evaluator: inout Evaluator,
    workspace: inout Matrix<Double>
  ) -> Bool {
    evaluator.hessian(at: point.x, into: &workspace)
      && workspace.lowerMaximumMagnitude.isFinite
  }

  /// ∇²f(x).
  public func matrix(
    _ memory: NoMemory, _ workspace: Matrix<Double>
  ) -> Matrix<Double> { workspace }
}
