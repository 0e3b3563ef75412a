// A run that survives the end of its process. Started with the path of a file,
// the program takes 20 steps and saves the run there; started again, it goes on
// from the file, and compares itself with a run that nothing interrupted.

import Matrix
import Optimization

/// Rosenbrock's function of many variables in its chained form,
/// Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)².
struct ChainedRosenbrock: DifferentiableObjective {
  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    var value = 0.0
    gradient.fill(with: 0)
    for i in 0..<x.count - 1 {
      let a = 1 - x[i]
      let b = x[i + 1] - x[i] * x[i]
      gradient[i] -= 2 * a + 400 * x[i] * b
      gradient[i + 1] += 200 * b
      value += a * a + 100 * b * b
    }
    return value
  }
}

@main
struct CheckpointResume {
  typealias Method = LBFGS<StrongWolfe>

  static func main() throws {
    guard CommandLine.arguments.count == 2 else {
      print("usage: CheckpointResume FILE")
      return
    }
    let path = CommandLine.arguments[1]
    let problem = ChainedRosenbrock()
    let start = Vector<Double>(repeating: -1, count: 100)

    guard let checkpoint = try saved(at: path) else {
      var run = Run(problem, from: start, using: .lbfgs())
      run.advance(until: .iterations(20))
      try run.checkpoint.write(to: path)
      print("saved after \(run.state.iteration) steps; start me again")
      return
    }

    var resumed = Run(problem, resuming: checkpoint)
    print("going on after \(resumed.state.iteration) steps")
    resumed.advance()
    print(resumed.solution())

    var uninterrupted = Run(problem, from: start, using: .lbfgs())
    uninterrupted.advance()
    let isEqual = resumed.state == uninterrupted.state
    print("bit for bit the uninterrupted run: \(isEqual)")
  }

  /// The checkpoint in a file, nil where there is none yet.
  static func saved(at path: String) throws -> Checkpoint<Method>? {
    do {
      return try Checkpoint(contentsOf: path)
    } catch .file {
      return nil
    }
  }
}
