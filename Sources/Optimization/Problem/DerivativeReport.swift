/// What ``checkDerivatives(of:at:)-(DifferentiableObjective,_)`` or
/// ``checkDerivatives(of:at:)-(DifferentiableResiduals,_)`` found.
public struct DerivativeReport: Equatable, Sendable {
  /// One component of a derivative, as the objective gives it and as differences
  /// do.
  public struct Component: Equatable, Sendable {
    /// The row i, or the index of the variable.
    public let row: Int
    /// The column j of an element of ∇²f or J.
    public let column: Int?
    /// What the objective gives.
    public let given: Double
    /// What the differences give; NaN where f is undefined on both sides.
    public let expected: Double
    /// What the differences may be off by.
    public let uncertainty: Double

    /// |given − expected| over the larger of the two magnitudes.
    public var relativeError: Double {
      given == expected
        ? 0 : abs(given - expected) / max(abs(given), abs(expected))
    }
  }

  /// One derivative.
  public struct Comparison: Equatable, Sendable {
    /// How many components were compared.
    public let count: Int
    /// How many disagree with the differences.
    public let mismatches: Int
    /// How many could not be compared, since f is undefined on both sides.
    public let unchecked: Int
    /// The component that disagrees most, in terms of what is allowed.
    public let worst: Component?
  }

  /// ∇f; nil when f is not finite at the point.
  public let gradient: Comparison?
  /// ∇²f; nil when the objective has none.
  public let hessian: Comparison?
  /// ∇²f v for one v.
  public let hessianVectorProduct: Comparison?
  /// J of residuals; nil for an objective.
  public let jacobian: Comparison?
  /// Jᵀw of residuals for one w; nil when they have no such products.
  public let transposedProduct: Comparison?
  /// Σ wᵢ ∇²rᵢ of residuals for one w; nil when they have none.
  public let weightedHessian: Comparison?
  /// What kept a derivative from being compared.
  public let failure: String?

  /// Whether every component of every derivative agrees with the differences.
  public var isConsistent: Bool {
    failure == nil
      && comparisons.allSatisfy {
        $0.1.map { $0.mismatches + $0.unchecked == 0 } ?? true
      }
  }

  private var comparisons: [(String, Comparison?)] {
    [
      ("∇f", gradient), ("∇²f", hessian), ("∇²f v", hessianVectorProduct),
      ("J", jacobian), ("Jᵀw", transposedProduct),
      ("Σ wᵢ ∇²rᵢ", weightedHessian),
    ]
  }

  init(
    gradient: Comparison? = nil, hessian: Comparison? = nil,
    hessianVectorProduct: Comparison? = nil, jacobian: Comparison? = nil,
    transposedProduct: Comparison? = nil, weightedHessian: Comparison? = nil,
    failure: String?
  ) {
    self.gradient = gradient
    self.hessian = hessian
    self.hessianVectorProduct = hessianVectorProduct
    self.jacobian = jacobian
    self.transposedProduct = transposedProduct
    self.weightedHessian = weightedHessian
    self.failure = failure
  }
}

extension DerivativeReport.Comparison {
  /// - Parameter relative: the relative error that is allowed, however sure the
  ///   differences are.
  init(
    _ components: [DerivativeReport.Component], allowing relative: Double = 1e-6
  ) {
    let largest = components.reduce(0) {
      // NaN is passed over.
      max($0, $1.expected.isFinite ? abs($1.expected) : 0)
    }
    var (mismatches, unchecked) = (0, 0)
    var worst: (excess: Double, component: DerivativeReport.Component)?
    for component in components {
      let (given, expected) = (component.given, component.expected)
      if expected.isNaN && given.isFinite {
        unchecked += 1
        continue
      }
      // The differences are not believed beyond ten times what they disagree by
      // among themselves, and a component that is a rounding error of the
      // largest may be anything.
      let allowed =
        10 * component.uncertainty + relative * abs(expected)
        + 1e-12 * largest
      let error = abs(given - expected)
      if !(error <= allowed) { mismatches += 1 }
      let excess =
        error == 0 ? 0 : error.isFinite ? error / allowed : .infinity
      if excess > worst?.excess ?? -1 { worst = (excess, component) }
    }
    self.init(
      count: components.count, mismatches: mismatches, unchecked: unchecked,
      worst: worst?.component)
  }
}

extension DerivativeReport: CustomStringConvertible {
  /// A line for each derivative, with the worst component of a wrong one.
  ///
  ///     Derivatives are wrong
  ///       ∇f     1 of 2 wrong; [1] is 3, differences give -3: the sign is wrong
  ///       ∇²f v  all 2 agree, to 3e-11
  public var description: String {
    let isWrong = comparisons.contains { ($0.1?.mismatches ?? 0) > 0 }
    var report = Report(
      isConsistent
        ? "Derivatives are consistent"
        : isWrong ? "Derivatives are wrong" : "Derivatives could not be checked"
    )
    for (label, comparison) in comparisons {
      report.add(label, comparison?.description)
    }
    report.add("failure", failure)
    return report.description
  }
}

extension DerivativeReport.Comparison: CustomStringConvertible {
  /// How many components disagree, and the worst of them.
  public var description: String {
    var text: String
    if mismatches > 0, let worst {
      text = "\(mismatches) of \(count) wrong; \(worst)"
    } else if unchecked == count {
      text = count == 0 ? "no components" : "none of \(count) checked"
    } else {
      let error = worst?.relativeError.rounded(digits: 2) ?? "0"
      text = "all \(count - unchecked) agree, to \(error)"
    }
    if unchecked > 0 {
      text += "; f is undefined beside the point for \(unchecked)"
    }
    return text
  }
}

extension DerivativeReport.Component: CustomStringConvertible {
  /// Index, given and expected number, and what a simple ratio of them suggests.
  public var description: String {
    let index = column.map { "(\(row), \($0))" } ?? "[\(row)]"
    let text =
      "\(index) is \(given.rounded(digits: 6)), "
      + "differences give \(expected.rounded(digits: 6))"
    let ratio = given / expected
    for (factor, hint) in [
      (-1.0, "the sign is wrong"), (2, "twice as much"), (0.5, "half as much"),
    ] where abs(ratio / factor - 1) < 1e-3 {
      return "\(text): \(hint)"
    }
    return text
  }
}
