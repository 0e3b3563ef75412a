import Matrix
import Optimization

/// Somebody's way to minimise a function.
struct Minimizer {
  /// What it asks for beyond values.
  enum Derivatives: String, Codable, CaseIterable {
    case none = "f"
    case first = "f, ∇f"
    case second = "f, ∇f, ∇²f"
  }

  /// What everybody is given.
  struct Limits {
    /// The bound on ‖∇f‖∞ that everybody aims at.
    var gradientNorm = 1e-5
    /// The most evaluations of f, and the most steps.
    var evaluations = 10_000
    /// The most seconds.
    var seconds = 20.0
  }

  /// What it comes back with.
  struct Answer {
    let x: Vector<Double>
    /// Whether it says that this is a minimum.
    let claimsSuccess: Bool
    /// Its own words.
    let message: String
    /// Seconds, without those of the function.
    let seconds: Double
    /// What the method counts as its own, where more was evaluated for others.
    var counts: Counts?
  }

  /// The library.
  let library: String
  /// The method and how it is set.
  let method: String
  let derivatives: Derivatives
  /// Minimises the function of a problem, its evaluations by a witness.
  let minimize: (Witness, Challenge, Limits) throws -> Answer

  /// Library and method.
  var name: String { "\(library), \(method)" }

  /// The library that all others are beside.
  static let package = "this package"
  var isOurs: Bool { library == Self.package }
}
