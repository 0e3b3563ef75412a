internal import Matrix

/// The method of Levenberg and Marquardt as a trust region: x ← x + p, where p
/// minimises ‖J p + r‖ subject to ‖D p‖ ≤ Δ.
///
/// That is (JᵀJ + λD²) p = −Jᵀr for the λ ≥ 0 that belongs to Δ. It is solved on
/// the triangle of J = Q R Πᵀ, without JᵀJ, whose condition would be the square;
/// D holds the largest norm each column of J ever had, which makes the method
/// indifferent to the units of the variables. The radius follows the ratio of the
/// decrease of f to that of the model. Dependent columns of J are no obstacle.
///
///     minimize(residuals, from: x0, using: .levenbergMarquardt())
///
/// Near the end of a fit the change of f is lost in rounding long before the
/// parameters are found: f to ε leaves x to √ε only. A step whose predicted and
/// actual changes are both rounding is therefore accepted where it halves the
/// relative offset, and is the end of the run where it does not.
///
/// - Complexity: a step takes a Jacobian, mostly one evaluation of the residuals,
///   and 2mn² + O(n³) flops; nothing is allocated.
///
/// Source: Moré, The Levenberg-Marquardt algorithm: implementation and theory,
/// Lecture Notes in Mathematics 630, 1978.
public struct LevenbergMarquardt: Method {
  /// What can be minimised.
  public typealias Problem = any DifferentiableResiduals
  /// The factor of the Jacobian, the scales and the radius.
  public typealias Memory = LeastSquaresMemory
  /// The residuals, a Jacobian and a second factor.
  public typealias Workspace = LeastSquaresWorkspace

  /// The first radius as a multiple of ‖D x₀‖.
  public let initialRadius: Double
  /// Whether steps along a curved valley are bent.
  public let bendsSteps: Bool

  /// The method with its first radius.
  ///
  /// - Parameters:
  ///   - initialRadius: the first Δ as a multiple of ‖D x₀‖.
  ///   - bendsSteps: whether a step that the curvature of the residuals has made a
  ///     bad one is tried again with that curvature taken into account.
  /// - Precondition: `initialRadius` is positive.
  public init(initialRadius: Double = 1, bendsSteps: Bool = true) {
    precondition(
      initialRadius > 0,
      "an initial radius of \(initialRadius), which is not positive")
    self.initialRadius = initialRadius
    self.bendsSteps = bendsSteps
  }

  /// The name.
  public var name: String { "Levenberg-Marquardt" }

  /// Room for a factor of order n.
  public func makeMemory(dimension n: Int) -> Memory { Memory(dimension: n) }

  /// Room for a factor of order n; that for m residuals is made at the start.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(dimension: n)
  }

  /// Evaluates r and J at the start and factorizes J.
  public func begin(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) {
    workspace.begin(&point, &memory, &evaluator, radius: initialRadius)
  }

  /// ‖∇f‖∞ and the relative offset.
  public func optimality(of point: Point, _ memory: Memory) -> Optimality {
    memory.optimality(of: point)
  }

  /// One accepted step, after as many that were rejected as it takes.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    workspace.makeRoom(for: evaluator)
    let value = point.value
    guard value.isFinite else { return .failed(.undefined) }
    let noise = memory.noise(at: point)
    var sawUndefined = false
    for _ in 0..<200 {
      let newton =
        memory.isSlow && evaluator.bounds == nil
        ? workspace.setNewtonStep(at: point, memory, &evaluator) : nil
      guard
        let whole = newton ?? workspace.setDampedStep(memory, &evaluator),
        whole.predicted > 0
      else { return .failed(.lineSearch) }
      if memory.isFresh {
        memory.isFresh = false
        memory.radius = min(memory.radius, whole.length)
      }
      guard var found = workspace.tryStep(from: point, &evaluator) else {
        return .failed(sawUndefined ? .undefined : .lineSearch)
      }
      let p = workspace.prediction(for: whole, from: point, memory)
      guard p.predicted > 0 else {
        // The cut has turned the step; a short one is not turned.
        memory.shrink(to: 0.25, whole)
        continue
      }
      var actual = value - found
      let isRounding = p.predicted <= noise && abs(actual) <= noise
      var ratio = isRounding ? 1 : actual / p.predicted
      if ratio < 0.75 && p.damping > 0 && bendsSteps && evaluator.loss == nil
        && evaluator.bounds == nil,
        let better = workspace.bendStep(
          p, from: point, value: found, memory, &evaluator)
      {
        found = better
        actual = value - found
        ratio = actual / p.predicted
      }
      let isAccepted = ratio > 1e-4
      if newton == nil || isAccepted {
        memory.damping = p.damping
        memory.updateRadius(ratio: ratio, actual: actual, p)
      } else {
        memory.slowness = -4
      }

      guard isAccepted else {
        sawUndefined = sawUndefined || found.isNaN
        continue
      }
      guard workspace.completeTrial(memory, &evaluator) else {
        sawUndefined = true
        memory.shrink(to: 0.1, p)
        continue
      }
      let progress = workspace.progress(from: point, memory)
      if isRounding && !(progress <= 0.75) {
        // A last time with the whole Hessian, if that has not been tried.
        guard newton == nil && memory.slowness >= 0 && !memory.isSlow
        else { return .failed(.lineSearch) }
        memory.slowness = 4
        continue
      }
      workspace.accept(&point, &memory)
      memory.noteProgress(
        progress, decrease: actual / value, at: point,
        isNewton: newton != nil)
      return .moved(length: 1, norm: workspace.step.norm)
    }
    return .failed(sawUndefined ? .undefined : .lineSearch)
  }
}

