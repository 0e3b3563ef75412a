public import Matrix

extension QuadraticCertificate {
  /// The verdict on a point whose multipliers nobody gave.
  ///
  /// They are estimated on the sides that x is at, by least squares with the signs
  /// that the sides ask for:
  ///
  ///     min ½ ‖P x + q − Aᵀy − z‖²   where   y, z ≥ 0 at lower sides, ≤ 0 at upper
  ///
  /// A side counts as one that x is at within `tolerance`, or 10⁻⁹ of its size where
  /// that is more.
  ///
  /// - Precondition: x has n elements.
  /// - Complexity: with k sides that x is at, nk² flops and those of a quadratic
  ///   program of k variables.
  public init(
    of program: QuadraticProgram, at x: Vector<Double>,
    tolerance: Double = 1e-9
  ) {
    let (y, z) = program.estimatedMultipliers(at: x, tolerance: tolerance)
    self.init(
      of: program, at: x, multipliers: y, boundMultipliers: z,
      tolerance: tolerance)
  }
}

extension QuadraticProgram {
  /// The multipliers that explain ∇f(x) best, of rows and of bounds.
  func estimatedMultipliers(
    at x: Vector<Double>, tolerance: Double
  ) -> (y: Vector<Double>, z: Vector<Double>) {
    let (n, m) = (dimension, constraints.count)
    precondition(
      x.count == n, "a point of \(x.count) elements for \(n) variables")
    let none = (Vector<Double>.zeros(m), Vector<Double>.zeros(n))
    guard x.isFinite else { return none }
    let values = constraints.matrix * x
    // Rows first, then variables.
    var places: [Int] = []
    var (low, high): ([Double], [Double]) = ([], [])
    func take(_ place: Int, _ v: Double, _ lower: Double, _ upper: Double) {
      func isAt(_ side: Double) -> Bool {
        side.isFinite
          && abs(v - side) <= max(tolerance, 1e-9 * abs(side))
      }
      let (atLower, atUpper) = (isAt(lower), isAt(upper))
      guard atLower || atUpper else { return }
      places.append(place)
      low.append(atUpper ? -.infinity : 0)
      high.append(atLower ? .infinity : 0)
    }
    for i in 0..<m {
      take(i, values[i], constraints.lower[i], constraints.upper[i])
    }
    for j in 0..<n { take(m + j, x[j], bounds.lower[j], bounds.upper[j]) }
    let k = places.count
    guard k > 0 else { return none }
    // Unit normals, so that no multiplier is favoured for its units.
    var normals = Matrix<Double>.zeros(n, k)
    var lengths = Vector<Double>(repeating: 1, count: k)
    for (c, place) in places.enumerated() {
      if place < m {
        let row = constraints.matrix.row(place)
        if row.norm > 0 { lengths[c] = row.norm }
        for j in 0..<n { normals[j, c] = row[j] / lengths[c] }
      } else {
        normals[place - m, c] = 1
      }
    }
    var slope = gradient
    hessian.symmetricMultiply(x, into: &slope, beta: 1)
    guard slope.isFinite else { return none }
    let size = slope.normInfinity > 0 ? slope.normInfinity : 1
    slope.scale(by: 1 / size)
    var square = Matrix<Double>.zeros(k, k)
    square.symmetricRankUpdate(normals, transposed: true, beta: 0)
    square.symmetrizeFromLower()
    let signs = Bounds(unchecked: Vector(low), Vector(high))
    guard
      let fit = try? QuadraticProgram(
        hessian: square, gradient: -1 * (normals.transposed * slope),
        constant: 0.5 * slope.dot(slope), within: signs)
    else { return none }
    var multipliers = ActiveSet(tolerance: 1e-12).solve(fit).x
    // The square has lost half of the digits. Which multipliers are 0 it knows,
    // and the others are solved for again by QR.
    let least = 1e-7 * multipliers.normInfinity
    let kept = (0..<k).filter { abs(multipliers[$0]) > least }
    let columns = Matrix<Double>(rows: n, columns: kept.count) {
      normals[$0, kept[$1]]
    }
    if !kept.isEmpty, let qr = try? QR(columns) {
      let refined = qr.solve(slope)
      var candidate = Vector<Double>.zeros(k)
      for (c, i) in kept.enumerated() { candidate[i] = refined[c] }
      signs.project(&candidate)
      if (slope - normals * candidate).norm
        <= (slope - normals * multipliers).norm
      {
        multipliers = candidate
      }
    }
    for c in 0..<k { multipliers[c] *= size / lengths[c] }
    var (y, z) = none
    for (c, place) in places.enumerated() {
      if place < m {
        y[place] = multipliers[c]
      } else {
        z[place - m] = multipliers[c]
      }
    }
    return (y, z)
  }
}
