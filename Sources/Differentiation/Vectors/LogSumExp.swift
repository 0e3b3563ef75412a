internal import CBLAS
internal import RealModule

extension Array where Element == Variable {
  /// ln Σ exp(xᵢ), one operation that does not overflow; −∞ of none.
  ///
  /// With pᵢ = exp(xᵢ − ln Σ exp(xⱼ)), ∇ = p and ∇² = diag(p) − p pᵀ.
  ///
  /// - Complexity: 2n exponentials for the value, n for each derivative.
  ///
  /// Source: Blanchard, Higham and Higham 2021, the shifted formula.
  public var logSumExp: Variable { LogSumExp(count)(self)[0] }
}

final class LogSumExp: ListOperation {
  init(_ count: Int) { super.init(inputs: count, outputs: 1) }

  override func value() {
    // With the largest taken out, one term is 1 and none overflows.
    var largest = -Double.infinity
    for i in 0..<inputs { largest = Swift.max(largest, x[i]) }
    guard largest.isFinite else {
      // All −∞, or one ∞; NaN, which comparison passes over, is NaN.
      var sum = largest
      for i in 0..<inputs where x[i].isNaN { sum = .nan }
      return y[0] = sum
    }
    var sum = 0.0
    for i in 0..<inputs { sum += .exp(x[i] - largest) }
    y[0] = largest + .log(sum)
  }

  override func pullback() {
    for i in 0..<inputs { g[i] = derivative_times(w[0], share(i)) }
  }

  override func pushforward() { z[0] = mean }

  override func second() {
    let mean = self.mean
    for i in 0..<inputs {
      let p = share(i)
      g[i] =
        derivative_times(z[0], p)
        + derivative_times(w[0], derivative_times(p, t[i] - mean))
    }
  }

  /// Σ pᵢ tᵢ.
  private var mean: Double {
    var sum = 0.0
    for i in 0..<inputs { sum += derivative_times(t[i], share(i)) }
    return sum
  }

  /// pᵢ; of an infinite sum the terms that are infinite.
  private func share(_ i: Int) -> Double {
    x[i] == y[0] ? 1 : .exp(x[i] - y[0])
  }
}
