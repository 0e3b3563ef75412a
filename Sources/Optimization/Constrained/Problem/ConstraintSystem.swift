public import Matrix

/// All constraints of a problem but the bounds on its variables, one below the
/// other: l ≤ c(x) ≤ u.
public struct ConstraintSystem {
  /// The constraints as they were given.
  public let parts: [Constraints]
  /// l, −∞ where there is none.
  public let lower: Vector<Double>
  /// u, ∞ where there is none.
  public let upper: Vector<Double>
  /// Which constraints are rows of A x.
  public let isLinear: [Bool]

  /// The number of constraints m.
  public var count: Int { lower.count }

  /// - Throws: ``ConstraintError`` where lᵢ > uᵢ, or a side is NaN or leaves no
  ///   number.
  init(_ parts: [Constraints]) throws(ConstraintError) {
    self.init(checked: parts)
    for i in 0..<lower.count
    where !(lower[i] <= upper[i]) || lower[i] == .infinity
      || upper[i] == -.infinity
    {
      throw ConstraintError(index: i, lower: lower[i], upper: upper[i])
    }
  }

  /// Constraints whose sides are known not to cross.
  init(checked parts: [Constraints]) {
    self.parts = parts
    if parts.count == 1 {
      lower = parts[0].lower
      upper = parts[0].upper
    } else {
      lower = Vector(parts.flatMap { $0.lower })
      upper = Vector(parts.flatMap { $0.upper })
    }
    isLinear = parts.flatMap {
      Array(repeating: $0.isLinear, count: $0.count)
    }
  }

  /// The number of variables, where a constraint says.
  var dimension: Int? {
    for part in parts {
      switch part.function {
      case .linear(let matrix): return matrix.columns
      case .nonlinear(let function):
        if let n = function.dimension { return n }
      }
    }
    return nil
  }

  func checkDimension(_ n: Int) {
    for part in parts {
      switch part.function {
      case .linear(let matrix):
        precondition(
          matrix.columns == n,
          "constraints on \(matrix.columns) variables of \(n)")
      case .nonlinear(let function):
        if let expected = function.dimension {
          precondition(
            expected == n, "constraints on \(expected) variables of \(n)")
        }
      }
    }
  }
}

/// Room for what the parts of a system write, before it is put together.
struct ConstraintScratch {
  var values: [Vector<Double>]
  var jacobians: [Matrix<Double>]
  var hessian: Matrix<Double>
  var second: [SecondOrderScratch]

  init(_ system: ConstraintSystem, dimension n: Int) {
    values = system.parts.map { .zeros($0.count) }
    // A linear part is read where it is, and a single one is written in place.
    let isSingle = system.parts.count == 1
    jacobians = system.parts.map {
      isSingle || $0.isLinear ? .zeros(0, 0) : .zeros($0.count, n)
    }
    hessian = system.parts.allSatisfy(\.isLinear) ? .zeros(0, 0) : .zeros(n, n)
    second = system.parts.map {
      guard case .nonlinear(let function) = $0.function,
        !function.hasSecondDerivatives
      else { return SecondOrderScratch(residuals: 0, dimension: 0) }
      return SecondOrderScratch(residuals: $0.count, dimension: n)
    }
  }
}

extension ConstraintSystem {
  /// Writes c(x).
  ///
  /// - Complexity: one call of each part; no allocation.
  func values(
    at x: Vector<Double>, into c: inout Vector<Double>,
    _ scratch: inout ConstraintScratch
  ) throws {
    if parts.count == 1 {
      try parts[0].function.values(at: x, into: &c, count: count)
      return
    }
    var start = 0
    for k in 0..<parts.count {
      let m = parts[k].count
      try parts[k].function.values(
        at: x, into: &scratch.values[k], count: m)
      scratch.values[k].read { part in
        c.write { c in for i in 0..<m { c[start + i] = part[i] } }
      }
      start += m
    }
  }

  /// Writes J(x), m×n.
  ///
  /// - Complexity: one call of each part; no allocation.
  func jacobian(
    at x: Vector<Double>, into jacobian: inout Matrix<Double>,
    _ scratch: inout ConstraintScratch
  ) throws {
    let (m, n) = (count, x.count)
    if parts.count == 1 {
      switch parts[0].function {
      case .linear(let matrix): jacobian.copy(from: matrix)
      case .nonlinear(let function):
        try function.checkedJacobian(at: x, into: &jacobian, rows: m)
      }
      return
    }
    var start = 0
    for k in 0..<parts.count {
      let rows = parts[k].count
      let offset = start
      func put(_ part: Matrix<Double>) {
        part.read { part in
          jacobian.write { all in
            for j in 0..<n {
              for i in 0..<rows {
                all[offset + i + j * m] = part[i + j * rows]
              }
            }
          }
        }
      }
      switch parts[k].function {
      case .linear(let matrix): put(matrix)
      case .nonlinear(let function):
        try function.checkedJacobian(
          at: x, into: &scratch.jacobians[k], rows: rows)
        put(scratch.jacobians[k])
      }
      start += rows
    }
  }

  /// Subtracts Σ yᵢ ∇²cᵢ(x) from the lower triangle of `hessian`.
  ///
  /// - Complexity: one call of each part, or 2n Jacobians; no allocation.
  func subtractCurvature(
    at x: Vector<Double>, multipliers y: Vector<Double>,
    from hessian: inout Matrix<Double>, _ scratch: inout ConstraintScratch
  ) throws {
    let n = x.count
    var start = 0
    for k in 0..<parts.count {
      let m = parts[k].count
      defer { start += m }
      guard case .nonlinear(let function) = parts[k].function else { continue }
      let offset = start
      y.read { y in
        scratch.values[k].write { w in
          for i in 0..<m { w[i] = -y[offset + i] }
        }
      }
      try writeSecondOrderTerm(
        of: function, at: x, weights: scratch.values[k],
        into: &scratch.hessian, scratch: &scratch.second[k])
      scratch.hessian.read { term in
        hessian.write { h in
          for j in 0..<n {
            for i in j..<n { h[i + j * n] += term[i + j * n] }
          }
        }
      }
    }
  }
}

extension Constraints.Function {
  /// Writes c(x) into a vector of `count` elements.
  ///
  /// - Throws: what the function throws, or that it gave another number of values.
  func values(
    at x: Vector<Double>, into c: inout Vector<Double>, count m: Int
  ) throws {
    switch self {
    case .linear(let matrix): matrix.multiply(x, into: &c)
    case .nonlinear(let function):
      try function.residuals(at: x, into: &c)
      guard c.count == m else {
        let found = c.count
        c = .zeros(m)
        throw WrongCount(found: found, expected: m)
      }
    }
  }
}

extension DifferentiableResiduals {
  /// Writes J(x), and restores the shape of what a function left of another one.
  func checkedJacobian(
    at x: Vector<Double>, into jacobian: inout Matrix<Double>, rows m: Int
  ) throws {
    try self.jacobian(at: x, into: &jacobian)
    do {
      try checkJacobian(jacobian, rows: m, columns: x.count)
    } catch {
      jacobian = .zeros(m, x.count)
      throw error
    }
  }
}
