public import Matrix

/// The Lagrangian of a constrained problem, as a function of x.
///
///     L(x) = f(x) − Σ yᵢ (cᵢ(x) − side) − Σ zⱼ (xⱼ − bound)
///
/// A multiplier is positive where a lower side pushes and negative where an upper one
/// does, and its sign says which side is meant; of one that is zero none is. In the
/// textbook's form, f + λᵀg + μᵀh with g = 0 and h ≤ 0, λ = −y of the equalities, and
/// μ = |y| of the inequalities with h = l − c or c − u.
///
/// It is an objective itself, whose gradient vanishes where the first-order
/// conditions hold, and whose Hessian on the critical cone decides what x is:
///
///     let lagrangian = Lagrangian(of: problem, multipliers: solution.multipliers,
///       boundMultipliers: solution.boundMultipliers)
///     var slope = Vector<Double>.zeros(n)
///     _ = try lagrangian.valueAndGradient(at: solution.x, into: &slope)
///
/// - Complexity: a gradient takes one of f, J(x) and 2mn flops; a Hessian those of f
///   and of the constraints, made of differences where they have none. Scratch is
///   allocated by each call.
public struct Lagrangian: TwiceDifferentiableObjective {
  /// The problem.
  public let problem: any ConstrainedProblem
  /// y, of the constraints.
  public let multipliers: Vector<Double>
  /// z, of the bounds.
  public let boundMultipliers: Vector<Double>

  /// The Lagrangian of a problem with these multipliers.
  ///
  /// - Parameters:
  ///   - problem: the problem.
  ///   - multipliers: y, one for each constraint.
  ///   - boundMultipliers: z, one for each variable.
  /// - Precondition: as many multipliers as constraints, and as variables where the
  ///   problem says how many there are.
  public init(
    of problem: any ConstrainedProblem, multipliers: Vector<Double>,
    boundMultipliers: Vector<Double>
  ) {
    precondition(
      multipliers.count == problem.constraints.count,
      """
      \(multipliers.count) multipliers for \(problem.constraints.count) \
      constraints
      """)
    if let n = problem.objective.dimension ?? problem.bounds?.count {
      precondition(
        boundMultipliers.count == n,
        "\(boundMultipliers.count) multipliers of bounds for \(n) variables")
    }
    self.problem = problem
    self.multipliers = multipliers
    self.boundMultipliers = boundMultipliers
  }

  /// The number of variables.
  public var dimension: Int? { boundMultipliers.count }

  /// L(x).
  public func value(at x: Vector<Double>) throws -> Double {
    try value(problem.objective.value(at: x), at: x)
  }

  /// L(x) and ∇L(x) = ∇f(x) − J(x)ᵀy − z.
  public func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    let f = try problem.objective.valueAndGradient(at: x, into: &gradient)
    guard gradient.count == x.count else {
      throw WrongSize(
        what: "a gradient", found: gradient.count, expected: x.count)
    }
    let m = multipliers.count
    if m > 0 {
      var scratch = ConstraintScratch(problem.constraints, dimension: x.count)
      var jacobian = Matrix<Double>.zeros(m, x.count)
      try problem.constraints.jacobian(at: x, into: &jacobian, &scratch)
      jacobian.multiply(
        multipliers, transposed: true, into: &gradient, alpha: -1, beta: 1)
    }
    gradient -= boundMultipliers
    return try value(f, at: x)
  }

  /// The lower triangle of ∇²L(x) = ∇²f(x) − Σ yᵢ ∇²cᵢ(x).
  public func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    let n = x.count
    let second =
      problem.objective.withSecondDerivatives
      ?? DifferencedHessian(of: problem.objective)
    try second.hessian(at: x, into: &hessian)
    guard hessian.rows == n && hessian.columns == n else {
      throw WrongSize(what: "a Hessian", found: hessian.rows, expected: n)
    }
    var scratch = ConstraintScratch(problem.constraints, dimension: n)
    try problem.constraints.subtractCurvature(
      at: x, multipliers: multipliers, from: &hessian, &scratch)
  }

  private func value(_ f: Double, at x: Vector<Double>) throws -> Double {
    let system = problem.constraints
    var result = f
    if system.count > 0 {
      var scratch = ConstraintScratch(system, dimension: x.count)
      var c = Vector<Double>.zeros(system.count)
      try system.values(at: x, into: &c, &scratch)
      for i in 0..<c.count {
        result -= term(multipliers[i], c[i], system.lower[i], system.upper[i])
      }
    }
    if let bounds = problem.bounds {
      for j in 0..<x.count {
        result -= term(
          boundMultipliers[j], x[j], bounds.lower[j], bounds.upper[j])
      }
    }
    return result
  }

  /// y (v − side), the side being the one that the sign of y belongs to.
  private func term(
    _ y: Double, _ v: Double, _ lower: Double, _ upper: Double
  ) -> Double {
    y == 0 ? 0 : y * (v - (y > 0 ? lower : upper))
  }
}
