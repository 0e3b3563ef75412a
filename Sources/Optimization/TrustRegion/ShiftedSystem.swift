internal import Matrix

/// The solution s(λ) = −(B + λI)⁻¹ g with what is known of the spectrum of B.
///
/// ‖s(λ)‖ falls from infinity, or from the norm of the minimum of the model, to 0 as
/// λ goes from max(0, −λ₁) to infinity, where λ₁ is the smallest eigenvalue of
/// B. Trust regions and cubic regularization each look for one λ on this curve; both
/// use what stands here, and what was learnt of B serves for every radius.
struct ShiftedSystem {
  var cholesky: Cholesky<Double>
  /// s(λ), while ``isFactorized``.
  var solution: Vector<Double>
  /// A vector of small curvature.
  var null: Vector<Double>
  var scratch: Vector<Double>
  /// λ.
  var shift = 0.0
  /// Whether the factor and s are those of B + λI.
  var isFactorized = false
  /// ‖s(λ)‖.
  var norm = 0.0
  /// gᵀs(λ).
  var slope = 0.0
  /// A proven lower bound of −λ₁.
  var floor = 0.0
  /// Upper bounds of −λ₁ and of the largest eigenvalue.
  var depth = 0.0
  var height = 0.0
  /// Whether the bounds are those of the current B.
  var isBounded = false

  init(dimension n: Int) {
    cholesky = Cholesky(order: n)
    solution = .zeros(n)
    null = .zeros(n)
    scratch = .zeros(n)
  }

  /// Forgets B and g.
  mutating func reset() {
    isFactorized = false
    isBounded = false
  }

  /// Bounds the spectrum of B from Gershgorin's circles and the Frobenius norm.
  ///
  /// - Complexity: 2n² flops.
  mutating func bound(_ b: Matrix<Double>) {
    guard !isBounded else { return }
    isBounded = true
    let n = b.rows
    var (lowest, highest) = (Double.infinity, -Double.infinity)
    var smallestDiagonal = Double.infinity
    b.read { b in
      scratch.write { sums in
        sums.update(repeating: 0, count: n)
        for j in 0..<n {
          var sum = sums[j]
          for i in j + 1..<max(n, j + 1) {
            let magnitude = abs(b[i + j * n])
            sum += magnitude
            sums[i] += magnitude
          }
          sums[j] = sum
        }
        for j in 0..<n {
          let diagonal = b[j + j * n]
          smallestDiagonal = min(smallestDiagonal, diagonal)
          lowest = min(lowest, diagonal - sums[j])
          highest = max(highest, diagonal + sums[j])
        }
      }
    }
    floor = max(0, -smallestDiagonal)
    depth = max(0, -lowest)
    height = max(0, highest)
  }

  /// Factorizes B + λI and solves for s(λ).
  ///
  /// - Returns: whether B + λI is positive definite; where it is not, the bound of
  ///   −λ₁ has been raised.
  /// - Complexity: n³/3 + 2n² flops.
  mutating func factorize(
    _ b: Matrix<Double>, _ g: Vector<Double>, shift lambda: Double,
    _ evaluator: inout Evaluator
  ) -> Bool {
    if isFactorized && shift == lambda { return true }
    isFactorized = false
    shift = lambda
    evaluator.countFactorization(ofOrder: b.rows)
    if let failure = cholesky.attempt(b, addingToDiagonal: lambda) {
      guard case .notPositiveDefinite(let pivot) = failure else { return false }
      let excess = cholesky.breakdownDirection(
        pivot: pivot, of: b, addingToDiagonal: lambda, into: &null)
      let error = Double(b.rows) * Double.ulpOfOne * (lambda + excess)
      floor = max(floor, lambda, lambda + excess - error)
      return false
    }
    solution.copy(from: g)
    solution.scale(by: -1)
    cholesky.solve(inPlace: &solution)
    norm = solution.norm
    slope = g.dot(solution)
    // A factor that is nearly singular overflows, or turns the step.
    guard norm.isFinite && slope <= 0 else {
      floor = max(floor, lambda)
      return false
    }
    isFactorized = true
    return true
  }

  /// The λ at which Newton's method for 1/‖s(λ)‖ = 1/Δ arrives.
  ///
  /// The derivative of 1/‖s‖ is ‖w‖²/‖s‖³ with L w = s.
  mutating func newtonShift(radius: Double) -> Double {
    let ratio = norm / decay()
    return shift + ratio * ratio * ((norm - radius) / radius)
  }

  /// ‖w‖ with L w = s(λ), so that d‖s‖/dλ = −‖w‖²/‖s‖.
  mutating func decay() -> Double {
    scratch.copy(from: solution)
    cholesky.solveFactor(inPlace: &scratch)
    return scratch.norm
  }

  /// −m(s(λ)) = ½ (−gᵀs + λ ‖s‖²), in which nothing cancels.
  var predicted: Double { 0.5 * (shift * norm * norm - slope) }
}
