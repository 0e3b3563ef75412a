internal import Matrix

/// What a certificate evaluates at a point of a constrained problem.
struct ConstrainedExamination {
  /// Multipliers with the residuals that they leave.
  struct Choice {
    var y: Vector<Double>
    var z: Vector<Double>
    var isEstimated: Bool
    var residuals: Residuals
  }

  /// The residuals of the first-order conditions.
  struct Residuals {
    var stationarity: Double
    var conditions: SideConditions

    var largest: Double {
      let sum =
        stationarity + conditions.violation + conditions.complementarity
      if sum.isNaN { return .infinity }
      return max(
        stationarity, conditions.violation, conditions.complementarity,
        conditions.wrongSign)
    }
  }

  /// A side that x is at: of a constraint, or of a variable after those.
  struct Side {
    var place: Int
    /// 1 for a lower side, −1 for an upper one, 0 for an equality.
    var sign: Double
  }

  let system: ConstraintSystem
  let bounds: Bounds?
  let tolerance: Double
  let isTwiceDifferentiable: Bool
  var evaluator: Evaluator
  var point: Point
  var c: Vector<Double>
  var jacobian: Matrix<Double>
  /// Whether f, ∇f, c and J are defined and finite.
  private(set) var isDefined: Bool

  init(
    _ problem: any ConstrainedProblem, at x: Vector<Double>, tolerance: Double
  ) {
    let evaluator =
      if let second = problem as? any TwiceDifferentiableConstrainedProblem {
        Evaluator(second)
      } else if let second = problem.objective.withSecondDerivatives {
        Evaluator(
          TwiceDifferentiableConstrainedObjective(
            secondDerivatives: second, constraints: problem.constraints,
            bounds: problem.bounds))
      } else {
        Evaluator(problem)
      }
    self.init(evaluator, at: x, tolerance: tolerance)
  }

  /// With an evaluator for the same problem, whose counts begin anew.
  init(_ other: Evaluator, at x: Vector<Double>, tolerance: Double) {
    guard let system = other.constraints else {
      preconditionFailure("constraints of a problem that has none")
    }
    self.system = system
    bounds = other.bounds
    self.tolerance = tolerance
    evaluator = other
    evaluator.counts = Counts()
    evaluator.failure = nil
    if evaluator.secondDerivatives == nil || evaluator.takesDifferences {
      isTwiceDifferentiable = evaluator.takeOwnSecondDerivatives()
    } else {
      isTwiceDifferentiable = true
    }
    // A point outside of its bounds is to be judged where it is.
    evaluator.bounds = nil
    bounds?.checkCount(x)
    system.checkDimension(x.count)
    point = Point(x)
    c = .zeros(system.count)
    jacobian = .zeros(system.count, x.count)
    evaluator.evaluate(&point)
    let hasValues = evaluator.constraintValues(at: x, into: &c)
    let hasJacobian = evaluator.constraintJacobian(at: x, into: &jacobian)
    isDefined =
      hasValues && hasJacobian && point.value.isFinite
      && point.gradient.isFinite && x.isFinite
  }

  /// ∇f − Jᵀy − z and the conditions on sides and signs.
  func residuals(_ y: Vector<Double>, _ z: Vector<Double>) -> Residuals {
    var slope = point.gradient
    jacobian.multiply(y, transposed: true, into: &slope, alpha: -1, beta: 1)
    slope -= z
    var conditions = SideConditions()
    conditions.take(c, system.lower, system.upper, y)
    if let bounds {
      conditions.take(point.x, bounds.lower, bounds.upper, z)
    } else {
      conditions.takeNone(z)
    }
    let isDefined = slope.isFinite && self.isDefined
    return Residuals(
      stationarity: isDefined ? slope.normInfinity : .nan,
      conditions: conditions)
  }

