import Differentiation
import Matrix
import Optimization
import ProblemSets

/// How a minimizer fared with a problem, judged by our certificate.
struct MinimizationOutcome: Codable, Equatable {
  /// What a claim is refuted by.
  enum Refutation: String, Codable {
    /// ‖∇f‖∞ is more than ten times what was aimed at, or f is undefined.
    case gradient
    /// f curves downwards: a saddle or a maximum. Where a known minimum is
    /// reached to all digits that are asked for, it may do so within them.
    case saddle
  }

  let problem: String
  let dimension: Int
  /// Whether the minimizer says that it arrived.
  let claimsSuccess: Bool
  /// In its own words.
  let message: String
  /// f and ‖∇f‖∞ at its point, evaluated afresh; with bounds the smaller of two
  /// measures, ‖∇f‖∞ over the variables that are free and ‖P(x − ∇f) − x‖∞.
  let value: Double
  let gradientNorm: Double
  /// What kind of point it is.
  let classification: Classification
  /// Whether f curves downwards there, beyond doubt.
  let curvesDownwards: Bool
  /// The bound on ‖∇f‖∞ that was aimed at.
  let tolerance: Double
  /// The lowest value of f that is known, and all at which one may end.
  let bestValue: Double
  let acceptableValues: [Double]
  /// Evaluations of f, ∇f, ∇²f and ∇²f v.
  let values: Int
  let gradients: Int
  let hessians: Int
  let products: Int
  /// Evaluations of f until it was within 10⁻⁵ (f(x₀) − f*) of f*, if it came
  /// there.
  let valuesToDecrease: Int?
  /// Seconds without those of the function.
  let seconds: Double

  /// Whether two values of f are the same: to 10⁻⁶ of the size of f, or
  /// absolutely where it is small, as is the bound on ‖∇f‖∞.
  private func isAt(_ known: Double) -> Bool {
    abs(value - known) <= Self.valueTolerance * max(1, abs(known))
  }

  static let valueTolerance = 1e-6

  /// Whether ‖∇f‖∞ is as small as was aimed at.
  var isStationary: Bool { gradientNorm <= tolerance }

  /// Whether it is stationary and nothing lower is known.
  var isSolved: Bool {
    isStationary && (isAt(bestValue) || value < bestValue)
  }

  /// Whether it is stationary at any of the known minima.
  var isAtMinimum: Bool {
    isSolved || isStationary && acceptableValues.contains(where: isAt)
  }

  /// Whether it is stationary, and lower than what is known to be lowest.
  var isBelowBest: Bool {
    isStationary && value < bestValue && !isAt(bestValue)
  }

  /// What contradicts the claim; nil without a claim, and where it holds.
  var refutation: Refutation? {
    guard claimsSuccess else { return nil }
    if !(gradientNorm <= 10 * tolerance) || !value.isFinite { return .gradient }
    return curvesDownwards && !isAtMinimum ? .saddle : nil
  }
}

extension Minimizer {
  /// Minimises a problem from its standard start and judges the answer.
  func outcome(
    for problem: Challenge, _ limits: Limits
  ) throws -> MinimizationOutcome {
    let function = Witness(problem.objective())
    let answer = try minimize(function, problem, limits)
    // Some peers leave the bounds by rounding.
    var x = answer.x
    problem.bounds?.project(&x)
    let objective = problem.objective()
    let certificate = Certificate(
      of: objective, within: problem.bounds, at: x,
      gradientTolerance: limits.gradientNorm)
    // Who comes to a bound from inside ends beside it, where the first measure
    // has the whole derivative of a variable that is held in all but name.
    let projected = problem.bounds.map {
      projectedStep(objective, at: x, within: $0)
    }
    let acceptable = problem.landmarks.filter(\.isAcceptableEnd).map(\.value)
    let best = acceptable.min() ?? .nan
    let startValue = (try? objective.value(at: problem.start)) ?? .nan
    let target = best + 1e-5 * (startValue - best)
    return MinimizationOutcome(
      problem: problem.name, dimension: problem.dimension,
      claimsSuccess: answer.claimsSuccess, message: answer.message,
      value: certificate.value,
      gradientNorm: min(
        certificate.gradientNorm, projected ?? certificate.gradientNorm),
      classification: certificate.classification,
      curvesDownwards: certificate.negativeCurvature != nil,
      tolerance: limits.gradientNorm, bestValue: best,
      acceptableValues: acceptable,
      values: answer.counts?.values ?? function.values,
      gradients: answer.counts?.gradients ?? function.gradients,
      hessians: answer.counts?.hessians ?? function.hessians,
      products: answer.counts?.hessianVectorProducts ?? function.products,
      valuesToDecrease: function.records.first { $0.value <= target }?
        .evaluations,
      seconds: answer.seconds)
  }
}

/// ‖P(x − ∇f) − x‖∞, P moving into the bounds.
private func projectedStep(
  _ objective: AutomaticFunction, at x: Vector<Double>, within bounds: Bounds
) -> Double {
  var gradient = Vector<Double>.zeros(x.count)
  guard (try? objective.valueAndGradient(at: x, into: &gradient)) != nil,
    gradient.isFinite
  else { return .infinity }
  var moved = x - gradient
  bounds.project(&moved)
  return (moved - x).normInfinity
}
