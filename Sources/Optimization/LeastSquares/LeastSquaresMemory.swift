internal import Matrix

/// What a least-squares method carries from step to step: the factor of J and r
/// at the current point, and how far the model can be trusted.
///
/// With the factor in the memory a run goes on without a Jacobian of its own;
/// without it, one that is resumed would have to evaluate what the other had.
public struct LeastSquaresMemory: Codable, Equatable, Sendable {
  /// R and Qᵀr.
  var factor: ResidualFactor
  /// The scales D of the variables, the largest norm that each column of J ever
  /// had (Moré 1978, section 5).
  var scale: Vector<Double>
  /// Δ, the bound on ‖D p‖.
  var radius = 0.0
  /// λ of the last step.
  var damping = 0.0
  /// Whether no step has been tried yet.
  var isFresh = true
  /// The bounds that the point is to stay within.
  var bounds: Bounds?
  /// How many variables of the start were outside of them.
  var movedAtStart = 0
  /// How little the last steps have achieved; negative while the whole Hessian is
  /// not to be tried again.
  var slowness = 0

  init(dimension n: Int) {
    factor = ResidualFactor(order: n)
    scale = .zeros(n)
  }
}

/// The scratch of a least-squares method.
public struct LeastSquaresWorkspace {
  var residuals: Vector<Double> = []
  var jacobian: Matrix<Double>
  /// The factor at the trial point, exchanged with that of the memory when the
  /// point is accepted.
  var factor: ResidualFactor
  var scale: Vector<Double>
  var scratch: ResidualFactor.Scratch
  /// The step in the factor's variables.
  var z: Vector<Double>
  var image: Vector<Double>
  /// The step in the problem's variables.
  var step: Vector<Double>
  var trial: Point
  /// Whether the last step was cut by a bound.
  var isClipped = false
  /// The residuals, step and product of a second trial.
  var otherResiduals: Vector<Double> = []
  var otherTrial: Point
  var correction: Vector<Double>
  var product: Vector<Double>
  /// For the whole Hessian.
  var hessian: Matrix<Double>
  var cholesky: Cholesky<Double>
  var secondOrder: SecondOrderScratch
  /// How R is found.
  var linearAlgebra = LeastSquaresAlgebra.orthogonal
  /// r and J at the current point and at the trial point.
  var kept = KeptEvaluation()
  var fresh = KeptEvaluation()

  init(dimension n: Int) {
    jacobian = .zeros(0, n)
    factor = ResidualFactor(order: n)
    scale = .zeros(n)
    scratch = ResidualFactor.Scratch(order: n)
    z = .zeros(n)
    image = .zeros(n)
    step = .zeros(n)
    trial = Point(dimension: n)
    otherTrial = Point(dimension: n)
    correction = .zeros(n)
    product = .zeros(n)
    hessian = .zeros(n, n)
    cholesky = Cholesky(order: n)
    secondOrder = SecondOrderScratch(residuals: 0, dimension: n)
  }

  /// Makes room for m residuals, once.
  mutating func makeRoom(for evaluator: Evaluator) {
    let m = evaluator.residualCount
    guard residuals.count != m || jacobian.rows != m else { return }
    if !evaluator.hasSecondDerivatives {
      secondOrder = SecondOrderScratch(residuals: m, dimension: step.count)
    }
    residuals = .zeros(m)
    otherResiduals = .zeros(m)
    jacobian = .zeros(m, step.count)
    kept = KeptEvaluation(for: evaluator, dimension: step.count)
    fresh = KeptEvaluation(for: evaluator, dimension: step.count)
  }
}

extension LeastSquaresWorkspace {
  /// Evaluates r, J, f and ∇f at the start, and factorizes.
  mutating func begin(
    _ point: inout Point, _ memory: inout LeastSquaresMemory,
    _ evaluator: inout Evaluator, radius factor: Double
  ) {
    makeRoom(for: evaluator)
    memory.bounds = evaluator.bounds
    memory.movedAtStart = memory.bounds?.project(&point.x) ?? 0
    evaluator.evaluate(&point, residuals: &residuals, jacobian: &jacobian)
    guard point.value.isFinite else { return }
    kept.copy(residuals, jacobian)
    memory.factor.factorize(
      &jacobian, &residuals, raising: &memory.scale, scratch: &scratch,
      squaring: linearAlgebra.expectedCondition(jacobian, memory.factor))
    evaluator.countLeastSquares(jacobian, memory.factor)
    guard memory.factor.isFinite else {
      // Squares that overflow; f is the square that the caller sees.
      point.value = .nan
      return
    }
    memory.radius = factor * initialLength(point, memory)
  }

