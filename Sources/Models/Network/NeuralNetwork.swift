public import Matrix

/// A network with its weights: what training makes, and predictions are made with.
///
///     let network = objective.network(with: solution.x, standardization: scale)
///     print(network.accuracy(on: test))
///     try network.write(to: "digits.network")
public struct NeuralNetwork: Equatable, Sendable {
  /// The form of the network.
  public let architecture: NetworkArchitecture
  /// The weights and biases θ.
  public let parameters: Vector<Double>
  /// What is done to samples first, so that predictions are asked for in the units
  /// of the data; nil for nothing.
  public let standardization: Standardization?
  /// The names of the classes, if they have names.
  public let classNames: [String]

  /// A network with weights.
  ///
  /// - Parameters:
  ///   - architecture: the form.
  ///   - parameters: the weights and biases.
  ///   - standardization: what is done to samples first.
  ///   - classNames: the names of the classes, or none.
  /// - Precondition: as many parameters as the form has, as many features as it has
  ///   inputs, and as many names as outputs, if any.
  public init(
    _ architecture: NetworkArchitecture, parameters: Vector<Double>,
    standardization: Standardization? = nil, classNames: [String] = []
  ) {
    precondition(
      parameters.count == architecture.parameterCount,
      """
      \(parameters.count) numbers for \(architecture.parameterCount) parameters
      """)
    if let standardization {
      precondition(
        standardization.means.count == architecture.featureCount,
        """
        standardised for \(standardization.means.count) features, with \
        \(architecture.featureCount) inputs
        """)
    }
    precondition(
      classNames.isEmpty || classNames.count == architecture.outputCount,
      "\(classNames.count) names for \(architecture.outputCount) outputs")
    self.architecture = architecture
    self.parameters = parameters
    self.standardization = standardization
    self.classNames = classNames
  }

  /// The outputs for samples, outputs × samples: probabilities of the classes where
  /// the loss is cross-entropy, else numbers.
  ///
  /// - Precondition: a row for each input.
  /// - Complexity: 2P flops a sample for P parameters.
  public func outputs(for samples: Matrix<Double>) -> Matrix<Double> {
    precondition(
      samples.rows == architecture.featureCount,
      "\(samples.rows) features for \(architecture.featureCount) inputs")
    let samples = standardization.map { $0(samples) } ?? samples
    let (d, k) = (samples.rows, architecture.outputCount)
    let length = min(MultilayerPerceptron.pieceLength, max(1, samples.columns))
    let pass = NetworkPass(architecture, length: length)
    var result = Matrix<Double>.zeros(k, samples.columns)
    parameters.read { θ in
      samples.read { x in
        result.write { y in
          for start in stride(from: 0, to: samples.columns, by: length) {
            pass.outputs(
              at: θ, x + start * d, count: min(length, samples.columns - start),
              to: y + start * k)
          }
        }
      }
    }
    return result
  }

  /// For each sample the index of its largest output.
  ///
  /// - Precondition: a row for each input.
  public func classes(of samples: Matrix<Double>) -> [Int] {
    let outputs = outputs(for: samples)
    return (0..<outputs.columns).map { j in
      (0..<outputs.rows).reduce(0) { best, i in
        outputs[i, j] > outputs[best, j] ? i : best
      }
    }
  }

  /// The part of a data set's samples whose class is predicted right.
  ///
  /// - Precondition: the targets are classes, as many features as inputs, and at
  ///   least one sample.
  public func accuracy(on data: DataSet) -> Double {
    precondition(data.count > 0, "the accuracy on no samples")
    let right = zip(classes(of: data.samples), data.classes).count { $0 == $1 }
    return Double(right) / Double(data.count)
  }
}

extension MultilayerPerceptron {
  /// The network with these weights.
  ///
  /// - Parameters:
  ///   - parameters: the weights and biases.
  ///   - standardization: what was done to the samples that it learnt from.
  ///   - classNames: the names of the classes, or none.
  /// - Precondition: as for ``NeuralNetwork``.
  public func network(
    with parameters: Vector<Double>, standardization: Standardization? = nil,
    classNames: [String] = []
  ) -> NeuralNetwork {
    NeuralNetwork(
      architecture, parameters: parameters, standardization: standardization,
      classNames: classNames)
  }
}
