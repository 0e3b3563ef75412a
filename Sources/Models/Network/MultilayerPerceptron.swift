public import Matrix
public import Optimization

/// A neural network of layers that are fully connected, as the objective of its
/// parameters θ: the mean loss over the samples of a data set.
///
///     f(θ) = 1/N Σᵢ loss(y(xᵢ; θ), tᵢ) + λ/2 Σₗ ‖Wˡ‖²
///
/// with the outputs y of the ``NetworkArchitecture``; biases are not penalised. It is a `FiniteSum`, for
/// methods that go by batches, and an objective with exact products of its Hessian,
/// for L-BFGS, Newton's method by conjugate gradients and trust regions:
///
///     let network = MultilayerPerceptron(
///       widths: [64, 128, 10], activation: .relu,
///       loss: .softmaxCrossEntropy, data: train)
///     let solution = minimize(
///       network, from: network.initialParameters(seed: 1),
///       using: .descent(by: Adam(rate: 1e-3), batch: 64),
///       within: .epochs(20))
///     print(network.network(with: solution.x).accuracy(on: test))
///
/// f is not convex: units of a layer can change places, so that minima come in
/// families. A minimum that is found is a local one. Without a penalty there may be
/// none: a network that tells all samples apart does so better with larger weights.
///
/// Samples that follow one another in memory are used where they stand, others are
/// copied side by side; each layer is then a matrix product. The scratch space is
/// the object's own: evaluations allocate nothing, and two threads must not call
/// one object at a time.
///
/// - Complexity: for P weights and biases about 6P flops a sample of a batch, 2P for
///   the value alone, 18P for ∇²f v.
///
/// Source: Rumelhart, Hinton and Williams 1986; Pearlmutter 1994.
public final class MultilayerPerceptron: FiniteSum {
  /// The form of the network.
  public let architecture: NetworkArchitecture
  /// The weight λ of the penalty.
  public let penalty: Double
  private let parameterCount: Int
  /// Where the weights of each layer stand.
  private let weights: [Range<Int>]
  private let reader: SampleReader
  private let pass: NetworkPass

  // Products of this many columns run as fast as larger ones, and the buffers of
  // layers of some hundred units stay in a second-level cache.
  static let pieceLength = 256

  /// A network on samples with targets of any number of outputs.
  ///
  /// - Parameters:
  ///   - architecture: the form.
  ///   - samples: features × samples.
  ///   - targets: for the squared error outputs × samples; for cross-entropy one row,
  ///     of the indices of classes.
  ///   - penalty: the weight λ ≥ 0.
  /// - Precondition: as many features as the first width, a target for each sample
  ///   and at least one sample, and the rows of targets as above; each class is
  ///   below the last width.
  public init(
    _ architecture: NetworkArchitecture, samples: Matrix<Double>,
    targets: Matrix<Double>, penalty: Double = 0
  ) {
    self.architecture = architecture
    self.penalty = penalty
    weights = Self.weights(of: architecture)
    parameterCount = architecture.parameterCount
    reader = SampleReader(
      samples: samples, targets: targets, pieceLength: Self.pieceLength)
    pass = NetworkPass(architecture, length: Self.pieceLength)
    Self.check(architecture, reader, penalty)
    guard architecture.loss == .softmaxCrossEntropy else { return }
    let outputs = architecture.outputCount
    for (i, k) in targets.columnMajor.enumerated() {
      precondition(
        k >= 0 && k < Double(outputs) && k == k.rounded(),
        "sample \(i) is of class \(k), not one of \(outputs)")
    }
  }

  /// A network on the samples of a file, of which a part at a time is in memory.
  ///
  /// - Parameters:
  ///   - architecture: the form.
  ///   - file: the samples; a class is its index, and an index that is none makes f
  ///     NaN.
  ///   - penalty: the weight λ ≥ 0.
  /// - Precondition: as many features as the first width, and as many targets as
  ///   outputs, or one for cross-entropy.
  /// - Throws: a ``SampleFileError`` where the file cannot be read.
  public init(
    _ architecture: NetworkArchitecture, file: SampleFile, penalty: Double = 0
  ) throws(SampleFileError) {
    self.architecture = architecture
    self.penalty = penalty
    weights = Self.weights(of: architecture)
    parameterCount = architecture.parameterCount
    reader = try SampleReader(file, pieceLength: Self.pieceLength)
    pass = NetworkPass(architecture, length: Self.pieceLength)
    Self.check(architecture, reader, penalty)
  }

  /// A network on a data set.
  ///
  /// Classes are fitted by cross-entropy as they are, by the squared error as 0 and 1
  /// of ``DataSet/oneHot``.
  ///
  /// - Parameters:
  ///   - widths: features, units of each hidden layer, outputs.
  ///   - activation: what hidden units do.
  ///   - loss: what a term of f is.
  ///   - data: samples with their targets.
  ///   - penalty: the weight λ ≥ 0.
  /// - Precondition: the first width is the number of features; the last that of
  ///   classes, or 1 for numbers; cross-entropy is for classes.
  public convenience init(
    widths: [Int], activation: Activation, loss: NetworkLoss, data: DataSet,
    penalty: Double = 0
  ) {
    let architecture = NetworkArchitecture(
      widths: widths, activation: activation, loss: loss)
    let targets: Matrix<Double>
    switch (data.targets, loss) {
    case (.classes(_, let names), _):
      precondition(
        names.count == architecture.outputCount,
        "\(architecture.outputCount) outputs for \(names.count) classes")
      targets =
        loss == .meanSquaredError
        ? data.oneHot
        : Matrix(
          rows: 1, columns: data.count, columnMajor: Array(data.numbers))
    case (.numbers(let numbers), .meanSquaredError):
      targets = Matrix(
        rows: 1, columns: data.count, columnMajor: Array(numbers))
    case (.numbers, .softmaxCrossEntropy):
      preconditionFailure("cross-entropy of targets that are not classes")
    }
    self.init(
      architecture, samples: data.samples, targets: targets, penalty: penalty)
  }

