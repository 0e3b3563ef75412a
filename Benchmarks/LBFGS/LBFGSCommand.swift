import ArgumentParser
import Foundation
import Matrix
import Optimization
import Presentation
import ProblemSets

/// L-BFGS beside that of liblbfgs and dlib.
struct LBFGSPeers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lbfgs",
    abstract: "L-BFGS beside liblbfgs and dlib, on extended Rosenbrock.",
    discussion: """
      From (−1.2, 1, …) with memory 10 until ‖∇f‖∞ ≤ 1e-6, all with f and ∇f \
      from the same loop and no more. Our time includes everything that \
      minimize(_:from:using:) does, the certificate too. The peers are compiled by clang -O2, run in this process in turns with ours, \
      each in its fastest setting; one that is not installed is reported as \
      missing.
      """)

  @OptionGroup var options: CommonOptions

  @Option(parsing: .upToNextOption, help: "The numbers of variables, even.")
  var sizes: [Int] = []

  func validate() throws {
    for n in sizes where n < 2 || !n.isMultiple(of: 2) {
      throw ValidationError("\(n) variables, not a number of pairs")
    }
  }

  func run() throws {
    let defaults =
      options.quick ? [2, 100, 10_000] : [2, 100, 10_000, 1_000_000]
    print(Environment.current.summary)
    let peers = Self.loadPeers()
    var table = Table(columns: LBFGSResult.columns)
    var results: [LBFGSResult] = []
    for n in sizes.isEmpty ? defaults : sizes {
      print("n = \(n) …")
      let function = ExtendedRosenbrock(n)
      let race = LBFGSRace(
        objective: function, start: function.start, isChained: false,
        target: LBFGSRace.extendedTarget(n))
      let result = try race.run(peers, isQuick: options.quick)
      result.rows.forEach { table.append($0) }
      results.append(result)
    }
    print("\n\(table)")
    let file = options.jsonFile(for: "lbfgs")
    try Report(benchmark: "lbfgs", results: results).write(to: file)
    print("\nwritten to \(file.path)")
  }

  /// The peers that are installed; of the others it is said why they are not.
  static func loadPeers() -> [PeerLibrary] {
    PeerLibrary.sources.compactMap { source in
      do {
        return try PeerLibrary(
          CompiledPeer(source, from: try CompiledPeer.folder()))
      } catch {
        print("\(error)")
        return nil
      }
    }
  }
}
