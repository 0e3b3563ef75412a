public import Matrix

/// A function f : ℝⁿ → ℝ whose derivatives follow from how it is computed.
///
///     let f = AutomaticFunction { x in
///       100 * (x[1] - x[0] * x[0]).squared + (1 - x[0]).squared
///     }
///     var gradient = Vector<Double>.zeros(2)
///     let value = try f.valueAndGradient(at: [-1.2, 1], into: &gradient)
///
/// The closure is called once to record its operations. At other points the
/// recording is replayed, as long as every comparison in it comes out as it did;
/// otherwise the closure is called again. So it has to be a function of x alone:
/// numbers that it reads elsewhere are constants of the recording until
/// ``forgetRecording()``.
///
/// Derivatives are exact up to rounding, by the chain rule. A factor in it that is
/// exactly 0 contributes 0, even against one that is infinite.
///
/// What the closure throws, every method throws. Any n is fine, another one at
/// each call too. Not for use by several threads at one time.
///
/// Source: Griewank and Walther 2008, chapters 3 to 5.
public final class AutomaticFunction {
  private let replay: Replay

  /// The function that a closure computes.
  public init(_ f: @escaping ([Variable]) throws -> Variable) {
    replay = Replay { [try f($0)] }
  }

  /// f(x).
  ///
  /// - Complexity: a replay of the recording; no allocation.
  public func value(at x: Vector<Double>) throws -> Double {
    try replay.evaluate(at: x, order: 0)
    return replay.state.pointee.value(ofOutput: 0)
  }

  /// Writes ∇f(x) into `gradient` and returns f(x).
  ///
  /// - Precondition: `gradient` has n elements.
  /// - Complexity: a replay and one reverse sweep, about as much as 3 values for
  ///   any n; no allocation.
  public func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    checkCount(gradient.count, x.count, "a gradient")
    try replay.evaluate(at: x, order: 1)
    let adjoints = replay.state.pointee.reverse { _ in 1 }
    gradient.withUnsafeMutableBufferPointer {
      $0.baseAddress?.update(from: adjoints, count: $0.count)
    }
    return replay.state.pointee.value(ofOutput: 0)
  }

  /// Writes ∇²f(x) v into `product`: the derivative of the gradient along v.
  ///
  /// - Precondition: `v` and `product` have n elements.
  /// - Complexity: about as much as 3 gradients for any n; no allocation.
  public func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    checkCount(v.count, x.count, "a direction")
    checkCount(product.count, x.count, "a product")
    try replay.evaluate(at: x, order: 2)
    let n = x.count
    v.read { v in
      product.write { product in
        replay.state.pointee.secondOrder(1) { _, direction in
          direction.update(from: v, count: n)
        } weight: { _ in
          1
        } _: { _, result in
          product.update(from: result, count: n)
        }
      }
    }
  }

  /// Writes ∇²f(x) into `hessian`, both triangles.
  ///
  /// Columns that cannot meet are computed together, by the pattern of the
  /// recording.
  ///
  /// - Precondition: `hessian` is n×n.
  /// - Complexity: a Hessian-vector product for each colour of the pattern: 3 for
  ///   a tridiagonal matrix of any n, n for a dense one.
  public func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    checkShape(hessian, x.count, x.count, "a Hessian")
    try replay.evaluate(at: x, order: 2)
    replay.fillHessian(&hessian) { _ in 1 }
  }

  /// Where ∂²f/∂xᵢ∂xⱼ may differ from 0, in both triangles, by the operations that
  /// are recorded at x.
  ///
  /// A pattern of more than about a quarter of the matrix counts as dense.
  public func hessianPattern(at x: Vector<Double>) throws -> SparsityPattern {
    try replay.evaluate(at: x, order: 0)
    return replay.state.pointee.hessianPlan().pointee.pattern
  }

  /// Forgets the recording, so that the next evaluation calls the closure.
  public func forgetRecording() { replay.forget() }
}
