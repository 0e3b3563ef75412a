import Matrix
import Optimization
import ProblemSets

/// Something to be done with every method for constrained problems.
protocol ConstrainedMethodVisitor {
  /// Visits a method that takes a problem with second derivatives, or without.
  func visit<M: ConstrainedMethod>(
    _ method: M,
    _ problem: (any TwiceDifferentiableConstrainedProblem) -> M.Problem
  ) throws
}

/// Visits every method for constrained problems.
func forEveryConstrainedMethod(
  _ visitor: some ConstrainedMethodVisitor
) throws {
  try visitor.visit(.sqp()) { $0 }
  try visitor.visit(.sqp(hessian: .exact)) { $0 }
  try visitor.visit(.interiorPoint()) { $0 }
  try visitor.visit(.interiorPoint(hessian: .quasiNewton)) { $0 }
  try visitor.visit(.augmentedLagrangian()) { $0 }
  try visitor.visit(.augmentedLagrangian(BoundedTrustRegion())) { $0 }
}

/// Rosenbrock's chain on part of a ball, with derivatives by hand.
///
///     ‖x‖² ≤ r²,   Σ xᵢ = s,   bounds
enum RosenbrockOnBall {
  /// The problem of n variables, with a ball in which there is a point with Σ xᵢ = s.
  static func problem(
    _ n: Int, ball: any DifferentiableResiduals = Ball()
  ) throws -> TwiceDifferentiableConstrainedObjective {
    try problem(of: ChainedRosenbrock(n), n, ball: ball)
  }

  /// The problem of another objective.
  static func problem(
    of objective: any TwiceDifferentiableObjective, _ n: Int,
    ball: any DifferentiableResiduals
  ) throws -> TwiceDifferentiableConstrainedObjective {
    try objective.subject(
      to: [
        .values(of: ball, atMost: [0.5 * Double(n)]),
        .rows(
          Matrix(rows: 1, columns: n) { _, _ in 1 },
          equalTo: [0.25 * Double(n)]),
      ],
      within: Bounds(-0.5...50, count: n))
  }

  /// ‖x‖².
  struct Ball: DifferentiableResiduals {
    let count = 1
    let hasSecondDerivatives = true

    func residuals(at x: Vector<Double>, into r: inout Vector<Double>) {
      let square = x.dot(x)
      r.withUnsafeMutableBufferPointer { $0[0] = square }
    }

    func jacobian(at x: Vector<Double>, into j: inout Matrix<Double>) {
      x.withUnsafeBufferPointer { x in
        j.withUnsafeMutableBufferPointer { j in
          for k in 0..<x.count { j[k] = 2 * x[k] }
        }
      }
    }

    func weightedHessian(
      at x: Vector<Double>, weights w: Vector<Double>,
      into hessian: inout Matrix<Double>
    ) {
      let n = x.count
      hessian.fill(with: 0)
      hessian.withUnsafeMutableBufferPointer { h in
        for k in 0..<n { h[k + k * n] = 2 * w[0] }
      }
    }
  }
}
