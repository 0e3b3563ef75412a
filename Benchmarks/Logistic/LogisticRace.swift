import Foundation
import Matrix
import Optimization
import ProblemSets

/// Solvers of one logistic regression in turns.
struct LogisticRace {
  let data: LabeledData
  /// How often each solver is timed.
  let turns: Int
  /// λ = 1/m, which is scikit-learn's default C = 1 for the mean loss.
  let penalty: Double
  /// The bound on ‖∇f‖∞.
  let tolerance = 1e-8

  init(_ data: LabeledData, turns: Int) {
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

  private func solve(_ solver: String) -> Solution {
    let problem = problem()
    let start = Vector<Double>.zeros(data.featureCount + 1)
    let stop = StopRule.gradientNorm(tolerance)
    return solver == LogisticResult.Solver.newton
      ? minimize(problem, from: start, using: .newton(), until: stop)
      : minimize(problem, from: start, using: .lbfgs(), until: stop)
  }

  /// Times our solvers and the peer's in turns.
  func run(threads: Int, peer: PythonPeer?) throws -> [LogisticResult] {
    typealias Answer = (seconds: Double, iterations: Int, x: Vector<Double>)
    func ours(_ solver: String) throws -> Answer {
      let (seconds, solution) = timed { solve(solver) }
      guard solution.isVerified else {
        throw Unverified(solver: solver, solution: solution)
      }
      return (seconds, solution.iterations, solution.x)
    }
    let mine = [LogisticResult.Solver.newton, LogisticResult.Solver.lbfgs]
    let theirs = peer == nil ? [] : LogisticResult.Solver.peers
    func answer(_ solver: String) throws -> Answer {
      guard theirs.contains(solver), let peer else { return try ours(solver) }
      let reply = try peer.solve(solver)
      return (reply.seconds, reply.iterations, Vector(reply.theta))
    }

    let solvers = mine + theirs
    // An uncounted turn, for page faults and lazy set-up.
    let answers = try solvers.map(answer)
    var times = solvers.map { _ in [Double]() }
    for _ in 0..<turns {
      for (k, solver) in solvers.enumerated() {
        times[k].append(try answer(solver).seconds)
      }
    }
    return zip(solvers, zip(answers, times)).map { solver, found in
      let (answer, times) = found
      var gradient = Vector<Double>.zeros(answer.x.count)
      _ = problem().valueAndGradient(at: answer.x, into: &gradient)
      return LogisticResult(
        solver: solver, threads: threads, iterations: answer.iterations,
        gradientNorm: gradient.normInfinity,
        distance: (answer.x - answers[0].x).normInfinity,
        time: Measurement(samples: times))
    }
  }

  /// A solution of ours whose certificate does not hold.
  struct Unverified: Error, CustomStringConvertible {
    let solver: String
    let solution: Solution

    var description: String { "\(solver) is not verified: \(solution)" }
  }
}
