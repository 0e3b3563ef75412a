public import Differentiation
public import Matrix
public import Optimization

/// A curve y = f(x; β), written once for all kinds of numbers.
public protocol RegressionModel: Sendable {
  /// f(x; β), or the left side that the model has instead of y.
  ///
  /// - Parameters:
  ///   - b: the parameters.
  ///   - x: the predictors of an observation.
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number
}

/// A nonlinear regression of NIST: data, two starts, and certified values.
///
///     rᵢ(β) = f(xᵢ; β) − yᵢ,  i = 1 … m
///
/// NIST's sum of squares is Σ rᵢ², without a factor ½.
public struct NonlinearRegression: Sendable {
  /// NIST's name.
  public let name: String
  /// NIST's level of difficulty.
  public let difficulty: Difficulty
  /// Start 1, which is far from the solution, and start 2, which is closer.
  public let starts: [Vector<Double>]
  /// The certified solution.
  public let certified: CertifiedFit
  /// For each observation its predictors.
  public let predictors: [[Double]]
  /// For each observation its response y, or log y for Nelson's model.
  public let response: Vector<Double>

  private let numbers: @Sendable ([Double], [Double]) -> Double
  private let variables: @Sendable ([Variable], [Double]) -> Variable
  private let allNumbers: @Sendable ([Double]) -> [Double]
  private let allVariables: @Sendable ([Variable]) -> [Variable]

  init<Model: RegressionModel>(
    _ file: StRDFile, _ model: Model,
    response transform: (Double) -> Double = { $0 }
  ) {
    name = file.name
    difficulty = file.difficulty
    starts = file.starts
    certified = file.certified
    predictors = file.predictors
    response = Vector(file.response.array.map(transform))
    let residuals = ModelResiduals(
      model: model, predictors: predictors, response: response.array)
    numbers = { model.value($0, at: $1) }
    variables = { model.value($0, at: $1) }
    allNumbers = { residuals.residuals($0) }
    allVariables = { residuals.residuals($0) }
  }

  /// The number of parameters n.
  public var dimension: Int { certified.parameters.count }
  /// The number of observations m.
  public var count: Int { response.count }

  /// f(x; β) at the predictors x.
  ///
  /// - Precondition: n parameters.
  public func model(_ b: [Double], at x: [Double]) -> Double {
    requireDimension(b.count)
    return numbers(b, x)
  }

  /// f(x; β) at the predictors x, recorded.
  ///
  /// - Precondition: n parameters.
  public func model(_ b: [Variable], at x: [Double]) -> Variable {
    requireDimension(b.count)
    return variables(b, x)
  }

  /// r(β).
  ///
  /// - Precondition: n parameters.
  public func residuals(_ b: [Double]) -> [Double] {
    requireDimension(b.count)
    return allNumbers(b)
  }

  /// r(β), recorded.
  ///
  /// - Precondition: n parameters.
  public func residuals(_ b: [Variable]) -> [Variable] {
    requireDimension(b.count)
    return allVariables(b)
  }

  /// The residuals with their exact Jacobian.
  public var automaticResiduals: AutomaticResiduals {
    AutomaticResiduals(count: count) { residuals($0) }
  }

  private func requireDimension(_ count: Int) {
    precondition(
      count == dimension, "\(name) of \(count) parameters, not \(dimension)")
  }
}

/// f(xᵢ; β) − yᵢ for all observations.
private struct ModelResiduals<Model: RegressionModel>: ResidualFormula {
  let model: Model
  let predictors: [[Double]]
  let response: [Double]

  func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
    zip(predictors, response).map { predictors, y in
      model.value(x, at: predictors) - Number(y)
    }
  }
}
