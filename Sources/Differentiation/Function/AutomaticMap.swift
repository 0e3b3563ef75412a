public import Matrix

/// A function r : ℝⁿ → ℝᵐ whose derivatives follow from how it is computed.
///
///     let residuals = AutomaticMap { b in
///       zip(times, data).map { t, y in
///         b[0] * .exp(-b[1] * Variable(t)) - Variable(y)
///       }
///     }
///     var r = Vector<Double>.zeros(times.count)
///     var jacobian = Matrix<Double>.zeros(times.count, 2)
///     try residuals.valueAndJacobian(at: [1, 0.1], into: &r, &jacobian)
///
/// The closure is recorded and replayed as that of ``AutomaticFunction``, with
/// the same conventions. The number of outputs m is what the closure returns.
///
/// Source: Griewank and Walther 2008, chapters 3 to 5.
public final class AutomaticMap {
  private let replay: Replay

  /// The map that a closure computes.
  public init(_ r: @escaping ([Variable]) throws -> [Variable]) {
    replay = Replay(r)
  }

  /// The number of outputs m at x, by an evaluation.
  public func outputCount(at x: Vector<Double>) throws -> Int {
    try replay.evaluate(at: x, order: 0)
    return replay.outputCount
  }

  /// r(x), a new vector.
  public func value(at x: Vector<Double>) throws -> Vector<Double> {
    var values = Vector<Double>.zeros(try outputCount(at: x))
    copyValues(into: &values)
    return values
  }

  /// Writes r(x) into `values`.
  ///
  /// - Precondition: `values` has m elements.
  /// - Complexity: a replay of the recording; no allocation.
  public func value(
    at x: Vector<Double>, into values: inout Vector<Double>
  ) throws {
    try replay.evaluate(at: x, order: 0)
    copyValues(into: &values)
  }

  /// Writes r(x) into `values` and the Jacobian ∂rᵢ/∂xⱼ into `jacobian`.
  ///
  /// Columns of the Jacobian by forward sweeps or rows by reverse sweeps, those
  /// that cannot meet together, whichever takes less.
  ///
  /// - Precondition: `values` has m elements, `jacobian` is m×n.
  public func valueAndJacobian(
    at x: Vector<Double>, into values: inout Vector<Double>,
    _ jacobian: inout Matrix<Double>
  ) throws {
    try replay.evaluate(at: x, order: 1)
    copyValues(into: &values)
    checkShape(jacobian, replay.outputCount, x.count, "a Jacobian")
    replay.fillJacobian(&jacobian)
  }

  /// Writes the Jacobian ∂rᵢ/∂xⱼ into `jacobian`.
  ///
  /// - Precondition: `jacobian` is m×n.
  public func jacobian(
    at x: Vector<Double>, into jacobian: inout Matrix<Double>
  ) throws {
    try replay.evaluate(at: x, order: 1)
    checkShape(jacobian, replay.outputCount, x.count, "a Jacobian")
    replay.fillJacobian(&jacobian)
  }

  /// Writes J(x) v into `product`: the derivative of r along v.
  ///
  /// - Precondition: `v` has n elements, `product` m.
  /// - Complexity: a replay and one forward sweep; no allocation.
  public func jacobianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    checkCount(v.count, x.count, "a direction")
    try replay.evaluate(at: x, order: 1)
    checkCount(product.count, replay.outputCount, "a product")
    v.read { v in
      replay.state.pointee.tangents(1) { _, direction in
        direction.update(from: v, count: x.count)
      }
    }
    product.withUnsafeMutableBufferPointer {
      for i in 0..<$0.count {
        $0[i] = replay.state.pointee.tangent(ofOutput: i, direction: 0)
      }
    }
  }

  /// Writes J(x)ᵀ w into `product`: the gradient of Σ wᵢ rᵢ.
  ///
  /// - Precondition: `weights` has m elements, `product` n.
  /// - Complexity: a replay and one reverse sweep; no allocation.
  public func vectorJacobianProduct(
    at x: Vector<Double>, weights: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    checkCount(product.count, x.count, "a product")
    try replay.evaluate(at: x, order: 1)
    checkCount(weights.count, replay.outputCount, "a vector of weights")
    let adjoints = weights.withUnsafeBufferPointer { weights in
      replay.state.pointee.reverse { weights[$0] }
    }
    product.withUnsafeMutableBufferPointer {
      $0.baseAddress?.update(from: adjoints, count: $0.count)
    }
  }

  /// Writes Σ wᵢ ∇²rᵢ(x) into `hessian`, both triangles: what the Hessian of
  /// ½‖r‖² has beyond JᵀJ, for w = r.
  ///
  /// - Precondition: `weights` has m elements, `hessian` is n×n.
  public func weightedHessian(
    at x: Vector<Double>, weights: Vector<Double>,
    into hessian: inout Matrix<Double>
  ) throws {
    checkShape(hessian, x.count, x.count, "a Hessian")
    try replay.evaluate(at: x, order: 2)
    checkCount(weights.count, replay.outputCount, "a vector of weights")
    weights.withUnsafeBufferPointer { weights in
      replay.fillHessian(&hessian) { weights[$0] }
    }
  }

  /// Where ∂rᵢ/∂xⱼ may differ from 0, by the operations that are recorded at x.
  public func jacobianPattern(at x: Vector<Double>) throws -> SparsityPattern {
    try replay.evaluate(at: x, order: 0)
    return replay.state.pointee.jacobianPlan().pointee.pattern
  }

  /// Forgets the recording, so that the next evaluation calls the closure.
  public func forgetRecording() { replay.forget() }

  private func copyValues(into values: inout Vector<Double>) {
    checkCount(values.count, replay.outputCount, "a vector of values")
    values.withUnsafeMutableBufferPointer {
      for i in 0..<$0.count { $0[i] = replay.state.pointee.value(ofOutput: i) }
    }
  }
}
