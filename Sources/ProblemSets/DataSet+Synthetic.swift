import Foundation
internal import Matrix
public import Models
public import RandomNumbers

extension DataSet {
  /// Random samples whose classes follow a logistic model.
  ///
  /// The features of a sample are a stationary chain of normal numbers, xⱼ =
  /// ρ xⱼ₋₁ + √(1 − ρ²) zⱼ, each of mean 0 and variance 1, with neighbours
  /// correlated by ρ; the condition number of their covariance tends to
  /// ((1 + ρ)/(1 − ρ))² as d grows. A sample is of class 1 with
  /// probability 1/(1 + exp(−wᵀx)), for normal w of ‖w‖ ≈ 1, so that the
  /// classes overlap for any d.
  ///
  /// - Precondition: 0 ≤ ρ < 1.
  public static func logistic(
    samples m: Int, features d: Int, correlation: Double = 0,
    using generator: inout SplitMix64
  ) -> DataSet {
    precondition(
      correlation >= 0 && correlation < 1,
      "a correlation of \(correlation), outside 0 ..< 1")
    let scale = 1 / Double(d).squareRoot()
    let weights = (0..<d).map { _ in scale * generator.nextNormal() }
    let innovation = (1 - correlation * correlation).squareRoot()
    var numbers: [Double] = []
    var classes: [Int] = []
    numbers.reserveCapacity(m * d)
    for _ in 0..<m {
      var x = generator.nextNormal()
      var margin = 0.0
      for j in 0..<d {
        if j > 0 { x = correlation * x + innovation * generator.nextNormal() }
        numbers.append(x)
        margin += weights[j] * x
      }
      let probability = 1 / (1 + exp(-margin))
      classes.append(generator.nextUniform() < probability ? 1 : 0)
    }
    return DataSet(
      name: "synthetic \(m)×\(d)",
      samples: Matrix(rows: d, columns: m, columnMajor: numbers),
      classes: classes, classNames: ["0", "1"])
  }
}
