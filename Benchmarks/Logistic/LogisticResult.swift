import Presentation

/// A solver of a logistic regression with its times.
struct LogisticResult: Codable, Equatable {
  /// The solver.
  let solver: String
  /// The most threads it may use.
  let threads: Int
  let iterations: Int
  /// ‖∇f‖∞ at its answer, by this package's objective.
  let gradientNorm: Double
  /// The largest difference of a variable from our Newton's.
  let distance: Double
  /// Of ours with a fresh f and ∇f; the peers verify nothing.
  let time: Measurement
  /// The time of a certificate with the curvature; none is taken of a peer's.
  let certificate: Measurement?

  /// What our time is to be as a part of a peer's.
  struct Target: Codable, Equatable {
    let ours: String
    let peer: String
    let ratio: Double

    static let all = [
      Target(ours: Solver.newton, peer: Solver.newtonCholesky, ratio: 0.5),
      Target(ours: Solver.newton, peer: Solver.numPy, ratio: 1),
      Target(ours: Solver.lbfgs, peer: Solver.scikitLBFGS, ratio: 0.7),
    ]
  }

  /// The solvers' names; those of the peers are what their program knows.
  enum Solver {
    static let newton = "Newton"
    static let lbfgs = "L-BFGS"
    static let newtonCholesky = "scikit-learn newton-cholesky"
    static let scikitLBFGS = "scikit-learn lbfgs"
    static let numPy = "NumPy Newton"
    static let peers = [newtonCholesky, scikitLBFGS, numPy]
  }

  static let columns = [
    "solver", "threads", "iterations", "time", "certificate", "‖∇f‖∞",
    "‖θ − ours‖∞",
  ]

  /// What the table's times are.
  static let caption = """
    The time of ours includes a fresh f and ∇f at the answer, its first-order \
    certificate;
    the peers verify nothing. 'certificate' is what the full one, with the \
    Hessian's
    inertia, takes by itself: minimize makes it by default, and it is in no ratio.
    """

  var row: [String] {
    [
      solver, "\(threads)", "\(iterations)", Format.seconds(time.median),
      certificate.map { Format.seconds($0.median) } ?? "—",
      Format.number(gradientNorm, digits: 2),
      Format.number(distance, digits: 2),
    ]
  }

  /// A line for each target and number of threads: the median over the turns of
  /// our time divided by the peer's.
  static func verdicts(_ results: [LogisticResult]) -> Table {
    var table = Table(columns: ["our time / its", "threads", "ratio", "target"])
    for target in Target.all {
      for theirs in results where theirs.solver == target.peer {
        guard
          let ours = results.first(where: {
            $0.solver == target.ours && $0.threads == theirs.threads
          })
        else { continue }
        let ratio = Comparison(ours: ours.time, theirs: theirs.time).ratio
        table.append([
          "\(target.ours) / \(target.peer)", "\(theirs.threads)",
          Format.ratio(ratio),
          "≤ \(target.ratio) \(ratio <= target.ratio ? "met" : "missed")",
        ])
      }
    }
    return table
  }
}
