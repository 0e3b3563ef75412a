import Presentation

/// L-BFGS on one of Rosenbrock's functions of n variables: ours and peers'.
struct LBFGSResult: Codable, Equatable {
  /// One solver's run.
  struct Run: Codable, Equatable {
    /// The solver and how it was set.
    let solver: String
    let iterations: Int
    let evaluations: Int
    let value: Double
    let gradientNorm: Double
  }

  /// A peer in its fastest setting, measured in turns with ours.
  struct Peer: Codable, Equatable {
    let run: Run
    let times: Comparison
  }

  /// What our time may be as a part of the faster peer's.
  enum Target: Codable, Equatable {
    case below(Double)
    case atMost(Double)

    func isMet(by ratio: Double) -> Bool {
      switch self {
      case .below(let bound): ratio < bound
      case .atMost(let bound): ratio <= bound
      }
    }

    var text: String {
      switch self {
      case .below(let bound): "< \(bound)"
      case .atMost(let bound): "≤ \(bound)"
      }
    }
  }

  let n: Int
  let ours: Run
  let peers: [Peer]
  let target: Target

  /// The peer that is nearest to our time, or farthest below it.
  ///
  /// By ratios, whose two sides met the same spells of the machine.
  var fastest: Peer? {
    peers.max { $0.times.ratio < $1.times.ratio }
  }

  /// Whether the target is met; nil without a peer.
  var isMet: Bool? { fastest.map { target.isMet(by: $0.times.ratio) } }

  static let columns = [
    "n", "solver", "iterations", "evaluations", "‖∇f‖∞", "time", "ours / its",
    "target",
  ]

  /// The rows of the table: ours, then each peer.
  var rows: [[String]] {
    func row(
      _ run: Run, _ time: Measurement?, _ ratio: String, _ target: String
    ) -> [String] {
      [
        "\(n)", run.solver, "\(run.iterations)", "\(run.evaluations)",
        Format.number(run.gradientNorm, digits: 2),
        time.map { Format.seconds($0.median) } ?? "—", ratio, target,
      ]
    }
    let verdict = isMet.map {
      "\(target.text) \($0 ? "met" : "missed")"
    }
    return [row(ours, fastest?.times.ours, "", "")]
      + peers.map {
        row(
          $0.run, $0.times.theirs, Format.ratio($0.times.ratio),
          $0 == fastest ? verdict ?? "" : "")
      }
  }
}
