/// How an answer is verified.
public struct Verification: Codable, Equatable, Sendable {
  /// Whether the second derivatives are examined.
  public enum Curvature: String, Codable, Sendable {
    /// Where it costs about as much as a few steps: when the objective has a
    /// Hessian, or at most 20 variables, so that differences of gradients are
    /// cheap.
    ///
    /// Up to 1000 variables the Hessian is formed, from there on at most 100
    /// products with it; beyond 131,072 variables nothing is examined.
    case automatic
    /// Always, by differences of gradients if need be, and with a Hessian formed
    /// up to 4000 variables.
    case always
    /// Never.
    case never
  }

  /// The bound on ‖∇f(x)‖∞; nil for the one of the stop rule, and 1e-6 when that
  /// has none.
  public var gradientTolerance: Double?
  /// Whether the second derivatives are examined.
  public var curvature: Curvature

  /// How an answer is to be verified.
  public init(
    gradientTolerance: Double? = nil, curvature: Curvature = .automatic
  ) {
    self.gradientTolerance = gradientTolerance
    self.curvature = curvature
  }

  /// The stop rule's tolerance, and the curvature where it costs little.
  public static var automatic: Verification { Verification() }
}

extension Verification.Curvature {
  /// How the curvature of an objective is found.
  enum Route: Equatable {
    /// All elements of the objective's own Hessian.
    case hessian
    /// All elements, by differences of gradients.
    case differences
    /// Products with at most so many vectors.
    case products(Int)
  }

  /// The route for n variables, nil when nothing is examined.
  ///
  /// A Hessian of order n costs n² numbers and its factorization n³/3 flops, some
  /// 10 ms for n = 1000 and 0.5 s for 4000. The basis of the Lanczos process is
  /// kept within 2²² numbers, 32 MiB; fewer than 32 vectors in it would not
  /// separate the ends of a spectrum from its middle, so that beyond
  /// 2²²/32 variables one has to ask.
  func route(dimension n: Int, hasHessian: Bool) -> Route? {
    let room = n > 0 ? (1 << 22) / n : .max
    switch self {
    case .never:
      return nil
    case .automatic:
      if hasHessian && n <= 1000 { return .hessian }
      if !hasHessian { return n <= 20 ? .differences : nil }
      return room >= 32 ? .products(min(100, room)) : nil
    case .always:
      if hasHessian && n <= 4000 { return .hessian }
      if !hasHessian && n <= 100 { return .differences }
      return .products(max(32, min(300, room)))
    }
  }
}
