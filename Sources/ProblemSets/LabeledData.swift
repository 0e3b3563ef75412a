public import Matrix

/// Samples of several features, each of one of several classes.
public struct LabeledData: Equatable, Sendable {
  /// The data set's name.
  public let name: String
  /// Features × samples: a column for each sample.
  public private(set) var samples: Matrix<Double>
  /// For each sample the index of its class in ``classNames``.
  public let classes: [Int]
  /// The names of the classes.
  public let classNames: [String]

  /// The number of samples.
  public var count: Int { samples.columns }
  /// The number of features.
  public var featureCount: Int { samples.rows }

  /// Samples with their classes.
  ///
  /// - Precondition: a class for each sample, and a name for each class.
  public init(
    name: String, samples: Matrix<Double>, classes: [Int], classNames: [String]
  ) {
    precondition(
      classes.count == samples.columns,
      "\(classes.count) classes for \(samples.columns) samples")
    precondition(
      classes.allSatisfy(classNames.indices.contains),
      "a class without one of the \(classNames.count) names")
    self.name = name
    self.samples = samples
    self.classes = classes
    self.classNames = classNames
  }

  /// The data with each feature shifted and scaled to mean 0 and variance 1.
  ///
  /// A feature that is the same in all samples becomes 0.
  public func standardized() -> LabeledData {
    var result = self
    for i in 0..<featureCount {
      var feature = samples.row(i)
      let mean = feature.sum / Double(count)
      for j in 0..<count { feature[j] -= mean }
      let deviation = feature.norm / Double(count).squareRoot()
      // The mean of equal numbers is rounded, so that their deviation from it
      // need not be exactly 0: the sum of m numbers carries up to m/4 roundings.
      let noise = Double.ulpOfOne * Double(count) * abs(mean)
      feature.scale(by: deviation <= noise ? 0 : 1 / deviation)
      result.samples.setRow(i, to: feature)
    }
    return result
  }

  /// +1 for each sample of the class with index k, −1 for the others.
  ///
  /// - Precondition: 0 ≤ k < the number of classes.
  public func labels(of k: Int) -> Vector<Double> {
    precondition(
      classNames.indices.contains(k), "class \(k) of \(classNames.count)")
    return Vector(classes.map { $0 == k ? 1 : -1 })
  }
}
