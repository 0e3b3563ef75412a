public import Matrix

/// The damped BFGS update: B ← B − B s sᵀB / sᵀBs + y yᵀ / sᵀy.
///
/// A trust region does not see to sᵀy > 0 as a line search does. Where
/// sᵀy < sᵀBs / 5, y is therefore replaced by θy + (1 − θ)Bs with the θ that gives
/// equality (Powell 1978), and B stays positive definite.
///
/// - Complexity: 6n² flops for an update.
///
/// Source: Nocedal and Wright 2006, procedure 18.2.
public struct BFGSModel: MatrixModel {
  /// What can be minimised.
  public typealias Problem = any DifferentiableObjective
  /// B.
  public typealias Memory = SecantMatrix
  /// Two vectors.
  public typealias Workspace = SecantWorkspace

  /// The model of damped BFGS updates.
  public init() {}

  /// The name.
  public var name: String { "BFGS" }

  /// Updates B.
  public func update(
    _ memory: inout SecantMatrix, from point: Point, to trial: Point,
    step: Vector<Double>, workspace: inout SecantWorkspace
  ) -> Bool {
    let (sy, sBs, isFinite) = memory.products(
      from: point, to: trial, step: step, &workspace)
    guard isFinite && sBs > 0 else { return false }
    var curvature = sy
    if sy < 0.2 * sBs {
      let theta = 0.8 * sBs / (sBs - sy)
      workspace.change.scale(by: theta)
      workspace.change.add(workspace.product, scaledBy: 1 - theta)
      curvature = 0.2 * sBs
    }
    guard (1 / curvature).isFinite && (1 / sBs).isFinite else { return false }
    memory.matrix.symmetricRankOneUpdate(
      workspace.product, alpha: -1 / sBs)
    memory.matrix.symmetricRankOneUpdate(
      workspace.change, alpha: 1 / curvature)
    memory.isUpdated = true
    return true
  }
}
