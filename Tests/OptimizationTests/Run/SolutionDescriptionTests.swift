import Foundation
import Matrix
import Testing

@testable import Optimization

@Suite struct SolutionDescriptionTests {
  /// Rows of a report as label and text.
  private func rows(_ report: String) -> [String: String] {
    var rows: [String: String] = [:]
    for line in report.split(separator: "\n").dropFirst() {
      let parts = line.split(separator: " ", maxSplits: 1)
      rows[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    return rows
  }

  private func heading(_ report: CustomStringConvertible) -> String {
    String(report.description.prefix { $0 != "\n" })
  }

  @Test func `Reports a minimum, line by line`() {
    let solution = minimize(
      Rosenbrock2(), from: [-1.2, 1], using: .lbfgs())
    #expect(heading(solution) == "Minimum, verified")
    let rows = rows(solution.description)
    #expect(
      Set(rows.keys) == [
        "f", "‖∇f‖∞", "curvature", "x", "method", "stopped", "cost", "time",
      ])
    #expect(
      rows["curvature"] == "all 2 eigenvalues positive, 0.3994 to 1002")
    #expect(rows["x"] == "[1, 1]")
    #expect(rows["method"] == solution.method)
    #expect(rows["stopped"] == "‖∇f‖∞ ≤ 1e-06")
    #expect(rows["‖∇f‖∞"]?.hasSuffix(" ≤ 1e-06") == true)
    #expect(
      rows["cost"]?.hasPrefix(
        "\(solution.iterations) iterations: \(solution.counts.values) f, ")
        == true)
    #expect(rows["time"]?.hasSuffix("s") == true)
  }

  @Test func `Labels are aligned`() {
    let solution = minimize(
      Rosenbrock2(), from: [-1.2, 1], using: .lbfgs())
    let lines = solution.description.split(separator: "\n").dropFirst()
    for line in lines {
      // Two spaces, nine characters for "curvature", two spaces.
      let characters = Array(line)
      #expect(
        String(characters[..<2]) == "  " && String(characters[11..<13]) == "  ")
      #expect(characters[2] != " " && characters[13] != " ")
    }
  }

  @Test func `Says why it did not converge`() {
    let solution = minimize(
      Rosenbrock2(), from: [-1.2, 1], using: .gradientDescent(rate: 1e-4),
      within: Budget(iterations: 1))
    #expect(
      heading(solution)
        == "Not converged: the iterations of the budget are spent")
    let rows = rows(solution.description)
    #expect(rows["curvature"] == nil)
    #expect(rows["‖∇f‖∞"]?.hasSuffix(" > 1e-06") == true)
    #expect(rows["cost"]?.hasPrefix("1 iteration: 2 f, 2 ∇f") == true)

    let early = minimize(
      Rosenbrock2(), from: [-1.2, 1], using: .lbfgs(),
      until: .value(atMost: 10))
    #expect(heading(early) == "Not stationary")
  }

  @Test func `Quotes what the objective threw`() {
    struct Refusal: Error {}
    let solution = minimize(
      DifferentiableFunction { _, _ in throw Refusal() }, from: [1],
      using: .lbfgs())
    #expect(
      heading(solution) == "Undefined: f, ∇f or ∇²f is not finite")
    let rows = rows(solution.description)
    #expect(rows["failure"] == "Refusal()")
    #expect(rows["f"] == "nan" && rows["‖∇f‖∞"] == "nan")
  }

  @Test func `Shortens a long vector`() {
    #expect(Vector<Double>([]).summary == "[]")
    #expect(Vector<Double>([1.0 / 3, -2]).summary == "[0.333333, -2]")
    #expect(
      Vector<Double>(count: 100) { Double($0) }.summary
        == "[0, 1, 2, …, 97, 98, 99], 100 variables")
  }

  @Test(arguments: [
    (0.0, "0 s"), (-.nan, "nan s"), (1, "1 s"), (8.123e-6, "8.12 µs"),
    (999.9, "1 ks"),
    (0.25, "250 ms"), (1e-9, "1 ns"), (3e-13, "0.0003 ns"), (1234, "1.23 ks"),
    (12.3e6, "12.3 Ms"), (-2e-3, "-2 ms"), (.infinity, "inf s"),
    (4e21, "4e+03 Es"),
  ])
  func `Scales by SI prefixes`(number: Double, expected: String) {
    #expect(number.scaled("s") == expected)
  }
}

@Suite struct CertificateDescriptionTests {
  private func lines(_ certificate: Certificate) -> [String] {
    certificate.description.split(separator: "\n").map(String.init)
  }

  @Test func `Shows the way down from a saddle`() {
    let certificate = Certificate(
      of: QuadraticForm(matrix: [[1, 0], [0, -3]]), at: [0, 0])
    #expect(
      lines(certificate) == [
        "Saddle point, refuted as a minimum",
        "  f          0",
        "  ‖∇f‖∞      0 ≤ 1e-06",
        "  curvature  eigenvalues: 1 positive, 1 negative, -3 to 1",
        "  downhill   curvature -3 along [0, 1]",
        "  cost       2 f, 2 ∇f, 1 ∇²f",
      ])
  }

  @Test func `Names every verdict`() {
    func verdict(
      _ objective: any DifferentiableObjective, at x: Vector<Double>,
      claimedValue: Double? = nil, goal: Goal = .minimum,
      examining: Verification.Curvature = .automatic
    ) -> String {
      lines(
        Certificate(
          of: objective, at: x, claimedValue: claimedValue, goal: goal,
          examining: examining))[0]
    }
    let saddle = QuadraticForm(matrix: [[1, 0], [0, -1]])
    #expect(
      verdict(saddle, at: [0, 0], goal: .criticalPoint)
        == "Saddle point, verified")
    #expect(
      verdict(saddle, at: [0, 0], examining: .never)
        == "Stationary point, verified")
    #expect(
      verdict(QuadraticForm(matrix: [[-1]]), at: [0])
        == "Maximum, refuted as a minimum")
    #expect(
      verdict(QuadraticForm(matrix: [[1, 0], [0, 0]]), at: [0, 0])
        == "Degenerate stationary point, verified")
    #expect(
      verdict(QuadraticForm(matrix: [[-1, 0], [0, 0]]), at: [0, 0])
        == "Degenerate stationary point, refuted as a minimum")
    #expect(
      verdict(Rosenbrock2(), at: [1, 1], claimedValue: 3)
        == "Refuted: the value is not what was claimed")
    #expect(verdict(Rosenbrock2(), at: [0, 1]) == "Not stationary")
  }

  @Test func `Tells how the curvature was found`() {
    func curvature(_ certificate: Certificate) -> String? {
      lines(certificate).first { $0.contains("curvature ") }.map {
        String($0.dropFirst(13))
      }
    }
    #expect(
      curvature(Certificate(of: GradientOnly(Rosenbrock2()), at: [1, 1]))
        == "all 2 eigenvalues positive, 0.3994 to 1002, by differences")
    #expect(
      curvature(
        Certificate(of: QuadraticForm(matrix: .identity(30)), at: .zeros(30)))
        == "all 30 eigenvalues positive")
    #expect(
      curvature(
        Certificate(
          of: ReflectedSpectrum(Vector(repeating: 2, count: 1500)),
          at: .zeros(1500)))
        == "eigenvalues 2, by 1 products")
    let cubic = curve({ $0 * $0 * $0 }, { 3 * $0 * $0 }, { 6 * $0 })
    #expect(
      curvature(Certificate(of: cubic, at: [1e-4]))
        == "the eigenvalue positive, 0.0006; changing on the way to ∇f = 0")
  }
}