extension ResidualFactor {
  /// The largest cosine of an angle between r and a column of J,
  /// |Jⱼᵀr| / (‖Jⱼ‖ ‖r‖).
  func cosine(of point: Point) -> Double {
    var largest = 0.0
    for j in 0..<order where columnNorms[j] > 0 {
      largest = max(largest, abs(point.gradient[j]) / columnNorms[j])
    }
    let length = (2 * point.value).squareRoot()
    return length > 0 ? largest / length : 0
  }
}

extension LeastSquaresWorkspace {
  /// What the step has left of the distance to a stationary point.
  ///
  /// That is the projection of r on the columns of J, unless these span nearly
  /// all of r: with as many variables as residuals the projection stays what it
  /// is, and at a minimum that is not 0 the columns become dependent. Then it
  /// is the cosine that vanishes.
  func progress(from point: Point, _ memory: LeastSquaresMemory) -> Double {
    if memory.optimality(of: point).relativeOffset > 0.5 {
      return factor.cosine(of: trial) / memory.factor.cosine(of: point)
    }
    return factor.projectedNorm / memory.factor.projectedNorm
  }
}

extension LeastSquaresMemory {
  /// The most that a variable contributes to the residuals, ‖Jᵢ‖ |xᵢ|.
  private func influence(of point: Point) -> Double {
    var influence = 0.0
    for i in 0..<point.dimension {
      influence = max(influence, factor.columnNorms[i] * abs(point.x[i]))
    }
    return influence
  }

  /// A change of f that is no more than rounding.
  ///
  /// Residuals are differences of terms that are as large as what the variables
  /// contribute, ‖Jᵢ‖ |xᵢ|, and are rounded like these; f as their product with r.
  func noise(at point: Point) -> Double {
    let length = (2 * point.value).squareRoot()
    return 4 * Double.ulpOfOne * length * (length + influence(of: point))
  }

  /// ‖∇f‖∞ and ‖P r‖ / ‖r‖, the latter 0 where Jᵀr is 0 to rounding.
  func optimality(of point: Point) -> Optimality {
    let length = (2 * point.value).squareRoot()
    let terms = 1 + Double(factor.order) * influence(of: point) / length
    let isZero =
      !(length > 0)
      || factor.cosine(of: point) <= 8 * Double.ulpOfOne * terms
    return Optimality(
      gradientNorm: bounds?.projectedGradientNorm(
        point.gradient, at: point.x) ?? point.gradient.normInfinity,
      relativeOffset: point.value.isNaN
        ? .nan : isZero ? 0 : factor.projectedNorm / length)
  }

  /// Whether JᵀJ alone does not lead to the end, and the whole Hessian is due.
  var isSlow: Bool { slowness >= 4 }

  /// Takes note of how far a step has led.
  ///
  /// Near the end, where the gradient is small, two steps in succession that leave
  /// more than a quarter of the way are slow; far from it four that each
  /// lower f by less than a tenth. Newton steps go on while they do better.
  mutating func noteProgress(
    _ progress: Double, decrease: Double, at point: Point, isNewton: Bool
  ) {
    if isNewton {
      if !(progress <= 0.75 || decrease >= 0.1) { slowness = -4 }
    } else if slowness < 0 {
      slowness += 1
    } else if progress > 0.25 && factor.cosine(of: point) < 0.01 {
      slowness += 2
    } else if decrease < 0.1 {
      slowness += 1
    } else {
      slowness = 0
    }
  }

  /// The next radius, from how good the prediction was.
  ///
  /// A step that was too long is cut to the minimum of the parabola through f
  /// and its slope at x and f at x + p, but to a tenth at most.
  mutating func updateRadius(ratio: Double, actual: Double, _ p: DampedStep) {
    if ratio >= 0.75 || (p.damping == 0 && ratio > 0.25) {
      radius = 2 * p.length
      damping *= 0.5
    } else if !(ratio > 0.25) {
      let parabola = 0.5 * p.slope / (p.slope + actual)
      shrink(
        to: actual >= 0 ? 0.5 : max(0.1, parabola.isNaN ? 0.1 : parabola), p)
    }
  }

  /// Δ ← a fraction of the length of the last step.
  mutating func shrink(to fraction: Double, _ p: DampedStep) {
    radius = fraction * min(radius, 10 * p.length)
    damping /= fraction
  }
}

extension Method where Self == LevenbergMarquardt {
  /// The method of Levenberg and Marquardt, for sums of squares.
  public static func levenbergMarquardt() -> Self { LevenbergMarquardt() }
}
