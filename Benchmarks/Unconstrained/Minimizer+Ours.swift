import Matrix
import Optimization

extension Minimizer {
  /// This package's methods.
  static var ours: [Minimizer] {
    [
      values("Nelder-Mead", .nelderMead()),
      first("gradient descent", .gradientDescent()),
      first("L-BFGS", .lbfgs()),
      second("Newton", .newton()),
      second("trust region", .trustRegion()),
    ]
  }

  /// A method that needs values alone, ended by its own rule, as there is no
  /// gradient to look at.
  private static func values<M: Method>(
    _ name: String, _ method: M
  ) -> Minimizer where M.Problem == any Objective {
    ours(name, .none) { function, start, limits in
      Optimization::minimize(
        ValuesAlone(function: function), from: start, using: method,
        within: limits.budget,
        verifying: Verification(gradientTolerance: limits.gradientNorm))
    }
  }

  private static func first<M: Method>(
    _ name: String, _ method: M
  ) -> Minimizer where M.Problem == any DifferentiableObjective {
    ours(name, .first) { function, start, limits in
      Optimization::minimize(
        FirstOrder(function: function), from: start, using: method,
        until: .gradientNorm(limits.gradientNorm), within: limits.budget)
    }
  }

  private static func second<M: Method>(
    _ name: String, _ method: M
  ) -> Minimizer where M.Problem == any TwiceDifferentiableObjective {
    ours(name, .second) { function, start, limits in
      Optimization::minimize(
        function, from: start, using: method,
        until: .gradientNorm(limits.gradientNorm), within: limits.budget)
    }
  }

  /// A method of ours, which claims what its certificate verifies.
  ///
  /// Its time has the certificate in it, its counts have not, since the peers'
  /// answers come without.
  static func ours(
    _ name: String, _ derivatives: Derivatives,
    _ solve: @escaping (Witness, Vector<Double>, Limits) -> Solution
  ) -> Minimizer {
    Minimizer(library: package, method: name, derivatives: derivatives) {
      function, start, limits in
      let (seconds, solution) = timed { solve(function, start, limits) }
      return Answer(
        x: solution.x, claimsSuccess: solution.isVerified,
        message: solution.cause.map { "\($0)" } ?? "",
        seconds: seconds - function.seconds, counts: solution.counts)
    }
  }
}

extension Minimizer.Limits {
  /// What a run of ours may cost.
  var budget: Budget {
    Budget(
      iterations: evaluations, evaluations: evaluations, seconds: seconds)
  }
}
