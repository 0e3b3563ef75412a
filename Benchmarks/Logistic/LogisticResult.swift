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
  let time: Measurement

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
    "solver", "threads", "iterations", "time", "‖∇f‖∞", "‖θ − ours‖∞",
  ]

  var row: [String] {
    [
      solver, "\(threads)", "\(iterations)", Format.seconds(time.median),
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
