public import Matrix
internal import RealModule

/// The minimum of the model within the trust region, to any accuracy.
///
///     (B + λI) s = −g,  λ (Δ − ‖s‖) = 0,  λ ≥ 0,  B + λI ⪰ 0.
///
/// These conditions mark the global minimum, whatever the inertia of B. λ is found by
/// Newton's method for 1/‖s(λ)‖ = 1/Δ, a function so nearly linear that one to
/// three Cholesky factorizations do as a rule, kept within bounds that close in on
/// −λ₁ from both sides. In the hard case g has no component along the lowest
/// eigenvector and ‖s(λ)‖ stays below Δ; a vector u of small uᵀ(B + λI)u then
/// carries s to the boundary. A second radius for the same B begins where the first
/// has ended.
///
/// - Complexity: mostly one to three times n³/3 + O(n²) flops; nothing is allocated.
///
/// Source: Moré and Sorensen, Computing a trust region step, 1983; Conn, Gould and
/// Toint, Trust-Region Methods, 2000, section 7.3.
public struct MoreSorensen<Model: MatrixModel>: TrustRegionSubproblem {
  /// Where B comes from.
  public let model: Model
  /// How far ‖s‖ may be from Δ, relative to Δ.
  public let tolerance: Double

  /// The solver for one model.
  ///
  /// - Parameters:
  ///   - model: where B comes from.
  ///   - tolerance: | ‖s‖ − Δ | ≤ tolerance · Δ ends the search for λ; the radius is
  ///     a rough measure itself, so that more accuracy does not pay.
  /// - Precondition: 0 < tolerance < 1.
  public init(over model: Model, tolerance: Double = 0.1) {
    precondition(
      tolerance > 0 && tolerance < 1,
      "a tolerance of \(tolerance), outside (0, 1)")
    self.model = model
    self.tolerance = tolerance
  }

  /// The name.
  public var name: String { "Moré-Sorensen" }

  /// A factor and what is known of the spectrum.
  public struct Workspace {
    var system: ShiftedSystem
  }

  /// Room for one matrix.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(system: ShiftedSystem(dimension: n))
  }

  /// Forgets factor and bounds.
  public func reset(_ workspace: inout Workspace) {
    workspace.system.reset()
  }

  /// The global minimum of the model within the radius.
  public func solve(
    at point: Point, radius: Double, residual: Double, _ memory: Model.Memory,
    evaluator: inout Evaluator, modelWorkspace: inout Model.Workspace,
    workspace: inout Workspace, into step: inout Vector<Double>
  ) -> ModelStep? {
    workspace.system.minimise(
      model.matrix(memory, modelWorkspace), point.gradient, radius: radius,
      tolerance: tolerance, &evaluator, into: &step)
  }
}