  private static func weights(
    of architecture: NetworkArchitecture
  ) -> [Range<Int>] {
    (1...architecture.layerCount).map {
      architecture.weights(ofLayer: $0).range
    }
  }

  private static func check(
    _ architecture: NetworkArchitecture, _ reader: SampleReader,
    _ penalty: Double
  ) {
    precondition(penalty >= 0, "a penalty of \(penalty), less than 0")
    precondition(
      reader.featureCount == architecture.featureCount,
      "\(architecture.featureCount) inputs for \(reader.featureCount) features")
    let rows =
      architecture.loss == .softmaxCrossEntropy ? 1 : architecture.outputCount
    precondition(
      reader.targetCount == rows,
      "targets of \(reader.targetCount) rows, not \(rows)")
  }

  /// The number of parameters.
  public var dimension: Int? { parameterCount }
  /// The number of samples N.
  public var sampleCount: Int { reader.sampleCount }
  /// How the parameters are made of the layers' weights and biases.
  public var layout: ParameterLayout? { architecture.layout }
  /// The samples of a part that is read at once; nil where all are in memory.
  public var chunkLength: Int? { reader.chunkLength }

  /// The multiplications and additions of the matrix products.
  public var cost: ObjectiveCost {
    let blocks = (1...architecture.layerCount).map {
      Double(architecture.weights(ofLayer: $0).count)
    }
    let (all, n) = (blocks.reduce(0, +), Double(sampleCount))
    let gradient = n * (6 * all - 2 * blocks[0])
    return ObjectiveCost(
      valueAndGradient: gradient,
      hessianVectorProduct: n * (18 * all - 8 * blocks[0]))
  }

  /// Weights to start from; see
  /// ``NetworkArchitecture/initialParameters(_:seed:)``.
  public func initialParameters(
    _ initialization: Initialization? = nil, seed: UInt64
  ) -> Vector<Double> {
    architecture.initialParameters(initialization, seed: seed)
  }

  /// Writes the mean of the terms' gradients over a batch, and returns that of the
  /// terms.
  ///
  /// - Throws: a ``SampleFileError`` where samples of a file cannot be read.
  public func valueAndGradient(
    at parameters: Vector<Double>, of batch: Batch,
    into gradient: inout Vector<Double>
  ) throws -> Double {
    check(parameters)
    check(gradient)
    let count = Double(batch.count)
    var sum = 0.0
    try parameters.read { θ in
      try gradient.write { g in
        try reader.forEachPiece(of: batch) { x, t, n, isFirst in
          sum += pass.gradient(
            at: θ, x, t, count: n, scale: 1 / count, adding: !isFirst, to: g)
        }
        sum = sum / count + penalise(θ, adding: θ, to: g)
      }
    }
    return sum
  }

  /// The mean of the terms over all samples.
  ///
  /// - Throws: a ``SampleFileError`` where samples of a file cannot be read.
  public func value(at parameters: Vector<Double>) throws -> Double {
    check(parameters)
    var sum = 0.0
    try parameters.read { θ in
      try reader.forEachPiece(of: Batch(0..<sampleCount)) { x, t, n, _ in
        sum += pass.losses(at: θ, x, t, count: n)
      }
      sum = sum / Double(sampleCount) + penalise(θ, adding: θ, to: nil)
    }
    return sum
  }

  /// Writes ∇²f(θ) v over all samples, exact up to rounding.
  ///
  /// Where a ``Activation/relu`` has its kink, the second derivative is taken as 0.
  ///
  /// - Throws: a ``SampleFileError`` where samples of a file cannot be read.
  public func hessianVectorProduct(
    at parameters: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    try hessianVectorProduct(
      at: parameters, of: Batch(0..<sampleCount), along: v, into: &product)
  }

  /// Writes the mean of ∇²fᵢ(θ) v over a batch, exact up to rounding.
  ///
  /// - Throws: a ``SampleFileError`` where samples of a file cannot be read.
  public func hessianVectorProduct(
    at parameters: Vector<Double>, of batch: Batch, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    check(parameters)
    check(v)
    check(product)
    let scale = 1 / Double(batch.count)
    try parameters.read { θ in
      try v.read { v in
        try product.write { h in
          try reader.forEachPiece(of: batch) { x, t, n, isFirst in
            pass.hessianVectorProduct(
              at: θ, along: v, x, t, count: n, scale: scale,
              adding: !isFirst, to: h)
          }
          _ = penalise(θ, adding: v, to: h)
        }
      }
    }
  }

  /// Returns λ/2 Σ ‖Wˡ‖² of θ, and adds λ v to the weights of a derivative.
  private func penalise(
    _ θ: UnsafePointer<Double>, adding v: UnsafePointer<Double>,
    to derivative: UnsafeMutablePointer<Double>?
  ) -> Double {
    guard penalty > 0 else { return 0 }
    var sum = 0.0
    for range in weights {
      for i in range {
        sum += θ[i] * θ[i]
        if let derivative { derivative[i] += penalty * v[i] }
      }
    }
    return 0.5 * penalty * sum
  }

  private func check(_ vector: Vector<Double>) {
    precondition(
      vector.count == parameterCount,
      "\(vector.count) numbers for \(parameterCount) parameters")
  }
}
