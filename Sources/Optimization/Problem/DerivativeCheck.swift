public import Matrix

/// Compares the derivatives of an objective with differences of its values.
///
///     print(checkDerivatives(of: model, at: x))
///
/// ∇f is compared with differences of f, ∇²f and ∇²f v with differences of ∇f.
/// Take a point in general position: at a minimum, where all of ∇f is zero, a wrong
/// factor does not show. Errors that the objective throws and derivatives of wrong
/// size are reported; nothing traps.
///
/// - Parameters:
///   - objective: the objective.
///   - x: the point at which it is checked.
/// - Complexity: about 16n evaluations, and as many again when there is a
///   Hessian.
public func checkDerivatives(
  of objective: any DifferentiableObjective, at x: Vector<Double>
) -> DerivativeReport {
  var check = DerivativeCheck(objective, at: x)
  return check.report()
}

/// The comparison of derivatives with differences.
private struct DerivativeCheck {
  let objective: any DifferentiableObjective
  var evaluator: Evaluator
  var center: Point

  init(_ objective: any DifferentiableObjective, at x: Vector<Double>) {
    self.objective = objective
    evaluator = Evaluator(objective)
    center = Point(x)
  }

  mutating func report() -> DerivativeReport {
    evaluator.evaluate(&center)
    guard center.value.isFinite else {
      let reason = evaluator.failure.map { "\($0)" }
      return DerivativeReport(
        gradient: nil, hessian: nil, hessianVectorProduct: nil,
        failure: reason ?? "f is \(center.value) at the point")
    }
    let gradient = compareGradient()
    let (product, productFailure) = compareProduct()
    let (hessian, hessianFailure) = compareHessian()
    return DerivativeReport(
      gradient: gradient, hessian: hessian, hessianVectorProduct: product,
      failure: hessianFailure ?? productFailure)
  }

  private mutating func compareGradient() -> DerivativeReport.Comparison {
    let components = (0..<center.dimension).map { i in
      let difference = Extrapolation(count: 1, scale: scale(i)) { t in
        let value = point(i, t).value
        return value.isFinite ? [value] : nil
      }
      return DerivativeReport.Component(
        row: i, column: nil, given: center.gradient[i],
        expected: difference.derivative[0],
        uncertainty: difference.uncertainty[0])
    }
    return DerivativeReport.Comparison(components)
  }

  private mutating func compareProduct() -> (
    DerivativeReport.Comparison?, String?
  ) {
    let n = center.dimension
    // Of no particular shape: no column of the Hessian is left out, and none
    // taken twice.
    var v = Vector(count: n) { i in
      (i.isMultiple(of: 2) ? 1 : -1) * (1 + Double(i * 7 % 5) / 5)
    }
    if n > 0 { v.scale(by: 1 / v.norm) }
    var product = Vector<Double>.zeros(n)
    guard
      evaluator.hessianVectorProduct(at: center.x, along: v, into: &product)
    else { return (nil, evaluator.failure.map { "\($0)" }) }
    let components = differences(along: v, scale: max(1, center.x.norm))
      .components(given: product, column: nil)
    // The product may be a difference of gradients itself, by default with a step
    // that suits functions which change on the scale of x.
    return (DerivativeReport.Comparison(components, allowing: 1e-3), nil)
  }

  private mutating func compareHessian() -> (
    DerivativeReport.Comparison?, String?
  ) {
    let n = center.dimension
    guard let second = objective.withSecondDerivatives else {
      return (nil, nil)
    }
    var evaluator = Evaluator(second)
    var hessian = Matrix<Double>.zeros(n, n)
    guard evaluator.hessian(at: center.x, into: &hessian) else {
      return (nil, evaluator.failure.map { "\($0)" })
    }
    var components: [DerivativeReport.Component] = []
    var unit = Vector<Double>.zeros(n)
    for j in 0..<n {
      unit[j] = 1
      components +=
        differences(along: unit, scale: scale(j))
        .components(given: hessian.column(j), column: j)
      unit[j] = 0
    }
    return (DerivativeReport.Comparison(components), nil)
  }

  /// Differences of ∇f along v.
  private mutating func differences(
    along v: Vector<Double>, scale: Double
  ) -> Extrapolation {
    Extrapolation(count: center.dimension, scale: scale) { t in
      var point = Point(center.x)
      point.x.add(v, scaledBy: t)
      evaluator.evaluate(&point)
      let isFinite = point.value.isFinite && point.gradient.isFinite
      return isFinite ? point.gradient : nil
    }
  }

  /// f and ∇f where variable i is t further.
  private mutating func point(_ i: Int, _ t: Double) -> Point {
    var point = Point(center.x)
    point.x[i] += t
    evaluator.evaluate(&point)
    return point
  }

  private func scale(_ i: Int) -> Double { max(1, abs(center.x[i])) }
}

extension Extrapolation {
  /// The components at and below the diagonal of column j, or all of them.
  fileprivate func components(
    given: Vector<Double>, column j: Int?
  ) -> [DerivativeReport.Component] {
    ((j ?? 0)..<given.count).map { i in
      DerivativeReport.Component(
        row: i, column: j, given: given[i], expected: derivative[i],
        uncertainty: uncertainty[i])
    }
  }
}
