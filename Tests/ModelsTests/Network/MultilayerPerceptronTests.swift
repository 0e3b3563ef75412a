import Differentiation
import Foundation
import Matrix
import Models
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite("Multilayer perceptrons")
struct MultilayerPerceptronTests {
  /// A network and parameters in general position.
  private func example(
    _ widths: [Int], _ activation: Activation, samples: Int,
    loss: NetworkLoss = .softmaxCrossEntropy
  ) -> (MultilayerPerceptron, Vector<Double>) {
    var random = SplitMix64(seed: 7)
    let architecture = NetworkArchitecture(
      widths: widths, activation: activation, loss: loss)
    let targets: Matrix<Double> =
      loss == .meanSquaredError
      ? randomMatrix(widths.last!, samples, using: &random)
      : Matrix(rows: 1, columns: samples) { _, _ in
        Double(random.next(below: widths.last!))
      }
    let network = MultilayerPerceptron(
      architecture, samples: randomMatrix(widths[0], samples, using: &random),
      targets: targets)
    var θ = architecture.initialParameters(.glorotNormal, seed: 3)
    for l in 1...architecture.layerCount {
      for i in architecture.biases(ofLayer: l).range {
        θ[i] = 0.3 * random.nextNormal()
      }
    }
    return (network, θ)
  }

  @Test("a network is its formula, differentiated automatically")
  func automatic() throws {
    let widths = [3, 5, 2]
    let x: [[Double]] = [[0.3, -1, 2], [1.5, 0.2, -0.4], [-2, 0.9, 0.1]]
    let classes = [1, 0, 1]
    let architecture = NetworkArchitecture(
      widths: widths, activation: .tanh, loss: .softmaxCrossEntropy)
    let network = MultilayerPerceptron(
      architecture,
      samples: Matrix(
        rows: 3, columns: 3, columnMajor: x.flatMap { $0 }),
      targets: Matrix(
        rows: 1, columns: 3, columnMajor: classes.map(Double.init)))
    let formula = AutomaticFunction { (p: [Variable]) -> Variable in
      var total: Variable = 0 * p[0]
      for (x, k) in zip(x, classes) {
        let hidden: [Variable] = (0..<5).map { i in
          var z: Variable = p[15 + i]
          for j in 0..<3 { z += p[5 * j + i] * Variable(x[j]) }
          return .tanh(z)
        }
        let outputs: [Variable] = (0..<2).map { i in
          var y: Variable = p[30 + i]
          for j in 0..<5 { y += p[20 + 2 * j + i] * hidden[j] }
          return y
        }
        let sum: Variable = .exp(outputs[0]) + .exp(outputs[1])
        total += .log(sum) - outputs[k]
      }
      return total / 3
    }
    let θ = architecture.initialParameters(.heNormal, seed: 5)
    var (g, h) = (Vector<Double>.zeros(32), Vector<Double>.zeros(32))
    let f = try network.valueAndGradient(at: θ, into: &g)
    let value = try formula.valueAndGradient(at: θ, into: &h)
    #expect(abs(f - value) <= 1e-15)
    #expect((g - h).norm <= 1e-15)
    var random = SplitMix64(seed: 2)
    let v: Vector<Double> = randomVector(32, using: &random)
    try network.hessianVectorProduct(at: θ, along: v, into: &g)
    try formula.hessianVectorProduct(at: θ, along: v, into: &h)
    #expect((g - h).norm <= 1e-14 * h.norm)
  }

  @Test("any widths", arguments: Activation.allCases)
  func widths(_ activation: Activation) throws {
    for widths in [
      [1, 1], [4, 3], [3, 17, 1, 6, 3], [5, 21, 2], [2, 8, 35, 4],
    ] {
      for loss in NetworkLoss.allCases {
        let (network, θ) = example(widths, activation, samples: 9, loss: loss)
        let report = checkDerivatives(of: network, at: θ)
        #expect(report.isConsistent, "\(widths) \(loss): \(report)")
      }
    }
  }

