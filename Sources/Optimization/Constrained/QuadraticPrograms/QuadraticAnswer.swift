internal import Matrix

/// An answer in the user's numbers, with its verdict.
struct QuadraticAnswer {
  var x: Vector<Double>
  var y: Vector<Double>
  var z: Vector<Double>
  var ray: Vector<Double>?
  var certificate: QuadraticCertificate

  /// The verdict on x with multipliers.
  init(
    _ program: QuadraticProgram, _ x: Vector<Double>, _ y: Vector<Double>,
    _ z: Vector<Double>, tolerance: Double
  ) {
    (self.x, self.y, self.z) = (x, y, z)
    certificate = QuadraticCertificate(
      of: program, at: x, multipliers: y, boundMultipliers: z,
      tolerance: tolerance)
  }

  /// The verdict on y as a proof that there is no point.
  init(
    infeasible program: QuadraticProgram, by y: Vector<Double>,
    at x: Vector<Double>, tolerance: Double
  ) {
    self.x = x
    self.y = y
    z = .zeros(program.dimension)
    program.constraints.matrix.multiply(
      y, transposed: true, into: &z, alpha: -1)
    certificate = QuadraticCertificate(
      ofInfeasible: program, by: y, at: x, tolerance: tolerance)
  }

  /// The verdict on d as a ray from x.
  init(
    unbounded program: QuadraticProgram, along d: Vector<Double>,
    from x: Vector<Double>, tolerance: Double
  ) {
    self.x = x
    y = .zeros(program.constraints.count)
    z = .zeros(program.dimension)
    let length = d.normInfinity
    ray = length > 0 ? (1 / length) * d : d
    certificate = QuadraticCertificate(
      ofUnbounded: program, along: d, from: x, tolerance: tolerance)
  }

  /// Whether the verdict does not even need the allowance for rounding.
  func isWithin(_ tolerance: Double) -> Bool {
    certificate.isVerified && error <= tolerance
  }

  /// The largest of the residuals of optimality.
  var error: Double {
    let c = certificate
    let largest = max(
      c.primalResidual, c.dualResidual, c.gap, c.complementarity)
    return [c.primalResidual, c.dualResidual, c.gap].contains(where: \.isNaN)
      ? .infinity : largest
  }
}

extension ScaledProgram {
  /// x, y and z in the user's numbers and order.
  ///
  /// x is moved within its bounds, from which rounding may have taken it.
  func unscaled(
    _ point: ActiveSetPolish.Point, of program: QuadraticProgram
  ) -> (x: Vector<Double>, y: Vector<Double>, z: Vector<Double>) {
    var x = program.bounds.lower
    for (k, j) in variables.enumerated() { x[j] = d[k] * point.x[k] }
    program.bounds.project(&x)
    var y = Vector<Double>.zeros(program.constraints.count)
    let sides = program.constraints
    for (k, i) in equalityRows.enumerated() {
      y[i] = equalityScale[k] * point.y[k] / c
    }
    for (k, i) in inequalityRows.enumerated() {
      y[i] = inequalityScale[k] * point.w[k] / c
      if (y[i] > 0 ? sides.lower[i] : sides.upper[i]).isInfinite { y[i] = 0 }
    }
    var z = Vector<Double>.zeros(program.dimension)
    for (k, j) in variables.enumerated() {
      z[j] = point.w[g.columns + k] / (c * d[k])
      let bounds = program.bounds
      if (z[j] > 0 ? bounds.lower[j] : bounds.upper[j]).isInfinite { z[j] = 0 }
    }
    // Bounds that are one number take whatever multiplier is left.
    if variables.count < program.dimension {
      var gradient = program.gradient
      program.hessian.symmetricMultiply(x, into: &gradient, beta: 1)
      program.constraints.matrix.multiply(
        y, transposed: true, into: &gradient, alpha: -1, beta: 1)
      for j in 0..<z.count
      where program.bounds.lower[j] == program.bounds.upper[j] {
        z[j] = gradient[j]
      }
    }
    return (x, y, z)
  }

  /// What ``unscaled(_:of:)`` makes x, y and z of.
  func scaled(
    _ x: Vector<Double>, _ y: Vector<Double>, _ z: Vector<Double>
  ) -> ActiveSetPolish.Point {
    var point = ActiveSetPolish.Point(
      x: .zeros(n), y: .zeros(equalityRows.count), w: .zeros(constraintCount))
    for (k, j) in variables.enumerated() {
      point.x[k] = x[j] / d[k]
      point.w[g.columns + k] = c * d[k] * z[j]
    }
    for (k, i) in equalityRows.enumerated() {
      point.y[k] = c * y[i] / equalityScale[k]
    }
    for (k, i) in inequalityRows.enumerated() {
      point.w[k] = c * y[i] / inequalityScale[k]
    }
    return point
  }

  /// The point of an iterate of the interior-point method.
  func point(of state: InteriorPointState.Iterate) -> ActiveSetPolish.Point {
    var w = Vector<Double>.zeros(constraintCount)
    for (k, side) in sides.enumerated() {
      w[side.constraint] += side.sign * state.multipliers[k]
    }
    return ActiveSetPolish.Point(x: state.x, y: state.y, w: w)
  }
}
