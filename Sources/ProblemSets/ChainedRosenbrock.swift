public import Matrix
public import Optimization

/// Rosenbrock's curved valley in a chain.
///
///     f(x) = Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²,  i = 1 … n − 1
///
/// Each variable has to follow the square of the one before, so that the number
/// of steps grows with n. The global minimiser is (1, …, 1), with f = 0. From
/// n = 4 on there is another minimiser near (−1, 1, …, 1), with f ≈ 4, which a
/// descent may find first.
///
/// Source: Rosenbrock 1960; Toint 1978 (the chain); Shang and Qiu 2006 (the
/// second minimiser).
public struct ChainedRosenbrock: TwiceDifferentiableObjective, Sendable {
  /// The number of variables.
  public let count: Int

  /// The function of n variables.
  ///
  /// - Precondition: n ≥ 2.
  public init(_ n: Int) {
    precondition(n >= 2, "a chain of \(n) variables, less than 2")
    count = n
  }

  /// The number of variables n.
  public var dimension: Int? { count }

  /// The standard start (−1.2, 1, −1.2, 1, …).
  public var start: Vector<Double> {
    Vector(count: count) { $0.isMultiple(of: 2) ? -1.2 : 1 }
  }

  /// The global minimiser (1, …, 1).
  public var minimizer: Vector<Double> { Vector(repeating: 1, count: count) }

  /// Flops of the formulas as written, per link 15, 7 and 13; the zeros of the
  /// Hessian are not counted.
  public var cost: ObjectiveCost {
    let links = Double(count - 1)
    return ObjectiveCost(
      valueAndGradient: 15 * links, hessian: 7 * links,
      hessianVectorProduct: 13 * links)
  }

  /// Writes ∇f and returns f.
  public func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    x.withUnsafeBufferPointer { x in
      gradient.withUnsafeMutableBufferPointer { g in
        var f = 0.0
        // What link i − 1 adds to ∂f/∂xᵢ.
        var carried = 0.0
        for i in 0..<x.count - 1 {
          let a = 1 - x[i]
          let b = 10 * (x[i + 1] - x[i] * x[i])
          f += a * a + b * b
          g[i] = carried - 2 * (20 * b * x[i] + a)
          carried = 20 * b
        }
        g[x.count - 1] = carried
        return f
      }
    }
  }

  /// Writes the tridiagonal ∇²f, lower triangle, and zeros elsewhere.
  public func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) {
    hessian.fill(with: 0)
    let n = count
    x.withUnsafeBufferPointer { x in
      hessian.withUnsafeMutableBufferPointer { h in
        for i in 0..<n - 1 {
          let diagonal = i * (n + 1)
          h[diagonal] += 2 + 1200 * x[i] * x[i] - 400 * x[i + 1]
          h[diagonal + 1] = -400 * x[i]
          h[diagonal + n + 1] = 200
        }
      }
    }
  }

  /// Writes ∇²f v.
  public func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) {
    x.withUnsafeBufferPointer { x in
      v.withUnsafeBufferPointer { v in
        product.withUnsafeMutableBufferPointer { product in
          product[0] = 0
          for i in 0..<count - 1 {
            let first = 2 + 1200 * x[i] * x[i] - 400 * x[i + 1]
            let mixed = -400 * x[i]
            product[i] += first * v[i] + mixed * v[i + 1]
            product[i + 1] = mixed * v[i] + 200 * v[i + 1]
          }
        }
      }
    }
  }
}
