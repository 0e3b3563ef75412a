internal import Matrix

/// The examination of the curvature along the variables at which a penalty has no
/// kink.
///
/// Along these f + R is smooth, and has to curve upwards. Along the others it rises
/// already, at a rate that is the distance of −∇f from the ends of ∂R; where that
/// distance is within the tolerance, higher derivatives would decide, and a minimum
/// along the rest is no more than degenerate.
struct PenaltyFace {
  var evaluator: Evaluator
  /// x with f and ∇f.
  let point: Point
  let penalty: any SeparablePenalty
  let tolerance: Double

  /// The verdict on a stationary point.
  mutating func classify(
    _ examining: Verification.Curvature
  ) -> Examination.Finding {
    let n = point.dimension
    var free: [Int] = []
    var hasWeak = false
    var smooth = SmoothPiece(
      base: evaluator.objective, slopes: .zeros(n), curvatures: .zeros(n))
    for j in 0..<n {
      let (x, g) = (point.x[j], point.gradient[j])
      if let slope = penalty.slope(at: x, variable: j) {
        free.append(j)
        smooth.curvatures[j] = penalty.curvature(variable: j)
        smooth.slopes[j] = slope - smooth.curvatures[j] * x
      } else if [g - tolerance, g + tolerance].contains(where: {
        penalty.proximalMap(step: 1, of: x - $0, variable: j) != x
      }) {
        hasWeak = true
      }
    }
    let face = RescaledObjective(
      of: smooth, within: nil, units: Vector(repeating: 1, count: n),
      free: free, at: point.x)
    var whole = Evaluator(smooth)
    whole.counts = evaluator.counts
    var center = Point(point.x)
    whole.evaluate(&center)
    var own = Evaluator(face)
    own.counts = whole.counts
    own.failure = evaluator.failure ?? whole.failure
    var examination = FaceExamination(
      evaluator: own, point: face.restrict(center), bounds: nil, units: nil,
      examining: examining)
    var finding = examination.classify(nil)
    finding.negativeCurvature = finding.negativeCurvature.map(face.original)
    if hasWeak && finding.classification == .minimum {
      finding.classification = .degenerate
    }
    evaluator.counts = examination.evaluator.counts
    evaluator.failure = examination.evaluator.failure
    return finding
  }
}

/// f(x) + Σⱼ sⱼ xⱼ + ½ bⱼ xⱼ², what f + R is near a point along its free variables.
private struct SmoothPiece: TwiceDifferentiableObjective {
  let base: any DifferentiableObjective
  var slopes: Vector<Double>
  var curvatures: Vector<Double>

  var dimension: Int? { slopes.count }
  var gradientAccuracy: Double { base.gradientAccuracy }

  var withSecondDerivatives: (any TwiceDifferentiableObjective)? {
    base.withSecondDerivatives == nil ? nil : self
  }

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    var value = try base.valueAndGradient(at: x, into: &gradient)
    guard gradient.count == x.count else {
      throw WrongSize(
        what: "a gradient", found: gradient.count, expected: x.count)
    }
    for j in 0..<x.count {
      value += x[j] * (slopes[j] + 0.5 * curvatures[j] * x[j])
      gradient[j] += slopes[j] + curvatures[j] * x[j]
    }
    return value
  }

  func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    guard let second = base.withSecondDerivatives else {
      throw MissingDerivative(what: "∇²f")
    }
    try second.hessian(at: x, into: &hessian)
    guard hessian.rows == x.count && hessian.columns == x.count else {
      throw WrongSize(
        what: "a Hessian", found: hessian.rows, expected: x.count)
    }
    for j in 0..<x.count { hessian[j, j] += curvatures[j] }
  }

  func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    try base.hessianVectorProduct(at: x, along: v, into: &product)
    for j in 0..<min(x.count, product.count) {
      product[j] += curvatures[j] * v[j]
    }
  }
}
