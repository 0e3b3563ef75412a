import Foundation
import Matrix
import Optimization

/// What is said of a quadratic program: the verdict, what it rests on, and each
/// variable and row by its name.
///
/// The objective and its multipliers are those of the file, whose maximum they
/// belong to where it asks for one.
struct ProgramReport: Encodable {
  /// What the certificate found.
  enum Status: String, Codable {
    case optimal, infeasible, unbounded
    case notVerified = "not verified"

    init(_ finding: QuadraticCertificate.Finding) {
      switch finding {
      case .optimal: self = .optimal
      case .infeasible: self = .infeasible
      case .unbounded: self = .unbounded
      case .refuted: self = .notVerified
      }
    }

    /// The command's exit code.
    var exitCode: Int32 {
      switch self {
      case .optimal: 0
      case .infeasible, .unbounded: 2
      case .notVerified: 3
      }
    }
  }

  /// A variable or a row: its number, its sides, and the multiplier of the one
  /// that holds.
  struct Entry: Codable, Equatable {
    let name: String
    let value: Double
    /// nil where there is no such side.
    let lower: Double?
    let upper: Double?
    let multiplier: Double
    /// Of an unbounded program: how fast it changes along the ray.
    let ray: Double?
  }

  /// Absolute residuals, in the units of the file.
  struct Residuals: Codable, Equatable {
    let primal: Double
    let dual: Double
    let gap: Double
    let complementarity: Double
  }

  let file: String
  let name: String
  let isMaximum: Bool
  let status: Status
  /// The value of the objective; nil where there is no solution.
  let objective: Double?
  let tolerance: Double
  /// nil of proofs that there is no solution.
  let residuals: Residuals?
  /// Of a proof of infeasibility: no point of a norm ‖x‖₁ below this satisfies the
  /// constraints; nil where none at all does.
  let infeasibilityRadius: Double?
  let method: String
  let iterations: Int
  let factorizations: Int
  let notes: [String]
  let variables: [Entry]
  let rows: [Entry]
  /// Seconds of wall time; not in the JSON, which is always the same.
  let seconds: Double

  enum CodingKeys: CodingKey {
    case file, name, isMaximum, status, objective, tolerance, residuals
    case infeasibilityRadius, method, iterations, factorizations, notes
    case variables, rows
  }

  /// The report of a file's program and the answer to it.
  init(_ source: QPSFile, in file: String, solvedBy s: QuadraticSolution) {
    let (program, certificate) = (source.program, s.certificate)
    self.file = file
    name = source.name
    isMaximum = source.isMaximum
    status = Status(certificate.finding)
    let sign = source.isMaximum ? -1.0 : 1
    let hasPoint = certificate.finding == .optimal || status == .notVerified
    // Negating 0 would print as −0.
    objective = hasPoint ? 0 + sign * s.value : nil
    tolerance = certificate.tolerance
    residuals =
      hasPoint
      ? Residuals(
        primal: certificate.primalResidual, dual: certificate.dualResidual,
        gap: certificate.gap, complementarity: certificate.complementarity)
      : nil
    infeasibilityRadius = certificate.infeasibilityRadius.flatMap {
      $0.isFinite ? $0 : nil
    }
    method = s.method
    iterations = s.iterations
    factorizations = s.factorizations
    notes = s.notes
    seconds = s.seconds

    func finite(_ side: Double) -> Double? { side.isFinite ? side : nil }
    // Of a proof of infeasibility they are the proof, whatever the objective.
    let factor = certificate.finding == .infeasible ? 1 : sign
    let bounds = program.bounds
    variables = source.columns.indices.map { j in
      Entry(
        name: source.columns[j], value: s.x[j],
        lower: finite(bounds.lower[j]), upper: finite(bounds.upper[j]),
        multiplier: 0 + factor * s.boundMultipliers[j], ray: s.ray?[j])
    }
    let sides = program.constraints
    let values = sides.matrix * s.x
    let slopes = s.ray.map { sides.matrix * $0 }
    rows = source.rows.indices.map { i in
      Entry(
        name: source.rows[i], value: values[i], lower: finite(sides.lower[i]),
        upper: finite(sides.upper[i]),
        multiplier: 0 + factor * s.multipliers[i], ray: slopes?[i])
    }
  }

  /// As JSON, its keys sorted.
  ///
  /// Numbers that are not finite become the texts "nan", "inf" and "-inf".
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [
      .prettyPrinted, .sortedKeys, .withoutEscapingSlashes,
    ]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
