internal import Matrix

extension InteriorPointWorkspace {
  /// Learns the curvature of the Lagrangian from the step that led to `point`.
  ///
  ///     B ← B − B s sᵀB / sᵀBs + r rᵀ / sᵀr,   r = θ v + (1 − θ) B s
  ///
  /// with v the change of ∇f − Jᵀy for the new y, and θ < 1 where sᵀv < 0.2
  /// sᵀBs, so that B stays positive definite where the Lagrangian is not
  /// convex.
  ///
  /// Source: Powell, A fast algorithm for nonlinearly constrained optimization
  /// calculations, 1978, equations 2.9 to 2.11.
  mutating func learnCurvature(
    _ point: Point, _ memory: inout FilterInteriorPointMemory
  ) {
    guard memory.curvature.rows > 0 else { return }
    let scale = memory.objectiveScale
    // v into scratch, s into change; trial holds what was.
    scratch.copy(from: point.gradient)
    scratch -= trial.gradient
    scratch.scale(by: scale)
    memory.jacobian.multiply(
      memory.multipliers, transposed: true, into: &scratch, alpha: -1, beta: 1)
    trialJacobian.multiply(
      memory.multipliers, transposed: true, into: &scratch, alpha: 1, beta: 1)
    change.copy(from: point.x)
    change -= trial.x
    let sv = change.dot(scratch)
    let ss = change.dot(change)
    guard ss > 0, sv.isFinite, scratch.isFinite else { return }
    if memory.isCurvatureFresh {
      let vv = scratch.dot(scratch)
      let size = sv > 0 ? min(max(vv / sv, 1e-8), 1e8) : 1
      memory.curvature.fill(with: 0)
      memory.curvature.addToDiagonal(size)
      memory.isCurvatureFresh = false
    }
    // B s, in the place of the gradient before, which is not needed any more.
    memory.curvature.symmetricMultiply(change, into: &trial.gradient)
    let sbs = change.dot(trial.gradient)
    guard sbs > 0, sbs.isFinite else { return }
    var sr = sv
    if sv < 0.2 * sbs {
      let theta = 0.8 * sbs / (sbs - sv)
      scratch.scale(by: theta)
      scratch.add(trial.gradient, scaledBy: 1 - theta)
      sr = change.dot(scratch)
    }
    guard sr > 0 else { return }
    memory.curvature.symmetricRankOneUpdate(trial.gradient, alpha: -1 / sbs)
    memory.curvature.symmetricRankOneUpdate(scratch, alpha: 1 / sr)
  }
}
