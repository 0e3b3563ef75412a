// A neural network that learns to read: 1797 handwritten digits of 8×8 gray levels, a
// quarter of them kept aside for a test.
//
//     swift run DigitsNetwork [digits.csv] [loss.svg]

import Foundation
import Models
import Optimization

@main
struct DigitsNetwork {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let path =
      arguments.first
      ?? URL(
        filePath: "../../../Sources/ProblemSets/Data/digits.csv",
        relativeTo: URL(filePath: #filePath)
      ).path
    let data = try digits(path)
    let (train, test) = data.split(test: 0.25, seed: 1, stratified: true)
    let scale = Standardization(of: train)
    print(
      "\(train.count) digits to learn from, \(test.count) to be tested with")

    let objective = MultilayerPerceptron(
      widths: [64, 128, 10], activation: .relu, loss: .softmaxCrossEntropy,
      data: scale(train))
    let unseen = MultilayerPerceptron(
      widths: [64, 128, 10], activation: .relu, loss: .softmaxCrossEntropy,
      data: scale(test))

    var curve = LearningCurve(sampleCount: train.count)
    print("epoch   loss     test loss   test accuracy")
    let solution = minimize(
      objective, from: objective.initialParameters(seed: 1),
      using: .descent(by: Adam(rate: 2e-3), batch: 64, seed: 1),
      within: .epochs(40), verifying: Verification(curvature: .never)
    ) { progress in
      guard let epoch = curve.record(progress) else { return .proceed }
      let θ = progress.point.x
      let loss = (try? unseen.value(at: θ)) ?? .nan
      curve.add(loss, to: "test")
      if epoch.isMultiple(of: 8) || epoch == 1 {
        let network = objective.network(with: θ, standardization: scale)
        print(
          String(
            format: "%5d   %.4f   %.4f      %.1f %%", epoch,
            curve.epochs.last?.value ?? .nan, loss,
            100 * network.accuracy(on: test)))
      }
      return .proceed
    }

    let network = objective.network(
      with: solution.x, standardization: scale, classNames: data.classNames)
    let accuracy = network.accuracy(on: test)
    print(String(format: "reads %.1f %% of unseen digits", 100 * accuracy))
    print("more than 97 %: \(accuracy > 0.97)")

    // What was learnt outlives the program.
    let folder = FileManager.default.temporaryDirectory
    let file = folder.appending(path: "digits-\(UUID()).network").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try network.write(to: file)
    let saved = try NeuralNetwork(contentsOf: file)
    print("saved and read, bit for bit: \(saved == network)")

    if let plot = arguments.dropFirst().first {
      try curve.writePlot(to: plot, title: "Digits: loss over epochs")
      print("plot in \(plot)")
    }
  }

  /// The file has counts and names of classes in its first line, where names of
  /// columns are needed.
  static func digits(_ path: String) throws -> DataSet {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let names = (0..<64).map { "pixel \($0)" } + ["digit"]
    let rows = text.drop { $0 != "\n" }
    return try DataSet(
      csvText: names.joined(separator: ",") + rows, name: path,
      classes: "digit")
  }
}
