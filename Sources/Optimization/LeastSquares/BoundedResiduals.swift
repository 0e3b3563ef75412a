internal import Matrix

/// Residuals whose variables are bounded.
///
/// ``LevenbergMarquardt`` and ``Dogleg`` stay within the bounds: variables at a
/// bound that f would fall across are held there, the step of the others is
/// projected. ``GaussNewton`` does so too, but may find no way along a bound.
public struct BoundedResiduals: DerivedResiduals {
  /// The residuals.
  public let base: any DifferentiableResiduals
  private let box: Bounds

  /// The residuals within bounds.
  ///
  /// - Precondition: as many bounds as the residuals have variables.
  public init(of base: any DifferentiableResiduals, within bounds: Bounds) {
    if let n = base.dimension {
      precondition(
        bounds.count == n,
        "bounds of \(bounds.count) variables for residuals of \(n)")
    }
    self.base = base
    box = bounds
  }

  /// The bounds.
  public var bounds: Bounds? { box }

  /// The number of bounds.
  public var dimension: Int? { box.count }
}

extension DifferentiableResiduals {
  /// These residuals with bounded variables.
  ///
  /// - Precondition: as many bounds as variables.
  public func within(_ bounds: Bounds) -> BoundedResiduals {
    BoundedResiduals(of: self, within: bounds)
  }
}

extension Bounds {
  /// Makes the columns of variables that are held by a bound zero, so that a
  /// least-squares step leaves them where they are.
  func hold(
    _ jacobian: inout Matrix<Double>, at x: Vector<Double>,
    gradient: Vector<Double>
  ) {
    let m = jacobian.rows
    jacobian.withUnsafeMutableBufferPointer { j in
      for k in 0..<count where isActive(k, at: x, gradient: gradient) {
        for i in 0..<m { j[i + k * m] = 0 }
      }
    }
  }
}
