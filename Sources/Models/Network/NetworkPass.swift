internal import CBLAS
internal import Matrix

extension Activation {
  /// The number of the activation in C.
  var kernel: Int32 {
    let kind =
      switch self {
      case .relu: network_relu
      case .tanh: network_tanh
      case .sigmoid: network_sigmoid
      case .gelu: network_gelu
      case .geluByTanh: network_gelu_tanh
      }
    return Int32(kind.rawValue)
  }

  /// Whether σ′(z) is found from σ(z).
  var givesSlope: Bool {
    switch self {
    case .relu, .tanh, .sigmoid: true
    case .gelu, .geluByTanh: false
    }
  }
}

/// The passes through a network, for up to ``length`` samples at a time.
///
/// What it holds is scratch, for one pass at a time.
final class NetworkPass {
  typealias Numbers = UnsafePointer<Double>
  typealias MutableNumbers = UnsafeMutablePointer<Double>

  let architecture: NetworkArchitecture
  /// The most samples of a pass.
  let length: Int
  private let layers: Int
  private let widths: [Int]
  /// Where Wˡ and bˡ begin.
  private let weights: [Int]
  private let biases: [Int]
  /// aˡ of hidden layers; outputs, or the probabilities they became.
  private let activations: LayerBuffers
  /// The derivatives of f by zˡ.
  private let derivatives: LayerBuffers
  /// σ′(zˡ), where it is needed beside aˡ.
  private let slopes: LayerBuffers
  private var second: DirectionalBuffers?
  /// What the derivative by the last biases goes to when nobody asks for it.
  private let unused: Scratch

  init(_ architecture: NetworkArchitecture, length: Int) {
    self.architecture = architecture
    self.length = length
    layers = architecture.layerCount
    widths = architecture.widths
    weights =
      [0] + (1...layers).map { architecture.weights(ofLayer: $0).offset }
    biases = [0] + (1...layers).map { architecture.biases(ofLayer: $0).offset }
    activations = LayerBuffers(architecture, samples: length)
    derivatives = LayerBuffers(architecture, samples: length)
    slopes = LayerBuffers(architecture, samples: length)
    unused = Scratch(architecture.outputCount)
  }

  /// Finds aˡ of all hidden layers, and of the outputs Wᴸ aᴸ⁻¹, without their
  /// biases, which what follows adds.
  private func forward(
    _ θ: Numbers, _ x: Numbers, _ n: Int,
    for second: DirectionalBuffers? = nil
  ) {
    let keepsSlopes = second != nil || !architecture.activation.givesSlope
    var input = x
    for l in 1..<layers + 1 {
      let (k, m, z) = (widths[l - 1], widths[l], activations[l])
      multiply(
        false, false, m, n, k, θ + weights[l], m, input, k, 0, z, m)
      if l < layers {
        network_forward(
          architecture.activation.kernel, m, n, θ + biases[l], z, z,
          keepsSlopes ? slopes[l] : nil, second?.curvatures[l])
      }
      input = Numbers(z)
    }
  }

  /// Finds the derivatives of the loss by the outputs, times `scale`, adds their
  /// sums to `g`, and returns the sum of the losses.
  private func lose(
    _ θ: Numbers, _ targets: Numbers, _ n: Int, scale: Double,
    _ g: MutableNumbers
  ) -> Double {
    let (m, bias) = (widths[layers], θ + biases[layers])
    let (z, d) = (activations[layers], derivatives[layers])
    return switch architecture.loss {
    case .softmaxCrossEntropy:
      network_cross_entropy(m, n, bias, z, targets, scale, d, g)
    case .meanSquaredError:
      network_squares(m, n, bias, z, targets, scale, d, g)
    }
  }

  /// The sum of the losses of n samples.
  func losses(
    at θ: Numbers, _ x: Numbers, _ targets: Numbers, count n: Int
  ) -> Double {
    forward(θ, x, n)
    return lose(θ, targets, n, scale: 0, unused.start)
  }

  /// Returns the sum of the losses of n samples, and writes their derivatives
  /// times `scale` to `g`, or adds them to it.
  func gradient(
    at θ: Numbers, _ x: Numbers, _ targets: Numbers, count n: Int,
    scale: Double, adding: Bool, to g: MutableNumbers
  ) -> Double {
    if !adding { clearBiases(g) }
    forward(θ, x, n)
    let sum = lose(θ, targets, n, scale: scale, g + biases[layers])
    let givesSlope = architecture.activation.givesSlope
    for l in stride(from: layers, through: 1, by: -1) {
      let (k, m, d) = (widths[l - 1], widths[l], derivatives[l])
      let input = l > 1 ? Numbers(activations[l - 1]) : x
      multiply(
        false, true, m, k, n, d, m, input, k, adding ? 1 : 0,
        g + weights[l], m)
      guard l > 1 else { break }
      let below = derivatives[l - 1]
      multiply(
        true, false, k, n, m, θ + weights[l], m, d, m, 0, below, k)
      network_backward(
        architecture.activation.kernel, k, n,
        givesSlope ? activations[l - 1] : slopes[l - 1], below,
        g + biases[l - 1])
    }
    return sum
  }

