public import Matrix

/// The shift and scale of each feature that give a data set mean 0 and variance 1.
///
///     z = (x − μ) / σ,    μ = 1/m Σ xⱼ,  σ² = 1/m Σ (xⱼ − μ)²
///
/// It is found from the samples that are learnt from, kept with what was learnt,
/// and applied to every sample that is asked about later.
///
/// - Complexity: two passes over the samples to find it, one to apply it.
public struct Standardization: Codable, Equatable, Sendable {
  /// μ of each feature.
  public let means: Vector<Double>
  /// 1/σ of each feature; 0 for one that is the same in all samples, which thereby
  /// becomes 0.
  public let scales: Vector<Double>

  /// That of samples, features × samples.
  ///
  /// - Precondition: there is a sample.
  public init(of samples: Matrix<Double>) {
    let count = Double(samples.columns)
    precondition(samples.columns > 0, "a standardisation of no samples")
    var (means, scales) = ([Double](), [Double]())
    for i in 0..<samples.rows {
      var feature = samples.row(i)
      let mean = feature.sum / count
      for j in 0..<feature.count { feature[j] -= mean }
      let deviation = feature.norm / count.squareRoot()
      // The mean of equal numbers is rounded, so that their deviation from it
      // need not be exactly 0: the sum of m numbers carries up to m/4 roundings.
      let noise = Double.ulpOfOne * count * abs(mean)
      means.append(mean)
      scales.append(deviation <= noise ? 0 : 1 / deviation)
    }
    self.means = Vector(means)
    self.scales = Vector(scales)
  }

  /// That of a data set's samples.
  ///
  /// - Precondition: there is a sample.
  public init(of data: DataSet) { self.init(of: data.samples) }

  /// Samples with their features shifted and scaled.
  ///
  /// - Precondition: a row for each feature.
  public func callAsFunction(_ samples: Matrix<Double>) -> Matrix<Double> {
    precondition(
      samples.rows == means.count,
      "samples of \(samples.rows) features, standardised for \(means.count)")
    var result = samples
    let (means, scales) = (means, scales)
    result.withUnsafeMutableBufferPointer { numbers in
      means.withUnsafeBufferPointer { means in
        scales.withUnsafeBufferPointer { scales in
          var place = 0
          for _ in 0..<samples.columns {
            for i in 0..<means.count {
              numbers[place] = (numbers[place] - means[i]) * scales[i]
              place += 1
            }
          }
        }
      }
    }
    return result
  }

  /// A data set with its features shifted and scaled.
  ///
  /// - Precondition: as many features as it was found for.
  public func callAsFunction(_ data: DataSet) -> DataSet {
    var result = data
    result.samples = self(data.samples)
    return result
  }
}

extension DataSet {
  /// The data with each feature shifted and scaled to mean 0 and variance 1.
  ///
  /// A feature that is the same in all samples becomes 0.
  public func standardized() -> DataSet { Standardization(of: self)(self) }
}
