public import Matrix

/// A way to minimise the model m(s) = gᵀs + ½ sᵀBs subject to ‖s‖ ≤ Δ.
public protocol TrustRegionSubproblem: Codable, Equatable, Sendable {
  /// Where B comes from.
  associatedtype Model: TrustRegionModel
  /// Scratch space, which may hold factors of B between the radii of one step.
  associatedtype Workspace

  /// Where B comes from.
  var model: Model { get }

  /// The name of the solver, as reports print it.
  var name: String { get }

  /// Scratch space for n variables.
  func makeWorkspace(dimension n: Int) -> Workspace

  /// Forgets what was found for another B or g.
  func reset(_ workspace: inout Workspace)

  /// A first radius from g and B alone, in the norm of the region.
  ///
  /// The default is ‖g‖² / ‖B g‖: the length of the steepest descent to the minimum
  /// of the model along it, or less. It is in units of x, whatever these are.
  ///
  /// - Returns: a positive number, or nil where g and B have none to give.
  func firstRadius(
    at point: Point, _ memory: Model.Memory, evaluator: inout Evaluator,
    modelWorkspace: inout Model.Workspace, workspace: inout Workspace,
    scratch: inout Vector<Double>
  ) -> Double?

  /// Writes the step for one radius.
  ///
  /// - Parameters:
  ///   - point: the current point.
  ///   - memory: what the model carries from step to step.
  ///   - evaluator: where products are evaluated.
  ///   - modelWorkspace: the model's scratch space.
  ///   - workspace: the solver's scratch space.
  ///   - radius: Δ; it may be infinite, for the minimum of the model where it has
  ///     one.
  ///   - residual: ‖B s + g‖ / ‖g‖ that iterative solvers may leave within the
  ///     region.
  ///   - step: receives s.
  /// - Returns: what the step is to the model, or nil where there is none: B is
  ///   undefined, or the radius infinite and no length is natural.
  /// - Complexity: stated by each solver; nothing is allocated.
  func solve(
    at point: Point, radius: Double, residual: Double, _ memory: Model.Memory,
    evaluator: inout Evaluator, modelWorkspace: inout Model.Workspace,
    workspace: inout Workspace, into step: inout Vector<Double>
  ) -> ModelStep?
}

extension TrustRegionSubproblem {
  /// Nothing is kept from radius to radius.
  public func reset(_ workspace: inout Workspace) {}

  /// ‖g‖² / ‖B g‖.
  public func firstRadius(
    at point: Point, _ memory: Model.Memory, evaluator: inout Evaluator,
    modelWorkspace: inout Model.Workspace, workspace: inout Workspace,
    scratch: inout Vector<Double>
  ) -> Double? {
    let isDefined = model.multiply(
      point.gradient, into: &scratch, at: point, memory,
      evaluator: &evaluator, workspace: &modelWorkspace)
    let norm = point.gradient.norm
    let length = norm / scratch.norm * norm
    return isDefined && length > 0 && length.isFinite ? length : nil
  }
}

/// A step as the model sees it.
public struct ModelStep: Equatable, Sendable {
  /// −m(s), the decrease that the model predicts.
  public var predicted: Double
  /// gᵀs.
  public var slope: Double
  /// ‖s‖ in the norm of the region.
  public var norm: Double
  /// Whether the radius keeps the step from going on.
  public var isConstrained: Bool

  /// A step of norm ‖s‖ with m(s) = −`predicted` and gᵀs = `slope`.
  public init(
    predicted: Double, slope: Double, norm: Double, isConstrained: Bool
  ) {
    self.predicted = predicted
    self.slope = slope
    self.norm = norm
    self.isConstrained = isConstrained
  }
}
