import Optimization

/// One method of a group that differs in one part.
struct SearchRun {
  let name: String
  /// The evaluations that solving a problem takes; nil where it is not solved.
  let evaluations: (Challenge) -> Int?

  init<M: Method>(
    _ name: String, _ method: M,
    _ problem: @escaping (Challenge) -> M.Problem
  ) {
    self.name = name
    evaluations = {
      let solution = minimize(
        problem($0), from: $0.start, using: method,
        until: .gradientNorm(1e-5),
        within: Budget(iterations: 10_000, evaluations: 10_000))
      return solution.isVerified ? solution.counts.values : nil
    }
  }

  /// A method that needs a gradient.
  init<M: Method>(
    _ name: String, _ method: M
  ) where M.Problem == any DifferentiableObjective {
    self.init(name, method) { $0.objective() }
  }

  /// A method that needs a Hessian.
  init<M: Method>(
    _ name: String, _ method: M
  ) where M.Problem == any TwiceDifferentiableObjective {
    self.init(name, method) { $0.objective() }
  }

  /// Methods of which one part is varied.
  struct Group {
    let name: String
    let runs: [SearchRun]
  }

  /// Directions with all searches, then conjugate gradients by all formulas and
  /// from all first steps.
  static var groups: [Group] {
    [
      searches("gradient descent", SteepestDescent()),
      searches("Barzilai-Borwein", BarzilaiBorwein()),
      searches(
        "conjugate gradients, Polak-Ribière+",
        ConjugateGradientDirection(.polakRibierePlus)),
      searches(
        "conjugate gradients, Hager-Zhang",
        ConjugateGradientDirection(.hagerZhang())),
      searches("L-BFGS", LimitedMemoryBFGS(memory: 10)),
      newton, formulas, firstSteps,
    ]
  }

  private static func searches<D: DescentDirection>(
    _ name: String, _ direction: D
  ) -> Group where D.Problem == any DifferentiableObjective {
    func run<S: LineSearch>(_ search: S) -> SearchRun {
      SearchRun(
        search.name, LineSearchMethod(direction, search: search))
    }
    return Group(
      name: name,
      runs: [
        run(Armijo()), run(NonmonotoneArmijo()),
        run(NonmonotoneArmijo(.average(decay: 0.85))), run(StrongWolfe()),
        run(StrongWolfe(curvature: 0.1)), run(HagerZhang()),
      ])
  }

  private static var newton: Group {
    func run<S: LineSearch>(_ search: S) -> SearchRun {
      SearchRun(search.name, .newton(search: search))
    }
    return Group(
      name: "Newton",
      runs: [
        run(Armijo()), run(NonmonotoneArmijo()),
        run(NonmonotoneArmijo(.average(decay: 0.85))), run(StrongWolfe()),
        run(StrongWolfe(curvature: 0.1)), run(HagerZhang()),
      ])
  }

  private static var formulas: Group {
    let all: [ConjugateGradientFormula] = [
      .fletcherReeves, .polakRibierePlus, .hestenesStiefel, .daiYuan, .hybrid,
      .hagerZhang(),
    ]
    return Group(
      name: "conjugate gradients, strong Wolfe(0.0001, 0.1)",
      runs: all.map {
        SearchRun(
          $0.name,
          .conjugateGradient(
            $0, search: StrongWolfe(curvature: 0.1), firstStep: .sameDecrease))
      })
  }

  private static var firstSteps: Group {
    let all: [FirstStep] = [
      .sameDecrease, .interpolated, .barzilaiBorwein, .hagerZhang,
    ]
    return Group(
      name: "conjugate gradients, Hager-Zhang twice",
      runs: all.map {
        SearchRun(
          "first step: \($0.rawValue)",
          .conjugateGradient(search: HagerZhang(), firstStep: $0))
      })
  }
}