extension ShiftedSystem {
  /// Writes the minimum of gᵀs + ½ sᵀBs within ‖s‖ ≤ Δ.
  mutating func minimise(
    _ b: Matrix<Double>, _ g: Vector<Double>, radius: Double,
    tolerance: Double, _ evaluator: inout Evaluator,
    into step: inout Vector<Double>
  ) -> ModelStep? {
    bound(b)
    let pull = g.norm / radius
    var lower = max(floor, pull - height)
    var upper = max(pull + depth, lower)
    var lambda = lower > 0 ? between(lower, upper) : 0
    // What is factorized already costs nothing to begin with.
    if isFactorized && shift >= floor { lambda = shift }

    // More than that are needed where rounding of B hides −λ₁, and lead nowhere.
    let patience = 10 - Int(5 * Double.log10(tolerance))
    for _ in 0..<patience {
      guard factorize(b, g, shift: lambda, &evaluator) else {
        guard radius.isFinite && upper.isFinite else { return nil }
        if lambda > 0 && upper <= (1 + tolerance) * lambda { break }
        lower = max(lower, lambda, floor)
        // Rounding can deny the last bits of the upper bound.
        if !(upper > lower) { upper = 2 * lower }
        let unit = Double.ulpOfOne * height
        lambda = between(lower > 0 ? lower : unit, upper)
        // A matrix that is semidefinite but for rounding needs hardly a shift.
        if lower <= Double(b.rows) * unit {
          lambda = min(lambda, Double.ulpOfOne.squareRoot() * height)
        }
        continue
      }
      let isInterior = norm <= radius && lambda == 0
      if isInterior || abs(norm - radius) <= tolerance * radius {
        step.copy(from: solution)
        return ModelStep(
          predicted: predicted, slope: slope, norm: norm,
          isConstrained: !isInterior)
      }
      // The dual bound: no step within Δ goes lower than s(λ) by more than
      // ½ λ (Δ² − ‖s‖²).
      if norm < radius
        && lambda * (radius - norm) * (radius + norm)
          <= 2 * tolerance * predicted
      {
        step.copy(from: solution)
        return ModelStep(
          predicted: predicted, slope: slope, norm: norm,
          isConstrained: true)
      }
      var next = newtonShift(radius: radius)
      if norm > radius {
        lower = max(lower, lambda)
      } else {
        upper = min(upper, lambda)
        if next <= floor || floor > 0 {
          // Either the hard case, or close to it.
          let curvature = cholesky.nearNullVector(into: &null, work: &scratch)
          // Rounded down, for the difference may be nothing but rounding.
          let error = Double(b.rows) * Double.ulpOfOne * (lambda + curvature)
          floor = max(floor, lambda - curvature - error)
          lower = max(lower, floor)
          let most = lambda * radius * radius - slope
          if let hard = completeStep(
            g, radius: radius, curvature: curvature,
            loss: tolerance * (2 - tolerance) * most, into: &step)
          {
            return hard
          }
        }
        if lower == 0 { next = max(0, next) }
      }
      if !(next < upper && (next > lower || next == 0)) {
        next = between(lower, upper)
      }
      // The bounds agree, and yet s is too short or too long: B is so near to
      // singular that rounding decides how long it is.
      if next == lambda || upper <= (1 + 0.1 * tolerance) * lower { break }
      lambda = next
    }
    return endWithin(
      b, radius: radius, g, upper: upper, &evaluator, into: &step)
  }

  /// The last s(λ), cut to the radius where it is longer, carried on to it by a
  /// null vector where that lowers the model.
  private mutating func endWithin(
    _ b: Matrix<Double>, radius: Double, _ g: Vector<Double>, upper: Double,
    _ evaluator: inout Evaluator, into step: inout Vector<Double>
  ) -> ModelStep? {
    if !isFactorized {
      guard factorize(b, g, shift: upper, &evaluator) else { return nil }
    }
    if norm < radius {
      let curvature = cholesky.nearNullVector(into: &null, work: &scratch)
      if let hard = completeStep(
        g, radius: radius, curvature: curvature,
        loss: shift * (radius - norm) * (radius + norm), into: &step)
      {
        return hard
      }
    }
    guard norm > 0 else { return nil }
    step.copy(from: solution)
    let t = min(1, radius / norm)
    step.scale(by: t)
    // m(t s) = t gᵀs + ½ t² sᵀBs with sᵀBs = −gᵀs − λ‖s‖².
    let curvature = -slope - shift * norm * norm
    return ModelStep(
      predicted: -t * slope - 0.5 * t * t * curvature, slope: t * slope,
      norm: t * norm, isConstrained: true)
  }

  /// A λ between two bounds: their geometric mean, since they can differ by many
  /// powers of ten, but away from the lower.
  func between(_ lower: Double, _ upper: Double) -> Double {
    max((lower * upper).squareRoot(), lower + 1e-6 * (upper - lower))
  }

  /// s + τu on the boundary, where its loss is less than the bound.
  ///
  /// With v = s + τu and ‖v‖ = Δ, −2m(v) = λΔ² − gᵀs − τ² uᵀ(B + λI)u, and no step
  /// within Δ has more than the first two terms.
  func completeStep(
    _ g: Vector<Double>, radius: Double, curvature: Double,
    loss bound: Double, into step: inout Vector<Double>
  ) -> ModelStep? {
    // Of the two roots of ‖s + τu‖ = Δ the smaller one, where nothing cancels.
    let along = solution.dot(null)
    let room = (radius - norm) * (radius + norm)
    let root = (along * along + room).squareRoot()
    let tau = along >= 0 ? room / (along + root) : room / (along - root)
    let loss = tau * tau * curvature
    guard loss < bound else { return nil }
    step.copy(from: solution)
    step.add(null, scaledBy: tau)
    return ModelStep(
      predicted: 0.5 * (shift * radius * radius - slope - loss),
      slope: slope + tau * g.dot(null), norm: radius, isConstrained: true)
  }
}
