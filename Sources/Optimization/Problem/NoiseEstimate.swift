public import Matrix

/// The noise of a function: the standard deviation σ of what its values have beside a
/// smooth part.
///
/// Rounding, a sum that is not converged, an adaptive mesh or a random sample: all of
/// them let values that should be alike differ by about σ, and no method can tell
/// points apart whose values differ by less.
///
///     let noise = try estimateNoise(of: simulation, at: x)
///     let gradient = FiniteDifferences(of: simulation, noise: noise)
public struct NoiseEstimate: Codable, Equatable, Sendable {
  /// σ, in the units of f.
  public let level: Double
  /// The value f(x) at the point of the estimate.
  public let value: Double
  /// The point of the estimate.
  public let point: Vector<Double>
  /// The spacing of the points that showed the noise, ‖Δx‖.
  public let spacing: Double
  /// The order k of the differences that showed it.
  public let order: Int
  /// The evaluations of f.
  public let evaluations: Int

  /// σ / |f(x)|; infinite where f(x) = 0.
  public var relativeLevel: Double { level / abs(value) }
}

/// Why no noise could be estimated.
public enum NoiseFailure: Error, Equatable, Sendable {
  /// f is not finite, or throws, at the point or near it.
  case undefined
  /// At no spacing do differences of high order behave as noise does: f is
  /// constant, or too wild.
  case undetected
}

/// Estimates the noise of a function at a point from seven values on a line.
///
/// With Δᵏ the k-th differences of values at equal distances, what is smooth
/// disappears from
///
///     σₖ² = γₖ mean (Δᵏf)²,   γₖ = (k!)² / (2k)!
///
/// with growing k, while for independent errors of standard deviation σ each of the
/// σₖ is an estimate of σ. The first of three in a row that agree within a factor of
/// 4, whose differences have both signs, is taken. Where half of the neighbouring
/// values are equal, the spacing is made 100 times larger, where the values differ
/// too much or no three levels agree, smaller.
///
/// - Parameters:
///   - objective: the function.
///   - x: the point.
///   - direction: the line; all variables, in proportion to their size, unless told.
/// - Throws: ``NoiseFailure``.
/// - Precondition: the direction has as many elements as x, and is not zero.
/// - Complexity: 7 evaluations for each spacing, of which there are at most 9 and
///   mostly one or two.
///
/// Source: Moré and Wild, Estimating computational noise, SIAM J. Sci. Comput. 33,
/// 2011, sections 4 and 5.
public func estimateNoise(
  of objective: any Objective, at x: Vector<Double>,
  along direction: Vector<Double>? = nil
) throws(NoiseFailure) -> NoiseEstimate {
  let d = direction ?? lineThroughAll(x)
  precondition(
    d.count == x.count,
    "a direction of \(d.count) elements for \(x.count) variables")
  precondition(d.norm > 0, "a direction of zeros")
  return try estimateNoise(at: x, along: d) { try? objective.value(at: $0) }
}

/// The noise of values that a closure gives along a line, nil or NaN where there is
/// none.
func estimateNoise(
  at x: Vector<Double>, along d: Vector<Double>,
  value: (Vector<Double>) -> Double?
) throws(NoiseFailure) -> NoiseEstimate {
  let length = d.norm
  let size = x.norm > 0 ? x.norm : 1
  // √ε of x: the smooth part of third differences is then below rounding, ε f.
  var spacing = 0x1p-26 * size
  var evaluations = 0
  var (wasTooSmall, wasTooLarge) = (false, false)
  while true {
    let values = try DifferenceTable.values(
      at: x, along: d, spacing: spacing / length, value: value)
    evaluations += values.count
    let table = DifferenceTable(values)
    // In a wide spacing, values that differ by a tenth of their size differ for
    // another reason. In the first they need not: noise may be all there is of
    // f where it is nearly 0.
    switch wasTooSmall && table.isWide ? .spacingTooLarge : table.finding {
    case .found(let level, let order):
      return NoiseEstimate(
        level: level, value: values[DifferenceTable.count / 2], point: x,
        spacing: spacing, order: order, evaluations: evaluations)
    case .spacingTooSmall:
      if wasTooLarge { throw .undetected }
      wasTooSmall = true
      spacing *= 100
    case .spacingTooLarge:
      if wasTooSmall { throw .undetected }
      wasTooLarge = true
      spacing /= 100
    }
    if spacing > 100 * size || spacing < 2 * .ulpOfOne * size {
      throw .undetected
    }
  }
}

/// A direction in which every variable changes in proportion to its size.
func lineThroughAll(_ x: Vector<Double>) -> Vector<Double> {
  let smallest = x.normInfinity > 0 ? 1e-3 * x.normInfinity : 1
  // Signs and sizes that differ, so that the line is not one of symmetry, along
  // which many functions have no noise or a constant value.
  return Vector(count: x.count) { i in
    let weight = 1 + Double(i % 7) / 8
    return (i.isMultiple(of: 2) ? weight : -weight) * max(abs(x[i]), smallest)
  }
}

/// The differences of values at equal distances.
struct DifferenceTable {
  enum Finding: Equatable {
    case found(level: Double, order: Int)
    case spacingTooSmall
    case spacingTooLarge
  }

  /// The number of values; with fewer there are not enough orders, with more the
  /// smooth part is wider.
  static let count = 7

  let finding: Finding
  /// Whether the values differ by more than a tenth of their size.
  let isWide: Bool
  /// σ₁, σ₂, … of the differences.
  private(set) var levels: [Double] = []

  /// An upper estimate of the noise, also where no three levels agree: what is
  /// smooth adds to all of them.
  var upperLevel: Double {
    if case .found(let level, _) = finding { return level }
    // The last orders are of one and two differences only.
    return levels.prefix(4).min() ?? 0
  }

  /// f at x + i h d for i = −3 … 3.
  static func values(
    at x: Vector<Double>, along d: Vector<Double>, spacing h: Double,
    value: (Vector<Double>) -> Double?
  ) throws(NoiseFailure) -> [Double] {
    var values: [Double] = []
    var shifted = x
    for i in 0..<count {
      shifted.setSum(x, d, scaledBy: Double(i - count / 2) * h)
      guard let value = value(shifted), value.isFinite else {
        throw .undefined
      }
      values.append(value)
    }
    return values
  }

  init(_ values: [Double]) {
    let lowest = values.min() ?? .nan
    let highest = values.max() ?? .nan
    isWide = !(highest - lowest <= 0.1 * max(abs(lowest), abs(highest)))
    var row = values
    var hasBothSigns: [Bool] = []
    var gamma = 1.0
    for k in 1..<values.count {
      row = zip(row.dropFirst(), row).map { $0 - $1 }
      if k == 1 && row.count(where: { $0 == 0 }) >= values.count / 2 {
        finding = .spacingTooSmall
        return
      }
      // (k!)²/(2k)! from the one before.
      gamma *= Double(k) / Double(2 * (2 * k - 1))
      let mean = row.reduce(0) { $0 + $1 * $1 } / Double(row.count)
      levels.append((gamma * mean).squareRoot())
      hasBothSigns.append(row.contains { $0 < 0 } && row.contains { $0 > 0 })
    }
    for k in 0..<levels.count - 2 where hasBothSigns[k] {
      let three = levels[k...k + 2]
      if let low = three.min(), let high = three.max(), low > 0,
        high <= 4 * low
      {
        finding = .found(level: levels[k], order: k + 1)
        return
      }
    }
    finding = .spacingTooLarge
  }
}
