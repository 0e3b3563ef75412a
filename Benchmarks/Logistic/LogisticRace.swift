import Foundation
import Matrix
import Models
import Optimization
import ProblemSets

/// Solvers of one logistic regression in turns.
struct LogisticRace {
  let data: DataSet
  /// How often each solver is timed.
  let turns: Int
  /// λ = 1/m, which is scikit-learn's default C = 1 for the mean loss.
  let penalty: Double
  /// The bound on ‖∇f‖∞.
  let tolerance = 1e-8

  init(_ data: DataSet, turns: Int) {
    self.data = data
    self.turns = turns
    penalty = 1 / Double(data.count)
  }

  /// The samples one after the other, then their labels 0 and 1, as doubles.
  var fileContents: Data {
    let labels = data.classes.map(Double.init)
    return [data.samples.columnMajor, labels].reduce(into: Data()) {
      file, numbers in
      numbers.withUnsafeBytes { file.append(contentsOf: $0) }
    }
  }

  private func problem() -> LogisticRegression {
    LogisticRegression(data, class: 1, penalty: penalty)
  }

  /// A peer's answer.
  private struct Reply: Decodable {
    let seconds: Double
    let iterations: Int
    /// The variables, the intercept last.
    let theta: [Double]
  }

  /// An answer, and for one of ours the seconds of its full certificate.
  private struct Answer {
    let seconds: Double
    let iterations: Int
    let x: Vector<Double>
    var certificate: Double?
  }

  /// Solves with a first-order certificate, of a fresh f and ∇f; the full one,
  /// with the curvature, is timed by itself.
  private func solve(_ solver: String) throws -> Answer {
    let start = Vector<Double>.zeros(data.featureCount + 1)
    let stop = StopRule.gradientNorm(tolerance)
    let verification = Verification(curvature: .never)
    let (seconds, (problem, solution)) = timed {
      let problem = self.problem()
      let solution =
        solver == LogisticResult.Solver.newton
        ? minimize(
          problem, from: start, using: .newton(), until: stop,
          verifying: verification)
        : minimize(
          problem, from: start, using: .lbfgs(), until: stop,
          verifying: verification)
      return (problem, solution)
    }
    let (more, certificate) = timed {
      Certificate(
        of: problem, at: solution.x, claimedValue: solution.value,
        gradientTolerance: tolerance)
    }
    guard
      solution.isVerified && certificate.isVerified
        && certificate.classification == .minimum
    else { throw Unverified(solver: solver, certificate: certificate) }
    return Answer(
      seconds: seconds, iterations: solution.iterations, x: solution.x,
      certificate: more)
  }

  /// Times our solvers and the peer's in turns.
  func run(threads: Int, peer: PythonPeer?) throws -> [LogisticResult] {
    let mine = [LogisticResult.Solver.newton, LogisticResult.Solver.lbfgs]
    let theirs = peer == nil ? [] : LogisticResult.Solver.peers
    func answer(_ solver: String) throws -> Answer {
      guard theirs.contains(solver), let peer else {
        return try solve(solver)
      }
      let reply: Reply = try peer.ask(solver)
      return Answer(
        seconds: reply.seconds, iterations: reply.iterations,
        x: Vector(reply.theta))
    }

    let solvers = mine + theirs
    // An uncounted turn, for page faults and lazy set-up.
    let answers = try solvers.map(answer)
    var times = solvers.map { _ in [Double]() }
    var certificates = times
    for _ in 0..<turns {
      for (k, solver) in solvers.enumerated() {
        // A peer's OpenBLAS threads spin after their last work, more than 50 ms
        // long, and would hold a core in the next solver's turn.
        if peer != nil { Thread.sleep(forTimeInterval: 0.2) }
        let answer = try answer(solver)
        times[k].append(answer.seconds)
        if let more = answer.certificate { certificates[k].append(more) }
      }
    }
    return solvers.indices.map { k in
      let x = answers[k].x
      var gradient = Vector<Double>.zeros(x.count)
      _ = problem().valueAndGradient(at: x, into: &gradient)
      return LogisticResult(
        solver: solvers[k], threads: threads, iterations: answers[k].iterations,
        gradientNorm: gradient.normInfinity,
        distance: (x - answers[0].x).normInfinity,
        time: Measurement(samples: times[k]),
        certificate: certificates[k].isEmpty
          ? nil : Measurement(samples: certificates[k]))
    }
  }

  /// A solution of ours whose certificate does not hold.
  struct Unverified: Error, CustomStringConvertible {
    let solver: String
    let certificate: Certificate

    var description: String { "\(solver) is not verified: \(certificate)" }
  }
}
