internal import Matrix

/// The methods for a constrained problem, in the order in which they are tried.
///
/// With few variables sequential quadratic programming takes the least time, and what
/// it does not solve interior points mostly do. With more of them they come first
/// where there is a Hessian, which saves them evaluations. With hundreds and
/// without one it is the augmented Lagrangian, whose steps are those of a method for
/// bounds and cost O(n).
struct ConstrainedChoice {
  /// One method on one problem.
  struct Attempt {
    typealias Body = (
      Vector<Double>, StopRule, Budget, Verification, Recording, Observer?
    ) -> ConstrainedSolution
    let run: Body

    init<C: ConstrainedMethod>(_ method: C, _ problem: C.Problem) {
      run = {
        minimize(
          problem, from: $0, using: method, until: $1, within: $2,
          verifying: $3, recording: $4, observing: $5)
      }
    }
  }

  /// The choice and its reason, a sentence.
  let note: String
  /// The methods, the first first.
  let attempts: [Attempt]

  init(for problem: any ConstrainedProblem, count n: Int) {
    let second =
      problem as? any TwiceDifferentiableConstrainedProblem
      ?? problem.objective.withSecondDerivatives.map {
        TwiceDifferentiableConstrainedObjective(
          secondDerivatives: $0, constraints: problem.constraints,
          bounds: problem.bounds)
      }
    if let second {
      let interior = Attempt(.interiorPoint(), second)
      let sequential = Attempt(.sqp(), problem)
      let exact = Attempt(.sqp(hessian: .exact), second)
      let augmented = Attempt(.augmentedLagrangian(), problem)
      if n <= 20 {
        note = "chosen: SQP, for \(n) variables"
        attempts = [sequential, interior, exact, augmented]
      } else {
        note = "chosen: interior points, for \(n) variables with a Hessian"
        attempts = [interior, exact, sequential, augmented]
      }
    } else {
      let interior = Attempt(.interiorPoint(hessian: .quasiNewton), problem)
      let sequential = Attempt(.sqp(), problem)
      let augmented = Attempt(.augmentedLagrangian(), problem)
      if n <= 300 {
        note = "chosen: SQP, for \(n) variables without a Hessian"
        attempts = [sequential, interior, augmented]
      } else {
        note =
          "chosen: augmented Lagrangian, for \(n) variables without a Hessian"
        attempts = [augmented, interior, sequential]
      }
    }
  }
}

extension ConstrainedSolution {
  /// Whether no other method is asked.
  ///
  /// Where a method finds no feasible point, or stops, another may.
  var endsSearch: Bool {
    switch cause {
    case .observer, .cancelled, .undefinedAtStart: return true
    default: break
    }
    switch certificate.finding {
    case .optimal, .unbounded: return true
    case .infeasible, .refuted: return false
    }
  }

  /// Whether this answer says more than another.
  func isBetter(than other: ConstrainedSolution) -> Bool {
    if rank != other.rank { return rank < other.rank }
    switch certificate.finding {
    case .optimal: return value < other.value
    case .infeasible, .unbounded: return false
    case .refuted:
      // NaN is better than nothing.
      return certificate.residual < other.certificate.residual
    }
  }

  private var rank: Int {
    switch certificate.finding {
    case .optimal: 0
    case .unbounded: 1
    case .infeasible: 2
    case .refuted: 3
    }
  }

  /// How the run ended, as the end of a sentence.
  var ending: String {
    switch certificate.finding {
    case .optimal: "a minimum"
    case .unbounded: "f falls without bound"
    case .infeasible: "no point near by violates the constraints less"
    case .refuted: cause.map { "\($0)" } ?? "no step"
    }
  }
}
