public import Matrix

/// A matrix B with B s = y for the last step: what ``BFGSModel`` and ``SR1Model``
/// remember.
public struct SecantMatrix: Codable, Equatable, Sendable {
  /// B, its lower triangle.
  var matrix: Matrix<Double>
  /// Whether B has been given the size of the Hessian.
  var isScaled = false
  /// Whether B is more than a multiple of the identity.
  var isUpdated = false

  init(dimension n: Int) { matrix = .identity(n) }
}

/// The scratch of a secant update.
public struct SecantWorkspace {
  /// y, and B s or y − B s.
  var change: Vector<Double>
  var product: Vector<Double>

  init(dimension n: Int) {
    change = .zeros(n)
    product = .zeros(n)
  }
}

extension SecantMatrix {
  /// B ← (‖H g‖ / ‖g‖) I at the start of a run.
  ///
  /// The identity has no units and fits none. One product H g gives B the size of
  /// the Hessian where it matters, along the steepest descent, and the trust region
  /// its first radius; no unit of f or x is assumed.
  mutating func scale(
    at point: Point, _ evaluator: inout Evaluator,
    _ workspace: inout SecantWorkspace
  ) {
    guard !isScaled else { return }
    isScaled = true
    let isDefined = evaluator.hessianVectorProduct(
      at: point.x, along: point.gradient, into: &workspace.product)
    let norm = point.gradient.norm
    var size = workspace.product.norm / norm
    if !(isDefined && size > 0 && size.isFinite) {
      size = norm / point.length
    }
    if size > 0 && size.isFinite { matrix.scale(by: size) }
  }

  /// Makes B the identity again, which is then given its size.
  mutating func restart() -> Bool {
    guard isUpdated else { return false }
    isUpdated = false
    isScaled = false
    matrix.fill(with: 0)
    matrix.addToDiagonal(1)
    return true
  }

  /// Writes y and B s; returns sᵀy, sᵀBs and whether all is finite.
  func products(
    from point: Point, to trial: Point, step: Vector<Double>,
    _ workspace: inout SecantWorkspace
  ) -> (sy: Double, sBs: Double, isFinite: Bool) {
    workspace.change.setDifference(trial.gradient, point.gradient)
    matrix.symmetricMultiply(step, into: &workspace.product)
    let sy = step.dot(workspace.change)
    let sBs = step.dot(workspace.product)
    return (
      sy, sBs,
      sy.isFinite && sBs.isFinite && workspace.change.isFinite
        && workspace.product.isFinite
    )
  }
}

/// What models with a ``SecantMatrix`` have in common; how it is updated is their own.
extension TrustRegionModel
where
  Problem == any DifferentiableObjective, Memory == SecantMatrix,
  Workspace == SecantWorkspace
{
  /// An evaluator of f and ∇f.
  public func evaluator(
    for problem: any DifferentiableObjective
  ) -> Evaluator { Evaluator(problem) }

  /// Room for one matrix.
  public func makeMemory(dimension n: Int) -> SecantMatrix {
    SecantMatrix(dimension: n)
  }

  /// Room for two vectors.
  public func makeWorkspace(dimension n: Int) -> SecantWorkspace {
    SecantWorkspace(dimension: n)
  }

  /// Gives B its size at the start.
  public func prepare(
    at point: Point, _ memory: inout SecantMatrix,
    evaluator: inout Evaluator, workspace: inout SecantWorkspace
  ) -> Bool {
    memory.scale(at: point, &evaluator, &workspace)
    return true
  }

  /// B.
  public func matrix(
    _ memory: SecantMatrix, _ workspace: SecantWorkspace
  ) -> Matrix<Double> { memory.matrix }

  /// Returns to a multiple of the identity.
  public func restart(_ memory: inout SecantMatrix) -> Bool {
    memory.restart()
  }
}
