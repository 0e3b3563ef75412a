import Matrix
import Optimization
import Presentation

/// Whole solves of small problems, ours beside the peers', in turns.
struct SmallProgramTiming: Codable, Equatable {
  let problem: String
  /// Of our solution and of the peer's.
  let residual: Double
  let peerResidual: Double
  let peer: String
  /// Without and with our certificate.
  let bare: Comparison
  let whole: Comparison

  /// Runs SQP on all problems beside the peers' methods.
  static func run(isQuick: Bool) throws -> [SmallProgramTiming] {
    let peers = NonlinearPeer.load()
    let effort = Effort(
      samples: isQuick ? 5 : 51, secondsPerSample: 0.0005,
      secondsInAll: isQuick ? 0.5 : 5)
    return try SmallProgram.all.flatMap { program in
      let problem = try program.problem()
      func bare() -> Double {
        var run = Run(
          problem, from: program.start,
          using: .sqp())
        run.advance()
        return run.state.point.value
      }
      func whole() -> ConstrainedSolution {
        minimize(
          problem, from: program.start,
          using: .sqp())
      }
      let ours = whole()
      return peers.flatMap { peer in
        peer.settings.indices.filter {
          ["LD_SLSQP", "limited memory"].contains(peer.settings[$0])
        }.map { setting in
          func theirs() -> SmallProgram.PeerRun {
            program.solve(by: peer, setting: setting)
          }
          let answer = theirs()
          return SmallProgramTiming(
            problem: program.name, residual: ours.certificate.residual,
            peerResidual: KKTCertificate(
              of: problem, at: Vector(answer.x),
              multipliers: answer.multipliers?.0,
              boundMultipliers: answer.multipliers?.1
            ).residual,
            peer: "\(peer.library), \(peer.settings[setting])",
            bare: compare(effort, ours: bare, theirs: theirs),
            whole: compare(effort, ours: whole, theirs: theirs))
        }
      }
    }
  }

  static func table(_ results: [SmallProgramTiming]) -> Table {
    var table = Table(
      columns: [
        "problem", "beside", "SQP", "peer", "ratio", "with certificate",
        "ratio", "residual", "peer's",
      ], textColumns: 2)
    for result in results {
      table.append([
        result.problem, result.peer, Format.seconds(result.bare.ours.median),
        Format.seconds(result.bare.theirs.median),
        Format.number(result.bare.ratio, digits: 3),
        Format.seconds(result.whole.ours.median),
        Format.number(result.whole.ratio, digits: 3),
        Format.number(result.residual, digits: 2),
        Format.number(result.peerResidual, digits: 2),
      ])
    }
    return table
  }
}
