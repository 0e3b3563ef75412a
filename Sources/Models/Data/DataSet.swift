public import Matrix

/// Samples of several features, each with its target: a number, or one of
/// several classes.
///
///     let data = try DataSet(csv: "flowers.csv", classes: "species")
///     let (train, test) = data.split(test: 0.2, seed: 1)
///     let scale = Standardization(of: train)
///     let (x, y) = (scale(train), scale(test))
public struct DataSet: Equatable, Sendable {
  /// What is known of each sample beside its features.
  public enum Targets: Equatable, Sendable {
    /// A number for each sample.
    case numbers(Vector<Double>)
    /// For each sample the index of its class in the names of all.
    case classes([Int], names: [String])

    /// The number of samples.
    public var count: Int {
      switch self {
      case .numbers(let numbers): numbers.count
      case .classes(let classes, _): classes.count
      }
    }
  }

  /// The data set's name.
  public let name: String
  /// The names of the features.
  public let featureNames: [String]
  /// Features × samples: a column for each sample.
  public internal(set) var samples: Matrix<Double>
  /// What is to be predicted.
  public let targets: Targets

  /// The number of samples.
  public var count: Int { samples.columns }
  /// The number of features.
  public var featureCount: Int { samples.rows }

  /// Samples with their targets.
  ///
  /// - Parameters:
  ///   - name: the data set's name.
  ///   - samples: features × samples, a column for each sample.
  ///   - targets: a target for each sample.
  ///   - featureNames: a name for each feature; nil for "feature 0" and so on.
  /// - Precondition: as many targets as samples, each class with a name, and as
  ///   many names as features.
  public init(
    name: String, samples: Matrix<Double>, targets: Targets,
    featureNames: [String]? = nil
  ) {
    precondition(
      targets.count == samples.columns,
      "\(targets.count) targets for \(samples.columns) samples")
    if case .classes(let classes, let names) = targets {
      precondition(
        classes.allSatisfy(names.indices.contains),
        "a class without one of the \(names.count) names")
    }
    let features =
      featureNames ?? (0..<samples.rows).map { "feature \($0)" }
    precondition(
      features.count == samples.rows,
      "\(features.count) names for \(samples.rows) features")
    self.name = name
    self.samples = samples
    self.targets = targets
    self.featureNames = features
  }

  /// Samples with their classes.
  ///
  /// - Precondition: a class for each sample, and a name for each class.
  public init(
    name: String, samples: Matrix<Double>, classes: [Int], classNames: [String]
  ) {
    self.init(
      name: name, samples: samples,
      targets: .classes(classes, names: classNames))
  }

  /// Samples with a number each.
  ///
  /// - Precondition: a number for each sample.
  public init(name: String, samples: Matrix<Double>, numbers: Vector<Double>) {
    self.init(name: name, samples: samples, targets: .numbers(numbers))
  }
}
