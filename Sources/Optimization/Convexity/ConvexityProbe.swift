public import Matrix

/// Looks for evidence against the convexity of a function in a box.
///
///     let probe = probeConvexity(
///       of: Rosenbrock(), in: .cube(-2...2, dimension: 2))
///     print(probe)     // not convex: f curves downwards, …
///
/// Jensen's inequality, f((1 − t) x + t y) ≤ (1 − t) f(x) + t f(y), is tried on
/// segments between points of the box, some long and some short, and the smallest
/// eigenvalue of ∇²f is found at points of it where f has a gradient. What
/// contradicts convexity beyond rounding is a proof, and is answered with the segment
/// or the direction that proves it. What nothing contradicts is no more than that:
/// convex on what was sampled, and strongly convex with the modulus that was the least
/// there.
///
/// A point where f throws, or is NaN or −∞, has no part in it and is reported; f may be ∞,
/// as convex functions are outside of their domain.
///
/// - Parameters:
///   - objective: f; its Hessian is used where it has one, differences of its
///     gradients elsewhere up to 100 variables, and no more than values where it has
///     no gradient.
///   - region: the box.
///   - samples: how many segments and how many points.
///   - seed: what the points depend on.
/// - Precondition: at least one sample; as many variables in the box as f has.
/// - Complexity: at most 5 evaluations and a Hessian with 4n³/3 flops a sample.
///
/// Source: Boyd and Vandenberghe 2004, sections 3.1.1 and 3.1.4.
public func probeConvexity(
  of objective: any Objective, in region: StartingRegion, samples: Int = 200,
  seed: UInt64 = 1
) -> ConvexityProbe {
  precondition(samples >= 1, "\(samples) samples, where there must be one")
  if let n = objective.dimension {
    precondition(
      n == region.dimension,
      "a region of \(region.dimension) variables for an objective of \(n)")
  }
  var search = ConvexitySearch(
    objective: objective, region: region, seed: seed)
  return search.run(samples: samples)
}

/// What a probe for convexity found.
public struct ConvexityProbe: Equatable, Sendable {
  /// Whether f is convex, as far as was looked.
  public enum Verdict: Equatable, Sendable {
    /// Nothing contradicts convexity.
    case convexOnSamples
    /// Nothing contradicts strong convexity, f − ½ m ‖x‖² convex, with the modulus m.
    case stronglyConvexOnSamples(modulus: Double)
    /// f is not convex, and this is the proof.
    case notConvex(NonconvexityWitness)
    /// f was defined nowhere that it was looked at.
    case undefined
  }

  /// Whether f is convex, as far as was looked.
  public let verdict: Verdict
  /// The segments on which Jensen's inequality was tried.
  public let segments: Int
  /// The points at which the Hessian was examined.
  public let hessians: Int
  /// Whether Hessians were made of differences of gradients.
  public let isDifferenced: Bool
  /// How many evaluations threw or gave NaN or −∞.
  public let undefinedCount: Int
  /// One of the points at which they did.
  public let undefinedPoint: Vector<Double>?
  /// What the objective threw last, if it threw.
  public let failure: String?

  /// Whether nothing contradicts convexity.
  public var isConvexOnSamples: Bool {
    switch verdict {
    case .convexOnSamples, .stronglyConvexOnSamples: true
    case .notConvex, .undefined: false
    }
  }
}

/// A proof that a function is not convex.
public enum NonconvexityWitness: Codable, Equatable, Sendable {
  /// f((1 − t) x + t y) is above (1 − t) f(x) + t f(y) by `excess`.
  case segment(x: Vector<Double>, y: Vector<Double>, t: Double, excess: Double)
  /// dᵀ∇²f(x) d = `curvature` < 0 for the unit vector d.
  case curvature(
    point: Vector<Double>, direction: Vector<Double>, curvature: Double)
}