  /// Writes the product of the losses' Hessian and v, times `scale`, to `h`, or adds
  /// it to it.
  ///
  /// Every quantity of the gradient is differentiated along v.
  ///
  /// Source: Pearlmutter 1994, section 3.
  func hessianVectorProduct(
    at θ: Numbers, along v: Numbers, _ x: Numbers, _ targets: Numbers,
    count n: Int, scale: Double, adding: Bool, to h: MutableNumbers
  ) {
    if second == nil {
      second = DirectionalBuffers(architecture, samples: length)
    }
    guard let buffers = second else { return }
    if !adding { clearBiases(h) }
    forward(θ, x, n, for: buffers)
    _ = lose(θ, targets, n, scale: scale, unused.start)

    for l in 1..<layers + 1 {
      let (k, m, rz) = (widths[l - 1], widths[l], buffers.inputs[l])
      let input = l > 1 ? Numbers(activations[l - 1]) : x
      multiply(
        false, false, m, n, k, v + weights[l], m, input, k, 0, rz, m)
      if l > 1 {
        multiply(
          false, false, m, n, k, θ + weights[l], m,
          buffers.activations[l - 1], k, 1, rz, m)
      }
      if l < layers {
        network_r_forward(
          m, n, v + biases[l], slopes[l], rz, buffers.activations[l])
      }
    }

    let (outputs, rd) = (widths[layers], buffers.derivatives[layers])
    switch architecture.loss {
    case .softmaxCrossEntropy:
      network_r_cross_entropy(
        outputs, n, v + biases[layers], activations[layers], scale,
        buffers.inputs[layers], rd, h + biases[layers])
    case .meanSquaredError:
      network_r_squares(
        outputs, n, v + biases[layers], scale, buffers.inputs[layers], rd,
        h + biases[layers])
    }
    for l in stride(from: layers, through: 1, by: -1) {
      let (k, m) = (widths[l - 1], widths[l])
      let (d, rd) = (derivatives[l], buffers.derivatives[l])
      let input = l > 1 ? Numbers(activations[l - 1]) : x
      multiply(
        false, true, m, k, n, rd, m, input, k, adding ? 1 : 0,
        h + weights[l], m)
      guard l > 1 else { break }
      multiply(
        false, true, m, k, n, d, m, buffers.activations[l - 1], k, 1,
        h + weights[l], m)
      let (below, rBelow) = (derivatives[l - 1], buffers.derivatives[l - 1])
      multiply(
        true, false, k, n, m, θ + weights[l], m, d, m, 0, below, k)
      multiply(
        true, false, k, n, m, θ + weights[l], m, rd, m, 0, rBelow, k)
      multiply(
        true, false, k, n, m, v + weights[l], m, d, m, 1, rBelow, k)
      network_r_backward(
        k, n, slopes[l - 1], buffers.curvatures[l - 1], buffers.inputs[l - 1],
        below, rBelow, h + biases[l - 1])
    }
  }

  /// Writes the outputs of n samples: probabilities of the classes, or numbers.
  func outputs(
    at θ: Numbers, _ x: Numbers, count n: Int, to y: MutableNumbers
  ) {
    forward(θ, x, n)
    let (m, bias, z) = (
      widths[layers], θ + biases[layers], activations[layers]
    )
    switch architecture.loss {
    case .softmaxCrossEntropy:
      network_softmax(m, n, bias, z)
      y.update(from: z, count: m * n)
    case .meanSquaredError:
      for j in 0..<n {
        for i in 0..<m { y[j * m + i] = z[j * m + i] + bias[i] }
      }
    }
  }

  /// C ← op(A) op(B) + β C with β = 0 or 1.
  private func multiply(
    _ transposedA: Bool, _ transposedB: Bool, _ m: Int, _ n: Int, _ k: Int,
    _ a: Numbers, _ lda: Int, _ b: Numbers, _ ldb: Int,
    _ beta: Double, _ c: MutableNumbers, _ ldc: Int
  ) {
    let isDone = network_multiply(
      transposedA ? 1 : 0, transposedB ? 1 : 0, m, n, k, a, lda, b, ldb,
      beta == 0 ? 0 : 1, c, ldc)
    guard isDone == 0 else { return }
    Double._gemm(
      transposedA, transposedB, m, n, k, 1, a, lda, b, ldb, beta, c, ldc)
  }

  private func clearBiases(_ g: MutableNumbers) {
    for l in 1..<layers + 1 {
      (g + biases[l]).update(repeating: 0, count: widths[l])
    }
  }
}
