import Matrix
import Optimization

extension Minimizer {
  /// This package's methods.
  static var ours: [Minimizer] {
    [
      first("automatic", .automatic()),
      automaticWithHessians,
      values("Nelder-Mead", .nelderMead()),
      first("gradient descent", .gradientDescent()),
      first("Barzilai-Borwein", .barzilaiBorwein()),
      first("accelerated gradient", .acceleratedGradient()),
      first("conjugate gradient", .conjugateGradient()),
      first("L-BFGS", .lbfgs()),
      first("BFGS", .bfgs()),
      first("L-BFGS, Hager-Zhang", .lbfgs(search: HagerZhang())),
      first(
        "trust region, BFGS dogleg", .trustRegion(DoglegPath(over: BFGSModel()))
      ),
      second("Newton", .newton()),
      second("trust region", .trustRegion()),
      second(
        "trust region, Steihaug-Toint",
        .trustRegion(SteihaugToint(over: ExactHessian()))),
    ]
  }

  /// The automatic choice with second derivatives to choose from.
  private static var automaticWithHessians: Minimizer {
    ours("automatic", .second) { function, problem, limits in
      Optimization::minimize(
        function, from: problem.start, using: .automatic(),
        until: .gradientNorm(limits.gradientNorm), within: limits.budget)
    }
  }

  /// Those for bounds.
  static var oursWithinBounds: [Minimizer] {
    [
      bounded("L-BFGS-B", .lbfgsb()),
      bounded("projected gradient", .projectedGradient()),
      boundedSecond("projected Newton", .projectedNewton()),
      boundedSecond("trust region", .boundedTrustRegion()),
    ]
  }

  private static func bounded<M: Method>(
    _ name: String, _ method: M
  ) -> Minimizer where M.Problem == any BoundedProblem {
    ours(name, .first) { function, problem, limits in
      Optimization::minimize(
        FirstOrder(function: function).within(problem.bounds!),
        from: problem.start, using: method,
        until: .gradientNorm(limits.gradientNorm), within: limits.budget)
    }
  }

  private static func boundedSecond<M: Method>(
    _ name: String, _ method: M
  ) -> Minimizer where M.Problem == any TwiceDifferentiableBoundedProblem {
    ours(name, .second) { function, problem, limits in
      Optimization::minimize(
        function.within(problem.bounds!), from: problem.start, using: method,
        until: .gradientNorm(limits.gradientNorm), within: limits.budget)
    }
  }

  /// A method that needs values alone, ended by its own rule, as there is no
  /// gradient to look at.
  private static func values<M: Method>(
    _ name: String, _ method: M
  ) -> Minimizer where M.Problem == any Objective {
    ours(name, .none) { function, problem, limits in
      Optimization::minimize(
        ValuesAlone(function: function), from: problem.start, using: method,
        within: limits.budget,
        verifying: Verification(gradientTolerance: limits.gradientNorm))
    }
  }

  private static func first<M: Method>(
    _ name: String, _ method: M
  ) -> Minimizer where M.Problem == any DifferentiableObjective {
    ours(name, .first) { function, problem, limits in
      Optimization::minimize(
        FirstOrder(function: function), from: problem.start, using: method,
        until: .gradientNorm(limits.gradientNorm), within: limits.budget)
    }
  }

  private static func second<M: Method>(
    _ name: String, _ method: M
  ) -> Minimizer where M.Problem == any TwiceDifferentiableObjective {
    ours(name, .second) { function, problem, limits in
      Optimization::minimize(
        function, from: problem.start, using: method,
        until: .gradientNorm(limits.gradientNorm), within: limits.budget)
    }
  }

  /// A method of ours, which claims what its certificate verifies.
  ///
  /// Its time has the certificate in it, its counts have not, since the peers'
  /// answers come without.
  static func ours(
    _ name: String, _ derivatives: Derivatives,
    _ solve: @escaping (Witness, Challenge, Limits) -> Solution
  ) -> Minimizer {
    Minimizer(library: package, method: name, derivatives: derivatives) {
      function, problem, limits in
      let (seconds, solution) = timed { solve(function, problem, limits) }
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
