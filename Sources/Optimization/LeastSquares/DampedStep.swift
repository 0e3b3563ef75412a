internal import Matrix

/// What is known of a step z that minimises ‖R z + q‖² + λ ‖z‖².
struct DampedStep {
  /// λ.
  var damping: Double
  /// ‖z‖ = ‖D p‖.
  var length: Double
  /// The decrease of ½ ‖J p + r‖² over the step.
  var predicted: Double
  /// ∇fᵀp, negative.
  var slope: Double
}

extension LeastSquaresWorkspace {
  /// Writes the minimiser z of ‖R z + q‖ with ‖z‖ ≤ Δ, to a tenth of Δ, and the
  /// step p that belongs to it.
  ///
  /// With z(λ) = −(RᵀR + λI)⁻¹Rᵀq, λ > 0 is the root of φ(λ) = ‖z(λ)‖ − Δ, unless
  /// the undamped step is short enough. φ is convex and falls, and −1/‖z‖ is
  /// nearly linear in λ, so that Newton's method on 1/Δ − 1/‖z(λ)‖ meets the root
  /// in two or three solutions from below; bounds from both sides keep it there.
  ///
  /// - Complexity: 2n³ flops a trial of λ, mostly one or two.
  ///
  /// Source: Moré, The Levenberg-Marquardt algorithm, 1978, section 5; Hebden
  /// 1973.
  mutating func setDampedStep(
    _ memory: LeastSquaresMemory, _ evaluator: inout Evaluator
  ) -> DampedStep? {
    let factor = memory.factor
    let radius = memory.radius
    let n = factor.order
    factor.solve(into: &z)
    var length = z.norm
    var damping = 0.0
    if !(length <= 1.1 * radius) {
      // ‖Rᵀq‖ / Δ bounds λ from above: λ ‖z‖ ≤ ‖Rᵀq‖. From below, φ at 0 and its
      // slope do where the undamped step exists.
      factor.multiplyTransposed(factor.image, into: &image)
      let gradientLength = image.norm
      var upper = gradientLength / radius
      var lower = 0.0
      if factor.rank == n && length.isFinite {
        let inverse = factor.inverseNorm(z, scratch: &scratch)
        if inverse > 0 {
          lower = (length - radius) / radius * (length * length) / inverse
        }
        if !lower.isFinite { lower = 0 }
      }
      guard upper > 0 && upper.isFinite else { return nil }
      if lower > upper { lower = upper }
      damping = min(max(memory.damping, lower), upper)
      if damping == 0 {
        damping =
          length.isFinite && length > 0 ? gradientLength / length : upper
        damping = max(damping, 1e-3 * upper)
      }
      for attempt in 0..<20 {
        let inverse = factor.solve(
          damping: damping, into: &z, scratch: &scratch)
        evaluator.counts.flops += 2 * Double(n * n * n)
        length = z.norm
        guard length.isFinite && inverse.isFinite else {
          damping = max(2 * damping, 1e-3 * upper)
          continue
        }
        let excess = length - radius
        if abs(excess) <= 0.1 * radius || attempt == 19 { break }
        let change = excess / radius * (length * length) / inverse
        if excess > 0 { lower = max(lower, damping) } else { upper = damping }
        // Where J is singular the smallest damping is the limit of 0, and a
        // step that is still too short is the undamped one.
        if excess < 0 && damping <= 1e-300 { break }
        let next = damping + change
        damping =
          next > lower && next < upper
          ? next : max(1e-3 * upper, (lower * upper).squareRoot())
      }
      guard length.isFinite else { return nil }
    }
    factor.multiply(z, into: &image)
    let square = image.dot(image)
    let damped = damping * length * length
    factor.unscale(z, by: memory.scale, into: &step)
    return DampedStep(
      damping: damping, length: length, predicted: 0.5 * square + damped,
      slope: -(square + damped))
  }
}