  @Test("the mean over all samples is that over batches, however cut")
  func batches() throws {
    let (network, θ) = example([6, 12, 4], .gelu, samples: 700)
    let n = θ.count
    var whole = Vector<Double>.zeros(n)
    let f = try network.valueAndGradient(at: θ, into: &whole)
    let order = Array(0..<700).reversed() as [Int]
    var gradient = Vector<Double>.zeros(n)
    var (sum, mean) = (0.0, Vector<Double>.zeros(n))
    for start in stride(from: 0, to: 700, by: 60) {
      let part = Array(order[start..<min(start + 60, 700)])
      let weight = Double(part.count) / 700
      sum +=
        weight
        * (try network.valueAndGradient(
          at: θ, of: Batch(part), into: &gradient))
      mean.add(gradient, scaledBy: weight)
    }
    #expect(abs(sum - f) <= 1e-14)
    #expect((mean - whole).norm <= 1e-14 * whole.norm)
    // Gathered and in place give the same bits.
    var inPlace = Vector<Double>.zeros(n)
    let a = try network.valueAndGradient(
      at: θ, of: Batch(100..<500), into: &inPlace)
    let b = try network.valueAndGradient(
      at: θ, of: Batch(Array(100..<500)), into: &gradient)
    #expect(a == b)
    #expect(inPlace == gradient)
    var product = Vector<Double>.zeros(n)
    try network.hessianVectorProduct(
      at: θ, of: Batch(100..<500), along: whole, into: &product)
    try network.hessianVectorProduct(
      at: θ, of: Batch(Array(100..<500)), along: whole, into: &gradient)
    #expect(product == gradient)
  }

  @Test("a penalty is half the squares of weights, not of biases")
  func penalty() throws {
    let samples: Matrix<Double> = [[1, 2, -1], [0, 0.5, 1]]
    let architecture = NetworkArchitecture(
      widths: [2, 3, 1], activation: .tanh, loss: .meanSquaredError)
    func network(_ λ: Double) -> MultilayerPerceptron {
      MultilayerPerceptron(
        architecture, samples: samples, targets: [[1, 0, 2]], penalty: λ)
    }
    var θ = architecture.initialParameters(seed: 4)
    var squares = 0.0
    for l in 1...2 {
      for i in architecture.weights(ofLayer: l).range { squares += θ[i] * θ[i] }
      for i in architecture.biases(ofLayer: l).range { θ[i] = Double(i) }
    }
    let difference = try network(0.3).value(at: θ) - network(0).value(at: θ)
    #expect(abs(difference - 0.15 * squares) <= 1e-13)
    let report = checkDerivatives(of: network(0.3), at: θ)
    #expect(report.isConsistent, "\(report)")
    for i in architecture.biases(ofLayer: 1).range { θ[i] = 0.1 * Double(i) }
    #expect(checkDerivatives(of: network(0.3), at: θ).isConsistent)
  }

  @Test("outputs of any size give a finite loss")
  func largeOutputs() throws {
    let (network, θ) = example([4, 8, 5], .relu, samples: 20)
    var large = θ
    large.scale(by: 1e4)
    var gradient = Vector<Double>.zeros(θ.count)
    let f = try network.valueAndGradient(at: large, into: &gradient)
    #expect(f.isFinite && f > 1e4)
    #expect(gradient.isFinite)
  }

  @Test(
    "what is not finite is not hidden", arguments: Activation.allCases,
    [Double.nan, .infinity])
  func undefined(_ activation: Activation, _ bad: Double) throws {
    for loss in NetworkLoss.allCases {
      let (network, θ) = example(
        [4, 8, 5], activation, samples: 20, loss: loss)
      var gradient = Vector<Double>.zeros(θ.count)
      for i in [0, 33, 41, θ.count - 1] {
        var spoiled = θ
        spoiled[i] = bad
        let f = try network.valueAndGradient(at: spoiled, into: &gradient)
        // A unit that saturates may leave f finite at an infinite weight.
        #expect(!f.isFinite || (bad == .infinity && i < 40), "\(loss) \(i)")
      }
    }
  }

