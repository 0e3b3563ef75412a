internal import Matrix

/// Scratch space of ``SQP`` and ``NewtonSQP``.
public struct SQPWorkspace {
  let n: Int
  var solver: SubproblemSolver
  /// ∇f − Jᵀy − z, as it is measured.
  var slope: Vector<Double>
  var trial: Point
  var trialValues: Vector<Double>
  var trialJacobian: Matrix<Double>
  /// d, and y and z of the subproblem.
  var direction: Vector<Double>
  var multipliers: Vector<Double>
  var boundMultipliers: Vector<Double>
  /// Jᵀy + z − ∇f, which is B d.
  var image: Vector<Double>
  var change: Vector<Double>
  var scratch: Vector<Double>
  /// ∇²L, and its factor in the making; empty where there is none.
  var hessian: Matrix<Double>
  var cholesky: Matrix<Double>
  /// What making ∇²L convex adds to the multipliers of rows and bounds.
  var shifts: Vector<Double>

  init(dimension n: Int, hasHessian: Bool = false) {
    self.n = n
    solver = SubproblemSolver(variables: n, rows: 0)
    slope = .zeros(n)
    trial = Point(dimension: n)
    trialValues = .zeros(0)
    trialJacobian = .zeros(0, n)
    direction = .zeros(n)
    multipliers = .zeros(0)
    boundMultipliers = .zeros(n)
    image = .zeros(n)
    change = .zeros(n)
    scratch = .zeros(n)
    hessian = hasHessian ? .zeros(n, n) : .zeros(0, 0)
    cholesky = hasHessian ? .zeros(n, n) : .zeros(0, 0)
    shifts = .zeros(hasHessian ? n : 0)
  }

  /// Makes room for so many constraints.
  mutating func prepare(rows m: Int) {
    guard solver.m != m else { return }
    solver = SubproblemSolver(variables: n, rows: m)
    trialValues = .zeros(m)
    trialJacobian = .zeros(m, n)
    multipliers = .zeros(m)
    if hessian.rows == n { shifts = .zeros(m + n) }
  }

  /// Evaluates all at the start.
  mutating func begin(
    _ point: inout Point, _ memory: inout SQPMemory,
    _ evaluator: inout Evaluator
  ) {
    let m = evaluator.constraintCount
    memory.begin(constraints: m)
    prepare(rows: m)
    memory.progress.movedAtStart = evaluator.bounds?.project(&point.x) ?? 0
    evaluator.evaluate(&point)
    guard evaluator.constraintValues(at: point.x, into: &memory.values),
      evaluator.constraintJacobian(at: point.x, into: &memory.jacobian)
    else {
      point.value = .nan
      return
    }
    measure(point, &memory, evaluator)
  }

  /// Takes the residuals at a point with the multipliers there are.
  mutating func measure(
    _ point: Point, _ memory: inout SQPMemory, _ evaluator: Evaluator
  ) {
    memory.progress.measure(
      point, values: memory.values, jacobian: memory.jacobian, evaluator,
      scratch: &slope)
  }
}
