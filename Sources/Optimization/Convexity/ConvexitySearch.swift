internal import Foundation
internal import Matrix
internal import RandomNumbers

/// The search for a contradiction to convexity.
struct ConvexitySearch {
  let objective: any Objective
  let region: StartingRegion
  private let differentiable: (any DifferentiableObjective)?
  private let second: (any TwiceDifferentiableObjective)?
  private let isDifferenced: Bool
  private var generator: SplitMix64
  private var undefinedCount = 0
  private var undefinedPoint: Vector<Double>?
  private var failure: String?
  /// The least upper bound on the modulus that a segment or Hessian gave.
  private var modulus = Double.infinity
  private var segments = 0
  private var hessians = 0
  /// Whether f had a value anywhere.
  private var isDefined = false

  init(objective: any Objective, region: StartingRegion, seed: UInt64) {
    self.objective = objective
    self.region = region
    generator = SplitMix64(seed: seed)
    differentiable = objective as? any DifferentiableObjective
    let own = differentiable?.withSecondDerivatives
    let n = region.dimension
    if let own, n <= 1000 {
      second = own
      isDifferenced = own is DifferencedHessian
    } else if let differentiable, n <= 100 {
      second = DifferencedHessian(of: differentiable)
      isDifferenced = true
    } else {
      second = nil
      isDifferenced = false
    }
  }

  mutating func run(samples: Int) -> ConvexityProbe {
    let n = Double(region.dimension)
    // Some 10⁹ flops for all eigenvalues, at least five times.
    let points = min(samples, max(5, Int(1e9 / (n * n * n + 1))))
    var witness: NonconvexityWitness?
    for k in 0..<samples {
      let x = point()
      witness = trySegment(from: x, isShort: k % 2 == 1, isMiddle: k % 4 < 2)
      if witness == nil && k < points { witness = tryHessian(at: x) }
      if witness != nil { break }
    }
    let verdict: ConvexityProbe.Verdict
    if let witness {
      verdict = .notConvex(witness)
    } else if !isDefined {
      verdict = .undefined
    } else if modulus > 0 && modulus < .infinity {
      verdict = .stronglyConvexOnSamples(modulus: modulus)
    } else {
      verdict = .convexOnSamples
    }
    return ConvexityProbe(
      verdict: verdict, segments: segments, hessians: hessians,
      isDifferenced: isDifferenced && hessians > 0,
      undefinedCount: undefinedCount, undefinedPoint: undefinedPoint,
      failure: failure)
  }

  private mutating func point() -> Vector<Double> {
    Vector(count: region.dimension) { j in
      let t = generator.nextUniform()
      return region.lower[j] * (1 - t) + region.upper[j] * t
    }
  }

  /// f(x); nil where it is NaN or −∞ or throws.
  private mutating func value(at x: Vector<Double>) -> Double? {
    do {
      let value = try objective.value(at: x)
      if !value.isNaN && value > -.infinity {
        isDefined = true
        return value
      }
    } catch {
      failure = "\(error)"
    }
    undefinedCount += 1
    undefinedPoint = undefinedPoint ?? x
    return nil
  }

  // MARK: Jensen's inequality

  private mutating func trySegment(
    from x: Vector<Double>, isShort: Bool, isMiddle: Bool
  ) -> NonconvexityWitness? {
    var y = point()
    // A long segment does not see a dent; one of a hundredth to a tenth of the way
    // does.
    if isShort {
      let share = 0.01 + 0.09 * generator.nextUniform()
      y = (1 - share) * x + share * y
    }
    let t = isMiddle ? 0.5 : 0.05 + 0.9 * generator.nextUniform()
    let z = (1 - t) * x + t * y
    guard let fx = value(at: x), let fy = value(at: y), fx < .infinity,
      fy < .infinity, let fz = value(at: z)
    else { return nil }
    segments += 1
    let size = max(abs(fx), abs(fy), fz.isFinite ? abs(fz) : 0)
    let margin = roundingNoise(of: size)
    let excess = fz - ((1 - t) * fx + t * fy)
    if excess > margin {
      return confirmed(x, y, z, t, margin)
    }
    let length = (y - x).norm
    let share = 2 / (t * (1 - t) * length * length)
    if share.isFinite {
      // What rounding hides on a short segment says nothing; on a long one it says
      // that f is flat.
      if -excess > 100 * margin {
        modulus = min(modulus, -excess * share)
      } else if !isShort {
        modulus = 0
      }
    }
    return nil
  }

