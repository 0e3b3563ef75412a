import Foundation
import Matrix
import Models
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite("Networks with their weights")
struct NeuralNetworkTests {
  private let architecture = NetworkArchitecture(
    widths: [2, 3, 2], activation: .geluByTanh, loss: .softmaxCrossEntropy)

  private func network() -> NeuralNetwork {
    var θ = architecture.initialParameters(seed: 1)
    θ[0] = .leastNonzeroMagnitude
    θ[1] = -0.0
    θ[2] = 1.0 / 3
    return NeuralNetwork(
      architecture, parameters: θ,
      standardization: Standardization(of: [[1, 2, 4], [0, 0, 9]]),
      classNames: ["no", "yes"])
  }

  @Test("probabilities of many samples, in parts, are those of each")
  func outputs() {
    let network = network()
    var random = SplitMix64(seed: 8)
    let samples: Matrix<Double> = randomMatrix(2, 600, using: &random)
    let outputs = network.outputs(for: samples)
    let classes = network.classes(of: samples)
    for j in [0, 255, 256, 599] {
      let column = network.outputs(
        for: Matrix(rows: 2, columns: 1, columnMajor: Array(samples.column(j))))
      #expect((column.column(0) - outputs.column(j)).norm <= 1e-15)
      #expect(abs(outputs[0, j] + outputs[1, j] - 1) <= 1e-15)
      #expect(classes[j] == (outputs[1, j] > outputs[0, j] ? 1 : 0))
    }
    // The mean of −log p is the objective's value.
    let scaled = network.standardization!(samples)
    let objective = MultilayerPerceptron(
      architecture, samples: scaled,
      targets: Matrix(
        rows: 1, columns: 600, columnMajor: classes.map(Double.init)))
    let mean = (0..<600).reduce(0) { $0 - log(outputs[classes[$1], $1]) } / 600
    #expect(
      throws: Never.self
    ) {
      let value = try objective.value(at: network.parameters)
      #expect(abs(value - mean) <= 1e-14)
    }
    let data = DataSet(
      name: "own", samples: samples, classes: classes, classNames: ["a", "b"])
    #expect(network.accuracy(on: data) == 1)
  }

  private func withPath(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "network-\(UUID()).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test("what is read is what was written, bit for bit")
  func roundTrip() throws {
    let network = network()
    try withPath { path in
      try network.write(to: path)
      let read = try NeuralNetwork(contentsOf: path)
      #expect(read == network)
      #expect(
        Array(read.parameters).map(\.bitPattern)
          == Array(network.parameters).map(\.bitPattern))
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      try read.write(to: path)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }
  }

  @Test("a network that does not fit is an error of its own")
  func malformed() throws {
    try withPath { path in
      try network().write(to: path)
      let url = URL(fileURLWithPath: path)
      let good = try String(contentsOf: url, encoding: .utf8)
      func error(_ text: String) throws -> NetworkFileError? {
        try text.write(to: url, atomically: true, encoding: .utf8)
        do throws(NetworkFileError) {
          _ = try NeuralNetwork(contentsOf: path)
          return nil
        } catch { return error }
      }
      func changed(_ old: String, _ new: String) -> String {
        #expect(good.contains(old))
        return good.replacingOccurrences(of: old, with: new)
      }
      func isDamaged(_ error: NetworkFileError?) -> Bool {
        if case .damaged(path, _) = error { true } else { false }
      }
      #expect(try error(good) == nil)
      #expect(try error("") == .foreign(path))
      #expect(try error("{}") == .foreign(path))
      #expect(try error("weights") == .foreign(path))
      #expect(
        try error(changed("optimization network", "other")) == .foreign(path))
      #expect(
        try error(changed("\"version\":1", "\"version\":9"))
          == .future(path, version: 9))
      #expect(
        try error(changed("[2,3,2]", "[2,4,2]"))
          == .wrongCount(path, found: 17, expected: 22, widths: [2, 4, 2]))
      for (old, new) in [
        ("[2,3,2]", "[2,0,2]"), ("[2,3,2]", "[2]"),
        ("geluByTanh", "swish"), ("\"parameters\":\"AQ", "\"parameters\":\"AA"),
        ("[\"no\",\"yes\"]", "[\"no\"]"),
      ] {
        #expect(isDamaged(try error(changed(old, new))), "\(old) to \(new)")
      }
      #expect(isDamaged(try error(String(good.dropLast(20)))))
    }
    #expect {
      try NeuralNetwork(contentsOf: "/nowhere/x")
    } throws: { "\($0)".hasPrefix("/nowhere/x: cannot read: ") }
    #expect {
      try network().write(to: "/nowhere/x")
    } throws: { "\($0)".hasPrefix("/nowhere/x: cannot create: ") }
  }
}
