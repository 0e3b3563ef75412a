import Matrix
import Optimization

/// Somebody's way to solve a constrained problem.
struct NonlinearSolver {
  /// What everybody is given.
  struct Limits {
    /// The bound on the residuals of the first-order conditions.
    var residual = 1e-6
    /// The most evaluations of f, and the most steps.
    var evaluations = 10_000
    /// The most seconds.
    var seconds = 20.0
  }

  /// What it comes back with.
  struct Answer {
    let x: Vector<Double>
    /// Of the constraints and of the bounds, where it gives any.
    let multipliers: (Vector<Double>, Vector<Double>)?
    /// Whether it says that this is a minimum.
    let claimsSuccess: Bool
    /// Its own words.
    let message: String
    /// Seconds, without those of the functions.
    let seconds: Double
  }

  /// The library.
  let library: String
  /// The method and how it is set.
  let method: String
  /// Whether it asks for second derivatives.
  let asksForHessians: Bool
  /// Solves a problem, its evaluations by a witness.
  let solve: (NonlinearWitness, NonlinearChallenge, Limits) throws -> Answer

  /// Library and method.
  var name: String { "\(library), \(method)" }
}

extension NonlinearSolver {
  /// This package's methods.
  static var ours: [NonlinearSolver] {
    [
      ours("automatic", asksForHessians: true) { witness, problem, limits in
        minimize(
          witness.watchedProblem, from: problem.start,
          until: .gradientNorm(limits.residual), within: limits.budget)
      },
      ours("automatic, first derivatives", asksForHessians: false) {
        witness, problem, limits in
        minimize(
          witness.firstOrderProblem, from: problem.start,
          until: .gradientNorm(limits.residual), within: limits.budget)
      },
      first("SQP", .sqp()), second("SQP, exact Hessian", .sqp(hessian: .exact)),
      second("interior point", .interiorPoint()),
      first("interior point, BFGS", .interiorPoint(hessian: .quasiNewton)),
      first("augmented Lagrangian", .augmentedLagrangian()),
    ]
  }

  /// A method of ours that takes first derivatives.
  ///
  /// It claims what its certificate verifies, and its time has the certificate in
  /// it.
  static func first<M: ConstrainedMethod>(
    _ name: String, _ method: M
  ) -> NonlinearSolver where M.Problem == any ConstrainedProblem {
    ours(name, asksForHessians: false) { witness, problem, limits in
      minimize(
        witness.firstOrderProblem, from: problem.start, using: method,
        until: .gradientNorm(limits.residual), within: limits.budget)
    }
  }

  /// A method of ours that takes second derivatives.
  static func second<M: ConstrainedMethod>(
    _ name: String, _ method: M
  ) -> NonlinearSolver
  where M.Problem == any TwiceDifferentiableConstrainedProblem {
    ours(name, asksForHessians: true) { witness, problem, limits in
      minimize(
        witness.watchedProblem, from: problem.start, using: method,
        until: .gradientNorm(limits.residual), within: limits.budget)
    }
  }

  static func ours(
    _ name: String, asksForHessians: Bool,
    _ solve:
      @escaping (NonlinearWitness, NonlinearChallenge, Limits) ->
      ConstrainedSolution
  ) -> NonlinearSolver {
    NonlinearSolver(
      library: Minimizer.package, method: name, asksForHessians: asksForHessians
    ) { witness, problem, limits in
      let (seconds, solution) = timed { solve(witness, problem, limits) }
      return Answer(
        x: solution.x,
        multipliers: (solution.multipliers, solution.boundMultipliers),
        claimsSuccess: solution.certificate.finding == .optimal,
        message: solution.cause.map { "\($0)" } ?? "",
        seconds: seconds - witness.seconds)
    }
  }
}

extension NonlinearSolver.Limits {
  /// What a run of ours may cost.
  var budget: Budget {
    Budget(
      iterations: evaluations, evaluations: evaluations, seconds: seconds)
  }
}
