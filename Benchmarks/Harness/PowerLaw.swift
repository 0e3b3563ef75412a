import Foundation

/// A cost that grows as a power of the size, t = c nᵖ, fitted to measurements.
struct PowerLaw: Codable, Equatable {
  /// The exponent p.
  let exponent: Double
  /// The standard error of p.
  let exponentError: Double
  /// c, the cost at n = 1.
  let factor: Double
  /// The sizes that were fitted.
  let sizes: ClosedRange<Double>

  /// Fits log t = log c + p log n by least squares.
  ///
  /// The standard error is that of the slope of a linear regression,
  /// √(Σ rᵢ² / ((k − 2) Σ (log nᵢ − mean)²)) with the residuals rᵢ; it says
  /// how far the k points are from a straight line.
  ///
  /// - Returns: nil for fewer than three points, which leave no error to estimate.
  init?(fitting points: [(n: Double, t: Double)]) {
    guard points.count > 2, let low = points.map(\.n).min(),
      let high = points.map(\.n).max(), low < high
    else { return nil }
    let count = Double(points.count)
    let x = points.map { log($0.n) }
    let y = points.map { log($0.t) }
    let meanX = x.reduce(0, +) / count
    let meanY = y.reduce(0, +) / count
    let spread = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    let slope =
      zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / spread
    let squares = zip(x, y).reduce(0) { sum, point in
      let residual = point.1 - meanY - slope * (point.0 - meanX)
      return sum + residual * residual
    }
    exponent = slope
    exponentError = (squares / ((count - 2) * spread)).squareRoot()
    factor = exp(meanY - slope * meanX)
    sizes = low...high
  }

  /// c nᵖ.
  func callAsFunction(_ n: Double) -> Double { factor * pow(n, exponent) }
}

/// Where two curves over the same sizes cross, with straight lines between the
/// points of a log-log plot.
///
/// - Parameter points: size, cost of one and cost of the other, by size.
/// - Returns: the sizes where the order of the two changes, with whether the
///   first is the cheaper one beyond.
func crossings(
  _ points: [(n: Double, first: Double, second: Double)]
) -> [(n: Double, firstWinsBeyond: Bool)] {
  zip(points, points.dropFirst()).compactMap { a, b in
    // The difference of the logarithms is linear in log n between the points.
    let (before, after) = (log(a.first / a.second), log(b.first / b.second))
    guard before != 0, before * after <= 0 else { return nil }
    let share = before / (before - after)
    let n = exp(log(a.n) + share * (log(b.n) - log(a.n)))
    return (n, before > 0)
  }
}
