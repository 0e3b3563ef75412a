internal import Matrix

/// What a Jacobian determines of the parameters: its rank, which of them, and how
/// sharply.
///
/// The columns are scaled to length 1, so that the units of the parameters do not
/// matter, and J D⁻¹ = U Σ Vᵀ is cut off where singular values are rounding. With
/// F = D⁻¹ V Σ⁻¹ the matrix (JᵀJ)⁻¹ is F Fᵀ, at the condition of J rather than its
/// square. A parameter is determined when its unit vector lies in the span of V:
/// along what is left of it the residuals do not change.
struct Determination {
  /// The rank r of the Jacobian.
  let rank: Int
  /// F, n×r.
  let factor: Matrix<Double>
  /// Which of the n parameters are determined.
  let isDetermined: [Bool]
  private let directions: Matrix<Double>
  private let scales: Vector<Double>

  /// What an m×n Jacobian determines; nothing, when it is not finite.
  init(by jacobian: Matrix<Double>) {
    let (m, n) = (jacobian.rows, jacobian.columns)
    var scaled = jacobian
    var scales = Vector<Double>(repeating: 1, count: n)
    for j in 0..<n {
      var column = jacobian.column(j)
      let norm = column.norm
      guard norm > 0 && norm.isFinite else { continue }
      scales[j] = norm
      column.scale(by: 1 / norm)
      scaled.setColumn(j, to: column)
    }
    self.scales = scales
    guard n > 0 && m > 0, let svd = try? SVD(scaled) else {
      rank = 0
      factor = .zeros(n, 0)
      directions = .zeros(n, 0)
      isDetermined = Array(repeating: false, count: n)
      return
    }
    // The elements of J carry a rounding error or two of their own.
    let tolerance = 4 * Double(max(m, n)) * .ulpOfOne
    let rank = svd.rank(tolerance: tolerance)
    let directions = Matrix(rows: n, columns: rank) {
      svd.vTransposed[$1, $0]
    }
    self.rank = rank
    self.directions = directions
    factor = Matrix(rows: n, columns: rank) {
      directions[$0, $1] / svd.singularValues[$1] / scales[$0]
    }
    isDetermined = (0..<n).map { j in
      Self.isSpanned((0..<rank).map { directions[j, $0] }, length: 1)
    }
  }

  /// Whether all of a vector of this length lies along the directions, given
  /// its components along them.
  ///
  /// Rounding turns directions by some ε of the gap between singular values;
  /// what it leaves beside them is far below √ε.
  private static func isSpanned(_ components: [Double], length: Double) -> Bool
  {
    let inside = components.reduce(0) { $0 + $1 * $1 }
    return length * length - inside
      <= length * length * Double.ulpOfOne.squareRoot()
  }

  /// F Fᵀ; NaN in the rows and columns of what is not determined.
  var covariance: Matrix<Double> {
    let n = factor.rows
    return Matrix(rows: n, columns: n) { i, j in
      guard isDetermined[i] && isDetermined[j] else { return .nan }
      return (0..<rank).reduce(0) { $0 + factor[i, $1] * factor[j, $1] }
    }
  }

  /// gᵀ F Fᵀ g, the variance of a function of gradient g up to σ²; nil where g
  /// depends on what is not determined.
  func variance(along gradient: Vector<Double>) -> Double? {
    let n = factor.rows
    let scaled = (0..<n).map { gradient[$0] / scales[$0] }
    let length = scaled.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let components = (0..<rank).map { k in
      (0..<n).reduce(0) { $0 + scaled[$1] * directions[$1, k] }
    }
    guard Self.isSpanned(components, length: length) else { return nil }
    let projected = (0..<rank).map { k in
      (0..<n).reduce(0) { $0 + gradient[$1] * factor[$1, k] }
    }
    return projected.reduce(0) { $0 + $1 * $1 }
  }
}
