internal import Matrix

extension SQPWorkspace {
  /// B⁺ = B − B s sᵀB / sᵀB s + r rᵀ / sᵀr, with r = θ y + (1 − θ) B s such that
  /// sᵀr ≥ sᵀB s / 5. In terms of J Jᵀ = B⁻¹:
  ///
  ///     J⁺ = J − s (Jᵀ(ρ r − √(ρ / sᵀB s) B s))ᵀ,   ρ = 1 / sᵀr
  ///
  /// - Complexity: 4n² flops.
  mutating func update(_ memory: inout SQPMemory, length: Double) {
    // s is in scratch and B s = α B d.
    image.scale(by: length)
    var curvature = scratch.dot(image)
    var product = scratch.dot(change)
    guard curvature > 0, curvature.isFinite, product.isFinite else { return }
    if !memory.hasCurvature {
      memory.hasCurvature = true
      // B = γ I in the size of what was seen, before the first update.
      let ratio = change.dot(change) / product
      if ratio > 0 && ratio.isFinite {
        let gamma = min(max(ratio, 1e-4), 1e8)
        memory.factor.scale(by: 1 / gamma.squareRoot())
        image.scale(by: gamma)
        curvature *= gamma
      }
    }
    if product < 0.2 * curvature {
      let theta = 0.8 * curvature / (curvature - product)
      change.scale(by: theta)
      change.add(image, scaledBy: 1 - theta)
      product = scratch.dot(change)
    }
    guard product > 0 else { return }
    let rho = 1 / product
    let kappa = (rho / curvature).squareRoot()
    change.scale(by: rho)
    change.add(image, scaledBy: -kappa)
    memory.factor.multiply(change, transposed: true, into: &image)
    memory.factor.rankOneUpdate(scratch, image, alpha: -1)
    if !memory.factor.maximumMagnitude.isFinite { forget(&memory) }
  }

  /// B = I.
  mutating func forget(_ memory: inout SQPMemory) {
    let n = n
    memory.factor.write { j in
      for i in 0..<n * n { j[i] = i % (n + 1) == 0 ? 1 : 0 }
    }
    memory.hasCurvature = false
  }
}
