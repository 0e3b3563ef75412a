import Matrix
import Optimization
import ProblemSets

extension Fitter {
  /// What the peers are compared with.
  static let package = "this package, Levenberg-Marquardt"
  static let differenced = "this package, forward differences"

  /// This package's, whose time is that of everything `minimize` does, the
  /// recording of the derivatives and the certificate included.
  static var ours: [Fitter] {
    [
      ours(package, .levenbergMarquardt()) { $0.automaticResiduals },
      ours("this package, dogleg", .dogleg()) { $0.automaticResiduals },
      ours(differenced, .levenbergMarquardt()) { regression in
        DifferencedJacobian(
          of: ResidualFunction(count: regression.count) { x, r in
            r = Vector(regression.residuals(x.array))
          }, scheme: .forward)
      },
    ]
  }

  private static func ours<M: Method>(
    _ name: String, _ method: M,
    _ residuals:
      @escaping (NonlinearRegression) -> any DifferentiableResiduals
  ) -> Fitter where M.Problem == any DifferentiableResiduals {
    Fitter(name: name, isPeer: false) { regression, start in
      let start = regression.starts[start]
      let (seconds, solution) = timed {
        minimize(residuals(regression), from: start, using: method)
      }
      return Fit(
        seconds: seconds, parameters: solution.x,
        residuals: solution.counts.values,
        jacobians: solution.counts.gradients, isVerified: solution.isVerified)
    }
  }
}
