internal import CBLAS

extension Array where Element == Variable {
  /// ‖x‖₂ = √Σ xᵢ², one operation that neither overflows nor underflows.
  ///
  /// ∇ = x / ‖x‖ and ∇² = (I − x xᵀ / ‖x‖²) / ‖x‖; at x = 0 the derivatives are
  /// 0, a subgradient.
  public var norm: Variable { Norm(count)(self)[0] }
}

final class Norm: ListOperation {
  init(_ count: Int) { super.init(inputs: count, outputs: 1) }

  override func value() { y[0] = inputs == 0 ? 0 : cblas_dnrm2(n, x, 1) }

  override func pullback() {
    for i in 0..<inputs { g[i] = derivative_times(w[0], unit(i)) }
  }

  override func pushforward() { z[0] = alongTangent }

  override func second() {
    // The Hessian's product with t is (t − u uᵀt) / ‖x‖ for u = x / ‖x‖.
    let along = alongTangent
    for i in 0..<inputs {
      let turned = y[0] == 0 ? 0 : (t[i] - unit(i) * along) / y[0]
      g[i] =
        derivative_times(z[0], unit(i)) + derivative_times(w[0], turned)
    }
  }

  private var n: Int32 { Int32(inputs) }

  private func unit(_ i: Int) -> Double { y[0] == 0 ? 0 : x[i] / y[0] }

  private var alongTangent: Double {
    var sum = 0.0
    for i in 0..<inputs { sum += derivative_times(t[i], unit(i)) }
    return sum
  }
}
