import Differentiation
import Matrix
import Optimization
import ProblemSets

/// A published problem, with bounds or without, as the minimizers are given it.
struct Challenge {
  let name: String
  /// Where everybody starts, within the bounds.
  let start: Vector<Double>
  let bounds: Bounds?
  let landmarks: [Landmark]
  /// f with exact derivatives, made anew for each run.
  let objective: () -> AutomaticFunction

  init(_ problem: UnconstrainedProblem) {
    name = problem.name
    start = problem.start
    bounds = nil
    landmarks = problem.landmarks
    objective = { problem.objective }
  }

  /// Some peers refuse a start that is outside; everybody gets the nearest one
  /// that is not.
  init(_ problem: BoundedTestProblem) {
    name = problem.name
    var start = problem.start
    problem.bounds.project(&start)
    self.start = start
    bounds = problem.bounds
    landmarks = problem.landmarks
    objective = { problem.objective }
  }

  /// The number of variables.
  var dimension: Int { start.count }

  /// The 35 problems of Moré, Garbow and Hillstrom as sums of squares, and 43
  /// others.
  static var unconstrained: [Challenge] {
    MoreGarbowHillstrom.all.map { Challenge($0.unconstrained) }
      + UnconstrainedProblems.all.map { Challenge($0) }
  }

  /// The problems with bounds.
  static var bounded: [Challenge] {
    BoundedProblems.all.map { Challenge($0) }
  }
}
