internal import Matrix

extension ResidualFactor {
  /// The largest cosine of an angle between r and a column of J,
  /// |Jⱼᵀr| / (‖Jⱼ‖ ‖r‖).
  func cosine(of point: Point) -> Double {
    var largest = 0.0
    for j in 0..<order where columnNorms[j] > 0 {
      largest = max(largest, abs(point.gradient[j]) / columnNorms[j])
    }
    let length = (2 * point.value).squareRoot()
    return length > 0 ? largest / length : 0
  }
}

extension LeastSquaresWorkspace {
  /// What the step has left of the distance to a stationary point.
  ///
  /// That is the projection of r on the columns of J, unless these span nearly
  /// all of r: with as many variables as residuals the projection stays what it
  /// is, and at a minimum that is not 0 the columns become dependent, or vanish.
  /// Then it is the gradient in the scales of the variables that vanishes.
  func progress(from point: Point, _ memory: LeastSquaresMemory) -> Double {
    if memory.optimality(of: point).relativeOffset > 0.5 {
      return trial.scaledGradient(by: memory.scale)
        / point.scaledGradient(by: memory.scale)
    }
    return factor.projectedNorm / memory.factor.projectedNorm
  }
}

extension Point {
  /// max |∂ᵢf| / Dᵢ.
  fileprivate func scaledGradient(by scale: Vector<Double>) -> Double {
    var largest = 0.0
    for i in 0..<dimension where scale[i] > 0 {
      largest = max(largest, abs(gradient[i]) / scale[i])
    }
    return largest
  }
}

extension LeastSquaresMemory {
  /// The most that a variable contributes to the residuals, ‖Jᵢ‖ |xᵢ|.
  private func influence(of point: Point) -> Double {
    var influence = 0.0
    for i in 0..<point.dimension {
      influence = max(influence, factor.columnNorms[i] * abs(point.x[i]))
    }
    return influence
  }

  /// A change of f that is no more than rounding.
  ///
  /// Residuals are differences of terms that are as large as what the variables
  /// contribute, ‖Jᵢ‖ |xᵢ|, and are rounded like these; f as their product with r.
  func noise(at point: Point) -> Double {
    let length = (2 * point.value).squareRoot()
    return 4 * Double.ulpOfOne * length * (length + influence(of: point))
  }

  /// ‖∇f‖∞ and ‖P r‖ / ‖r‖, the latter 0 where Jᵀr is 0 to rounding.
  func optimality(of point: Point) -> Optimality {
    let length = (2 * point.value).squareRoot()
    let terms = 1 + Double(factor.order) * influence(of: point) / length
    let isZero =
      !(length > 0)
      || factor.cosine(of: point) <= 8 * Double.ulpOfOne * terms
    return Optimality(
      gradientNorm: bounds?.projectedGradientNorm(
        point.gradient, at: point.x) ?? point.gradient.normInfinity,
      relativeOffset: point.value.isNaN
        ? .nan : isZero ? 0 : factor.projectedNorm / length)
  }

  /// Whether JᵀJ alone does not lead to the end, and the whole Hessian is due.
  var isSlow: Bool { slowness >= 4 }

  /// Takes note of how far a step has led.
  ///
  /// Near the end, where the gradient is small, two steps in succession that leave
  /// more than a quarter of the way are slow; far from it four that each
  /// lower f by less than a tenth. Newton steps go on while they do better.
  mutating func noteProgress(
    _ progress: Double, decrease: Double, at point: Point, isNewton: Bool
  ) {
    if isNewton {
      if !(progress <= 0.75 || decrease >= 0.1) { slowness = -4 }
    } else if slowness < 0 {
      slowness += 1
    } else if progress > 0.25 && factor.cosine(of: point) < 0.01 {
      slowness += 2
    } else if decrease < 0.1 {
      slowness += 1
    } else {
      slowness = 0
    }
  }

  /// The next radius, from how good the prediction was.
  ///
  /// A step that was too long is cut to the minimum of the parabola through f
  /// and its slope at x and f at x + p, but to a tenth at most.
  mutating func updateRadius(ratio: Double, actual: Double, _ p: DampedStep) {
    if ratio >= 0.75 || (p.damping == 0 && ratio > 0.25) {
      radius = 2 * p.length
      damping *= 0.5
    } else if !(ratio > 0.25) {
      let parabola = 0.5 * p.slope / (p.slope + actual)
      shrink(
        to: actual >= 0 ? 0.5 : max(0.1, parabola.isNaN ? 0.1 : parabola), p)
    }
  }

  /// Δ ← a fraction of the length of the last step.
  mutating func shrink(to fraction: Double, _ p: DampedStep) {
    radius = fraction * min(radius, 10 * p.length)
    damping /= fraction
  }
}
