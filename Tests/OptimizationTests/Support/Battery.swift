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
  let withValues: any Objective
  let withGradient: any DifferentiableObjective
  let withHessian: any TwiceDifferentiableObjective
  let withResiduals: any DifferentiableResiduals
  let asSum: any FiniteSum
  /// Within bounds that are far away from minimum and starts.
  var withinBounds: any TwiceDifferentiableBoundedProblem
  /// With the indicator of the same bounds.
  var withIndicator: any TwiceDifferentiableCompositeProblem
  /// The same, as a set with a linear oracle.
  var onSet: any SetProblem
  /// With a penalty of magnitudes that weighs nothing.
  var withMagnitudes: any AbsoluteValueProblem

  init(
    _ objective: any TwiceDifferentiableObjective,
    residuals: any DifferentiableResiduals, count n: Int = 2,
    bounds: ClosedRange<Double> = -50...80
  ) {
    withValues = ValuesAlone(objective)
    withGradient = objective
    withHessian = objective
    withResiduals = residuals
    asSum = WeightedTerms(objective)
    let box = Bounds.everywhere(bounds, count: n)
    withinBounds = objective.within(box)
    withIndicator = objective + .box(box)
    onSet = objective + .box(box)
    withMagnitudes = objective + 0 * .l1
  }

  /// Rosenbrock's function, chained.
  init(_ rosenbrock: ChainedRosenbrock) {
    let n = rosenbrock.start.count
    self.init(
      rosenbrock, residuals: RosenbrockResiduals(n, pairsFrom: 0..<n - 1),
      count: n)
  }

  /// Rosenbrock's function, extended.
  init(_ rosenbrock: ExtendedRosenbrock) {
    let n = rosenbrock.count
    self.init(rosenbrock, residuals: RosenbrockResiduals(n), count: n)
  }
}

/// An objective as the mean of terms that are multiples of it.
struct WeightedTerms: FiniteSum {
  let base: any DifferentiableObjective
  let weights = [0.5, 1.25, 0.75, 1.5, 1]

  init(_ base: any DifferentiableObjective) { self.base = base }

  var dimension: Int? { base.dimension }
  var sampleCount: Int { weights.count }
  var withSecondDerivatives: (any TwiceDifferentiableObjective)? {
    base.withSecondDerivatives
  }

  func valueAndGradient(
    at x: Vector<Double>, of batch: Batch, into gradient: inout Vector<Double>
  ) throws -> Double {
    let value = try base.valueAndGradient(at: x, into: &gradient)
    var weight = 0.0
    for k in 0..<batch.count { weight += weights[batch[k]] }
    weight /= Double(batch.count)
    gradient.scale(by: weight)
    return weight * value
  }
}

/// The values of an objective, and nothing else of it.
///
/// Where its gradient is not what it should be the value is refused, so that such
/// faults reach methods that ask for values too.
final class ValuesAlone: Objective {
  struct Refusal: Error {}

  let base: any DifferentiableObjective
  private var gradient = Vector<Double>()

  init(_ base: any DifferentiableObjective) { self.base = base }

  var dimension: Int? { base.dimension }

  func value(at x: Vector<Double>) throws -> Double {
    if gradient.count != x.count { gradient = .zeros(x.count) }
    let value = try base.valueAndGradient(at: x, into: &gradient)
    guard gradient.count == x.count && gradient.isFinite else {
      throw Refusal()
    }
    return value
  }
}

/// Residuals √2 (10 (xᵢ₊₁ − xᵢ²), 1 − xᵢ), whose ½ ‖r‖² is Rosenbrock's function.
struct RosenbrockResiduals: DifferentiableResiduals {
  let n: Int
  let pairs: [Int]

  /// The extended function of independent pairs.
  init(_ n: Int = 2) {
    self.init(n, pairsFrom: stride(from: 0, to: n, by: 2))
  }

  /// A function of pairs that begin with the given variables.
  init(_ n: Int, pairsFrom pairs: some Sequence<Int>) {
    self.n = n
    self.pairs = Array(pairs)
  }

