internal import Foundation
public import Matrix
internal import RandomNumbers

/// A box from which starting points are drawn.
public struct StartingRegion: Equatable, Sendable {
  /// The lower corner.
  public let lower: Vector<Double>
  /// The upper corner.
  public let upper: Vector<Double>

  /// The box of bounds, all of which are finite.
  ///
  /// - Precondition: every variable has a lower and an upper bound.
  public static func within(_ bounds: Bounds) -> StartingRegion {
    for i in 0..<bounds.count {
      precondition(
        bounds.lower[i].isFinite && bounds.upper[i].isFinite,
        "variable \(i) is between \(bounds.lower[i]) and \(bounds.upper[i]), "
          + "from where no start can be drawn")
    }
    return StartingRegion(lower: bounds.lower, upper: bounds.upper)
  }

  /// The box of all x with |xᵢ − cᵢ| ≤ r.
  ///
  /// - Precondition: r is finite and not negative.
  public static func around(
    _ center: Vector<Double>, radius: Double
  ) -> StartingRegion {
    precondition(
      radius >= 0 && radius < .infinity, "a radius of \(radius)")
    let r = Vector(repeating: radius, count: center.count)
    return StartingRegion(lower: center - r, upper: center + r)
  }

  /// The same interval for each of n variables.
  public static func cube(
    _ range: ClosedRange<Double>, dimension n: Int
  ) -> StartingRegion {
    StartingRegion(
      lower: Vector(repeating: range.lowerBound, count: n),
      upper: Vector(repeating: range.upperBound, count: n))
  }

  /// The number of variables.
  public var dimension: Int { lower.count }

  /// Points that fill the box evenly; the first is its centre.
  ///
  /// Those of a scrambled Halton sequence, which depends on the seed alone, so that
  /// more points are those of before and others.
  ///
  /// Source: Halton 1960; Matoušek 1998.
  public func points(_ count: Int, seed: UInt64) -> [Vector<Double>] {
    precondition(count >= 0, "\(count) points")
    let sequence = ScrambledHalton(dimension: dimension, seed: seed)
    return (0..<count).map { i in
      Vector(count: dimension) { j in
        let t = i == 0 ? 0.5 : sequence.coordinate(j, ofPoint: i)
        // Halves, since the width of a box of finite bounds may overflow.
        return lower[j] * (1 - t) + upper[j] * t
      }
    }
  }

  /// The largest difference of two points, in widths of the box.
  func distance(_ x: Vector<Double>, _ y: Vector<Double>) -> Double {
    var largest = 0.0
    for j in 0..<dimension where x[j] != y[j] {
      let width = upper[j] - lower[j]
      largest = max(largest, abs(x[j] - y[j]) / width)
    }
    return largest
  }
}
