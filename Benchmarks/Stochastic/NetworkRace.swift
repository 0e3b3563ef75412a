import Foundation
import Matrix
import Models
import Optimization
import Presentation
import ProblemSets

/// The training of a small network on the digits by one library.
struct NetworkResult: Codable, Equatable {
  let library: String
  /// The most threads.
  let threads: Int
  let epochs: Int
  let time: Measurement
  /// The part of all samples, which it was trained on, that it gets right.
  let accuracy: Double

  static let ours = "this package"
  static let numpy = "numpy"
  static let columns = ["library", "threads", "epochs", "time", "accuracy"]

  var row: [String] {
    [
      library, "\(threads)", "\(epochs)", Format.seconds(time.median),
      Format.number(accuracy, digits: 4),
    ]
  }

  /// What our time is of NumPy's.
  static func verdict(_ results: [NetworkResult]) -> String? {
    let lines = results.filter { $0.library == ours }.compactMap { mine in
      results.first { $0.library == numpy && $0.threads == mine.threads }
        .map { theirs in
          let ratio = Comparison(ours: mine.time, theirs: theirs.time).ratio
          return "ours / NumPy with \(mine.threads) thread"
            + "\(mine.threads == 1 ? "" : "s"): \(Format.ratio(ratio)), "
            + "≤ 0.5 \(ratio <= 0.5 ? "met" : "missed")"
        }
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}

/// The network 64-128-10 on the digits, batches of 64, Adam.
struct NetworkRace {
  let data: DataSet
  let hidden = 128
  let batch = 64
  let epochs: Int
  /// How often each is timed.
  let turns: Int
  let peer: PythonPeer?

  /// The samples one after the other, then their classes, as doubles.
  static func fileContents(_ data: DataSet) -> Data {
    [data.samples.columnMajor, data.classes.map(Double.init)].reduce(
      into: Data()
    ) { file, numbers in
      numbers.withUnsafeBytes { file.append(contentsOf: $0) }
    }
  }

  private struct Reply: Decodable {
    let seconds: Double?
    let accuracy: Double?
  }

  func run(threads: Int) throws -> [NetworkResult] {
    let libraries =
      [NetworkResult.ours]
      + (peer == nil ? [] : [NetworkResult.numpy, "torch"])
    var times = libraries.map { _ in [Double]() }
    var accuracies = libraries.map { _ in 0.0 }
    for turn in 0...turns {
      for (k, library) in libraries.enumerated() {
        let found = try train(library)
        guard let seconds = found.seconds, turn > 0 else { continue }
        times[k].append(seconds)
        accuracies[k] = found.accuracy ?? .nan
      }
    }
    return libraries.indices.filter { !times[$0].isEmpty }.map { k in
      NetworkResult(
        library: libraries[k], threads: threads, epochs: epochs,
        time: Measurement(samples: times[k]), accuracy: accuracies[k])
    }
  }

  private func train(_ library: String) throws -> Reply {
    if library != NetworkResult.ours, let peer {
      // A peer's threads spin after their last work.
      Thread.sleep(forTimeInterval: 0.2)
      return try peer.ask("network \(library) \(batch) \(epochs)")
    }
    let network = MultilayerPerceptron(
      widths: [data.featureCount, hidden, 10], activation: .relu,
      loss: .softmaxCrossEntropy, data: data)
    let start = network.initialParameters(seed: 1)
    let (seconds, solution) = timed {
      minimize(
        network, from: start,
        using: .descent(by: Adam(rate: 1e-3), batch: batch, seed: 1),
        within: .epochs(Double(epochs)),
        verifying: Verification(curvature: .never))
    }
    return Reply(
      seconds: seconds,
      accuracy: network.network(with: solution.x).accuracy(on: data))
  }
}
