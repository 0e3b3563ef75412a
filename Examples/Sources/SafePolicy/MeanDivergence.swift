import Foundation
import Matrix
import Optimization

/// Σ d(s) KL(π(·|s) ‖ πₖ(·|s)), with its derivatives by hand.
struct MeanDivergence: DifferentiableResiduals {
  /// πₖ.
  let policy: Vector<Double>
  /// d.
  let weights: Vector<Double>

  let count = 1

  func residuals(at x: Vector<Double>, into residuals: inout Vector<Double>) {
    residuals[0] = divergence(x, policy, weights)
  }

  func jacobian(at x: Vector<Double>, into jacobian: inout Matrix<Double>) {
    for i in x.indices {
      jacobian[0, i] = weight(i) * (log(x[i] / policy[i]) + 1)
    }
  }

  let hasSecondDerivatives = true

  func weightedHessian(
    at x: Vector<Double>, weights: Vector<Double>,
    into hessian: inout Matrix<Double>
  ) {
    hessian.fill(with: 0)
    for i in x.indices { hessian[i, i] = weights[0] * weight(i) / x[i] }
  }

  private func weight(_ i: Int) -> Double { weights[i / GridWorld.actions] }
}

/// Σ d(s) KL(π(·|s) ‖ πₖ(·|s)).
func divergence(
  _ new: Vector<Double>, _ old: Vector<Double>, _ weights: Vector<Double>
) -> Double {
  new.indices.reduce(0) {
    $0 + weights[$1 / GridWorld.actions] * new[$1] * log(new[$1] / old[$1])
  }
}
