import Foundation
import Matrix
import Models
import Optimization
import Testing

/// A case of `Scripts/golden/network.py`.
struct GoldenNetwork: Decodable, CustomTestStringConvertible, Sendable {
  let activation: Activation
  let loss: NetworkLoss
  let value: Double
  let gradient: [Double]
  let product: [Double]

  var testDescription: String { "\(activation), \(loss)" }

  /// All cases; none where the file cannot be read, which a test of its own finds.
  static let all: [GoldenNetwork] = {
    let url = Bundle.module.resourceURL!.appending(path: "Golden/network.json")
    guard let data = try? Data(contentsOf: url) else { return [] }
    return (try? JSONDecoder().decode([GoldenNetwork].self, from: data)) ?? []
  }()

  static func sines(
    _ count: Int, _ frequency: Double, _ amplitude: Double
  ) -> [Double] {
    (0..<count).map { amplitude * sin(frequency * Double($0 + 1)) }
  }

  var network: MultilayerPerceptron {
    let architecture = NetworkArchitecture(
      widths: [2, 4, 3, 3], activation: activation, loss: loss)
    let samples = Matrix(
      rows: 2, columns: 7, columnMajor: Self.sines(14, 2.3, 1.5))
    let targets =
      loss == .softmaxCrossEntropy
      ? Matrix(
        rows: 1, columns: 7, columnMajor: (0..<7).map { Double($0 % 3) })
      : Matrix(rows: 3, columns: 7, columnMajor: Self.sines(21, 0.7, 1))
    return MultilayerPerceptron(
      architecture, samples: samples, targets: targets)
  }

  var parameters: Vector<Double> {
    Vector(Self.sines(network.architecture.parameterCount, 1.7, 0.9))
  }

  var direction: Vector<Double> {
    Vector(Self.sines(network.architecture.parameterCount, 0.3, 1))
  }
}

@Suite("Networks beside PyTorch")
struct GoldenNetworkTests {
  private func difference(_ a: Vector<Double>, _ b: [Double]) -> Double {
    let b = Vector(b)
    return (a - b).norm / b.norm
  }

  @Test("every activation with every loss is there")
  func count() { #expect(GoldenNetwork.all.count == 10) }

  @Test("value, gradient and Hessian product", arguments: GoldenNetwork.all)
  func derivatives(_ golden: GoldenNetwork) throws {
    let (network, θ) = (golden.network, golden.parameters)
    var gradient = Vector<Double>.zeros(θ.count)
    let value = try network.valueAndGradient(at: θ, into: &gradient)
    #expect(abs(value - golden.value) <= 2e-15 * golden.value)
    #expect(difference(gradient, golden.gradient) <= 1e-14)
    let alone = try network.value(at: θ)
    #expect(abs(alone - golden.value) <= 2e-15 * golden.value)
    var product = Vector<Double>.zeros(θ.count)
    try network.hessianVectorProduct(
      at: θ, along: golden.direction, into: &product)
    #expect(difference(product, golden.product) <= 1e-14)
  }

  @Test("derivatives agree with differences", arguments: GoldenNetwork.all)
  func differences(_ golden: GoldenNetwork) {
    let report = checkDerivatives(of: golden.network, at: golden.parameters)
    #expect(report.isConsistent, "\(report)")
    #expect(report.gradient?.count == golden.parameters.count)
  }
}
