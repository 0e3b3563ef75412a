extension Solution: CustomStringConvertible {
  /// A report of a few lines, the verdict first.
  ///
  ///     Minimum, verified
  ///       f          2.91e-17
  ///       ‖∇f‖∞      4.4e-08 ≤ 1e-06
  ///       curvature  all 2 eigenvalues positive, 0.3994 to 1002
  ///       x          [1, 1]
  ///       method     L-BFGS (memory 10, strong Wolfe)
  ///       stopped    ‖∇f‖∞ ≤ 1e-06
  ///       cost       36 iterations: 46 f, 46 ∇f, 12.3 kflop
  ///       time       9.1 µs
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
    guard certificate.classification == .notStationary, let cause else {
      return certificate.verdict
    }
    if case .arrived = cause { return certificate.verdict }
    return "Not converged: \(cause)"
  }
}
