internal import CBLAS

extension Vector<Double> {
  /// Σ ℓ(yᵢzᵢ) over the elements z in `range`, with ℓ(u) = log(1 + exp(−u)) and
  /// labels yᵢ = ±1; writes the first and second derivatives by zᵢ to the same
  /// places of `first` and `second`.
  ///
  /// Neither overflows nor cancels, for any z; ∞ at yz = −∞, NaN at NaN.
  ///
  /// - Precondition: the range lies within the vectors, which have equal counts.
  /// - Complexity: about 40 flops an element, no allocation.
  package func logisticLosses(
    labels: Vector, in range: Range<Int>, first: inout Vector,
    second: inout Vector
  ) -> Double {
    checkCount(labels, "logisticLosses")
    checkCount(first, "logisticLosses")
    checkCount(second, "logisticLosses")
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count,
      "elements \(range) of \(count)")
    let start = range.lowerBound
    return read { z in
      labels.read { y in
        first.write { first in
          second.write { second in
            kernel_logistic_losses(
              z + start, y + start, range.count, first + start, second + start)
          }
        }
      }
    }
  }
}
