public import Matrix

/// The model minimised along a path of straight lines in place of the curve that
/// the exact solutions follow as Δ grows.
///
/// The path goes from 0 along −g to the minimum of the model on that line, and from
/// there to the Newton step −B⁻¹g; doubled, it turns early towards the Newton
/// direction, at the fraction 0.2 + 0.8 γ of it with
/// γ = ‖g‖⁴ / (gᵀBg · gᵀB⁻¹g) ≤ 1. Along either the model falls and ‖s‖ grows, so that
/// the best point is where the path leaves the region. One factorization serves for
/// all radii at a point; a second radius costs O(n) flops.
///
/// Where B is not positive definite the path is that of B + λI, with λ above −λ₁ but
/// below twice of it as far as the failing pivot tells, and goes on
/// from the shifted Newton step along a vector of negative curvature
/// (Shultz, Schnabel and Byrd 1985).
///
/// - Complexity: n³/3 + 6n² flops at a point, more where B is not positive definite;
///   nothing is allocated.
///
/// Source: Powell 1970; Dennis and Mei, Two new unconstrained optimization algorithms
/// which use function and gradient values, 1979.
public struct DoglegPath<Model: MatrixModel>: TrustRegionSubproblem {
  /// Where B comes from.
  public let model: Model
  /// Whether the path turns early towards the Newton step.
  public let isDouble: Bool

  /// The path of a model.
  public init(over model: Model, isDouble: Bool = true) {
    self.model = model
    self.isDouble = isDouble
  }

  /// The name.
  public var name: String { isDouble ? "double dogleg" : "dogleg" }

  /// A factor, the corners of the path and what the model is along it.
  public struct Workspace {
    var system: ShiftedSystem
    /// B g, and the difference of two corners.
    var product: Vector<Double>
    /// B s, to say what the model is at the end of the path.
    var image: Vector<Double>
    /// gᵀ(B + λI)g.
    var curvature = 0.0
    /// uᵀ(B + λI)u of the vector of negative curvature, where B has one.
    var isIndefinite = false
    var isPrepared = false
  }

  /// Room for one matrix.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      system: ShiftedSystem(dimension: n), product: .zeros(n),
      image: .zeros(n))
  }

  /// Forgets factor and path.
  public func reset(_ workspace: inout Workspace) {
    workspace.system.reset()
    workspace.isPrepared = false
  }

  /// The end of the path within the region.
  public func solve(
    at point: Point, radius: Double, residual: Double, _ memory: Model.Memory,
    evaluator: inout Evaluator, modelWorkspace: inout Model.Workspace,
    workspace: inout Workspace, into step: inout Vector<Double>
  ) -> ModelStep? {
    let b = model.matrix(memory, modelWorkspace)
    let g = point.gradient
    if !workspace.isPrepared {
      guard workspace.prepare(b, g, &evaluator) else { return nil }
    }
    guard workspace.walk(g, radius: radius, isDouble: isDouble, into: &step)
    else { return nil }
    // λ is not part of the model.
    b.symmetricMultiply(step, into: &workspace.image)
    let slope = g.dot(step)
    let norm = step.norm
    return ModelStep(
      predicted: -slope - 0.5 * step.dot(workspace.image), slope: slope,
      norm: norm,
      isConstrained: workspace.isIndefinite || norm < workspace.system.norm)
  }
}

extension DoglegPath.Workspace {
  /// Factorizes B, or B + λI where B is not positive definite.
  mutating func prepare(
    _ b: Matrix<Double>, _ g: Vector<Double>, _ evaluator: inout Evaluator
  ) -> Bool {
    system.bound(b)
    isIndefinite = false
    var shift = system.floor > 0 ? 2 * system.floor : 0
    var attempts = 0
    while !system.factorize(b, g, shift: shift, &evaluator) {
      attempts += 1
      guard attempts < 60 else { return false }
      let unit = Double.ulpOfOne.squareRoot() * max(system.height, system.depth)
      shift = max(2 * system.floor, 2 * shift, unit)
    }
    if shift > 0 {
      // A shift that only rounding asks for has no negative curvature behind it.
      let curvature = system.cholesky.nearNullVector(
        into: &system.null, work: &system.scratch)
      isIndefinite = curvature < shift
    }
    b.symmetricMultiply(g, into: &product)
    let square = g.dot(g)
    curvature = g.dot(product) + shift * square
    isPrepared = true
    return true
  }

  /// Writes the point where the path leaves the region.
  ///
  /// - Returns: false where it has no end.
  mutating func walk(
    _ g: Vector<Double>, radius: Double, isDouble: Bool,
    into step: inout Vector<Double>
  ) -> Bool {
    let norm = g.norm
    let newton = system.norm
    if newton <= radius {
      step.copy(from: system.solution)
      if isIndefinite && radius.isFinite {
        // Along u in the direction in which the model falls.
        let along = step.dot(system.null)
        let room = (radius - newton) * (radius + newton)
        let root = (along * along + room).squareRoot()
        let down = g.dot(system.null) <= 0
        step.add(
          system.null,
          scaledBy: down
            ? (along > 0 ? room / (along + root) : root - along)
            : (along < 0 ? room / (along - root) : -root - along))
      }
      return !isIndefinite || radius.isFinite
    }
    let descent = norm / curvature * norm * norm
    guard descent < radius else {
      step.copy(from: g)
      step.scale(by: -radius / norm)
      return radius.isFinite
    }
    // ‖g‖⁴ / (gᵀBg · gᵀB⁻¹g), with gᵀB⁻¹g = −gᵀs.
    let gamma = norm / curvature * norm * (norm / -system.slope * norm)
    let turn = isDouble ? min(1, 0.2 + 0.8 * gamma) : 1
    if turn * newton <= radius {
      step.copy(from: system.solution)
      step.scale(by: radius / newton)
      return true
    }
    // From the minimum along −g to the turn: ‖a + t (b − a)‖ = Δ.
    step.copy(from: g)
    step.scale(by: -descent / norm)
    product.copy(from: system.solution)
    product.scale(by: turn)
    product.add(step, scaledBy: -1)
    let (ab, bb) = (step.dot(product), product.dot(product))
    let room = (radius - descent) * (radius + descent)
    let root = (ab * ab + bb * room).squareRoot()
    step.add(
      product, scaledBy: ab > 0 ? room / (ab + root) : (root - ab) / bb)
    return true
  }
}
