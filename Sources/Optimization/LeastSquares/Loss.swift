internal import Matrix
internal import RealModule

/// What is summed of residuals instead of their squares, so that outliers count
/// less: f(x) = ½ c² Σ ρ(rᵢ² / c²), with a scale c.
///
///     minimize(residuals.with(.huber(scale: 0.1)), from: x0,
///       using: .levenbergMarquardt())
///
/// All have ρ(s) = s + O(s²): residuals well below c count as their squares.
///
/// Source: Huber 1964; Beaton and Tukey 1974; Triggs, McLauchlan, Hartley and
/// Fitzgibbon 2000, section 4.3.
public enum Loss: Codable, Equatable, Sendable {
  /// ρ = s for s ≤ 1, then 2√s − 1: linear in |r|.
  case huber(scale: Double)
  /// ρ = 2 (√(1 + s) − 1): Huber's, smooth.
  case softL1(scale: Double)
  /// ρ = ln(1 + s): outliers count by their logarithm.
  case cauchy(scale: Double)
  /// ρ = atan s: bounded.
  case arctan(scale: Double)
  /// ρ = (1 − (1 − s)³) / 3 for s ≤ 1, then ⅓: outliers do not count.
  case tukey(scale: Double)

  /// c.
  public var scale: Double {
    switch self {
    case .huber(let c), .softL1(let c), .cauchy(let c), .arctan(let c),
      .tukey(let c):
      c
    }
  }

  /// ρ(s), ρ′(s) and ρ″(s) for s ≥ 0.
  func derivatives(at s: Double) -> (Double, first: Double, second: Double) {
    switch self {
    case .huber:
      guard s > 1 else { return (s, 1, 0) }
      let root = s.squareRoot()
      return (2 * root - 1, 1 / root, -0.5 / (s * root))
    case .softL1:
      let root = (1 + s).squareRoot()
      // 2 (√(1 + s) − 1) without cancellation.
      return (2 * s / (root + 1), 1 / root, -0.5 / ((1 + s) * root))
    case .cauchy:
      let inverse = 1 / (1 + s)
      return (.log(onePlus: s), inverse, -inverse * inverse)
    case .arctan:
      let inverse = 1 / (1 + s * s)
      return (.atan(s), inverse, -2 * s * inverse * inverse)
    case .tukey:
      guard s <= 1 else { return (s.isNaN ? s : 1.0 / 3, 0, 0) }
      // (1 − (1 − s)³) / 3 = s − s² + s³/3.
      return (s * (1 - s + s * s / 3), (1 - s) * (1 - s), -2 * (1 - s))
    }
  }

  /// ½ c² Σ ρ(rᵢ² / c²).
  func value(of r: Vector<Double>) -> Double {
    let c = scale
    var sum = 0.0
    r.withUnsafeBufferPointer { r in
      for r in r { sum += derivatives(at: r / c * (r / c)).0 }
    }
    return 0.5 * c * c * sum
  }

  /// rᵢ ← ρ′ rᵢ, of which Jᵀ makes the gradient.
  func differentiate(_ r: inout Vector<Double>) {
    let c = scale
    r.withUnsafeMutableBufferPointer { r in
      for i in 0..<r.count {
        r[i] *= derivatives(at: r[i] / c * (r[i] / c)).first
      }
    }
  }

  /// ρ′ + 2ρ″s: the second derivative of ½ c² ρ(r²/c²) by r.
  func curvature(at r: Double) -> Double {
    let s = r / scale * (r / scale)
    let (_, first, second) = derivatives(at: s)
    return first + 2 * second * s
  }

  /// Makes r and J those of a sum of squares with the gradient of f, and with its
  /// curvature as far as that is positive.
  ///
  /// Row i of J is multiplied by √dᵢ and rᵢ by ρ′/√dᵢ, with d = ρ′ + 2ρ″s, but at
  /// least ρ′/10. Far out d is negative: there a model that follows it has
  /// no minimum, and the one that takes ρ′ for d (reweighted least squares)
  /// overestimates the curvature where it is positive.
  func weight(_ r: inout Vector<Double>, _ jacobian: inout Matrix<Double>) {
    let c = scale
    let (m, n) = (jacobian.rows, jacobian.columns)
    r.withUnsafeMutableBufferPointer { r in
      jacobian.withUnsafeMutableBufferPointer { j in
        for i in 0..<m {
          let s = r[i] / c * (r[i] / c)
          let (_, first, second) = derivatives(at: s)
          let root = max(first + 2 * second * s, first / 10).squareRoot()
          r[i] = first > 0 ? r[i] * (first / root) : first * r[i]
          for k in 0..<n { j[i + k * m] *= root }
        }
      }
    }
  }
}

/// Residuals of which a ``Loss`` is summed.
public struct RobustResiduals: DerivedResiduals {
  /// The residuals.
  public let base: any DifferentiableResiduals
  private let robust: Loss

  /// The residuals with a loss.
  ///
  /// - Precondition: the scale is positive.
  public init(of base: any DifferentiableResiduals, loss: Loss) {
    precondition(
      loss.scale > 0, "a loss of scale \(loss.scale), which is not positive")
    self.base = base
    robust = loss
  }

  /// What is summed.
  public var loss: Loss? { robust }
}

extension DifferentiableResiduals {
  /// These residuals, of which a loss is summed instead of the squares.
  ///
  /// - Precondition: the scale is positive.
  public func with(_ loss: Loss) -> RobustResiduals {
    RobustResiduals(of: self, loss: loss)
  }
}
