public import Differentiation
internal import Matrix

// The formulas of the objectives that have hand-written derivatives, so that
// automatic derivatives can be compared with these, for correctness and for speed.

extension ChainedRosenbrock: ObjectiveFormula {
  /// f(x) as ``valueAndGradient(at:into:)`` computes it.
  ///
  /// - Complexity: 8n operations.
  @specialized(where Number == Double)
  @specialized(where Number == Variable)
  public func value<Number: RealNumber>(_ x: [Number]) -> Number {
    var f = Number(0)
    for i in 0..<x.count - 1 {
      let a = 1 - x[i]
      let b = 10 * (x[i + 1] - x[i] * x[i])
      f += a * a + b * b
    }
    return f
  }
}

extension ExtendedRosenbrock: ObjectiveFormula {
  /// f(x) as ``valueAndGradient(at:into:)`` computes it.
  ///
  /// - Complexity: 4n operations.
  @specialized(where Number == Double)
  @specialized(where Number == Variable)
  public func value<Number: RealNumber>(_ x: [Number]) -> Number {
    var f = Number(0)
    for i in stride(from: 0, to: x.count, by: 2) {
      let a = 1 - x[i]
      let b = 10 * (x[i + 1] - x[i] * x[i])
      f += a * a + b * b
    }
    return f
  }
}

extension Quadratic: ObjectiveFormula {
  /// ½ xᵀA x − bᵀx from the lower triangle of A, element by element.
  ///
  /// - Complexity: n² operations.
  @specialized(where Number == Double)
  @specialized(where Number == Variable)
  public func value<Number: RealNumber>(_ x: [Number]) -> Number {
    var f = Number(0)
    for i in x.indices {
      var row = Number(0.5 * matrix[i, i]) * x[i] - Number(linear[i])
      for j in 0..<i { row += Number(matrix[i, j]) * x[j] }
      f += row * x[i]
    }
    return f
  }
}

extension LogisticRegression {
  /// The formula of f, without the hand-written derivatives.
  public var formula: LogisticFormula {
    LogisticFormula(
      samples: samples, labels: labels, penalty: penalty,
      hasIntercept: hasIntercept)
  }
}

/// The mean logistic loss of samples with a penalty, sample by sample.
public struct LogisticFormula: ObjectiveFormula {
  let samples: Matrix<Double>
  let labels: Vector<Double>
  let penalty: Double
  let hasIntercept: Bool

  /// 1/m Σ log(1 + exp(−yᵢ (wᵀxᵢ + b))) + λ/2 ‖w‖².
  ///
  /// - Complexity: 2dm operations and a logarithm and exponential per sample.
  @specialized(where Number == Double)
  @specialized(where Number == Variable)
  public func value<Number: RealNumber>(_ x: [Number]) -> Number {
    let (d, m) = (samples.rows, samples.columns)
    var loss = Number(0)
    for i in 0..<m {
      var z = hasIntercept ? x[d] : Number(0)
      for k in 0..<d { z += Number(samples[k, i]) * x[k] }
      let t = Number(labels[i]) * z
      // exp of what is not positive cannot overflow: log(1 + e⁻ᵗ) is
      // −t + log(1 + eᵗ) too. Not with |t|, whose kink at 0 the sum would
      // have to cancel with that of max(0, −t).
      if t > 0 {
        loss += .log(onePlus: .exp(-t))
      } else {
        loss += .log(onePlus: .exp(t)) - t
      }
    }
    var square = Number(0)
    for k in 0..<d { square += x[k] * x[k] }
    return loss / Number(m) + Number(penalty / 2) * square
  }
}
