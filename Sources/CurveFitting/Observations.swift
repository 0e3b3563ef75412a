/// What was observed: responses y at known regressors x, with their weights.
///
///     let data = Observations(x: [0, 1, 2, 3], y: [1.1, 2.9, 5.2, 7.0])
///     let file = try Observations(csv: "decay.csv", x: "time", y: "counts")
///
/// The regressor of an observation is one number, or an array of several.
public struct Observations<Regressor: Sendable>: Sendable {
  /// The regressors, one for each observation.
  public let regressors: [Regressor]
  /// The responses, one for each observation.
  public let responses: [Double]
  /// How much each observation counts.
  public let weighting: Weighting
  /// What the regressors are called.
  public let regressorNames: [String]
  /// What the response is called.
  public let responseName: String

  /// The number of observations m.
  public var count: Int { responses.count }
}

/// How much each observation counts.
public enum Weighting: Equatable, Sendable {
  /// All alike: the errors have one unknown variance σ².
  case equal
  /// By weights wᵢ ≥ 0: the errors have variances σ²/wᵢ with unknown σ².
  case relative([Double])
  /// By known standard deviations σᵢ > 0 of the errors.
  ///
  /// What the fit says of its parameters is then not scaled by how well it fits.
  case standardDeviations([Double])

  /// The factor of residual i, √wᵢ or 1/σᵢ.
  func factor(_ i: Int) -> Double {
    switch self {
    case .equal: 1
    case .relative(let weights): weights[i].squareRoot()
    case .standardDeviations(let sigma): 1 / sigma[i]
    }
  }

  /// Whether σ² has to be estimated from the residuals.
  var isScaleUnknown: Bool {
    if case .standardDeviations = self { false } else { true }
  }

  /// Traps with a sentence where the weights do not fit the observations.
  func check(count m: Int) {
    switch self {
    case .equal: break
    case .relative(let weights):
      precondition(
        weights.count == m, "\(weights.count) weights for \(m) observations")
      for weight in weights {
        precondition(
          weight >= 0 && weight < .infinity, "a weight of \(weight)")
      }
    case .standardDeviations(let sigma):
      precondition(
        sigma.count == m,
        "\(sigma.count) standard deviations for \(m) observations")
      for sigma in sigma {
        precondition(
          sigma > 0 && sigma < .infinity, "a standard deviation of \(sigma)")
      }
    }
  }
}

extension Observations<Double> {
  /// Observations with one regressor.
  ///
  /// - Precondition: as many x as y, and weights, where there are any, for each.
  public init(
    x: [Double], y: [Double], weighting: Weighting = .equal,
    names: (x: String, y: String) = ("x", "y")
  ) {
    precondition(
      x.count == y.count, "\(x.count) regressors for \(y.count) responses")
    weighting.check(count: y.count)
    regressors = x
    responses = y
    self.weighting = weighting
    regressorNames = [names.x]
    responseName = names.y
  }
}

extension Observations<[Double]> {
  /// Observations with several regressors each.
  ///
  /// - Parameters:
  ///   - x: the regressors of each observation.
  ///   - y: the responses.
  ///   - weighting: how much each observation counts.
  ///   - names: what regressors and response are called; x1, x2, … and y where
  ///     not given.
  /// - Precondition: as many x as y, all of one count; weights, where there are
  ///   any, for each.
  public init(
    x: [[Double]], y: [Double], weighting: Weighting = .equal,
    names: (x: [String], y: String)? = nil
  ) {
    precondition(
      x.count == y.count, "\(x.count) regressors for \(y.count) responses")
    let count = names?.x.count ?? x.first?.count ?? 0
    for row in x {
      precondition(
        row.count == count, "\(row.count) regressors beside \(count)")
    }
    weighting.check(count: y.count)
    regressors = x
    responses = y
    self.weighting = weighting
    regressorNames = names?.x ?? (0..<count).map { "x\($0 + 1)" }
    responseName = names?.y ?? "y"
  }
}