  @Test("a batch allocates nothing", arguments: Activation.allCases)
  func allocation(_ activation: Activation) throws {
    let (network, θ) = example([16, 24, 10], activation, samples: 600)
    var gradient = Vector<Double>.zeros(θ.count)
    var product = gradient
    let gathered = Batch((0..<300).map { ($0 * 7) % 600 })
    let contiguous = Batch(64..<128)
    func find(_ batch: Batch) throws {
      _ = try network.valueAndGradient(at: θ, of: batch, into: &gradient)
    }
    func multiply(_ batch: Batch) throws {
      try network.hessianVectorProduct(
        at: θ, of: batch, along: gradient, into: &product)
    }
    func evaluate() throws { _ = try network.value(at: θ) }
    var counts: [Int] = []
    for _ in 0..<2 {
      counts = [
        try allocations { try find(contiguous) },
        try allocations { try find(gathered) },
        try allocations { try multiply(contiguous) },
        try allocations { try multiply(gathered) },
        try allocations(evaluate),
      ]
    }
    #expect(counts == [0, 0, 0, 0, 0])
  }

  @Test("one vector of named matrices")
  func layout() throws {
    let architecture = NetworkArchitecture(
      widths: [3, 4, 2], activation: .relu, loss: .meanSquaredError)
    #expect(
      architecture.layout.blocks.map(\.name) == [
        "layer 1 weights", "layer 1 biases", "layer 2 weights",
        "layer 2 biases",
      ])
    #expect(architecture.parameterCount == 3 * 4 + 4 + 4 * 2 + 2)
    var θ = Vector<Double>.zeros(architecture.parameterCount)
    let w: Matrix<Double> = [[1, 2, 3, 4], [5, 6, 7, 8]]
    θ[architecture.weights(ofLayer: 2)] = w
    #expect(θ[architecture.weights(ofLayer: 2)] == w)
    #expect(Array(θ)[16..<24] == [1, 5, 2, 6, 3, 7, 4, 8])
    #expect(θ[architecture.biases(ofLayer: 2)].rows == 2)
    // Only the biases of the outputs are seen through weights of 0.
    θ = .zeros(architecture.parameterCount)
    θ[architecture.biases(ofLayer: 2)] = [[3], [-1]]
    let network = NeuralNetwork(architecture, parameters: θ)
    #expect(network.outputs(for: [[1], [2], [3]]) == [[3], [-1]])
  }
}

@Suite("Initialisation of networks")
struct InitializationTests {
  @Test("variances are those of the papers", arguments: Initialization.allCases)
  func variance(_ initialization: Initialization) {
    let architecture = NetworkArchitecture(
      widths: [200, 400, 10], activation: .relu, loss: .softmaxCrossEntropy)
    let θ = architecture.initialParameters(initialization, seed: 11)
    let w = θ[architecture.weights(ofLayer: 1)].columnMajor
    let isHe = initialization == .heNormal || initialization == .heUniform
    let variance = isHe ? 2.0 / 200 : 2.0 / 600
    let count = Double(w.count)
    let mean = w.reduce(0, +) / count
    let square = w.reduce(0) { $0 + $1 * $1 } / count
    // Five standard errors, at most √(variance/m) and √(2/m) relative.
    #expect(abs(mean) < 5 * (variance / count).squareRoot())
    #expect(abs(square / variance - 1) < 5 * (2 / count).squareRoot())
    if initialization == .heUniform || initialization == .glorotUniform {
      let bound = (3 * variance).squareRoot()
      #expect(w.allSatisfy { abs($0) <= bound })
      #expect(w.contains { $0 > 0.999 * bound })
      #expect(w.contains { $0 < -0.999 * bound })
    } else {
      // 80,000 normal numbers reach beyond 4 standard deviations.
      #expect(w.contains { abs($0) > 4 * variance.squareRoot() })
    }
    #expect(
      θ[architecture.biases(ofLayer: 1)].columnMajor.allSatisfy { $0 == 0 })
    #expect(θ == architecture.initialParameters(initialization, seed: 11))
    #expect(θ != architecture.initialParameters(initialization, seed: 12))
  }
}
