public import Matrix

/// What NIST certifies of a regression, to 11 digits or more.
public struct CertifiedFit: Codable, Equatable, Sendable {
  /// The parameters β.
  public let parameters: Vector<Double>
  /// Their standard deviations: the roots of the diagonal of s² (JᵀJ)⁻¹.
  public let standardDeviations: Vector<Double>
  /// Σ rᵢ².
  public let residualSumOfSquares: Double
  /// s = √(Σ rᵢ² / degrees of freedom).
  public let residualStandardDeviation: Double
  /// m − n, as the file has it.
  ///
  /// NIST's file of Rat43 says 9 where m − n = 11; its s is that of 11.
  public let degreesOfFreedom: Int

  /// The correct digits of β: the least −log₁₀ of a relative error, at most 11.
  ///
  /// NIST's own measure, capped where its certified digits end. Zero where a
  /// parameter is not even of the right size, or is NaN.
  ///
  /// - Precondition: as many elements as parameters.
  ///
  /// Source: McCullough 1998, Assessing the reliability of statistical software.
  public func correctDigits(of parameters: Vector<Double>) -> Double {
    precondition(
      parameters.count == self.parameters.count,
      "\(parameters.count) parameters, not \(self.parameters.count)")
    var digits = 11.0
    for i in 0..<parameters.count {
      let exact = self.parameters[i]
      let error = abs(parameters[i] - exact) / (exact == 0 ? 1 : abs(exact))
      // Not max and min, which could lose a NaN.
      guard error < 1 else { return 0 }
      if error > 0 { digits = min(digits, -.log10(error)) }
    }
    return digits
  }
}

/// NIST's levels of difficulty.
public enum Difficulty: String, CaseIterable, Codable, Sendable {
  /// Solved by all but bad methods.
  case lower
  /// Between.
  case average
  /// Nearly dependent parameters, or starts that are far away.
  case higher
}
