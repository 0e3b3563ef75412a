internal import Matrix

/// The examination of the curvature at a stationary point.
///
/// It calls the objective through an evaluator of its own, so that errors and
/// wrong sizes are answers, and is worth what it is because it knows of no
/// method: all it is given is the point.
struct Examination {
  /// The verdict.
  struct Finding {
    var classification: Classification
    var curvature: Curvature?
    var negativeCurvature: NegativeCurvature?
  }

  /// What is known of the eigenvalues at the point.
  struct Evidence {
    let curvature: Curvature
    /// ‖∇²f‖, the scale of rounding errors.
    let norm: Double
    /// The sign that all eigenvalues have, 0 when they have no common one.
    let sign: FloatingPointSign?
    /// The eigenvalues are known to be on both sides of zero.
    let isIndefinite: Bool
    /// For a definite Hessian, the direction whose curvature is most in doubt.
    var doubtful: Direction?
    /// The direction of the most negative curvature, beyond the tolerance.
    var negative: Direction?
    /// p = −H⁻¹∇f, for an indefinite H in the directions that curve upwards, and
    /// at least as much as the negative one downwards.
    var step: Vector<Double>

    /// Whether the Hessian was formed by the objective itself.
    var hasHessian: Bool {
      if case .lanczos = curvature.source { return false }
      return !curvature.isDifferenced
    }
  }

  /// A unit vector d and dᵀ ∇²f d.
  struct Direction {
    let vector: Vector<Double>
    let curvature: Double
    /// ∇²f d; nil for an eigenvector.
    var image: Vector<Double>?
  }

  /// Why there is no evidence.
  enum Failure: Error {
    /// ∇²f is undefined or not finite at the point itself.
    case undefined
    /// f is undefined beside the point, or the effort did not suffice.
    case unresolved
    /// The values contradict the gradients.
    case inconsistent
  }

  var evaluator: Evaluator
  let center: Point
  /// The relative error of gradients.
  let accuracy: Double
  /// Bounds within which evaluations have to stay, nil for none.
  var box: Bounds?

  /// The classification of the point by the given route.
  mutating func classify(
    by route: Verification.Curvature.Route
  ) -> Finding {
    do {
      let evidence =
        switch route {
        case .hessian: try examineHessian()
        case .differences: try examineDifferences()
        case .products(let limit): try examineProducts(limit: limit)
        }
      return try finding(evidence)
    } catch {
      let classification: Classification =
        switch error {
        case .undefined: .undefined
        case .unresolved: .unresolved
        case .inconsistent: .inconsistent
        }
      return Finding(classification: classification)
    }
  }

  /// The verdict that the evidence carries.
  ///
  /// The eigenvalues belong to x, where ∇f is small, not to the point x* near by
  /// where it is zero. A sign that they have at x alone is no evidence, so those
  /// that decide have to persist on the way.
  private mutating func finding(
    _ evidence: Evidence
  ) throws(Failure) -> Finding {
    var finding = Finding(
      classification: .degenerate, curvature: evidence.curvature)
    if let negative = evidence.negative {
      guard try persists(negative, in: evidence) else {
        finding.classification = .unresolved
        return finding
      }
      finding.negativeCurvature = NegativeCurvature(
        direction: negative.vector, curvature: negative.curvature)
      if evidence.isIndefinite { finding.classification = .saddle }
    }
    if let sign = evidence.sign {
      finding.classification = sign == .plus ? .minimum : .maximum
      if let doubtful = evidence.doubtful,
        try !persists(doubtful, in: evidence)
      {
        finding.classification = .unresolved
      }
    }
    return finding
  }
}