  /// ‖D x‖, or the length of the steepest descent in variables D x where that is
  /// longer: at x = 0, or where what x contributes is next to nothing.
  private mutating func initialLength(
    _ point: Point, _ memory: LeastSquaresMemory
  ) -> Double {
    var length = 0.0
    for i in 0..<point.dimension {
      length = Double.hypot(length, memory.scale[i] * point.x[i])
    }
    // The minimum of ‖R z + q‖ along z = −t Rᵀq is at t = ‖Rᵀq‖² / ‖R Rᵀq‖².
    memory.factor.multiplyTransposed(memory.factor.image, into: &z)
    memory.factor.multiply(z, into: &image)
    let (slope, curvature) = (z.norm, image.norm)
    let descent = slope / curvature * (slope / curvature) * slope
    length = descent.isFinite ? max(length, descent) : length
    return length > 0 ? length : 1
  }

  /// Evaluates r at x + p.
  ///
  /// - Returns: ½ ‖r‖², NaN where it is undefined, nil where x + p is x.
  mutating func tryStep(
    from point: Point, _ evaluator: inout Evaluator
  ) -> Double? {
    trial.x.setSum(point.x, step, scaledBy: 1)
    isClipped = false
    if let bounds = evaluator.bounds, bounds.project(&trial.x) > 0 {
      isClipped = true
      step.setDifference(trial.x, point.x)
    }
    guard trial.x != point.x else { return nil }
    let value = evaluator.evaluateResiduals(at: trial.x, into: &residuals)
    trial.value = value
    return value.isFinite ? value : .nan
  }

  /// What the model predicts for a step that a bound has cut.
  mutating func prediction(
    for p: DampedStep, from point: Point, _ memory: LeastSquaresMemory
  ) -> DampedStep {
    guard isClipped else { return p }
    memory.factor.rescale(step, by: memory.scale, into: &z)
    memory.factor.multiply(z, into: &image)
    let slope = point.gradient.dot(step)
    return DampedStep(
      damping: p.damping, length: z.norm,
      predicted: -slope - 0.5 * image.dot(image), slope: slope)
  }

  /// Evaluates J at the trial point, whose residuals are known, and factorizes.
  ///
  /// - Returns: whether all of it is finite.
  mutating func completeTrial(
    _ memory: LeastSquaresMemory, _ evaluator: inout Evaluator
  ) -> Bool {
    guard
      evaluator.evaluateJacobian(
        at: trial.x, residuals: &residuals, into: &jacobian,
        gradient: &trial.gradient)
    else { return false }
    fresh.copy(residuals, jacobian)
    scale.copy(from: memory.scale)
    factor.factorize(
      &jacobian, &residuals, raising: &scale, scratch: &scratch,
      squaring: linearAlgebra.expectedCondition(jacobian, memory.factor))
    evaluator.countLeastSquares(jacobian, factor)
    return factor.isFinite
  }

  /// Makes the trial point the current one.
  mutating func accept(
    _ point: inout Point, _ memory: inout LeastSquaresMemory
  ) {
    swap(&point, &trial)
    swap(&memory.factor, &factor)
    swap(&memory.scale, &scale)
    swap(&kept, &fresh)
  }
}

extension Evaluator {
  /// Notes the factorization of a Jacobian.
  mutating func countLeastSquares(
    _ jacobian: Matrix<Double>, _ factor: ResidualFactor
  ) {
    let (m, n) = (Double(jacobian.rows), Double(jacobian.columns))
    countFactorization(
      flops: factor.isSquared
        ? m * n * n + n * n * n : 2 * m * n * n + 2 * n * n * n)
  }
}
