public import Matrix

/// A linear regression of NIST: data and certified values.
///
///     y = X β + e
///
/// X is m×n: powers of one predictor from the 0th on, or a column of ones and
/// several predictors, or the predictor alone.
public struct LinearRegression: Sendable {
  /// How the design matrix is made of the predictors.
  public enum Design: String, Codable, Sendable {
    /// x, without an intercept.
    case proportional
    /// 1, x, x², … as many as there are parameters.
    case polynomial
    /// 1, x₁, x₂, …
    case multilinear
  }

  /// NIST's name.
  public let name: String
  /// NIST's level of difficulty.
  public let difficulty: Difficulty
  /// How X is made.
  public let design: Design
  /// The certified solution.
  public let certified: CertifiedFit
  /// R² = 1 − Σ rᵢ² / Σ (yᵢ − ȳ)², about 0 in place of ȳ without an intercept.
  public let rSquared: Double
  /// For each observation its predictors.
  public let predictors: [[Double]]
  /// For each observation its response y.
  public let response: Vector<Double>

  init(
    _ file: StRDFile, _ design: Design
  ) {
    name = file.name
    difficulty = file.difficulty
    self.design = design
    certified = file.certified
    rSquared = file.rSquared ?? .nan
    predictors = file.predictors
    response = file.response
  }

  /// The number of parameters n.
  public var dimension: Int { certified.parameters.count }
  /// The number of observations m.
  public var count: Int { response.count }

  /// The design matrix X, m×n.
  ///
  /// Powers are rounded once more with each multiplication. For Filip, where X
  /// has condition 10¹⁵, the last digits of X decide whether eight digits of β or
  /// none can be had.
  public var matrix: Matrix<Double> {
    var x = Matrix<Double>(repeating: 1, rows: count, columns: dimension)
    for i in 0..<count {
      switch design {
      case .proportional: x[i, 0] = predictors[i][0]
      case .polynomial:
        for k in 1..<dimension { x[i, k] = x[i, k - 1] * predictors[i][0] }
      case .multilinear:
        for k in 1..<dimension { x[i, k] = predictors[i][k - 1] }
      }
    }
    return x
  }
}
