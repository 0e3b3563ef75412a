/// A method that goes from one linearisation of the residuals to the next, with
/// the factor of the Jacobian in its memory.
///
/// How it starts and what it measures is the same for all of them; how a step comes
/// from the factor is theirs.
public protocol LeastSquaresMethod: Method
where
  Problem == any DifferentiableResiduals, Memory == LeastSquaresMemory,
  Workspace == LeastSquaresWorkspace
{
  /// The first trust radius as a multiple of ‖D x₀‖.
  var initialRadius: Double { get }
}

extension LeastSquaresMethod {
  /// Room for a factor of order n.
  public func makeMemory(dimension n: Int) -> LeastSquaresMemory {
    LeastSquaresMemory(dimension: n)
  }

  /// Room for a factor of order n; that for m residuals is made at the start.
  public func makeWorkspace(dimension n: Int) -> LeastSquaresWorkspace {
    LeastSquaresWorkspace(dimension: n)
  }

  /// Evaluates r and J at the start and factorizes J.
  public func begin(
    _ point: inout Point, _ memory: inout LeastSquaresMemory,
    evaluator: inout Evaluator, workspace: inout LeastSquaresWorkspace
  ) {
    workspace.begin(&point, &memory, &evaluator, radius: initialRadius)
  }

  /// ‖∇f‖∞ and the relative offset.
  public func optimality(
    of point: Point, _ memory: LeastSquaresMemory
  ) -> Optimality {
    memory.optimality(of: point)
  }
}
