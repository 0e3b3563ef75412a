internal import Matrix

/// Scratch of the filter interior point.
public struct InteriorPointWorkspace {
  let n: Int
  var m = -1
  var hessian: Matrix<Double>
  var system: BarrierSystem
  /// ∇φ, of (x, s).
  var slope: Vector<Double>
  /// The right-hand side, and the solution (dx, −dy).
  var right: Vector<Double>
  var solution: Vector<Double>
  /// d of (x, s), and dy.
  var step: Vector<Double>
  var multiplierStep: Vector<Double>
  /// The same before a second-order correction.
  var firstStep: Vector<Double>
  var firstMultiplierStep: Vector<Double>
  /// c − s as the right-hand side has it.
  var rows: Vector<Double>
  /// M and what belongs to it on the right, of the restoration.
  var rowWeights: Vector<Double>
  var rowTerms: Vector<Double>
  /// p and q of the restoration.
  var excess: Vector<Double>
  var shortfall: Vector<Double>
  var trial: Point
  var trialVariables: Vector<Double>
  var trialValues: Vector<Double>
  var trialJacobian: Matrix<Double>
  /// What a step that is taken on trial may have to restore.
  var savedVariables: BarrierVariables
  var savedMultipliers: Vector<Double>
  var scratch: Vector<Double>
  var change: Vector<Double>
  var weights: Vector<Double>
  var constraintScratch: ConstraintScratch?

  init(dimension n: Int) {
    self.n = n
    hessian = .zeros(n, n)
    trial = Point(dimension: n)
    scratch = .zeros(n)
    change = .zeros(n)
    system = BarrierSystem(dimension: 0, constraints: 0)
    slope = .zeros(0)
    right = .zeros(0)
    solution = .zeros(0)
    step = .zeros(0)
    multiplierStep = .zeros(0)
    firstStep = .zeros(0)
    firstMultiplierStep = .zeros(0)
    rows = .zeros(0)
    rowWeights = .zeros(0)
    rowTerms = .zeros(0)
    excess = .zeros(0)
    shortfall = .zeros(0)
    trialVariables = .zeros(0)
    trialValues = .zeros(0)
    trialJacobian = .zeros(0, 0)
    savedVariables = BarrierVariables(count: 0)
    savedMultipliers = .zeros(0)
    weights = .zeros(0)
  }

  /// Makes room for the constraints of a problem, once.
  mutating func makeRoom(for evaluator: Evaluator) {
    let m = evaluator.constraintCount
    guard self.m != m else { return }
    self.m = m
    let all = n + m
    system = BarrierSystem(dimension: n, constraints: m)
    slope = .zeros(all)
    right = .zeros(all)
    solution = .zeros(all)
    step = .zeros(all)
    multiplierStep = .zeros(m)
    firstStep = .zeros(all)
    firstMultiplierStep = .zeros(m)
    rows = .zeros(m)
    rowWeights = .zeros(m)
    rowTerms = .zeros(m)
    excess = .zeros(m)
    shortfall = .zeros(m)
    trialVariables = .zeros(all)
    trialValues = .zeros(m)
    trialJacobian = .zeros(m, n)
    savedVariables = BarrierVariables(count: all)
    savedMultipliers = .zeros(m)
    weights = .zeros(m)
    if let constraints = evaluator.constraints {
      constraintScratch = ConstraintScratch(constraints, dimension: n)
    }
  }
}
