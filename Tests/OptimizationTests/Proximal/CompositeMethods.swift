import Matrix
import Optimization

/// The methods for composite problems that arrive at high accuracy.
enum CompositeMethods {
  /// The solutions by all of them.
  static func solutions<P: AbsoluteValuePenalty>(
    of problem: TwiceDifferentiableCompositeObjective<P>,
    from start: Vector<Double>, to tolerance: Double, within budget: Budget
  ) -> [Solution] {
    generalSolutions(
      of: problem, from: start, to: tolerance, within: budget)
      + [
        minimize(
          problem, from: start, using: .owlqn(),
          until: .gradientNorm(tolerance), within: budget)
      ]
  }

  /// The solutions by those that take any penalty.
  static func generalSolutions<P: Penalty>(
    of problem: TwiceDifferentiableCompositeObjective<P>,
    from start: Vector<Double>, to tolerance: Double, within budget: Budget
  ) -> [Solution] {
    func solve<M: Method>(_ method: M, _ problem: M.Problem) -> Solution {
      minimize(
        problem, from: start, using: method, until: .gradientNorm(tolerance),
        within: budget)
    }
    return [
      solve(.proximalGradient(), problem), solve(.fista(), problem),
      solve(.proximalNewton(), problem),
    ]
  }
}
