public import Matrix

extension Evaluator {
  /// The number of constraints m, without the bounds.
  public var constraintCount: Int { constraints?.count ?? 0 }

  /// Writes c(x).
  ///
  /// - Returns: whether the constraints are defined and finite; if not, ``failure``
  ///   may say why.
  /// - Precondition: the method's problem is a ``ConstrainedProblem``, and c has m
  ///   elements.
  /// - Complexity: one call of each constraint, no allocation of its own.
  public mutating func constraintValues(
    at x: Vector<Double>, into c: inout Vector<Double>
  ) -> Bool {
    guard let constraints else {
      preconditionFailure("constraints of a problem that has none")
    }
    guard constraints.count > 0 else { return true }
    counts.constraints += 1
    prepareScratch(x.count)
    do {
      try constraints.values(at: x, into: &c, &constraintScratch!)
      return c.isFinite
    } catch {
      failure = error
      return false
    }
  }

  /// Writes J(x), the m×n matrix of ∂cᵢ/∂xⱼ.
  ///
  /// - Returns: whether it is defined and finite.
  /// - Precondition: as ``constraintValues(at:into:)``.
  /// - Complexity: one call of each constraint, no allocation of its own.
  public mutating func constraintJacobian(
    at x: Vector<Double>, into jacobian: inout Matrix<Double>
  ) -> Bool {
    guard let constraints else {
      preconditionFailure("constraints of a problem that has none")
    }
    guard constraints.count > 0 else { return true }
    counts.jacobians += 1
    prepareScratch(x.count)
    do {
      try constraints.jacobian(at: x, into: &jacobian, &constraintScratch!)
      return jacobian.maximumMagnitude.isFinite
    } catch {
      failure = error
      return false
    }
  }

  /// Writes the lower triangle of ∇²f(x) − Σ yᵢ ∇²cᵢ(x).
  ///
  /// - Returns: whether it is defined and finite.
  /// - Precondition: the method's problem is a
  ///   ``TwiceDifferentiableConstrainedProblem``.
  /// - Complexity: one Hessian of f and of each constraint, or 2n Jacobians where
  ///   those have none; no allocation of its own.
  public mutating func lagrangianHessian(
    at x: Vector<Double>, multipliers y: Vector<Double>,
    into hessian: inout Matrix<Double>
  ) -> Bool {
    guard self.hessian(at: x, into: &hessian) else { return false }
    let n = x.count
    if let constraints, constraints.count > 0 {
      prepareScratch(n)
      do {
        try constraints.subtractCurvature(
          at: x, multipliers: y, from: &hessian, &constraintScratch!)
      } catch {
        failure = error
        return false
      }
    }
    return hessian.read { h in
      for j in 0..<n {
        for i in j..<n where !h[i + j * n].isFinite { return false }
      }
      return true
    }
  }

  @inline(__always)
  private mutating func prepareScratch(_ n: Int) {
    if constraintScratch == nil { makeScratch(n) }
  }

  @inline(never)
  private mutating func makeScratch(_ n: Int) {
    guard let constraints else { return }
    constraintScratch = ConstraintScratch(constraints, dimension: n)
  }
}
