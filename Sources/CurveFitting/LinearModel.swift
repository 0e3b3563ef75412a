internal import Matrix

/// A model that is linear in its parameters, f(x; β) = Σ βⱼ φⱼ(x).
///
///     fit(data, to: .polynomial(degree: 2))
///     fit(data, to: .linear)
///     fit(data, to: LinearModel(["constant": { _ in 1 }, "wave": { sin($0) }]))
public struct LinearModel<Regressor>: ExpressibleByDictionaryLiteral {
  /// The functions φⱼ with the names of their parameters.
  let terms: [(name: String, function: (Regressor) -> Double)]

  /// A sum of named functions.
  public init(
    dictionaryLiteral terms: (String, (Regressor) -> Double)...
  ) {
    self.terms = terms.map { (name: $0.0, function: $0.1) }
  }

  /// A sum of named functions.
  public init(_ terms: [(name: String, function: (Regressor) -> Double)]) {
    self.terms = terms
  }
}

extension LinearModel<Double> {
  /// β₀ + β₁ x + … + β_d xᵈ, or without β₀; the parameters are called b0, b1, ….
  ///
  /// - Precondition: `degree` is not negative.
  public static func polynomial(
    degree: Int, hasIntercept: Bool = true
  ) -> LinearModel {
    precondition(degree >= 0, "a polynomial of degree \(degree)")
    let powers = hasIntercept ? Array(0...degree) : Array(1..<(degree + 1))
    return LinearModel(
      powers.map { power in
        (
          name: "b\(power)",
          function: { x in
            // Repeated products: within k roundings of xᵏ, for negative x too.
            (0..<power).reduce(1) { result, _ in result * x }
          }
        )
      })
  }

  /// β₀ + β₁ x.
  public static var line: LinearModel { polynomial(degree: 1) }
}

extension LinearModel<[Double]> {
  /// β₀ + β₁ x₁ + … + β_k x_k, or without β₀; the parameters are called b0, b1, ….
  ///
  /// - Precondition: `count` is not negative.
  public static func linear(
    _ count: Int, hasIntercept: Bool = true
  ) -> LinearModel {
    precondition(count >= 0, "\(count) regressors")
    var terms: [(name: String, function: ([Double]) -> Double)] = []
    if hasIntercept { terms.append((name: "b0", function: { _ in 1 })) }
    for j in 0..<count {
      terms.append((name: "b\(j + 1)", function: { $0[j] }))
    }
    return LinearModel(terms)
  }
}
