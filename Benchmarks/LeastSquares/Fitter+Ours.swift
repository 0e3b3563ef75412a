import Matrix
import Optimization
import ProblemSets

extension Fitter {
  /// What the peers are compared with.
  static let package = "this package, Levenberg-Marquardt"
  static let differenced =
    "this package, \(DifferenceScheme.forward) differences"

  /// This package's, whose time is that of everything `minimize` does, the
  /// recording of the derivatives and the certificate included.
  static var ours: [Fitter] {
    [
      ours(package) { $0.automaticResiduals },
      ours(differenced) { regression in
        DifferencedJacobian(
          of: ResidualFunction(count: regression.count) { x, r in
            r = Vector(regression.residuals(x.array))
          }, scheme: .forward)
      },
    ]
  }

  private static func ours(
    _ name: String,
    _ residuals:
      @escaping (NonlinearRegression) -> any DifferentiableResiduals
  ) -> Fitter {
    Fitter(name: name, isPeer: false) { regression, start in
      let start = regression.starts[start]
      let (seconds, solution) = timed {
        minimize(
          residuals(regression), from: start, using: .levenbergMarquardt())
      }
      return Fit(
        seconds: seconds, parameters: solution.x,
        residuals: solution.counts.values,
        jacobians: solution.counts.gradients, isVerified: solution.isVerified)
    }
  }
}
