import Foundation
import Matrix

@testable import Optimization

// Functions whose critical points and Hessians are known by hand.

/// Rosenbrock's function: a strict minimum at (1, 1).
var rosenbrock: TwiceDifferentiableFunction {
  TwiceDifferentiableFunction { x, gradient in
    let (a, b) = (x[1] - x[0] * x[0], 1 - x[0])
    gradient[0] = -400 * x[0] * a - 2 * b
    gradient[1] = 200 * a
    return 100 * a * a + b * b
  } hessian: { x, hessian in
    hessian[0, 0] = 1200 * x[0] * x[0] - 400 * x[1] + 2
    hessian[1, 0] = -400 * x[0]
    hessian[1, 1] = 200
  }
}

/// x² − y² without a Hessian: a saddle at the origin.
var saddle: DifferentiableFunction {
  DifferentiableFunction { x, gradient in
    gradient[0] = 2 * x[0]
    gradient[1] = -2 * x[1]
    return x[0] * x[0] - x[1] * x[1]
  }
}