  /// The multipliers given, or those estimated where they leave less.
  func chooseMultipliers(
    _ y: Vector<Double>?, _ z: Vector<Double>?
  ) -> Choice {
    let (m, n) = (system.count, point.dimension)
    if let y {
      precondition(y.count == m, "\(y.count) multipliers for \(m) constraints")
    }
    if let z {
      precondition(
        z.count == n, "\(z.count) multipliers of bounds for \(n) variables")
    }
    let none = (y ?? .zeros(m), z ?? .zeros(n))
    let given = Choice(
      y: none.0, z: none.1, isEstimated: y == nil && z == nil,
      residuals: residuals(none.0, none.1))
    let isGiven = y != nil || z != nil
    if !isDefined || isGiven && given.residuals.largest <= tolerance {
      return given
    }
    // Who comes to a side from inside stops before it, at a distance that
    // complementarity allows when the multiplier is small.
    var best = given
    var count = -1
    for reach in [1.0, 10, 100, 1000] {
      let sides = activeSides(within: reach * tolerance)
      guard sides.count > count else { continue }
      count = sides.count
      let (y, z) = estimatedMultipliers(explaining: point.gradient, sides)
      let estimated = Choice(
        y: y, z: z, isEstimated: true, residuals: residuals(y, z))
      if estimated.residuals.largest < best.residuals.largest
        || !isGiven && reach == 1
      {
        best = estimated
      }
    }
    return best
  }

  /// The sides that x is at: within the tolerance, or 10⁻⁹ of their size.
  func activeSides() -> [Side] { activeSides(within: tolerance) }

  private func activeSides(within tolerance: Double) -> [Side] {
    var sides: [Side] = []
    func take(_ place: Int, _ v: Double, _ l: Double, _ u: Double) {
      func isAt(_ side: Double) -> Bool {
        side.isFinite && abs(v - side) <= max(tolerance, 1e-9 * abs(side))
      }
      if l == u {
        sides.append(Side(place: place, sign: 0))
      } else if isAt(l) || v < l {
        // Between sides that are closer than the tolerance either may push.
        sides.append(Side(place: place, sign: isAt(u) ? 0 : 1))
      } else if isAt(u) || v > u {
        sides.append(Side(place: place, sign: -1))
      }
    }
    for i in 0..<c.count { take(i, c[i], system.lower[i], system.upper[i]) }
    if let bounds {
      for j in 0..<point.dimension {
        take(
          c.count + j, point.x[j], bounds.lower[j], bounds.upper[j])
      }
    }
    return sides
  }

  /// The normals of sides as columns.
  func normals(of sides: [Side]) -> Matrix<Double> {
    let m = c.count
    return Matrix(rows: point.dimension, columns: sides.count) { j, k in
      let place = sides[k].place
      return place < m ? jacobian[place, j] : (place - m == j ? 1 : 0)
    }
  }

  /// The multipliers of sides, with their signs, that explain a gradient best.
  func estimatedMultipliers(
    explaining gradient: Vector<Double>, _ sides: [Side]
  ) -> (y: Vector<Double>, z: Vector<Double>) {
    var y = Vector<Double>.zeros(c.count)
    var z = Vector<Double>.zeros(point.dimension)
    guard !sides.isEmpty,
      let multipliers = SignedLeastSquares(
        normals(of: sides), gradient,
        lower: Vector(sides.map { $0.sign == 1 ? 0 : -.infinity }),
        upper: Vector(sides.map { $0.sign == -1 ? 0 : .infinity })
      ).solve()
    else { return (y, z) }
    for (k, side) in sides.enumerated() {
      if side.place < c.count {
        y[side.place] = multipliers[k]
      } else {
        z[side.place - c.count] = multipliers[k]
      }
    }
    return (y, z)
  }

  /// The active sides of a choice of multipliers, with the rank of their normals.
  func activeConstraints(_ choice: Choice) -> ActiveConstraints {
    let sides = isDefined ? activeSides() : []
    let m = c.count
    var rank = 0
    if !sides.isEmpty {
      var normals = normals(of: sides)
      for k in 0..<sides.count {
        var column = normals.column(k)
        let length = column.norm
        if length > 0 { column.scale(by: 1 / length) }
        normals.setColumn(k, to: column)
      }
      if let svd = try? SVD(normals, vectors: .none) {
        rank = svd.singularValues.count { $0 > 1e-8 }
      }
    }
    let weak = sides.count {
      $0.sign != 0
        && abs($0.place < m ? choice.y[$0.place] : choice.z[$0.place - m])
          <= weakLimit(choice)
    }
    return ActiveConstraints(
      constraints: sides.filter { $0.place < m }.map(\.place),
      variables: sides.filter { $0.place >= m }.map { $0.place - m },
      rank: rank, weakCount: weak)
  }

  /// The magnitude up to which a multiplier cannot be told from 0.
  func weakLimit(_ choice: Choice) -> Double {
    let size = max(choice.y.normInfinity, choice.z.normInfinity)
    return max(tolerance, 1e-8 * size)
  }
}
