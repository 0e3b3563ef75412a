internal import Matrix

extension Certificate: CustomStringConvertible {
  /// The verdict and what it rests on, in a few lines.
  ///
  ///     Saddle point, refuted as a minimum
  ///       f          178.3372
  ///       ‖∇f‖∞      7.9e-10 ≤ 1e-06
  ///       curvature  1 eigenvalue positive, 1 negative, -17.9 to 79.9
  ///       downhill   curvature -17.9 along [0.9, 0.436]
  ///       cost       2 f, 2 ∇f, 1 ∇²f
  public var description: String {
    var report = Report(verdict)
    addFindings(to: &report)
    report.add("cost", counts.summary)
    return report.description
  }

  /// The verdict in a few words.
  var verdict: String {
    if classification != .undefined && !hasClaimedValue {
      return "Refuted: the value is not what was claimed"
    }
    let noun: String
    switch classification {
    case .undefined:
      return "Undefined: f, ∇f or ∇²f is not finite"
    case .inconsistent:
      return "Inconsistent: the values change against the derivatives"
    case .notStationary:
      return "Not stationary"
    case .minimum: noun = "Minimum"
    case .maximum: noun = "Maximum"
    case .saddle: noun = "Saddle point"
    case .degenerate: noun = "Degenerate stationary point"
    case .unresolved, .notExamined: noun = "Stationary point"
    }
    return noun + (isVerified ? ", verified" : ", refuted as a minimum")
  }

  /// Adds the lines that the verdict rests on.
  func addFindings(to report: inout Report) {
    report.add(composite == nil ? "f" : "f + R", valueLine)
    let norm = gradientNorm.rounded(digits: 3)
    let bound = gradientTolerance.rounded(digits: 3)
    report.add(
      composite != nil
        ? "‖∇f + ∂R‖∞" : activeBounds == nil ? "‖∇f‖∞" : "‖P∇f‖∞",
      gradientNorm.isNaN
        ? norm
        : "\(norm) \(gradientNorm <= gradientTolerance ? "≤" : ">") \(bound)")
    report.add("‖P r‖/‖r‖", offsetLine)
    report.add("penalty", composite?.description)
    report.add(
      "gap",
      composite?.dualityGap.map {
        "\($0.rounded(digits: 3)) above the minimum at most"
      })
    report.add(
      "fall",
      composite?.linearGap.map {
        "\($0.rounded(digits: 3)) within the set at most, to first order"
      })
    report.add("bounds", activeBounds?.description)
    report.add("curvature", curvatureLine)
    report.add(
      "downhill",
      negativeCurvature.map {
        "curvature \($0.curvature.rounded(digits: 4)) along "
          + $0.direction.summary
      })
    report.add("failure", failure)
  }

  private var valueLine: String {
    let found = value.rounded(digits: 10)
    guard let claimedValue, value.isFinite, !hasClaimedValue else {
      return found
    }
    return "\(found), claimed to be \(claimedValue.rounded(digits: 10))"
  }

  private var offsetLine: String? {
    guard let relativeOffset, let offsetTolerance else { return nil }
    let sign = relativeOffset <= offsetTolerance ? "≤" : ">"
    let bound = offsetTolerance.rounded(digits: 3)
    return "\(relativeOffset.rounded(digits: 3)) \(sign) \(bound)"
  }

  private var curvatureLine: String? {
    switch (classification, curvature) {
    case (.notExamined, _): "not examined"
    case (.unresolved, nil): "not resolved"
    case (.unresolved, let curvature?):
      "\(curvature); changing on the way to ∇f = 0"
    default: curvature?.description
    }
  }
}

extension Curvature: CustomStringConvertible {
  /// The signs and the range of the eigenvalues, and how they were found.
  public var description: String {
    var parts: [String] = []
    if let inertia { parts.append(signs(inertia)) }
    if let smallest, let largest {
      let (low, high) = (
        smallest.rounded(digits: 4), largest.rounded(digits: 4)
      )
      let range = low == high ? low : "\(low) to \(high)"
      parts.append(inertia == nil ? "eigenvalues \(range)" : range)
    }
    if case .lanczos(let products) = source {
      parts.append("by \(products) products")
    }
    if isDifferenced { parts.append("by differences") }
    return parts.joined(separator: ", ")
  }

  private func signs(_ inertia: Inertia) -> String {
    let n = inertia.positive + inertia.negative + inertia.zero
    guard n > 0 else { return "no variables" }
    let noun = n == 1 ? "the eigenvalue" : "all \(n) eigenvalues"
    if inertia.positive == n { return "\(noun) positive" }
    if inertia.negative == n { return "\(noun) negative" }
    let bound = tolerance.rounded(digits: 2)
    let counts = [
      (inertia.positive, "positive"), (inertia.negative, "negative"),
      (inertia.zero, "zero to ±\(bound)"),
    ]
    let found = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return "eigenvalues: " + found.joined(separator: ", ")
  }
}
