internal import Matrix

/// The derivative of a function of one variable with values in ℝᵐ, with what it
/// may be off by.
///
/// Central differences at halved steps are extrapolated to step 0 by Neville's
/// scheme, and each component takes the entry of the tableau that agrees best
/// with its neighbours: the step chooses itself, and the disagreement is a measure
/// of the error.
///
/// Source: Ridders, Accurate computation of F′(x) and F′(x)F″(x), Advances in
/// Engineering Software 4, 1982.
struct Extrapolation {
  /// The derivative; NaN where the function is undefined on both sides.
  private(set) var derivative: Vector<Double>
  /// The error to be reckoned with.
  private(set) var uncertainty: Vector<Double>

  /// The derivative at t = 0.
  ///
  /// - Parameters:
  ///   - count: m.
  ///   - scale: the length over which the function may be expected to change; the
  ///     first step is a sixteenth of it.
  ///   - function: the value at t, nil where there is none.
  /// - Complexity: at most 44 calls, mostly about 16.
  init(
    count m: Int, scale: Double, _ function: (Double) -> Vector<Double>?
  ) {
    derivative = Vector(repeating: .nan, count: m)
    uncertainty = Vector(repeating: .infinity, count: m)
    // The last row of the tableau, extrapolated up to order 12.
    var last: [Vector<Double>] = []
    var h = scale / 16
    for _ in 0..<22 {
      guard let ahead = function(h), let behind = function(-h) else {
        // Beyond the domain: begin with a smaller step.
        last = []
        h /= 2
        continue
      }
      var row = [Vector(count: m) { (ahead[$0] / 2 - behind[$0] / 2) / h }]
      var power = 1.0
      for (j, previous) in last.prefix(6).enumerated() {
        power *= 4
        let factor = 1 / (power - 1)
        var next = row[j]
        for i in 0..<m {
          next[i] += factor * (row[j][i] - previous[i])
          // Equal neighbours prove nothing below the rounding of the values.
          let rounding =
            2 * .ulpOfOne * max(abs(ahead[i]), abs(behind[i])) / h
          let disagreement =
            max(abs(next[i] - row[j][i]), abs(next[i] - previous[i]))
            + rounding
          if disagreement < uncertainty[i] {
            uncertainty[i] = disagreement
            derivative[i] = next[i]
          }
        }
        row.append(next)
      }
      // Good enough for everyone, and rounding errors have taken over: smaller
      // steps will not do better.
      let largest = derivative.normInfinity
      let isDone = (0..<m).allSatisfy {
        uncertainty[$0] <= 1e-8 * largest
          && abs(row[row.count - 1][$0] - last[last.count - 1][$0])
            > 2 * uncertainty[$0]
      }
      if isDone { break }
      last = row
      h /= 2
    }
  }
}