  /// The excess that is left when all three values are the worst of some at points
  /// that rounding cannot tell from theirs.
  private mutating func confirmed(
    _ x: Vector<Double>, _ y: Vector<Double>, _ z: Vector<Double>, _ t: Double,
    _ margin: Double
  ) -> NonconvexityWitness? {
    guard let highX = extreme(near: x, sign: 1),
      let highY = extreme(near: y, sign: 1),
      let lowZ = extreme(near: z, sign: -1)
    else { return nil }
    let excess = lowZ - ((1 - t) * highX + t * highY)
    guard excess > margin else { return nil }
    return .segment(x: x, y: y, t: t, excess: excess)
  }

  /// The largest or smallest of f at a point and at four that differ in the last
  /// places.
  private mutating func extreme(
    near x: Vector<Double>, sign: Double
  ) -> Double? {
    guard var result = value(at: x) else { return nil }
    for _ in 0..<4 {
      let shifted = Vector(
        x.map { $0 * (1 + 4 * .ulpOfOne * (2 * generator.nextUniform() - 1)) })
      guard let other = value(at: shifted) else { return nil }
      result = sign > 0 ? max(result, other) : min(result, other)
    }
    return result
  }

  // MARK: The Hessian

  private mutating func tryHessian(
    at x: Vector<Double>
  ) -> NonconvexityWitness? {
    let n = x.count
    guard let second, n > 0 else { return nil }
    var hessian = Matrix<Double>.zeros(n, n)
    do {
      guard try second.value(at: x) < .infinity else { return nil }
      try second.hessian(at: x, into: &hessian)
    } catch {
      failure = "\(error)"
      return nil
    }
    guard hessian.rows == n, hessian.columns == n,
      let eigen = try? SymmetricEigen(hessian)
    else { return nil }
    hessians += 1
    let lowest = eigen.eigenvalues[0]
    let norm = max(abs(lowest), abs(eigen.eigenvalues[n - 1]))
    // The rounding of a sum of some hundred terms, and of the eigenvalues; the error of
    // central differences is ε^⅔ of ∇²f, and as much again of higher derivatives.
    let accuracy = differentiable?.gradientAccuracy ?? .ulpOfOne
    let tolerance =
      isDifferenced
      ? norm * max(1e-5, 100 * pow(accuracy, 2.0 / 3))
      : norm * Double(n + 100) * .ulpOfOne
    guard lowest < -tolerance else {
      modulus = min(modulus, lowest > tolerance ? lowest : 0)
      return nil
    }
    let d = eigen.eigenvectors.column(0)
    if isDifferenced && !isConfirmed(x, along: d, lowest) { return nil }
    return .curvature(point: x, direction: d, curvature: lowest)
  }

  /// Whether gradients at other distances say the same, at least half of it.
  private func isConfirmed(
    _ x: Vector<Double>, along d: Vector<Double>, _ curvature: Double
  ) -> Bool {
    guard let differentiable else { return false }
    let size = max(1, x.normInfinity)
    return [1e-4, 1e-3].allSatisfy { share in
      var (ahead, behind) = (
        Vector<Double>.zeros(x.count), Vector<Double>.zeros(x.count)
      )
      let h = share * size
      guard
        (try? differentiable.valueAndGradient(at: x + h * d, into: &ahead))
          != nil,
        (try? differentiable.valueAndGradient(at: x - h * d, into: &behind))
          != nil, ahead.count == x.count, behind.count == x.count
      else { return false }
      return (ahead - behind).dot(d) / (2 * h) < 0.5 * curvature
    }
  }
}
