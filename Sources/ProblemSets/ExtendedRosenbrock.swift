public import Matrix
public import Optimization

/// Rosenbrock's curved valley, once for each pair of variables.
///
///     f(x) = Σ 100 (x₂ᵢ − x₂ᵢ₋₁²)² + (1 − x₂ᵢ₋₁)²,  i = 1 … n/2
///
/// The pairs are independent, so that a method takes about as many steps for
/// large n as for n = 2, and time shows the cost of a step. The minimiser is
/// (1, …, 1), with f = 0; there is no other critical point.
///
/// Source: Rosenbrock 1960; Moré, Garbow and Hillstrom 1981, problem 21.
public struct ExtendedRosenbrock: TwiceDifferentiableObjective, Sendable {
  /// The number of variables, even.
  public let count: Int

  /// The function of n variables.
  ///
  /// - Precondition: n is even and positive.
  public init(_ n: Int = 2) {
    precondition(
      n > 0 && n.isMultiple(of: 2), "\(n) variables, not a number of pairs")
    count = n
  }

  /// The number of variables n.
  public var dimension: Int? { count }

  /// The standard start (−1.2, 1, −1.2, 1, …).
  public var start: Vector<Double> {
    Vector(count: count) { $0.isMultiple(of: 2) ? -1.2 : 1 }
  }

  /// The minimiser (1, …, 1).
  public var minimizer: Vector<Double> { Vector(repeating: 1, count: count) }

  /// Flops of the formulas as written, per pair 13, 6 and 12; the zeros of the
  /// Hessian are not counted.
  public var cost: ObjectiveCost {
    let pairs = Double(count / 2)
    return ObjectiveCost(
      valueAndGradient: 13 * pairs, hessian: 6 * pairs,
      hessianVectorProduct: 12 * pairs)
  }

  /// Writes ∇f and returns f.
  public func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    x.withUnsafeBufferPointer { x in
      gradient.withUnsafeMutableBufferPointer { g in
        var f = 0.0
        for i in stride(from: 0, to: x.count, by: 2) {
          let a = 1 - x[i]
          let b = 10 * (x[i + 1] - x[i] * x[i])
          f += a * a + b * b
          g[i + 1] = 20 * b
          g[i] = -2 * (x[i] * g[i + 1] + a)
        }
        return f
      }
    }
  }

  /// Writes the 2×2 blocks of ∇²f, and zeros elsewhere.
  public func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) {
    hessian.fill(with: 0)
    for i in stride(from: 0, to: count, by: 2) {
      hessian[i, i] = 2 + 1200 * x[i] * x[i] - 400 * x[i + 1]
      hessian[i + 1, i] = -400 * x[i]
      hessian[i + 1, i + 1] = 200
    }
  }

  /// Writes ∇²f v.
  public func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) {
    for i in stride(from: 0, to: count, by: 2) {
      let first = 2 + 1200 * x[i] * x[i] - 400 * x[i + 1]
      let mixed = -400 * x[i]
      product[i] = first * v[i] + mixed * v[i + 1]
      product[i + 1] = mixed * v[i] + 200 * v[i + 1]
    }
  }
}
