import CReference
import Matrix

/// A peer with a setting and a number of threads.
struct PeerWay {
  let peer: PeerLibrary
  let setting: Int
  let threads: Int32
  let start: [Double]
  let isChained: Bool
  let tolerance: Double
  let outcome: PeerLibrary.Outcome

  /// Runs it with OpenBLAS's threads as they are to be.
  @discardableResult
  func run() -> PeerLibrary.Outcome? {
    Self.run(peer, setting, threads, start, isChained, tolerance)
  }

  private static func run(
    _ peer: PeerLibrary, _ setting: Int, _ threads: Int32, _ start: [Double],
    _ isChained: Bool, _ tolerance: Double
  ) -> PeerLibrary.Outcome? {
    let kept = reference_threads()
    reference_set_threads(threads)
    defer { reference_set_threads(kept) }
    return peer.run(
      from: start, isChained: isChained, setting: setting, tolerance: tolerance)
  }

  /// The setting and number of threads that take the least time among those that
  /// arrive.
  static func fastest(
    of peer: PeerLibrary, from start: [Double], isChained: Bool,
    tolerance: Double
  ) -> PeerWay? {
    let all = Int32(Threads.maximum)
    let ways = peer.settings.indices.flatMap { setting in
      Set(peer.source.usesBLAS ? [1, all] : [1]).sorted().compactMap {
        threads in
        run(peer, setting, threads, start, isChained, tolerance).map {
          PeerWay(
            peer: peer, setting: setting, threads: threads, start: start,
            isChained: isChained, tolerance: tolerance, outcome: $0)
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
