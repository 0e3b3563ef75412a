public import Matrix

/// The model minimised by conjugate gradients, up to where they leave the region or
/// meet negative curvature.
///
/// From s = 0 the iterates lower the model step by step, while ‖s‖ grows. Where one
/// would leave the region, or its direction p has pᵀBp ≤ 0, the step is cut at the
/// boundary; else it ends when ‖B s + g‖ ≤ η ‖g‖, with η from the ``ForcingTerm``.
/// The decrease is at least that of the steepest descent, for a convex model at least
/// half of the best one in the region (Yuan 2000).
///
/// Of B only products with vectors are needed. With a preconditioner M the region
/// is ‖s‖_M ≤ Δ, ‖s‖_M² = sᵀM s, which for a diagonal M is a region in scaled
/// variables.
///
/// - Complexity: a product and 10n flops for each iteration; nothing is allocated.
///
/// Source: Steihaug 1983; Toint 1981; Conn, Gould and Toint 2000, algorithm 7.5.1.
public struct SteihaugToint<Model: TrustRegionModel, M: Preconditioner>:
  TrustRegionSubproblem
{
  /// Where B comes from.
  public let model: Model
  /// M.
  public let preconditioner: M

  /// The solver for one model and preconditioner.
  public init(over model: Model, preconditioner: M) {
    self.model = model
    self.preconditioner = preconditioner
  }

  /// The name.
  public var name: String {
    preconditioner is NoPreconditioner
      ? "Steihaug-Toint"
      : "Steihaug-Toint, preconditioner \(preconditioner.name)"
  }

  /// The vectors of conjugate gradients.
  public struct Workspace {
    var residual: Vector<Double>
    var preconditioned: Vector<Double>
    var direction: Vector<Double>
    var product: Vector<Double>
    var state: M.State
    var isPrepared = false
  }

  /// Room for four vectors.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      residual: .zeros(n), preconditioned: .zeros(n), direction: .zeros(n),
      product: .zeros(n), state: preconditioner.makeState(dimension: n))
  }

  /// Forgets the preconditioner of another point.
  public func reset(_ workspace: inout Workspace) {
    workspace.isPrepared = false
  }

  private func prepare(_ workspace: inout Workspace, at point: Point) {
    guard !workspace.isPrepared else { return }
    preconditioner.prepare(at: point, &workspace.state)
    workspace.isPrepared = true
  }

  /// gᵀM⁻¹g / ‖B M⁻¹g‖ in the norm of M⁻¹.
  public func firstRadius(
    at point: Point, _ memory: Model.Memory, evaluator: inout Evaluator,
    modelWorkspace: inout Model.Workspace, workspace: inout Workspace,
    scratch: inout Vector<Double>
  ) -> Double? {
    prepare(&workspace, at: point)
    scratch.copy(from: point.gradient)
    preconditioner.apply(to: &scratch, &workspace.state)
    let square = point.gradient.dot(scratch)
    guard
      model.multiply(
        scratch, into: &workspace.product, at: point, memory,
        evaluator: &evaluator, workspace: &modelWorkspace)
    else { return nil }
    scratch.copy(from: workspace.product)
    preconditioner.apply(to: &scratch, &workspace.state)
    let length = square / workspace.product.dot(scratch).squareRoot()
    return length > 0 && length.isFinite ? length : nil
  }

  /// The end of the truncated path of conjugate gradients.
  public func solve(
    at point: Point, radius: Double, residual eta: Double,
    _ memory: Model.Memory, evaluator: inout Evaluator,
    modelWorkspace: inout Model.Workspace, workspace: inout Workspace,
    into step: inout Vector<Double>
  ) -> ModelStep? {
    prepare(&workspace, at: point)
    let n = point.dimension
    step.fill(with: 0)
    workspace.residual.copy(from: point.gradient)
    workspace.preconditioned.copy(from: point.gradient)
    preconditioner.apply(to: &workspace.preconditioned, &workspace.state)
    workspace.direction.copy(from: workspace.preconditioned)
    workspace.direction.scale(by: -1)
    // rᵀM⁻¹r, and sᵀMs, sᵀMp, pᵀMp by recurrence: M itself is not needed.
    var square = workspace.residual.dot(workspace.preconditioned)
    let goal = eta * eta * square
    var (ss, sp, pp) = (0.0, 0.0, square)
    guard square > 0 && square.isFinite else { return nil }
    var isConstrained = false

    for iteration in 0..<2 * n + 8 {
      guard
        model.multiply(
          workspace.direction, into: &workspace.product, at: point, memory,
          evaluator: &evaluator, workspace: &modelWorkspace)
      else {
        if iteration == 0 { return nil }
        // What has been found so far is a step.
        break
      }
      evaluator.counts.flops += 10 * Double(n)
      let curvature = workspace.direction.dot(workspace.product)
      let alpha = square / curvature
      let next = ss + alpha * (2 * sp + alpha * pp)
      if !(curvature > 0) || !(next < radius * radius) {
        guard radius.isFinite else {
          // As far as curvature of this size would make it were it positive.
          guard abs(alpha).isFinite else {
            if iteration == 0 { return nil }
            break
          }
          step.add(workspace.direction, scaledBy: abs(alpha))
          workspace.residual.add(workspace.product, scaledBy: abs(alpha))
          ss += abs(alpha) * (2 * sp + abs(alpha) * pp)
          isConstrained = true
          break
        }
        // Of the two roots of ‖s + t p‖_M = Δ the positive one, in the form in
        // which nothing cancels.
        let room = max(0, radius * radius - ss)
        let root = (sp * sp + pp * room).squareRoot()
        let t = sp > 0 ? room / (sp + root) : (root - sp) / pp
        step.add(workspace.direction, scaledBy: t)
        workspace.residual.add(workspace.product, scaledBy: t)
        ss = radius * radius
        isConstrained = true
        break
      }
      step.add(workspace.direction, scaledBy: alpha)
      workspace.residual.add(workspace.product, scaledBy: alpha)
      ss = next
      workspace.preconditioned.copy(from: workspace.residual)
      preconditioner.apply(to: &workspace.preconditioned, &workspace.state)
      let found = workspace.residual.dot(workspace.preconditioned)
      if found <= goal { break }
      let beta = found / square
      square = found
      sp = beta * (sp + alpha * pp)
      pp = found + beta * beta * pp
      workspace.direction.scale(by: beta)
      workspace.direction.add(workspace.preconditioned, scaledBy: -1)
    }
    // With r = B s + g, m(s) = ½ (gᵀs + rᵀs).
    let slope = point.gradient.dot(step)
    return ModelStep(
      predicted: -0.5 * (slope + workspace.residual.dot(step)), slope: slope,
      norm: ss.squareRoot(), isConstrained: isConstrained)
  }
}

extension SteihaugToint {
  /// d ← −M⁻¹ g.
  func setSteepestDescent(
    _ d: inout Vector<Double>, at point: Point, _ workspace: inout Workspace
  ) {
    prepare(&workspace, at: point)
    d.copy(from: point.gradient)
    preconditioner.apply(to: &d, &workspace.state)
    d.scale(by: -1)
  }
}

extension SteihaugToint where M == NoPreconditioner {
  /// The solver without preconditioner.
  public init(over model: Model) {
    self.init(over: model, preconditioner: NoPreconditioner())
  }
}
