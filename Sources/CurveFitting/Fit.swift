internal import Differentiation
public import Matrix
public import Optimization

/// A model fitted to observations: the parameters with what is known about their
/// errors, and the certificate of the minimum.
///
/// With residuals rᵢ = √wᵢ (yᵢ − f(xᵢ; β)), rank p of their Jacobian J and ν = m − p
/// degrees of freedom, s² = Σ rᵢ² / ν estimates σ², and s² (JᵀJ)⁻¹ the covariance of
/// β̂. With known standard deviations s is 1.
///
/// Source: Seber and Wild, Nonlinear Regression, 1989, sections 2.1 and 5.1.
public struct Fit<Regressor: Sendable> {
  /// What was observed.
  public let observations: Observations<Regressor>
  /// The parameters, fixed ones too, in the order of the model.
  public let parameters: [Estimate]
  /// The covariance of all parameters: zero in the rows and columns of those that
  /// are fixed or at a bound, NaN in those of undetermined ones and where ν = 0.
  public let covariance: Matrix<Double>
  /// yᵢ − f(xᵢ; β̂), without weights.
  public let residuals: Vector<Double>
  /// Σ wᵢ (yᵢ − f(xᵢ; β̂))².
  public let residualSumOfSquares: Double
  /// The rank p of the Jacobian: how many combinations of the parameters the
  /// observations determine.
  public let rank: Int
  /// The verdict on the minimum.
  public let certificate: Certificate
  /// How the minimum was found; nil for a model that is linear in its
  /// parameters, which is solved for.
  public let solution: Solution?

  let determination: Determination
  let free: [Int]
  private let model: Model<Regressor>

  /// The estimated β̂ as the model takes them.
  public var values: Vector<Double> {
    Vector(count: parameters.count) { parameters[$0].value }
  }

  /// The parameter of this name.
  public subscript(name: String) -> Estimate? {
    parameters.first { $0.name == name }
  }

  /// Whether the certificate confirms the minimum.
  public var isVerified: Bool { certificate.isVerified }

  /// ν = m − p.
  public var degreesOfFreedom: Int { observations.count - rank }

  /// s = √(Σ rᵢ² / ν), the estimate of the errors' standard deviation σ, of an
  /// observation of weight 1; nil for ν = 0.
  public var residualStandardDeviation: Double? {
    degreesOfFreedom > 0
      ? (residualSumOfSquares / Double(degreesOfFreedom)).squareRoot() : nil
  }

  /// R² = 1 − Σ wᵢ (yᵢ − ŷᵢ)² / Σ wᵢ (yᵢ − ȳ)²; nil where the responses are all
  /// alike.
  public var determinationCoefficient: Double? {
    let y = observations.responses
    let weights = y.indices.map {
      let factor = observations.weighting.factor($0)
      return factor * factor
    }
    let weight = weights.reduce(0, +)
    let mean = zip(weights, y).reduce(0) { $0 + $1.0 * $1.1 } / weight
    let total = zip(weights, y).reduce(0) {
      $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean)
    }
    return total > 0 ? 1 - residualSumOfSquares / total : nil
  }

  /// The correlation of all parameters: cov(βᵢ, βⱼ) / √(cov(βᵢ, βᵢ) cov(βⱼ, βⱼ)),
  /// NaN where the covariance is NaN or zero.
  public var correlation: Matrix<Double> {
    let n = parameters.count
    return Matrix(rows: n, columns: n) { i, j in
      covariance[i, j]
        / (covariance[i, i].squareRoot() * covariance[j, j].squareRoot())
    }
  }

  /// f(x; β̂).
  public func predict(at x: Regressor) -> Double {
    model.value(x, values)
  }

  /// The interval that holds f(x; β) with this confidence, to first order in β.
  ///
  /// - Returns: nil where f(x; β̂) is undefined or depends on what is not
  ///   determined, and where ν = 0.
  /// - Precondition: 0 < `level` < 1.
  public func confidenceInterval(
    at x: Regressor, level: Double = 0.95
  ) -> ClosedRange<Double>? {
    let value = predict(at: x)
    let gradient = model.gradient(x, values)
    let along = Vector<Double>(count: free.count) { gradient[free[$0]] }
    guard let variance = determination.variance(along: along),
      let scale, value.isFinite, variance.isFinite
    else { return nil }
    let half = quantile(level, errorFreedom) * scale * variance.squareRoot()
    return (value - half)...(value + half)
  }

  /// s, or 1 where the standard deviations are known; nil for ν = 0.
  private var scale: Double? {
    observations.weighting.isScaleUnknown ? residualStandardDeviation : 1
  }

  private var errorFreedom: Double {
    observations.weighting.isScaleUnknown ? Double(degreesOfFreedom) : .infinity
  }

  /// The statistics of a minimum.
  ///
  /// - Parameters:
  ///   - values: all parameters, fixed ones too.
  ///   - jacobian: of the weighted residuals by the parameters that are not fixed.
  init(
    of model: Model<Regressor>, to observations: Observations<Regressor>,
    _ start: Parameters, values: Vector<Double>, jacobian: Matrix<Double>,
    certificate: Certificate, solution: Solution?
  ) {
    self.model = model
    self.observations = observations
    self.certificate = certificate
    self.solution = solution
    let y = observations.responses
    let x = observations.regressors
    residuals = Vector(count: y.count) { y[$0] - model.value(x[$0], values) }
    var sum = 0.0
    for i in y.indices {
      let r = observations.weighting.factor(i) * residuals[i]
      sum += r * r
    }
    residualSumOfSquares = sum

    let searched = start.list.indices.filter { !start.list[$0].start.isFixed }
    func isAtBound(_ i: Int) -> Bool {
      let bounds = start.list[i].start.bounds
      return values[i] == bounds.lowerBound || values[i] == bounds.upperBound
    }
    let columns = searched.indices.filter { !isAtBound(searched[$0]) }
    free = columns.map { searched[$0] }
    let determination = Determination(
      by: Matrix(rows: jacobian.rows, columns: columns.count) {
        jacobian[$0, columns[$1]]
      })
    self.determination = determination
    rank = determination.rank
    let freedom = y.count - rank
    let isUnknown = observations.weighting.isScaleUnknown
    let variance =
      isUnknown ? (freedom > 0 ? sum / Double(freedom) : .nan) : 1
    var covariance = Matrix<Double>.zeros(start.count, start.count)
    let unscaled = determination.covariance
    for (a, i) in free.enumerated() {
      for (b, j) in free.enumerated() {
        covariance[i, j] = variance * unscaled[a, b]
      }
    }
    self.covariance = covariance
    var place: [Int: Int] = [:]
    for (a, i) in free.enumerated() { place[i] = a }
    parameters = start.list.enumerated().map { i, parameter in
      let isDetermined = place[i].map { determination.isDetermined[$0] }
      let error = covariance[i, i].squareRoot()
      return Estimate(
        name: parameter.name, value: values[i],
        status: isDetermined.map { $0 ? .estimated : .undetermined }
          ?? (parameter.start.isFixed ? .fixed : .atBound),
        standardError: isDetermined == true && error.isFinite ? error : nil,
        degreesOfFreedom: isUnknown ? Double(freedom) : .infinity)
    }
  }
}

/// A model as a fit needs it: its value and its gradient by the parameters.
struct Model<Regressor> {
  let value: (Regressor, Vector<Double>) -> Double
  let gradient: (Regressor, Vector<Double>) -> Vector<Double>
}
