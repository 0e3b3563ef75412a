import Matrix
import Optimization
import ProblemSets
import TestSupport

/// Something to be done with every method, whatever its types.
protocol MethodVisitor {
  /// Visits a method that needs a gradient or a Hessian.
  func visit<M: Method>(_ method: M, _ evaluate: (Objectives) -> M.Problem)
    throws
}

/// One objective as every kind of method takes it.
struct Objectives {
  let withGradient: any DifferentiableObjective
  let withHessian: any TwiceDifferentiableObjective

  init(_ objective: any TwiceDifferentiableObjective) {
    withGradient = objective
    withHessian = objective
  }
}

/// Visits every method of the module.
///
/// The rate of constant steps is small enough for Rosenbrock's valley.
func forEveryMethod(_ visitor: some MethodVisitor) throws {
  try visitor.visit(.gradientDescent(rate: 1e-3)) { $0.withGradient }
  try visitor.visit(.gradientDescent()) { $0.withGradient }
  try visitor.visit(.gradientDescent(search: StrongWolfe())) {
    $0.withGradient
  }
  try visitor.visit(.lbfgs()) { $0.withGradient }
  try visitor.visit(.lbfgs(memory: 1)) { $0.withGradient }
  try visitor.visit(.lbfgs(memory: 3, search: Armijo())) { $0.withGradient }
  try visitor.visit(.newton()) { $0.withHessian }
  try visitor.visit(.newton(search: StrongWolfe())) { $0.withHessian }
  try visitor.visit(.criticalPointNewton()) { $0.withHessian }
}

extension Quadratic {
  /// A quadratic of n variables that is the same in every run of the tests.
  init(_ n: Int, condition: Double, seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    self.init(dimension: n, condition: condition, using: &generator)
  }
}
