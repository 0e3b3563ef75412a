public import Matrix

/// An objective that is the mean of many terms, one for each of N samples.
///
///     f(θ) = 1/N Σᵢ fᵢ(θ)
///
/// It is asked for the mean over any batch of samples at once, so that the terms
/// of a batch can be one matrix product. A penalty on θ belongs into every term, or
/// is added by `objective + λ * penalty`.
///
///     struct LinearRegression: FiniteSum {
///       let samples: Matrix<Double>  // a column for each sample
///       let targets: Vector<Double>
///       var sampleCount: Int { targets.count }
///
///       func valueAndGradient(
///         at θ: Vector<Double>, of batch: Batch,
///         into gradient: inout Vector<Double>
///       ) -> Double {
///         gradient.fill(with: 0)
///         var sum = 0.0
///         for i in batch {
///           let x = samples.column(i)
///           let r = x.dot(θ) - targets[i]
///           sum += r * r / 2
///           gradient.add(x, scaledBy: r / Double(batch.count))
///         }
///         return sum / Double(batch.count)
///       }
///     }
///
/// As a ``DifferentiableObjective`` it is the mean over all samples, so that every
/// method for those takes it too.
public protocol FiniteSum: DifferentiableObjective {
  /// The number of samples N.
  var sampleCount: Int { get }

  /// How the parameters are made of matrices; nil for one vector.
  var layout: ParameterLayout? { get }

  /// The number of consecutive samples that are cheap to ask for together, such as
  /// those of one read from disk; nil where the order makes no difference.
  ///
  /// An epoch is then shuffled by chunks and within chunks, and no batch asks for
  /// samples of two.
  var chunkLength: Int? { get }

  /// Writes the mean of ∇fᵢ(θ) over a batch into `gradient` and returns that of
  /// fᵢ(θ).
  ///
  /// - Throws: whatever explains that f is undefined at θ.
  func valueAndGradient(
    at parameters: Vector<Double>, of batch: Batch,
    into gradient: inout Vector<Double>
  ) throws -> Double
}

extension FiniteSum {
  /// One vector.
  public var layout: ParameterLayout? { nil }

  /// Nil: any order.
  public var chunkLength: Int? { nil }

  /// The mean over all samples.
  public func valueAndGradient(
    at parameters: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    try valueAndGradient(
      at: parameters, of: Batch(0..<sampleCount), into: &gradient)
  }
}
