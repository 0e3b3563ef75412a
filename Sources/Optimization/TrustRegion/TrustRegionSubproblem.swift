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

  /// Writes the step for one radius; `radius` may be infinite, for the minimum of
  /// the model where it has one.
  ///
  /// - Returns: what the step is to the model, or nil where there is none: B is
  ///   undefined, or the radius infinite and m has no minimum.
  /// - Complexity: stated by each solver; nothing is allocated.
  func solve(
    at point: Point, radius: Double, _ memory: Model.Memory,
    evaluator: inout Evaluator, modelWorkspace: inout Model.Workspace,
    workspace: inout Workspace, into step: inout Vector<Double>
  ) -> ModelStep?
}

/// A step as the model sees it.
public struct ModelStep: Equatable, Sendable {
  /// −m(s), the decrease that the model predicts.
  public var predicted: Double
  /// gᵀs.
  public var slope: Double
  /// ‖s‖.
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
