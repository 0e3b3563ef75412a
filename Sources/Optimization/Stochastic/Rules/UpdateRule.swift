public import Matrix

/// A way to turn a gradient into new parameters: SGD, Adam and their like.
///
/// A rule is a value that holds its settings; what it carries from step to step
/// is its ``Memory``. It knows nothing of batches, stopping or the objective, so
/// that one rule serves full gradients (``Descent``), mini-batches
/// (``StochasticDescent``) and loops of one's own, in `Double` and in `Float`:
///
///     let rule = Adam<Float>(rate: 1e-3)
///     let layout = ParameterLayout(count: x.count)
///     var memory = rule.makeMemory(for: layout)
///     var workspace = rule.makeWorkspace(for: layout)
///     for t in 0..<1000 {
///       let step = UpdateStep(index: t, on: layout)
///       rule.update(&x, by: &gradient, &memory, &workspace, at: step)
///     }
///
/// Where libraries differ, the textbook's form is the default and the other is an
/// option that is named for what it does.
public protocol UpdateRule<Scalar>: Codable, Equatable, Sendable {
  /// `Float` or `Double`.
  associatedtype Scalar: UpdateScalar
  /// What the next update needs beyond parameters and gradient.
  associatedtype Memory: Codable, Equatable, Sendable
  /// Scratch space that carries nothing from one update to the next.
  associatedtype Workspace = Void

  /// The name, as reports print it.
  var name: String { get }

  /// The learning rate.
  var rate: LearningRate { get }

  /// The settings, each as `name value`, those of transforms included.
  var settings: [String] { get }

  /// The memory before the first update.
  func makeMemory(for layout: ParameterLayout) -> Memory

  /// Scratch space, reused over updates.
  func makeWorkspace(for layout: ParameterLayout) -> Workspace

  /// Moves the parameters by one update.
  ///
  /// - Parameters:
  ///   - x: the parameters.
  ///   - gradient: the gradient there, which may be overwritten.
  ///   - memory: what the rule remembers.
  ///   - workspace: scratch space.
  ///   - step: which update this is, and of which parameters.
  /// - Precondition: `x`, `gradient` and the layout have equal counts.
  /// - Complexity: one pass over memory; nothing is allocated.
  func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Workspace, at step: UpdateStep)

  /// The parameters to be answered, where they are not those that are updated
  /// but, say, their average; nil where they are.
  func answer(_ x: Vector<Scalar>, _ memory: Memory) -> Vector<Scalar>?

  /// The distance ρ at which the gradient is taken, uphill of the parameters;
  /// 0 for the gradient at the parameters.
  var sharpnessRadius: Double { get }

  /// How many batches in a row may give a value or gradient that is not finite, and
  /// are passed over, before a run ends.
  var toleratedFailures: Int { get }
}

extension UpdateRule {
  /// The parameters themselves.
  public func answer(
    _ x: Vector<Scalar>, _ memory: Memory
  ) -> Vector<Scalar>? { nil }

  /// 0.
  public var sharpnessRadius: Double { 0 }

  /// 0.
  public var toleratedFailures: Int { 0 }

  @inline(__always)
  func check(
    _ x: Vector<Scalar>, _ gradient: Vector<Scalar>, _ step: UpdateStep
  ) {
    let count = step.end
    precondition(
      x.count == gradient.count && count <= x.count,
      "a gradient of \(gradient.count) elements, and \(count) to be updated, "
        + "for \(x.count) parameters")
  }
}

extension UpdateRule where Workspace == Void {
  /// None.
  public func makeWorkspace(for layout: ParameterLayout) {}
}
