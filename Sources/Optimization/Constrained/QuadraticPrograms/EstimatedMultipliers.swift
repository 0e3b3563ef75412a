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
    let normals = Matrix<Double>(rows: n, columns: k) { j, c in
      let place = places[c]
      return place < m
        ? constraints.matrix[place, j] : (place - m == j ? 1 : 0)
    }
    var slope = gradient
    hessian.symmetricMultiply(x, into: &slope, beta: 1)
    guard
      let multipliers = SignedLeastSquares(
        normals, slope, lower: Vector(low), upper: Vector(high)
      ).solve()
    else { return none }
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
