public import Matrix
public import Optimization
internal import RandomNumbers

/// The form of a multilayer perceptron: how many units its layers have, what they
/// do, and how its parameters stand in one vector.
///
///     a⁰ = x,   zˡ = Wˡ aˡ⁻¹ + bˡ,   aˡ = σ(zˡ) for l < L,   y = zᴸ
///
/// Wˡ has a row for each unit of layer l and a column for each of layer l − 1, and is
/// stored by columns; bˡ follows it.
public struct NetworkArchitecture: Equatable, Sendable {
  /// The features of a sample, the units of each hidden layer, and the outputs.
  public let widths: [Int]
  /// What hidden units do.
  public let activation: Activation
  /// What the terms of the objective are.
  public let loss: NetworkLoss
  /// The parameters: blocks "layer 1 weights", "layer 1 biases", "layer 2 weights"
  /// and so on.
  public let layout: ParameterLayout

  /// A form by its widths.
  ///
  /// - Precondition: at least two widths, each at least 1.
  public init(widths: [Int], activation: Activation, loss: NetworkLoss) {
    precondition(
      widths.count >= 2, "\(widths.count) widths, features and outputs at least"
    )
    for width in widths {
      precondition(width >= 1, "a layer of \(width) units, at least 1")
    }
    self.widths = widths
    self.activation = activation
    self.loss = loss
    var layout = ParameterLayout()
    for (l, (n, m)) in zip(widths, widths.dropFirst()).enumerated() {
      layout.append("layer \(l + 1) weights", rows: m, columns: n)
      layout.append("layer \(l + 1) biases", rows: m)
    }
    self.layout = layout
  }

  /// The number of layers L that have weights.
  public var layerCount: Int { widths.count - 1 }
  /// The number of features of a sample.
  public var featureCount: Int { widths[0] }
  /// The number of outputs.
  public var outputCount: Int { widths[layerCount] }
  /// The number of all weights and biases.
  public var parameterCount: Int { layout.count }

  /// The block Wˡ of a layer, from 1.
  ///
  /// - Precondition: 1 ≤ l ≤ L.
  public func weights(ofLayer l: Int) -> ParameterLayout.Block {
    layout.blocks[2 * (checked(l) - 1)]
  }

  /// The block bˡ of a layer, from 1.
  ///
  /// - Precondition: 1 ≤ l ≤ L.
  public func biases(ofLayer l: Int) -> ParameterLayout.Block {
    layout.blocks[2 * (checked(l) - 1) + 1]
  }

  private func checked(_ l: Int) -> Int {
    precondition(1 <= l && l <= layerCount, "layer \(l) of \(layerCount)")
    return l
  }

  /// Weights to start from, and biases of 0.
  ///
  /// - Parameters:
  ///   - initialization: the distribution of weights; nil for `.heNormal` with
  ///     ``Activation/relu`` and ``Activation/gelu``, `.glorotUniform` with the
  ///     others.
  ///   - seed: what the numbers depend on, and nothing else.
  public func initialParameters(
    _ initialization: Initialization? = nil, seed: UInt64
  ) -> Vector<Double> {
    let initialization =
      initialization
      ?? (activation == .tanh || activation == .sigmoid
        ? .glorotUniform : .heNormal)
    var random = SplitMix64(seed: seed)
    var parameters = Vector<Double>.zeros(parameterCount)
    for l in 1...layerCount {
      let block = weights(ofLayer: l)
      for i in block.range {
        parameters[i] = initialization.draw(
          block.columns, block.rows, &random)
      }
    }
    return parameters
  }
}

extension NetworkArchitecture: Codable {
  private enum Key: String, CodingKey { case widths, activation, loss }

  /// Decodes widths, activation and loss.
  ///
  /// - Throws: a `DecodingError` where the widths are not those of a network.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    let widths = try values.decode([Int].self, forKey: .widths)
    guard widths.count >= 2, widths.allSatisfy({ $0 >= 1 && $0 <= 1 << 24 })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .widths, in: values,
        debugDescription: "\(widths) are not the widths of a network")
    }
    self.init(
      widths: widths,
      activation: try values.decode(Activation.self, forKey: .activation),
      loss: try values.decode(NetworkLoss.self, forKey: .loss))
  }

  /// Encodes widths, activation and loss.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(widths, forKey: .widths)
    try values.encode(activation, forKey: .activation)
    try values.encode(loss, forKey: .loss)
  }
}
