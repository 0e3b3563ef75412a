import ArgumentParser
import CReference
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
      let result = try measure(n, peers)
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

  private func measure(
    _ n: Int, _ peers: [PeerLibrary]
  ) throws -> LBFGSResult {
    let tolerance = 1e-6
    let problem = GradientOnly(function: ExtendedRosenbrock(n))
    let start = problem.function.start
    func ours() -> Solution {
      minimize(
        problem, from: start, using: .lbfgs(memory: 10),
        until: .gradientNorm(tolerance))
    }
    // Turns so short that most of them are not interrupted.
    let turns = options.quick ? 9 : n < 10_000 ? 101 : n < 100_000 ? 31 : 7
    let effort = Effort(samples: turns, secondsPerSample: 0.0005)

    let solution = ours()
    guard solution.isVerified else {
      throw CleanExit.message("ours is not verified at n = \(n): \(solution)")
    }
    return LBFGSResult(
      n: n,
      ours: LBFGSResult.Run(
        solver: "this package", iterations: solution.iterations,
        evaluations: solution.counts.values, value: solution.value,
        gradientNorm: solution.certificate.gradientNorm),
      peers: peers.compactMap { peer in
        guard
          let way = PeerWay.fastest(
            of: peer, from: start.array, tolerance: tolerance)
        else {
          print("\(peer.source.name) does not arrive in any setting")
          return nil
        }
        let times = compare(effort, ours: ours) { way.run() }
        return LBFGSResult.Peer(run: way.summary, times: times)
      })
  }
}

/// The function as the peers know it: a certificate that examined its Hessian
/// would do what no peer does.
private struct GradientOnly: DifferentiableObjective {
  let function: ExtendedRosenbrock

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    function.valueAndGradient(at: x, into: &gradient)
  }
}

/// A peer with a setting and a number of threads.
private struct PeerWay {
  let peer: PeerLibrary
  let setting: Int
  let threads: Int32
  let start: [Double]
  let tolerance: Double
  let outcome: PeerLibrary.Outcome

  /// Runs it with OpenBLAS's threads as they are to be.
  @discardableResult
  func run() -> PeerLibrary.Outcome? {
    Self.run(peer, setting, threads, start, tolerance)
  }

  private static func run(
    _ peer: PeerLibrary, _ setting: Int, _ threads: Int32, _ start: [Double],
    _ tolerance: Double
  ) -> PeerLibrary.Outcome? {
    let kept = reference_threads()
    reference_set_threads(threads)
    defer { reference_set_threads(kept) }
    return peer.run(from: start, setting: setting, tolerance: tolerance)
  }

  /// The setting and number of threads that take the least time among those that
  /// arrive.
  static func fastest(
    of peer: PeerLibrary, from start: [Double], tolerance: Double
  ) -> PeerWay? {
    let all = Int32(Threads.maximum)
    let ways = peer.settings.indices.flatMap { setting in
      Set(peer.source.usesBLAS ? [1, all] : [1]).sorted().compactMap {
        threads in
        run(peer, setting, threads, start, tolerance).map {
          PeerWay(
            peer: peer, setting: setting, threads: threads, start: start,
            tolerance: tolerance, outcome: $0)
        }
      }
    }
    let effort = Effort(samples: 3, secondsPerSample: 0.01)
    return ways.map { way in
      (way, benchmarks::measure(effort) { way.run() }.median)
    }.min { $0.1 < $1.1 }?.0
  }

  var summary: LBFGSResult.Run {
    let threads =
      peer.source.usesBLAS
      ? ", \(threads) thread\(threads == 1 ? "" : "s")" : ""
    return LBFGSResult.Run(
      solver: "\(peer.source.name), \(peer.settings[setting])\(threads)",
      iterations: Int(outcome.iterations),
      evaluations: Int(outcome.evaluations), value: outcome.value,
      gradientNorm: outcome.gradientNorm)
  }
}
