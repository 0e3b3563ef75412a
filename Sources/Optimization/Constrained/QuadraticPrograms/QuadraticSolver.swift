public import Matrix

/// Solves one convex quadratic program after the other, where the matrices stay.
///
///     var solver = QuadraticSolver(program)
///     let first = solver.solve()
///     try solver.update(gradient: q)
///     let second = solver.solve()         // from where the first ended
///
/// By ``ActiveSet``, whose factors depend on P and the active normals alone: a new q,
/// l, u or bounds need no factorization, and where the same sides hold no step
/// either. Or by ``ADMM``, which goes on from x, z and y on the factorization that
/// it has. What the method cannot verify is left to ``InteriorPoint``, as
/// ``ActiveSet/solve(_:)`` says.
///
/// - Complexity: as ``ActiveSet`` at first; then 4n² flops, and a step for each side
///   that comes or goes. The steps allocate nothing.
public struct QuadraticSolver {
  /// The method.
  public let method: any QuadraticMethod
  /// The program as it is.
  public private(set) var program: QuadraticProgram
  private var run: ActiveSetRun?
  private var splitting: ADMMRun?
  private var factorizations = 0

  /// A solver that knows nothing of the solution.
  public init(
    _ program: QuadraticProgram, using method: ActiveSet = .activeSet()
  ) {
    self.method = method
    self.program = program
    begin()
  }

  /// A solver by ``ADMM`` that knows nothing of the solution.
  public init(_ program: QuadraticProgram, using method: ADMM) {
    self.method = method
    self.program = program
    begin()
  }

  /// A solver that goes on, bit for bit, from a state of another for the same
  /// matrices.
  ///
  /// - Precondition: the state is one of a program of this shape.
  public init(
    _ program: QuadraticProgram, using method: ActiveSet = .activeSet(),
    resuming state: ActiveSetState
  ) {
    self.method = method
    self.program = program
    let scaled = ScaledProgram(program)
    run = ActiveSetRun(method, on: scaled, resuming: state)
  }

  /// Where ``ActiveSet`` stands: the active sides and their factors; nil where it
  /// had none.
  public var state: ActiveSetState? { run?.state }

  private mutating func begin() {
    (run, splitting) = (nil, nil)
    factorizations = 0
    if let method = method as? ADMM {
      guard program.dimension > 0 else { return }
      splitting = ADMMRun(method, program, QuadraticVectors([program]))
    } else if let method = method as? ActiveSet {
      let scaled = ScaledProgram(program)
      run = scaled.n > 0 ? ActiveSetRun(method, on: scaled) : nil
      factorizations = 1
    }
  }

  /// Takes other vectors; nil leaves one as it is.
  ///
  /// - Throws: ``QuadraticProgramError`` where sides cross or numbers are not
  ///   finite; the program then is as it was.
  /// - Precondition: the counts are those of the program.
  /// - Complexity: O(n² + mn); as a new solver where sides that were infinite are not
  ///   any more, or the other way round, or other variables are fixed or other rows
  ///   equalities.
  public mutating func update(
    gradient: Vector<Double>? = nil, lower: Vector<Double>? = nil,
    upper: Vector<Double>? = nil, bounds: Bounds? = nil
  ) throws(QuadraticProgramError) {
    let new = try program.with(
      gradient: gradient, lower: lower, upper: upper, bounds: bounds)
    let isSimilar = new.hasSides(like: program)
    program = new
    guard isSimilar else { return begin() }
    run?.setVectors(of: new)
    splitting?.setVectors(QuadraticVectors([new]))
  }

  /// Takes the sides that hold from multipliers, for instance those of a similar
  /// program.
  ///
  /// - Parameters:
  ///   - multipliers: y; a row holds at its lower side where it is positive, at its
  ///     upper where it is negative.
  ///   - boundMultipliers: z, for the variables.
  /// - Precondition: as many as rows and variables.
  public mutating func start(
    from multipliers: Vector<Double>, _ boundMultipliers: Vector<Double>
  ) {
    precondition(
      multipliers.count == program.constraints.count
        && boundMultipliers.count == program.dimension,
      """
      \(multipliers.count) and \(boundMultipliers.count) multipliers for \
      \(program.constraints.count) rows and \(program.dimension) variables
      """)
    guard let scaled = run?.program else { return }
    var active: [Int] = Array(0..<scaled.e.columns)
    let rows = scaled.g.columns
    for (k, side) in scaled.sides.enumerated() {
      let i = side.constraint
      let multiplier =
        i < rows
        ? multipliers[scaled.inequalityRows[i]]
        : boundMultipliers[scaled.variables[i - rows]]
      if side.sign * multiplier > 0 { active.append(scaled.e.columns + k) }
    }
    run?.activate(active)
  }

  /// Solves the program as it is.
  public mutating func solve() -> QuadraticSolution {
    if let method = method as? ADMM { return solve(by: method) }
    guard let method = method as? ActiveSet else {
      return method.solve(program)
    }
    let program = program
    let done = factorizations
    factorizations = 0
    return QuadraticSearch(program, method.tolerance).solution(by: method.name)
    { search in
      search.factorizations += done
      if run != nil, let answer = search.answer(&run!) { return answer }
      search.notes.append("left to the interior-point method")
      return search.answer(by: InteriorPoint(tolerance: method.tolerance))
    }
  }

  private mutating func solve(by method: ADMM) -> QuadraticSolution {
    guard program.dimension > 0 else { return method.solve(program) }
    splitting?.restart()
    let solution = method.solutions(
      [program], &splitting, factorizations: factorizations)[0]
    factorizations = splitting?.system.factorizations ?? 0
    return solution
  }
}

extension QuadraticProgram {
  /// Whether the same sides are finite, the same rows equalities, and the same
  /// variables fixed.
  fileprivate func hasSides(like other: QuadraticProgram) -> Bool {
    func kind(_ lower: Double, _ upper: Double) -> Int {
      lower == upper ? 3 : (lower.isFinite ? 1 : 0) + (upper.isFinite ? 2 : 0)
    }
    let (rows, others) = (constraints, other.constraints)
    return (0..<rows.count).allSatisfy {
      let (a, b) = (
        (rows.lower[$0], rows.upper[$0]), (others.lower[$0], others.upper[$0])
      )
      return (a.0 == a.1) == (b.0 == b.1)
        && kind(a.0, a.1) == kind(b.0, b.1)
    }
      && (0..<dimension).allSatisfy {
        let a = (bounds.lower[$0], bounds.upper[$0])
        let b = (other.bounds.lower[$0], other.bounds.upper[$0])
        return (a.0 == a.1) == (b.0 == b.1)
          && kind(a.0, a.1) == kind(b.0, b.1)
      }
  }
}
