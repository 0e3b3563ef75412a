internal import CBLAS

extension Vector<Double> {
  /// Σ ℓ(uᵢ) over the elements u in `range`, with ℓ(u) = log(1 + exp(−u));
  /// writes ℓ′ and ℓ″ to the same places of `first` and `second`.
  ///
  /// Neither overflows nor cancels, for any u; ∞ at u = −∞, NaN at NaN.
  ///
  /// - Precondition: the range lies within the vectors, which have equal counts.
  /// - Complexity: about 40 flops an element, no allocation.
  package func logisticLosses(
    in range: Range<Int>, first: inout Vector, second: inout Vector
  ) -> Double {
    checkCount(first, "logisticLosses")
    checkCount(second, "logisticLosses")
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count,
      "elements \(range) of \(count)")
    let start = range.lowerBound
    return read { u in
      first.write { first in
        second.write { second in
          kernel_logistic_losses(
            u + start, range.count, first + start, second + start)
        }
      }
    }
  }
}