  var dimension: Int? { n }
  var count: Int { 2 * pairs.count }
  private let root = 2.0.squareRoot()

  func residuals(at x: Vector<Double>, into r: inout Vector<Double>) {
    x.withUnsafeBufferPointer { x in
      r.withUnsafeMutableBufferPointer { r in
        for k in 0..<pairs.count {
          let i = pairs[k]
          r[2 * k] = 10 * root * (x[i + 1] - x[i] * x[i])
          r[2 * k + 1] = root * (1 - x[i])
        }
      }
    }
  }

  func jacobian(at x: Vector<Double>, into j: inout Matrix<Double>) {
    let m = count
    x.withUnsafeBufferPointer { x in
      j.withUnsafeMutableBufferPointer { j in
        j.update(repeating: 0)
        for k in 0..<pairs.count {
          let i = pairs[k]
          j[2 * k + i * m] = -20 * root * x[i]
          j[2 * k + (i + 1) * m] = 10 * root
          j[2 * k + 1 + i * m] = -root
        }
      }
    }
  }

  let hasSecondDerivatives = true

  func weightedHessian(
    at x: Vector<Double>, weights w: Vector<Double>,
    into hessian: inout Matrix<Double>
  ) {
    hessian.fill(with: 0)
    hessian.withUnsafeMutableBufferPointer { hessian in
      for k in 0..<pairs.count {
        let i = pairs[k]
        hessian[i + i * n] = -20 * root * w[2 * k]
      }
    }
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
  try visitor.visit(.gradientDescent(search: HagerZhang())) {
    $0.withGradient
  }
  try visitor.visit(.barzilaiBorwein()) { $0.withGradient }
  try visitor.visit(.acceleratedGradient()) { $0.withGradient }
  try visitor.visit(.conjugateGradient()) { $0.withGradient }
  try visitor.visit(
    .conjugateGradient(
      .polakRibierePlus, restart: .powell(0.2),
      search: StrongWolfe(curvature: 0.1), firstStep: .interpolated)
  ) { $0.withGradient }
  try visitor.visit(.lbfgs()) { $0.withGradient }
  try visitor.visit(.lbfgs(memory: 1)) { $0.withGradient }
  try visitor.visit(.lbfgs(memory: 3, search: Armijo())) { $0.withGradient }
  try visitor.visit(.bfgs()) { $0.withGradient }
  try visitor.visit(.dfp()) { $0.withGradient }
  try visitor.visit(.automatic()) { $0.withGradient }
  try visitor.visit(.newton()) { $0.withHessian }
  try visitor.visit(.newton(search: StrongWolfe())) { $0.withHessian }
  try visitor.visit(
    .newton(search: NonmonotoneArmijo(.average(decay: 0.85)))
  ) { $0.withHessian }
  try visitor.visit(.criticalPointNewton()) { $0.withHessian }
  try visitor.visit(.nelderMead()) { $0.withValues }
  try visitor.visit(.nelderMead(isAdaptive: false)) { $0.withValues }
  try visitor.visit(.newtonCG()) { $0.withGradient }
  try visitor.visit(.trustRegion()) { $0.withHessian }
  try visitor.visit(.adaptiveCubic()) { $0.withHessian }
  try visitor.visit(
    .trustRegion(SteihaugToint(over: ExactHessian()))
  ) { $0.withHessian }
  try visitor.visit(
    .trustRegion(SteihaugToint(over: HessianProducts()))
  ) { $0.withGradient }
  try visitor.visit(
    .trustRegion(DoglegPath(over: ExactHessian()))
  ) { $0.withHessian }
  try visitor.visit(.trustRegion(DoglegPath(over: BFGSModel()))) {
    $0.withGradient
  }
  try visitor.visit(.trustRegion(MoreSorensen(over: SR1Model()))) {
    $0.withGradient
  }
  try visitor.visit(.levenbergMarquardt()) { $0.withResiduals }
  try visitor.visit(.levenbergMarquardt(linearAlgebra: .normalEquations)) {
    $0.withResiduals
  }
  try visitor.visit(.dogleg()) { $0.withResiduals }
  try visitor.visit(.gaussNewton()) { $0.withResiduals }
  try visitor.visit(.lbfgsb()) { $0.withinBounds }
  try visitor.visit(.lbfgsb(memory: 1)) { $0.withinBounds }
  try visitor.visit(.projectedGradient()) { $0.withinBounds }
  try visitor.visit(.projectedGradient(history: 1)) { $0.withinBounds }
  try visitor.visit(.projectedNewton()) { $0.withinBounds }
  try visitor.visit(.boundedTrustRegion()) { $0.withinBounds }
  try visitor.visit(.proximalGradient()) { $0.withIndicator }
  try visitor.visit(.proximalGradient(length: .backtracking)) {
    $0.withIndicator
  }
  try visitor.visit(.proximalGradient(length: .constant(1e-3))) {
    $0.withMagnitudes
  }
  try visitor.visit(.fista()) { $0.withIndicator }
  try visitor.visit(.fista(restart: .never)) { $0.withIndicator }
  try visitor.visit(.proximalNewton()) { $0.withIndicator }
  try visitor.visit(.owlqn()) { $0.withMagnitudes }
  try visitor.visit(.frankWolfe()) { $0.onSet }
  try visitor.visit(.frankWolfe(direction: .away, length: .exact)) {
    $0.onSet
  }
  try visitor.visit(.frankWolfe(direction: .plain)) { $0.onSet }
}

/// Visits descent by update rules, whole and in batches: methods whose steps are as
/// long as a given rate makes them, and that need not arrive.
func forEveryRule(_ visitor: some MethodVisitor) throws {
  try visitor.visit(.descent(by: Adam(rate: 0.01))) { $0.withGradient }
  try visitor.visit(.descent(by: Adam(rate: 0.01), batch: 2)) { $0.asSum }
  try visitor.visit(
    .descent(
      by: Adam(rate: 0.01).averaged(.exponential(decay: 0.9, unbiased: true))
        .withCoupledDecay(1e-4).withGradientNoise(variance: 1e-4, seed: 3)
        .clipped(toNorm: 10).sharpnessAware(radius: 1e-3)
        .accumulated(over: 2),
      batch: 2)
  ) { $0.asSum }
  try visitor.visit(
    .descent(
      by: Adam(rate: 0.01).withDecoupledDecay(1e-4)
        .grouped([ParameterGroup("parameters", rateScale: 0.5)])
        .reducedOnPlateau(by: 0.5, patience: 1).lookingAhead(every: 3)
        .averaged(.equal(start: 2, period: 2)).clipped(toValue: 100)
        .clipped(toBlockNorm: 50).skippingNonFinite(),
      sampling: Sampling(batch: 2, order: .withReplacement))
  ) { $0.asSum }
  for (_, rule) in RuleTable<Double>.representatives {
    func visit(_ rule: some UpdateRule<Double>) throws {
      try visitor.visit(.descent(by: rule, batch: 2)) { $0.asSum }
    }
    try visit(rule)
  }
  try visitor.visit(
    .descent(by: Adam(rate: 0.01).penalized(by: 0.01 * .l1))
  ) { $0.withGradient }
  try visitor.visit(.svrg(rate: 1e-4, batch: 2, period: 4)) { $0.asSum }
  try visitor.visit(.sarah(rate: 1e-4, batch: 2, period: 4)) { $0.asSum }
  try visitor.visit(.saga(rate: 1e-4, batch: 2, period: 2)) { $0.asSum }
  try visitor.visit(.lbfgs(rate: 0.1, batch: 2, memory: 3)) { $0.asSum }
}

extension Bounds {
  /// The same bounds for n variables, of numbers known not to cross.
  static func everywhere(
    _ range: ClosedRange<Double>, count n: Int
  ) -> Bounds {
    guard let bounds = try? Bounds(range, count: n) else {
      preconditionFailure("\(range) leaves no number")
    }
    return bounds
  }
}

extension Quadratic {
  /// A quadratic of n variables that is the same in every run of the tests.
  init(_ n: Int, condition: Double, seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    self.init(dimension: n, condition: condition, using: &generator)
  }
}
