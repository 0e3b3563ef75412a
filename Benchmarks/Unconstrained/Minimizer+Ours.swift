import Matrix
import Optimization

extension Minimizer {
  /// This package's methods.
  static var ours: [Minimizer] {
    [
      first("gradient descent", .gradientDescent()),
      first("L-BFGS", .lbfgs()),
      second("Newton", .newton()),
    ]
  }

  private static func first<M: Method>(
    _ name: String, _ method: M
  ) -> Minimizer where M.Problem == any DifferentiableObjective {
    ours(name, .first) { function, start in
      Run(FirstOrder(function: function), from: start, using: method)
    }
  }

  private static func second<M: Method>(
    _ name: String, _ method: M
  ) -> Minimizer where M.Problem == any TwiceDifferentiableObjective {
    ours(name, .second) { function, start in
      Run(function, from: start, using: method)
    }
  }

  /// A method of ours, which claims what its certificate verifies.
  private static func ours<M: Method>(
    _ name: String, _ derivatives: Derivatives,
    _ begin: @escaping (Witness, Vector<Double>) -> Run<M>
  ) -> Minimizer {
    Minimizer(library: package, method: name, derivatives: derivatives) {
      function, start, limits in
      let (seconds, solution) = timed {
        var run = begin(function, start)
        run.advance(
          until: .gradientNorm(limits.gradientNorm),
          within: Budget(
            iterations: limits.evaluations, evaluations: limits.evaluations,
            seconds: limits.seconds))
        function.isClosed = true
        return run.solution()
      }
      return Answer(
        x: solution.x, claimsSuccess: solution.isVerified,
        message: solution.cause.map { "\($0)" } ?? "",
        seconds: seconds - function.seconds)
    }
  }
}
