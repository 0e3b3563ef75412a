import Matrix
import Optimization
import ProblemSets
import Synchronization

/// Rosenbrock's function, counting what is evaluated outside of a box.
final class Fenced: TwiceDifferentiableObjective {
  let bounds: Bounds
  let rosenbrock: ChainedRosenbrock
  let outside = Mutex(0)

  init(_ n: Int, within bounds: Bounds) {
    rosenbrock = ChainedRosenbrock(n)
    self.bounds = bounds
  }

  private func note(_ x: Vector<Double>) {
    if !bounds.contains(x) { outside.withLock { $0 += 1 } }
  }

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    note(x)
    return rosenbrock.valueAndGradient(at: x, into: &gradient)
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    note(x)
    rosenbrock.hessian(at: x, into: &hessian)
  }
}
