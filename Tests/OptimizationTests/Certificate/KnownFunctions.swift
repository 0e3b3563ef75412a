import Foundation
import Matrix
import TestSupport

@testable import Optimization

// Functions whose critical points and Hessians are known by hand.

/// Rosenbrock's function: a strict minimum at (1, 1).
struct Rosenbrock2: TwiceDifferentiableObjective {
  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    let (a, b) = (x[1] - x[0] * x[0], 1 - x[0])
    gradient[0] = -400 * x[0] * a - 2 * b
    gradient[1] = 200 * a
    return 100 * a * a + b * b
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    hessian[0, 0] = 1200 * x[0] * x[0] - 400 * x[1] + 2
    hessian[1, 0] = -400 * x[0]
    hessian[1, 1] = 200
  }
}

/// Himmelblau's function: four minima of value 0, four saddles, one maximum.
struct Himmelblau: TwiceDifferentiableObjective {
  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    let a = x[0] * x[0] + x[1] - 11
    let b = x[0] + x[1] * x[1] - 7
    gradient[0] = 4 * x[0] * a + 2 * b
    gradient[1] = 2 * a + 4 * x[1] * b
    return a * a + b * b
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    hessian[0, 0] = 12 * x[0] * x[0] + 4 * x[1] - 42
    hessian[1, 0] = 4 * (x[0] + x[1])
    hessian[1, 1] = 12 * x[1] * x[1] + 4 * x[0] - 26
  }
}

/// ½ xᵀAx + bᵀx, and with `hidesHessian` without saying that there is a Hessian.
struct QuadraticForm: TwiceDifferentiableObjective {
  let matrix: Matrix<Double>
  var linear: Vector<Double>?
  var hidesHessian = false

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    matrix.symmetricMultiply(x, into: &gradient)
    let square = x.dot(gradient) / 2
    guard let linear else { return square }
    gradient += linear
    return square + linear.dot(x)
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    hessian = matrix
  }

  func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) {
    matrix.symmetricMultiply(v, into: &product)
  }

  var withSecondDerivatives: (any TwiceDifferentiableObjective)? {
    hidesHessian ? nil : self
  }
}

/// ½ Σ λᵢ(vᵢᵀx)² where V is a product of a few Householder reflections, in O(n)
/// operations, so that n can be large: a known spectrum in no special basis.
struct ReflectedSpectrum: TwiceDifferentiableObjective {
  let eigenvalues: Vector<Double>
  private let reflections: [Vector<Double>]

  init(_ eigenvalues: Vector<Double>, seed: UInt64 = 1) {
    self.eigenvalues = eigenvalues
    var generator = SplitMix64(seed: seed)
    reflections = (0..<3).map { _ in
      let v: Vector<Double> = randomVector(eigenvalues.count, using: &generator)
      return 1 / v.norm * v
    }
  }

  /// V times the i-th unit vector: the i-th eigenvector.
  func eigenvector(_ i: Int) -> Vector<Double> {
    var v = Vector<Double>.zeros(eigenvalues.count)
    v[i] = 1
    for u in reflections { v.add(u, scaledBy: -2 * u.dot(v)) }
    return v
  }

  private func multiply(_ x: Vector<Double>, into y: inout Vector<Double>) {
    y = x
    for u in reflections.reversed() { y.add(u, scaledBy: -2 * u.dot(y)) }
    for i in 0..<y.count { y[i] *= eigenvalues[i] }
    for u in reflections { y.add(u, scaledBy: -2 * u.dot(y)) }
  }

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    multiply(x, into: &gradient)
    return x.dot(gradient) / 2
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    let n = eigenvalues.count
    var column = Vector<Double>.zeros(n)
    for j in 0..<n {
      var unit = Vector<Double>.zeros(n)
      unit[j] = 1
      multiply(unit, into: &column)
      hessian.setColumn(j, to: column)
    }
  }

  func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) {
    multiply(v, into: &product)
  }
}

/// A function of one variable with two derivatives.
func curve(
  _ f: @escaping (Double) -> Double, _ slope: @escaping (Double) -> Double,
  _ curvature: @escaping (Double) -> Double
) -> TwiceDifferentiableFunction {
  TwiceDifferentiableFunction { x, gradient in
    gradient[0] = slope(x[0])
    return f(x[0])
  } hessian: { x, hessian in
    hessian[0, 0] = curvature(x[0])
  }
}

/// A function of two variables with two derivatives, the Hessian as its elements
/// (0, 0), (1, 0) and (1, 1).
func surface(
  _ f: @escaping (Double, Double) -> Double,
  _ slopes: @escaping (Double, Double) -> (Double, Double),
  _ curvatures: @escaping (Double, Double) -> (Double, Double, Double)
) -> TwiceDifferentiableFunction {
  TwiceDifferentiableFunction { x, gradient in
    (gradient[0], gradient[1]) = slopes(x[0], x[1])
    return f(x[0], x[1])
  } hessian: { x, hessian in
    (hessian[0, 0], hessian[1, 0], hessian[1, 1]) = curvatures(x[0], x[1])
  }
}

/// An objective without its Hessian.
struct GradientOnly: DifferentiableObjective {
  let base: any DifferentiableObjective

  init(_ base: any DifferentiableObjective) { self.base = base }

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    try base.valueAndGradient(at: x, into: &gradient)
  }
}
