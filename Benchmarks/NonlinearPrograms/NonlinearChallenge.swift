import Matrix
import Optimization
import ProblemSets

/// A published problem with constraints, as the solvers are given it.
struct NonlinearChallenge {
  let name: String
  /// Where everybody starts, within the bounds.
  let start: Vector<Double>
  /// The lowest value that is known.
  let bestValue: Double
  /// All values at which one may end, the lowest among them.
  let acceptableValues: [Double]
  /// f and c with exact derivatives, made anew for each run.
  let problem: () -> any TwiceDifferentiableConstrainedProblem

  init(
    _ name: String, from start: Vector<Double>, values: [Double],
    _ problem: @escaping () -> any TwiceDifferentiableConstrainedProblem
  ) {
    self.name = name
    var start = start
    // Some peers refuse a start that is outside; everybody gets the nearest one
    // that is not.
    problem().bounds?.project(&start)
    self.start = start
    bestValue = values.min() ?? .nan
    acceptableValues = values
    self.problem = problem
  }

  /// The number of variables.
  var dimension: Int { start.count }
}

extension NonlinearChallenge {
  init(_ test: ConstrainedTestProblem) {
    self.init(
      test.name, from: test.start,
      values: test.landmarks.filter(\.isAcceptableEnd).map(\.value)
    ) { test.problem }
  }

  /// The problems of Hock and Schittkowski.
  static var all: [NonlinearChallenge] {
    HockSchittkowski.all.map { NonlinearChallenge($0) }
  }
}
