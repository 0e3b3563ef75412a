internal import Matrix

/// The units d of an evaluator that is asked about z = x/d.
struct EvaluatorUnits {
  let magnitudes: Vector<Double>
  /// The bounds on z while these are not in use, those on x while they are.
  fileprivate var bounds: Bounds?
  /// x.
  fileprivate var point: Vector<Double>
  /// d v.
  fileprivate var direction: Vector<Double>

  init(_ magnitudes: Vector<Double>, bounds: Bounds?) {
    self.magnitudes = magnitudes
    self.bounds = bounds?.divided(by: magnitudes)
    point = .zeros(magnitudes.count)
    direction = .zeros(magnitudes.count)
  }
}

extension Evaluator {
  /// Begins to think in units, or ends: the units that are not in use are with the
  /// caller.
  mutating func exchange(_ other: inout EvaluatorUnits) {
    if units == nil {
      swap(&other.bounds, &bounds)
      units = other
      // Moved, so that nothing is shared and then copied.
      other.point = Vector()
      other.direction = Vector()
    } else if let used = units.take() {
      other = used
      swap(&other.bounds, &bounds)
    }
  }

  /// Writes x = d z, within the bounds on x.
  ///
  /// - Precondition: units are in use.
  private mutating func setPoint(_ z: Vector<Double>) -> EvaluatorUnits {
    guard var used = units.take() else {
      preconditionFailure("no units are in use")
    }
    used.point.copy(from: z)
    used.point.multiply(by: used.magnitudes)
    used.bounds?.project(&used.point)
    return used
  }

  /// f(d z).
  mutating func value(inUnitsAt z: Vector<Double>) throws -> Double {
    let used = setPoint(z)
    defer { units = used }
    return try (values ?? objective).value(at: used.point)
  }

  /// f and d ∇f.
  mutating func valueAndGradient(
    inUnitsAt z: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    let used = setPoint(z)
    defer { units = used }
    let value = try objective.valueAndGradient(at: used.point, into: &gradient)
    if gradient.count == z.count { gradient.multiply(by: used.magnitudes) }
    return value
  }

  /// d ∇²f d.
  mutating func hessian(
    of objective: any TwiceDifferentiableObjective,
    inUnitsAt z: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    let used = setPoint(z)
    defer { units = used }
    try objective.hessian(at: used.point, into: &hessian)
    let n = z.count
    guard hessian.rows == n && hessian.columns == n else { return }
    hessian.write { h in
      used.magnitudes.read { d in
        for j in 0..<n {
          for i in j..<n { h[i + j * n] *= d[i] * d[j] }
        }
      }
    }
  }

  /// d ∇²f d v.
  mutating func hessianVectorProduct(
    inUnitsAt z: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    var used = setPoint(z)
    used.direction.copy(from: v)
    used.direction.multiply(by: used.magnitudes)
    defer { units = used }
    try objective.hessianVectorProduct(
      at: used.point, along: used.direction, into: &product)
    if product.count == z.count { product.multiply(by: used.magnitudes) }
  }
}

extension Vector<Double> {
  /// xᵢ ← xᵢ dᵢ.
  mutating func multiply(by d: Vector<Double>) {
    let n = count
    write { x in
      d.read { d in
        for i in 0..<n { x[i] *= d[i] }
      }
    }
  }

  /// xᵢ ← xᵢ / dᵢ.
  mutating func divide(by d: Vector<Double>) {
    let n = count
    write { x in
      d.read { d in
        for i in 0..<n { x[i] /= d[i] }
      }
    }
  }

  /// ‖d z − x‖₂.
  func scaledDistance(to x: Vector<Double>, by d: Vector<Double>) -> Double {
    var sum = 0.0
    for i in 0..<count {
      let difference = d[i] * self[i] - x[i]
      sum += difference * difference
    }
    return sum.squareRoot()
  }
}

extension Bounds {
  /// Bounds on x/d.
  ///
  /// Division rounds in one direction only, so that they cross no more than they
  /// did.
  fileprivate func divided(by d: Vector<Double>) -> Bounds? {
    var (l, u) = (lower, upper)
    l.divide(by: d)
    u.divide(by: d)
    return try? Bounds(lower: l, upper: u)
  }
}
