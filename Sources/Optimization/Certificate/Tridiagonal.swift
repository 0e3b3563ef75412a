internal import Foundation
internal import Matrix

/// A symmetric tridiagonal matrix, of which the ends of the spectrum are wanted.
struct Tridiagonal {
  /// The diagonal α₀ … αₖ₋₁.
  var diagonal: [Double] = []
  /// The subdiagonal β₀ … βₖ₋₂.
  var subdiagonal: [Double] = []

  /// The order k.
  var order: Int { diagonal.count }

  /// Gershgorin's interval, which holds every eigenvalue.
  var gershgorinInterval: ClosedRange<Double> {
    var (low, high) = (Double.infinity, -Double.infinity)
    for i in 0..<order {
      let radius =
        (i > 0 ? abs(subdiagonal[i - 1]) : 0)
        + (i < order - 1 ? abs(subdiagonal[i]) : 0)
      low = min(low, diagonal[i] - radius)
      high = max(high, diagonal[i] + radius)
    }
    return low...high
  }

  /// The number of eigenvalues below `shift`: that of the negative pivots of
  /// T − σI (Sylvester), which the recurrence gives in 3k flops.
  func count(below shift: Double) -> Int {
    var negatives = 0
    var pivot = 1.0
    for i in 0..<order {
      let coupling = i > 0 ? subdiagonal[i - 1] : 0
      pivot = diagonal[i] - shift - coupling * (coupling / pivot)
      // A zero pivot is moved by less than rounding (Parlett 1998, section 3.3).
      if abs(pivot) < .leastNormalMagnitude { pivot = -.leastNormalMagnitude }
      if pivot < 0 { negatives += 1 }
    }
    return negatives
  }

  /// The eigenvalue of the given rank, 0 for the smallest, by bisection.
  func eigenvalue(_ rank: Int) -> Double {
    let interval = gershgorinInterval
    var (low, high) = (interval.lowerBound, interval.upperBound)
    let resolution = max(abs(low), abs(high)) * .ulpOfOne
    while high - low > resolution {
      let middle = low / 2 + high / 2
      if middle <= low || middle >= high { break }
      if count(below: middle) > rank { high = middle } else { low = middle }
    }
    return low / 2 + high / 2
  }

  /// A unit eigenvector for an eigenvalue that was found by bisection, by three
  /// steps of inverse iteration.
  ///
  /// T − λI is eliminated with row exchanges, which keeps the solution accurate
  /// although the matrix is singular to rounding: the error is along the
  /// eigenvector (Parlett 1998, section 4.3).
  func eigenvector(_ eigenvalue: Double) -> Vector<Double> {
    let k = order
    guard k > 1 else { return Vector(repeating: 1, count: k) }
    let norm = gershgorinInterval
    // Large enough for its inverse to be finite.
    let tiny =
      max(abs(norm.lowerBound), abs(norm.upperBound), 0x1p-960) * .ulpOfOne
    // Of no particular shape, lest it be orthogonal to the eigenvector.
    var s = Vector<Double>(count: k) { 1 + 0.5 * sin(Double($0)) }
    for _ in 0..<3 {
      // Rows of U: (u, v, w) at columns i, i + 1, i + 2.
      var u = [Double](repeating: 0, count: k)
      var v = u
      var w = u
      var row = (diagonal[0] - eigenvalue, subdiagonal[0])
      for i in 0..<k - 1 {
        let below = subdiagonal[i]
        let next = diagonal[i + 1] - eigenvalue
        let after = i + 1 < k - 1 ? subdiagonal[i + 1] : 0
        if abs(row.0) >= abs(below) {
          let pivot = row.0 == 0 ? tiny : row.0
          let factor = below / pivot
          (u[i], v[i], w[i]) = (pivot, row.1, 0)
          s[i + 1] -= factor * s[i]
          row = (next - factor * row.1, after)
        } else {
          let factor = row.0 / below
          (u[i], v[i], w[i]) = (below, next, after)
          (s[i], s[i + 1]) = (s[i + 1], s[i] - factor * s[i + 1])
          row = (row.1 - factor * next, -factor * after)
        }
      }
      u[k - 1] = abs(row.0) < tiny ? tiny : row.0
      for i in stride(from: k - 1, through: 0, by: -1) {
        var sum = s[i]
        if i + 1 < k { sum -= v[i] * s[i + 1] }
        if i + 2 < k { sum -= w[i] * s[i + 2] }
        s[i] = sum / u[i]
      }
      s.scale(by: 1 / s.norm)
    }
    return s
  }
}
