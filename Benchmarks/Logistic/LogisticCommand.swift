import ArgumentParser
import Foundation
import Matrix
import Models
import Optimization
import Presentation
import ProblemSets
import RandomNumbers

/// Newton and L-BFGS on dense logistic regression beside scikit-learn.
struct Logistic: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logistic",
    abstract: "Newton and L-BFGS beside scikit-learn and NumPy.",
    discussion: """
      Logistic regression with an L2 penalty and an intercept on synthetic data, \
      until ‖∇f‖∞ ≤ 1e-8 for f the mean loss. Our time has everything from the \
      samples to the variables and a fresh f and ∇f at them, a peer's everything \
      from the samples to the variables; our certificate of the curvature is \
      timed by itself. All take turns on the same data. 'make peers' installs \
      the peers.
      """)

  @OptionGroup var options: CommonOptions

  @Option(help: "The number of samples.")
  var samples = 20_000

  @Option(help: "The number of features.")
  var features = 200

  @Option(help: "The correlation of neighbouring features.")
  var correlation = 0.7

  func validate() throws {
    guard samples > 0 && features > 0 else {
      throw ValidationError("\(samples) samples of \(features) features")
    }
    guard correlation >= 0 && correlation < 1 else {
      throw ValidationError("a correlation of \(correlation), outside 0 ..< 1")
    }
  }

  func run() throws {
    print(Environment.current.summary)
    var generator = SplitMix64(seed: options.seed)
    let data = DataSet.logistic(
      samples: options.quick ? samples / 10 : samples, features: features,
      correlation: correlation, using: &generator)
    let race = LogisticRace(data, turns: options.quick ? 3 : 9)
    let file = CommonOptions.folder.appending(path: "peers/logistic.doubles")
    try writeFile(race.fileContents, to: file)

    let all = Threads.maximum
    defer { Threads.maximum = all }
    var results: [LogisticResult] = []
    var isPeerMissing = false
    for threads in Set([1, all]).sorted() {
      Threads.maximum = threads
      let peer = isPeerMissing ? nil : peer(file, race, threads)
      isPeerMissing = peer == nil
      results += try race.run(threads: threads, peer: peer)
    }
    var table = Table(columns: LogisticResult.columns)
    results.forEach { table.append($0.row) }
    print("\n\(data.name)\n\n\(table)\n\n\(LogisticResult.caption)")
    print("\n\(LogisticResult.verdicts(results))")
    let json = options.jsonFile(for: "logistic")
    try Report(benchmark: "logistic", results: results).write(to: json)
    print("\nwritten to \(json.path)")
  }

  /// The peer, or nil when it is missing, which is said.
  private func peer(
    _ file: URL, _ race: LogisticRace, _ threads: Int
  ) -> PythonPeer? {
    do {
      let peer = try PythonPeer(
        "scikit-learn",
        program: try CompiledPeer.folder().appending(component: "logistic.py"),
        arguments: [
          file.path, "\(race.data.count)", "\(race.data.featureCount)",
          "\(race.penalty)", "\(race.tolerance)",
        ], threads: threads)
      print(
        "\(threads) thread\(threads == 1 ? "" : "s"), scikit-learn, NumPy, SciPy "
          + peer.versions.joined(separator: ", "))
      return peer
    } catch {
      print("\(error)")
      return nil
    }
  }
}
