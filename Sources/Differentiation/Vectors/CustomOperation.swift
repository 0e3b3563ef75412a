public import Matrix

/// An operation whose derivatives are written by hand, for use among variables.
///
///     let potential = CustomOperation { x in
///       energy(x)
///     } gradient: { x, gradient in
///       force(x, into: &gradient)
///     }
///     let f = AutomaticFunction { x in potential(x) + x[0].squared }
///
/// The closures are called with plain numbers, again at each replay, so that what
/// they decide needs no care.
public struct CustomOperation {
  private let value: (Vector<Double>) -> Double
  private let gradient: (Vector<Double>, inout Vector<Double>) -> Void
  private let product:
    ((Vector<Double>, Vector<Double>, inout Vector<Double>) -> Void)?

  /// An operation with the given derivatives.
  ///
  /// - Parameters:
  ///   - value: f(x).
  ///   - gradient: writes ∇f(x) into its second argument.
  ///   - hessianVectorProduct: writes ∇²f(x) v, for x and v, into its third
  ///     argument. Without it, second derivatives are NaN.
  public init(
    _ value: @escaping (Vector<Double>) -> Double,
    gradient: @escaping (Vector<Double>, inout Vector<Double>) -> Void,
    hessianVectorProduct: (
      (Vector<Double>, Vector<Double>, inout Vector<Double>) -> Void
    )? = nil
  ) {
    self.value = value
    self.gradient = gradient
    product = hessianVectorProduct
  }

  /// Records the operation on variables.
  public func callAsFunction(_ x: [Variable]) -> Variable {
    HandWritten(x.count, value, gradient, product)(x)[0]
  }
}

private final class HandWritten: ListOperation {
  private let f: (Vector<Double>) -> Double
  private let gradient: (Vector<Double>, inout Vector<Double>) -> Void
  private let product:
    ((Vector<Double>, Vector<Double>, inout Vector<Double>) -> Void)?
  private var point: Vector<Double>
  private var direction: Vector<Double>
  private var result: Vector<Double>

  init(
    _ count: Int, _ f: @escaping (Vector<Double>) -> Double,
    _ gradient: @escaping (Vector<Double>, inout Vector<Double>) -> Void,
    _ product: (
      (Vector<Double>, Vector<Double>, inout Vector<Double>) -> Void
    )?
  ) {
    self.f = f
    self.gradient = gradient
    self.product = product
    point = .zeros(count)
    direction = point
    result = point
    super.init(inputs: count, outputs: 1)
  }

  override func value() {
    load(x, into: &point)
    y[0] = f(point)
  }

  override func pullback() {
    findGradient()
    for i in 0..<inputs { g[i] = w[0] * result[i] }
  }

  override func pushforward() {
    findGradient()
    z[0] = 0
    for i in 0..<inputs where t[i] != 0 { z[0] += t[i] * result[i] }
  }

  override func second() {
    findGradient()
    for i in 0..<inputs { g[i] = z[0] == 0 ? 0 : z[0] * result[i] }
    if w[0] == 0 { return }
    load(t, into: &direction)
    if let product {
      product(point, direction, &result)
    } else {
      result.fill(with: .nan)
    }
    checkCount(result.count, inputs, "a product by hand")
    for i in 0..<inputs { g[i] += w[0] * result[i] }
  }

  private func findGradient() {
    load(x, into: &point)
    gradient(point, &result)
    checkCount(result.count, inputs, "a gradient by hand")
  }

  private func load(
    _ numbers: UnsafeMutablePointer<Double>, into vector: inout Vector<Double>
  ) {
    vector.write { $0.update(from: numbers, count: inputs) }
  }
}
