import ArgumentParser
import Matrix
import Optimization

/// L-BFGS with memory 10 on one of Rosenbrock's functions until ‖∇f‖∞ ≤ 1e-6, in
/// turns with peers.
struct LBFGSRace {
  let objective: any DifferentiableObjective
  let start: Vector<Double>
  /// Whether all neighbours are linked, or pairs.
  let isChained: Bool
  /// What our time may be as a part of the faster peer's.
  let target: LBFGSResult.Target
  private let tolerance = 1e-6

  init(
    objective: any DifferentiableObjective, start: Vector<Double>,
    isChained: Bool, target: LBFGSResult.Target
  ) {
    self.objective = objective
    self.start = start
    self.isChained = isChained
    self.target = target
  }

  /// At n = 10⁶ memory is all that counts, and the compact form reads half as
  /// much.
  static func extendedTarget(_ n: Int) -> LBFGSResult.Target {
    n < 1_000_000 ? .below(1) : .atMost(0.6)
  }

  /// Runs both sides.
  ///
  /// - Throws: when ours does not arrive.
  func run(_ peers: [PeerLibrary], isQuick: Bool) throws -> LBFGSResult {
    let problem = GradientOnly(function: objective)
    func ours() -> Solution {
      minimize(
        problem, from: start, using: .lbfgs(memory: 10),
        until: .gradientNorm(tolerance))
    }
    let solution = ours()
    let n = start.count
    guard solution.isVerified else {
      throw CleanExit.message("ours is not verified at n = \(n): \(solution)")
    }
    // Turns so short that most of them are not interrupted.
    let turns = isQuick ? 9 : n < 10_000 ? 101 : n < 100_000 ? 31 : 7
    let effort = Effort(
      samples: turns, secondsPerSample: 0.0005,
      secondsInAll: isQuick ? 1 : 20)
    return LBFGSResult(
      n: n,
      ours: LBFGSResult.Run(
        solver: "this package", iterations: solution.iterations,
        evaluations: solution.counts.values, value: solution.value,
        gradientNorm: solution.certificate.gradientNorm),
      peers: peers.compactMap { peer in
        guard
          let way = PeerWay.fastest(
            of: peer, from: start.array, isChained: isChained,
            tolerance: tolerance)
        else {
          print("\(peer.source.name) does not arrive in any setting")
          return nil
        }
        let times = compare(effort, ours: ours) { way.run() }
        return LBFGSResult.Peer(run: way.summary, times: times)
      }, target: target)
  }
}

/// The function as the peers know it: a certificate that examined its Hessian
/// would do what no peer does.
private struct GradientOnly: DifferentiableObjective {
  let function: any DifferentiableObjective

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    try function.valueAndGradient(at: x, into: &gradient)
  }
}
