import Presentation

/// A fitter's way through all regressions, from both starts.
struct LeastSquaresResult: Codable, Equatable {
  /// One fit.
  struct Fit: Codable, Equatable {
    /// NIST's name.
    let regression: String
    /// 1, the far one, or 2.
    let start: Int
    /// The correct digits of the worst parameter, at most 11.
    let digits: Double
    /// Evaluations of all residuals.
    let residuals: Int
    /// Evaluations of the Jacobian.
    let jacobians: Int
    /// What the certificate says, where there is one.
    let isVerified: Bool?
    /// The seconds in each turn.
    let time: Measurement
  }

  /// Who fits.
  let name: String
  /// Whether it is another library.
  let isPeer: Bool
  let fits: [Fit]
  /// The sum over the fits of their medians, in seconds.
  ///
  /// A fit is short against what interrupts it now and then, all of them
  /// together are not; a median of their sums would carry the interruptions.
  let total: Double
  /// Our total divided by this one; nil for ours.
  let ours: Double?

  init(name: String, isPeer: Bool, fits: [Fit], beside ours: [Fit]) {
    self.name = name
    self.isPeer = isPeer
    self.fits = fits
    total = Self.total(fits)
    self.ours = isPeer ? Self.total(ours) / total : nil
  }

  private static func total(_ fits: [Fit]) -> Double {
    fits.reduce(0) { $0 + $1.time.median }
  }

  /// The number of fits with so many correct digits at least.
  func solved(digits: Double) -> Int { fits.count { $0.digits >= digits } }

  /// The mean of the correct digits.
  var meanDigits: Double {
    fits.reduce(0) { $0 + $1.digits } / Double(fits.count)
  }

  /// The number of fits whose certificate holds; nil where none is made.
  var verified: Int? {
    fits.contains { $0.isVerified == nil }
      ? nil : fits.count { $0.isVerified == true }
  }

  static let columns = [
    "solver", "to 6 digits", "to 4", "mean digits", "verified", "residuals",
    "Jacobians", "time for all", "ours ÷ its", "target",
  ]

  /// The row of the table.
  func row(isFastestPeer: Bool) -> [String] {
    let count = fits.count
    let target = target(isFastestPeer: isFastestPeer)
    return [
      name, "\(solved(digits: 6)) of \(count)", "\(solved(digits: 4))",
      Format.number(meanDigits), verified.map { "\($0)" } ?? "",
      "\(fits.reduce(0) { $0 + $1.residuals })",
      "\(fits.reduce(0) { $0 + $1.jacobians })",
      Format.seconds(total), ours.map(Format.ratio) ?? "",
      target.map { "\($0.text) \($0.isMet ? "met" : "missed")" } ?? "",
    ]
  }

  /// What is asked, and whether it is met: of ours digits, of the fastest peer
  /// that it is not faster.
  func target(isFastestPeer: Bool) -> (text: String, isMet: Bool)? {
    switch name {
    case Fitter.package:
      (
        "all to 6, mean ≥ 9.5",
        solved(digits: 6) == fits.count && meanDigits >= 9.5
      )
    case Fitter.differenced:
      ("all but 2 to 4 digits", solved(digits: 4) >= fits.count - 2)
    default:
      isFastestPeer ? ours.map { ("≤ 1", $0 <= 1) } : nil
    }
  }

  /// All results, the fastest peer's with its target.
  static func table(_ results: [LeastSquaresResult]) -> Table {
    var table = Table(columns: columns)
    let fastest = results.filter(\.isPeer).min { $0.total < $1.total }
    for result in results {
      table.append(result.row(isFastestPeer: result.name == fastest?.name))
    }
    return table
  }

  /// A row for each fit, with digits and time by each solver.
  static func fitTable(_ results: [LeastSquaresResult]) -> Table {
    var table = Table(
      columns: ["regression", "start"] + results.map(\.name))
    for k in results[0].fits.indices {
      let fits = results.map { $0.fits[k] }
      table.append(
        [fits[0].regression, "\(fits[0].start)"]
          + fits.map {
            let digits = Format.number($0.digits, digits: 2)
            return "\(digits), \(Format.seconds($0.time.median))"
          })
    }
    return table
  }
}
