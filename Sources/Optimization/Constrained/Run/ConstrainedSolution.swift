public import Matrix

/// The answer of a run on a constrained problem: the point, the multipliers, why the
/// run ended there, what was verified and what it cost.
public struct ConstrainedSolution: Codable, Sendable {
  /// The method's name with its settings.
  public let method: String
  /// The last point, with f and ∇f.
  public let point: Point
  /// y, for each constraint in the order they were given: how much the optimal value
  /// changes when the side that holds moves.
  public let multipliers: Vector<Double>
  /// z, for each variable, as ``multipliers`` is for each constraint.
  public let boundMultipliers: Vector<Double>
  /// Why the run ended; nil while it has not been advanced.
  public let cause: StopCause?
  /// What the objective or a constraint threw last, if one threw at all.
  public let failure: String?
  /// The verdict of code that shares nothing with the method.
  public let certificate: KKTCertificate
  /// The steps taken.
  public let iterations: Int
  /// What was evaluated and factorized, without what the certificate needed.
  public internal(set) var counts: Counts
  /// Seconds of wall time, without the certificate.
  public let seconds: Double
  /// The iterations that were recorded.
  public let trace: Trace
  /// What the user should know of how the answer was found, in sentences.
  public internal(set) var notes: [String]

  /// The minimiser x.
  public var x: Vector<Double> { point.x }
  /// f(x).
  public var value: Double { point.value }
  /// ∇f(x).
  public var gradient: Vector<Double> { point.gradient }
  /// Whether the certificate confirms what the method claims.
  public var isVerified: Bool { certificate.isVerified }
}

extension ConstrainedSolution: CustomStringConvertible {
  /// A report of a few lines, the verdict first.
  public var description: String {
    var report = Report(verdict)
    certificate.addFindings(to: &report)
    report.add("x", x.summary)
    report.add("method", method)
    report.add("stopped", cause?.description)
    let steps = iterations == 1 ? "1 iteration" : "\(iterations) iterations"
    report.add("cost", "\(steps): \(counts.summary)")
    report.add("time", seconds.scaled("s"))
    for note in notes { report.add("note", note) }
    // The certificate names its own.
    if certificate.failure == nil { report.add("failure", failure) }
    return report.description
  }

  /// The certificate's verdict, with the cause when the run did not arrive.
  private var verdict: String {
    guard certificate.finding == .refuted,
      certificate.classification == .notStationary, let cause
    else { return certificate.verdict }
    if case .arrived = cause { return certificate.verdict }
    return "Not converged: \(cause)"
  }
}

extension KKTCertificate: CustomStringConvertible {
  /// The verdict and what it rests on, in a few lines.
  public var description: String {
    var report = Report(verdict)
    addFindings(to: &report)
    report.add("cost", counts.summary)
    return report.description
  }

  /// The verdict in a few words.
  var verdict: String {
    switch finding {
    case .infeasible:
      return "Infeasible, verified: no point near by violates less"
    case .unbounded:
      return "Unbounded, verified: f falls without bound"
    case .optimal:
      return classification == .minimum
        ? "Minimum, verified" : "Stationary point, verified"
    case .refuted: break
    }
    if classification == .undefined { return "Undefined: not all is finite" }
    if classification == .inconsistent {
      return "Inconsistent: the values change against the derivatives"
    }
    if !hasClaimedValue {
      return "Refuted: the value is not what was claimed"
    }
    return classification == .saddle
      ? "Saddle point, refuted as a minimum" : "Not stationary"
  }

  func addFindings(to report: inout Report) {
    func line(_ r: Double) -> String {
      guard !r.isNaN else { return "nan" }
      return r.rounded(digits: 3) + (r <= tolerance ? " ≤ " : " > ")
        + tolerance.rounded(digits: 3)
    }
    var text = value.rounded(digits: 10)
    if let claimedValue, !hasClaimedValue {
      text += ", not the \(claimedValue.rounded(digits: 10)) claimed"
    }
    report.add("f", text)
    report.add("primal", line(primalResidual))
    if let violationSlope, finding == .infeasible {
      report.add("slope", line(violationSlope))
      report.add("failure", failure)
      return
    }
    if finding != .unbounded {
      report.add("dual", line(stationarity))
      report.add("compl.", line(complementarity))
      if hasWrongSign { report.add("signs", "of a side that does not exist") }
      report.add("active", active.description)
      report.add("curvature", curvatureLine)
      if isEstimated { report.add("multipliers", "estimated at x") }
    }
    report.add("failure", failure)
  }

  private var curvatureLine: String? {
    guard let curvature, let inertia = curvature.inertia else { return nil }
    let all = inertia.positive + inertia.negative + inertia.zero
    var text =
      inertia.positive == all
      ? "positive along the \(all) free directions"
      : "\(inertia.positive) positive, \(inertia.negative) negative, "
        + "\(inertia.zero) zero along the free directions"
    if curvature.isDifferenced { text += ", by differences" }
    return text
  }
}
