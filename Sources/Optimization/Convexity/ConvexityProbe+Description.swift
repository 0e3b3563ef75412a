internal import Matrix

extension ConvexityProbe: CustomStringConvertible {
  /// The verdict and what it rests on, in one sentence.
  ///
  ///     not convex: f curves downwards at [0, 1.2], by -478 along [1, 0]
  ///     strongly convex with a modulus of about 0.5, on 200 segments and at 200 points
  public var description: String {
    var text: String
    switch verdict {
    case .convexOnSamples: text = "convex \(extent)"
    case .stronglyConvexOnSamples(let modulus):
      text =
        "strongly convex with a modulus of about \(modulus.rounded(digits: 3)), "
        + extent
    case .notConvex(let witness): text = "not convex: \(witness)"
    case .undefined: text = "undefined wherever f was looked at"
    }
    if undefinedCount > 0, let undefinedPoint, verdict != .undefined {
      text +=
        "; undefined at \(undefinedCount) points, such as "
        + undefinedPoint.summary
    }
    return text
  }

  private var extent: String {
    var text = segments == 1 ? "on 1 segment" : "on \(segments) segments"
    if hessians > 0 {
      text += hessians == 1 ? " and at 1 point" : " and at \(hessians) points"
      if isDifferenced { text += " by differences" }
    }
    return text
  }
}

extension NonconvexityWitness: CustomStringConvertible {
  /// What the proof is, without "not convex".
  public var description: String {
    switch self {
    case .segment(let x, let y, let t, let excess):
      "f is \(excess.rounded(digits: 3)) above the segment from \(x.summary) to "
        + "\(y.summary) at t = \(t.rounded(digits: 3))"
    case .curvature(let point, let direction, let curvature):
      "f curves downwards at \(point.summary), by "
        + "\(curvature.rounded(digits: 3)) along \(direction.summary)"
    }
  }
}
