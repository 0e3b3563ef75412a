internal import Matrix

extension Evaluator {
  /// The number of residuals of a least-squares problem.
  ///
  /// - Precondition: the method's problem is ``DifferentiableResiduals``.
  var residualCount: Int { leastSquares.count }

  private var leastSquares: any DifferentiableResiduals {
    guard let residuals else {
      preconditionFailure("residuals of an objective that is not made of any")
    }
    return residuals
  }

  /// Writes r(x) and returns f(x) = ½ ‖r(x)‖², or the sum of losses, NaN where r is undefined.
  mutating func evaluateResiduals(
    at x: Vector<Double>, into r: inout Vector<Double>
  ) -> Double {
    counts.values += 1
    do {
      try leastSquares.residuals(at: x, into: &r)
      return try halfSquare(&r)
    } catch {
      failure = error
      return .nan
    }
  }

  /// Writes J(x) and ∇f for residuals r that belong to x.
  ///
  /// Where there is a loss, J and r become those of a sum of squares with the
  /// same gradient; where a variable is held by a bound, its column zero.
  ///
  /// - Returns: whether J is defined and finite.
  mutating func evaluateJacobian(
    at x: Vector<Double>, residuals r: inout Vector<Double>,
    into jacobian: inout Matrix<Double>, gradient: inout Vector<Double>
  ) -> Bool {
    counts.gradients += 1
    do {
      try leastSquares.jacobian(at: x, into: &jacobian)
      return try checkAndMultiply(
        &jacobian, &r, at: x, into: &gradient)
    } catch {
      failure = error
      return false
    }
  }

  /// Writes J(x)ᵀ w.
  ///
  /// - Parameter jacobian: room for J where that is the way to it.
  /// - Returns: whether it is defined and finite.
  mutating func transposedProduct(
    at x: Vector<Double>, weights w: Vector<Double>,
    into product: inout Vector<Double>, jacobian: inout Matrix<Double>
  ) -> Bool {
    guard leastSquares.hasTransposedProducts else {
      return jacobianProduct(at: x, weights: w, into: &product, &jacobian)
    }
    counts.gradients += 1
    do {
      try leastSquares.transposedProduct(at: x, weights: w, into: &product)
      guard product.count == x.count else {
        let found = product.count
        product = .zeros(x.count)
        throw WrongSize(what: "Jᵀw", found: found, expected: x.count)
      }
      return product.isFinite
    } catch {
      failure = error
      return false
    }
  }

  private mutating func jacobianProduct(
    at x: Vector<Double>, weights w: Vector<Double>,
    into product: inout Vector<Double>, _ jacobian: inout Matrix<Double>
  ) -> Bool {
    counts.gradients += 1
    let (m, n) = (jacobian.rows, jacobian.columns)
    do {
      try leastSquares.jacobian(at: x, into: &jacobian)
      try checkJacobian(jacobian, rows: m, columns: n)
      jacobian.multiplyTransposed(w, into: &product)
      return product.isFinite
    } catch {
      if jacobian.rows != m || jacobian.columns != n {
        jacobian = .zeros(m, n)
      }
      failure = error
      return false
    }
  }

  /// Whether Σ wᵢ ∇²rᵢ is exact.
  var hasSecondDerivatives: Bool { leastSquares.hasSecondDerivatives }

  /// Writes Σ wᵢ ∇²rᵢ(x) into the lower triangle of `hessian`.
  ///
  /// - Returns: whether it is defined; it may still hold NaN.
  mutating func secondOrderTerm(
    at x: Vector<Double>, weights: Vector<Double>,
    into hessian: inout Matrix<Double>, scratch: inout SecondOrderScratch
  ) -> Bool {
    if leastSquares.hasSecondDerivatives {
      counts.hessians += 1
    } else {
      counts.gradients += 2 * x.count
    }
    do {
      try writeSecondOrderTerm(
        of: leastSquares, at: x, weights: weights, into: &hessian,
        scratch: &scratch)
      return true
    } catch {
      failure = error
      return false
    }
  }

  /// Writes r(x), J(x), ½ ‖r‖² and Jᵀr, at `point.x`.
  ///
  /// Where one of them is undefined f is NaN.
  mutating func evaluate(
    _ point: inout Point, residuals r: inout Vector<Double>,
    jacobian: inout Matrix<Double>
  ) {
    counts.values += 1
    counts.gradients += 1
    do {
      try leastSquares.residualsAndJacobian(
        at: point.x, into: &r, jacobian: &jacobian)
      point.value = try halfSquare(&r)
      guard
        try checkAndMultiply(
          &jacobian, &r, at: point.x, into: &point.gradient)
      else { return point.value = .nan }
    } catch {
      failure = error
      point.value = .nan
    }
  }

  private func halfSquare(_ r: inout Vector<Double>) throws -> Double {
    let m = residualCount
    guard r.count == m else {
      let found = r.count
      // Residuals that took away the storage get one of the right size next
      // time.
      r = .zeros(m)
      throw WrongCount(found: found, expected: m)
    }
    return loss?.value(of: r) ?? 0.5 * r.dot(r)
  }

  private func checkAndMultiply(
    _ jacobian: inout Matrix<Double>, _ r: inout Vector<Double>,
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Bool {
    let (m, n) = (r.count, gradient.count)
    do {
      try checkJacobian(jacobian, rows: m, columns: n)
    } catch {
      jacobian = .zeros(m, n)
      throw error
    }
    loss?.weight(&r, &jacobian)
    jacobian.multiplyTransposed(r, into: &gradient)
    // An element that is not finite may meet a residual of 0 and leave NaN, or
    // an infinite sum: in the gradient either way, unless r is NaN itself.
    guard gradient.isFinite && jacobian.maximumMagnitude.isFinite else {
      return false
    }
    bounds?.hold(&jacobian, at: x, gradient: gradient)
    return true
  }
}
