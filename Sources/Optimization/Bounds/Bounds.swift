public import Matrix

/// Bounds on variables: lᵢ ≤ xᵢ ≤ uᵢ.
///
///     let bounds = try Bounds(lower: [0, -.infinity], upper: [1, .infinity])
///     minimize(f.within(bounds), from: x0, using: .lbfgsb())
///     minimize(residuals.within(bounds), from: x0, using: .levenbergMarquardt())
///
/// A variable with lᵢ = uᵢ is fixed.
public struct Bounds: Codable, Equatable, Sendable {
  /// The lower bounds l, −∞ where there is none.
  public let lower: Vector<Double>
  /// The upper bounds u, ∞ where there is none.
  public let upper: Vector<Double>

  /// Bounds for every variable.
  ///
  /// - Throws: ``BoundsError`` where lᵢ > uᵢ, or a bound is NaN or leaves no
  ///   number.
  /// - Precondition: as many lower as upper bounds.
  public init(
    lower: Vector<Double>, upper: Vector<Double>
  ) throws(BoundsError) {
    precondition(
      lower.count == upper.count,
      "\(lower.count) lower bounds and \(upper.count) upper ones")
    for i in 0..<lower.count
    where !(lower[i] <= upper[i]) || lower[i] == .infinity
      || upper[i] == -.infinity
    {
      throw BoundsError(index: i, lower: lower[i], upper: upper[i])
    }
    self.lower = lower
    self.upper = upper
  }

  /// The same bounds for n variables.
  ///
  /// - Throws: ``BoundsError`` as the other initialiser.
  public init(
    _ range: ClosedRange<Double>, count n: Int
  ) throws(BoundsError) {
    try self.init(
      lower: Vector(repeating: range.lowerBound, count: n),
      upper: Vector(repeating: range.upperBound, count: n))
  }

  /// The number of variables n.
  public var count: Int { lower.count }

  /// Whether x lies within the bounds.
  public func contains(_ x: Vector<Double>) -> Bool {
    checkCount(x)
    return (0..<count).allSatisfy { lower[$0] <= x[$0] && x[$0] <= upper[$0] }
  }

  /// Moves x to the nearest point within the bounds.
  ///
  /// - Returns: the number of variables that moved. NaN does not.
  @discardableResult
  public func project(_ x: inout Vector<Double>) -> Int {
    checkCount(x)
    let n = count
    var moved = 0
    lower.read { l in
      upper.read { u in
        x.write { x in
          for i in 0..<n {
            if x[i] < l[i] {
              x[i] = l[i]
              moved += 1
            } else if x[i] > u[i] {
              x[i] = u[i]
              moved += 1
            }
          }
        }
      }
    }
    return moved
  }

  /// Whether variable i is at a bound that f would fall across, or fixed.
  public func isActive(
    _ i: Int, at x: Vector<Double>, gradient: Vector<Double>
  ) -> Bool {
    lower[i] == upper[i] || (x[i] <= lower[i] && gradient[i] > 0)
      || (x[i] >= upper[i] && gradient[i] < 0)
  }

  /// ‖∇f‖∞ over the variables that are not held by a bound; NaN if ∇f has one.
  public func projectedGradientNorm(
    _ gradient: Vector<Double>, at x: Vector<Double>
  ) -> Double {
    var norm = 0.0
    for i in 0..<count where !isActive(i, at: x, gradient: gradient) {
      guard !gradient[i].isNaN else { return .nan }
      norm = max(norm, abs(gradient[i]))
    }
    return norm
  }

  func checkCount(_ x: Vector<Double>) {
    precondition(
      x.count == count, "bounds of \(count) variables for \(x.count)")
  }
}

/// Bounds that no number satisfies.
public struct BoundsError: Error, Equatable, CustomStringConvertible, Sendable {
  /// The variable, from 0.
  public let index: Int
  /// Its lower bound.
  public let lower: Double
  /// Its upper bound.
  public let upper: Double

  /// A sentence with the variable and its bounds.
  public var description: String {
    "variable \(index): no number from \(lower) to \(upper)"
  }

  /// NaN equals NaN here, so that the error can be compared.
  public static func == (a: BoundsError, b: BoundsError) -> Bool {
    a.index == b.index && a.lower.bitPattern == b.lower.bitPattern
      && a.upper.bitPattern == b.upper.bitPattern
  }
}
