public import Matrix

/// The answer to a quadratic program: the point and its multipliers, or the proof
/// that there is none, with the certificate.
public struct QuadraticSolution: Codable, Equatable, Sendable {
  /// The method's name with its settings.
  public let method: String
  /// The minimiser x; where there is none, the point that was reached.
  public let x: Vector<Double>
  /// y, for each row.
  ///
  /// How much the optimal value changes when the side that holds moves. Of an
  /// infeasible program, the proof.
  public let multipliers: Vector<Double>
  /// z, for each variable, as ``multipliers`` is for each row.
  public let boundMultipliers: Vector<Double>
  /// The direction in which an unbounded program falls forever, of length 1.
  public let ray: Vector<Double>?
  /// The verdict of code that shares nothing with the method.
  public let certificate: QuadraticCertificate
  /// The steps taken.
  public let iterations: Int
  /// Matrices factorized.
  public let factorizations: Int
  /// Seconds of wall time, without the certificate.
  public let seconds: Double
  /// What the user should know of how the answer was found, in sentences.
  public internal(set) var notes: [String]

  /// ½ xᵀP x + qᵀx + r.
  public var value: Double { certificate.value }
  /// Whether the certificate confirms what is claimed.
  public var isVerified: Bool { certificate.isVerified }
}

extension QuadraticSolution {
  init(
    _ search: QuadraticSearch, _ answer: QuadraticAnswer, _ method: String,
    _ seconds: Double
  ) {
    self.method = method
    x = answer.x
    multipliers = answer.y
    boundMultipliers = answer.z
    ray = answer.ray
    certificate = answer.certificate
    iterations = search.iterations
    factorizations = search.factorizations
    self.seconds = seconds
    notes = search.notes
  }
}

extension QuadraticSolution: CustomStringConvertible {
  /// The verdict, and what it rests on.
  public var description: String {
    var report = Report(certificate.verdict)
    report.add("x", x.summary)
    certificate.addFindings(to: &report)
    if let ray { report.add("ray", ray.summary) }
    report.add("method", method)
    report.add(
      "cost", "\(iterations) iterations, \(factorizations) factorizations")
    report.add("time", seconds.scaled("s"))
    for note in notes { report.add("note", note) }
    return report.description
  }
}

extension QuadraticCertificate: CustomStringConvertible {
  /// The verdict and what it rests on, in a few lines.
  public var description: String {
    var report = Report(verdict)
    addFindings(to: &report)
    return report.description
  }

  /// The verdict in a few words.
  var verdict: String {
    switch finding {
    case .optimal: "Optimal, verified"
    case .infeasible: "Infeasible, verified: no point satisfies the constraints"
    case .unbounded: "Unbounded, verified: the objective falls forever"
    case .refuted: "Not verified"
    }
  }

  func addFindings(to report: inout Report) {
    func line(_ r: Double) -> String {
      r.rounded(digits: 3) + (r <= tolerance ? " ≤ " : " > ")
        + tolerance.rounded(digits: 3)
    }
    if let infeasibilityRadius {
      report.add(
        "proof", "none with ‖x‖₁ < \(infeasibilityRadius.rounded(digits: 3))")
      return
    }
    report.add("value", value.rounded(digits: 10))
    report.add("primal", line(primalResidual))
    if let ray {
      report.add("slope", ray.slope.rounded(digits: 6))
      report.add("‖P d‖∞", ray.curvatureResidual.rounded(digits: 3))
      report.add("outside", ray.coneResidual.rounded(digits: 3))
      return
    }
    report.add("dual", line(dualResidual))
    report.add("gap", line(gap))
    if wrongSign > 0 {
      report.add("signs", "wrong by \(wrongSign.rounded(digits: 3))")
    }
  }
}
