public import Differentiation
internal import Matrix
public import Optimization

/// Fits a model y = f(x; β) to observations with one regressor, by least squares.
///
///     let data = try Observations(csv: "decay.csv", x: "time", y: "counts")
///     let result = fit(data, from: ["amplitude": 1, "rate": 0.1]) { x, b in
///       b[0] * .exp(-b[1] * x)
///     }
///     print(result)
///
/// The model is written once; its derivatives follow. Minimised is
/// ½ Σ wᵢ (yᵢ − f(xᵢ; β))², by Levenberg's and Marquardt's method. What there is too
/// little or nothing to tell from is said in the result: parameters that are not
/// determined, a start where the model is undefined, a minimum that was not reached.
///
/// - Parameters:
///   - observations: what was observed.
///   - start: the parameters, where they begin and which are fixed.
///   - method: how the minimum is found.
///   - stop: when it has arrived: when no change of the parameters could lower
///     ‖r‖ by more than 10⁻¹⁰ of it, by default.
///   - budget: what the search may cost.
///   - model: f(x; β), of all parameters, fixed ones too.
/// - Precondition: there is an observation.
public func fit(
  _ observations: Observations<Double>, from start: Parameters,
  using method: LevenbergMarquardt = .levenbergMarquardt(),
  until stop: StopRule = .relativeOffset(1e-10),
  within budget: Budget = Budget(),
  model: @escaping (_ x: Variable, _ parameters: [Variable]) throws -> Variable
) -> Fit<Double> {
  fit(
    observations, from: start, using: method, until: stop, within: budget,
    record: { x, b in try model(Variable(x), b) })
}

/// Fits a model y = f(x₁, …, x_k; β) to observations with several regressors.
///
/// As for one regressor, but the model takes an array of them:
///
///     fit(data, from: [1, 0.1, 0.1]) { x, b in
///       b[0] * .exp(-b[1] * x[0] - b[2] * x[1])
///     }
///
/// - Precondition: there is an observation.
public func fit(
  _ observations: Observations<[Double]>, from start: Parameters,
  using method: LevenbergMarquardt = .levenbergMarquardt(),
  until stop: StopRule = .relativeOffset(1e-10),
  within budget: Budget = Budget(),
  model:
    @escaping (_ x: [Variable], _ parameters: [Variable]) throws ->
    Variable
) -> Fit<[Double]> {
  fit(
    observations, from: start, using: method, until: stop, within: budget,
    record: { x, b in try model(x.map { Variable($0) }, b) })
}

private func fit<Regressor>(
  _ observations: Observations<Regressor>, from start: Parameters,
  using method: LevenbergMarquardt, until stop: StopRule, within budget: Budget,
  record: @escaping (Regressor, [Variable]) throws -> Variable
) -> Fit<Regressor> {
  let m = observations.count
  precondition(m > 0, "a fit to 0 observations")
  let free = start.list.indices.filter { !start.list[$0].start.isFixed }
  let constants = start.list.map { Variable($0.start.value) }
  let (x, y) = (observations.regressors, observations.responses)
  let factors = y.indices.map(observations.weighting.factor)
  let residuals = AutomaticResiduals(count: m) { variables in
    var b = constants
    for (a, i) in free.enumerated() { b[i] = variables[a] }
    return try y.indices.map { i in
      let r = try record(x[i], b) - Variable(y[i])
      return factors[i] == 1 ? r : Variable(factors[i]) * r
    }
  }
  let solution = minimize(
    bounded(residuals, free.map { start.list[$0].start.bounds }),
    from: Vector(free.map { start.list[$0].start.value }),
    using: method, until: stop, within: budget)

  var values = Vector(start.list.map(\.start.value))
  for (a, i) in free.enumerated() { values[i] = solution.x[a] }
  var jacobian = Matrix<Double>(repeating: .nan, rows: m, columns: free.count)
  // Where it throws, NaN says that nothing is determined.
  try? residuals.jacobian(at: solution.x, into: &jacobian)
  return Fit(
    of: .recording(record), to: observations, start, values: values,
    jacobian: jacobian, certificate: solution.certificate, solution: solution)
}

/// The residuals within the bounds of their parameters, where there are any.
private func bounded(
  _ residuals: AutomaticResiduals, _ bounds: [ClosedRange<Double>]
) -> any DifferentiableResiduals {
  let (lower, upper) = (bounds.map(\.lowerBound), bounds.map(\.upperBound))
  guard lower.contains(where: \.isFinite) || upper.contains(where: \.isFinite)
  else { return residuals }
  do {
    return residuals.within(
      try Bounds(lower: Vector(lower), upper: Vector(upper)))
  } catch {
    // A range has its bounds in order; what is left is [∞, ∞].
    preconditionFailure("\(error)")
  }
}

extension Model {
  /// A model that is recorded where it is asked for.
  fileprivate static func recording(
    _ record: @escaping (Regressor, [Variable]) throws -> Variable
  ) -> Model {
    Model { x, values in
      (try? record(x, values.map { Variable($0) }))?.value ?? .nan
    } gradient: { x, values in
      let function = AutomaticFunction { try record(x, $0) }
      var gradient = Vector<Double>(repeating: .nan, count: values.count)
      _ = try? function.valueAndGradient(at: values, into: &gradient)
      return gradient
    }
  }
}

/// Fits a model that is linear in its parameters, f(x; β) = Σ βⱼ φⱼ(x).
///
///     let line = fit(data, to: .line)
///     let cubic = fit(data, to: .polynomial(degree: 3))
///
/// By a pivoted QR factorization with refinement; where the φⱼ are dependent on
/// the observations, the smallest β in units in which all φⱼ are of one size.
///
/// - Precondition: there is an observation, and the model has a term.
/// - Complexity: 2 m n² flops and four times that for the covariance.
public func fit<Regressor>(
  _ observations: Observations<Regressor>, to model: LinearModel<Regressor>
) -> Fit<Regressor> {
  let (m, n) = (observations.count, model.terms.count)
  precondition(m > 0, "a fit to 0 observations")
  precondition(n > 0, "a linear model of 0 terms")
  let (x, y) = (observations.regressors, observations.responses)
  let factors = y.indices.map(observations.weighting.factor)
  let design = Matrix(rows: m, columns: n) {
    factors[$0] * model.terms[$1].function(x[$0])
  }
  let responses = Vector<Double>(count: m) { factors[$0] * y[$0] }
  // What is not finite has no solution, and the certificate says so.
  let values =
    (try? solveLeastSquares(design, responses))
    ?? Vector(repeating: .nan, count: n)
  // Where the fit is exact, r is rounding, and so is the angle between it and the
  // columns: Aᵀr is then no larger than the terms that cancel in r leave of it.
  let largest = (0..<n).reduce(0) { max($0, design.column($1).norm) }
  let certificate = Certificate(
    of: SumOfSquares(
      of: LinearResiduals(design: design, responses: responses)),
    at: values,
    gradientTolerance: 4 * Double(n + 2) * .ulpOfOne * largest
      * responses.norm, offsetTolerance: 1e-10)
  return Fit(
    of: Model { x, values in
      zip(model.terms, values).reduce(0) { $0 + $1.1 * $1.0.function(x) }
    } gradient: { x, _ in
      Vector(count: n) { model.terms[$0].function(x) }
    }, to: observations,
    Parameters(model.terms.map { (name: $0.name, start: .free(.nan)) }),
    values: values, jacobian: design, certificate: certificate, solution: nil)
}
