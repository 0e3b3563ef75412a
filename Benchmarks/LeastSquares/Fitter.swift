import Matrix
import ProblemSets

/// A way to fit the parameters of a regression.
struct Fitter {
  /// What came out, and what it took.
  struct Fit {
    /// From the formula and the data to the parameters.
    let seconds: Double
    let parameters: Vector<Double>
    /// Evaluations of all residuals.
    let residuals: Int
    /// Evaluations of the Jacobian; 0 where it is made of differences.
    let jacobians: Int
    /// What the certificate says; nil from who makes none.
    let isVerified: Bool?
  }

  /// Who fits, and how it is set.
  let name: String
  /// Whether it is another library.
  let isPeer: Bool
  /// Fits from one of the starts, the first being 0.
  let fit: (NonlinearRegression, _ start: Int) throws -> Fit
}
