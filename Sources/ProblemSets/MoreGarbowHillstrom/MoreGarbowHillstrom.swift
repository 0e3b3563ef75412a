/// The 35 problems of Moré, Garbow and Hillstrom, as sums of squares.
///
/// Numbers, names, data and starts are those of the paper; x₀, 10 x₀ and 100 x₀
/// are the customary starts. Landmarks were recomputed with 60 digits. Where
/// they differ from the paper or add to it, they say so:
///
/// - Biggs EXP6 (18): 5.65565e-3 is a line of critical points, not a point.
/// - Brown almost linear (27): the point with f = 1 is a degenerate saddle.
/// - Chebyquad (35) for n = 10: there is a lower minimum, 4.77271e-3, than the
///   paper's 6.50395e-3.
///
/// Source: Moré, Garbow and Hillstrom 1981, Testing unconstrained optimization
/// software, ACM TOMS 7, 17–41; algorithm 566, 136–140.
public enum MoreGarbowHillstrom {
  /// All 35 in the order of their numbers, those of free dimension as the
  /// paper's tables have them or else with ten variables.
  public static var all: [LeastSquaresProblem] {
    [
      rosenbrock, freudensteinRoth, powellBadlyScaled, brownBadlyScaled, beale,
      jennrichSampson(), helicalValley, bard, gaussian, meyer,
      gulfResearch(), boxThreeDimensional(), powellSingular, wood,
      kowalikOsborne, brownDennis(), osborne1, biggsEXP6(), osborne2, watson(),
      extendedRosenbrock(), extendedPowellSingular(), penaltyI(), penaltyII(),
      variablyDimensioned(), trigonometric(), brownAlmostLinear(),
      discreteBoundaryValue(), discreteIntegralEquation(),
      broydenTridiagonal(), broydenBanded(), linearFullRank(), linearRankOne(),
      linearRankOneWithZeros(), chebyquad(),
    ]
  }

  /// The problems whose dimension can be chosen, with n variables where their
  /// rule allows that n.
  ///
  /// - Precondition: n ≥ 5.
  public static func family(ofDimension n: Int) -> [LeastSquaresProblem] {
    precondition(n >= 5, "a family with \(n) variables, less than 5")
    var problems = [
      penaltyI(n), penaltyII(n), variablyDimensioned(n), trigonometric(n),
      brownAlmostLinear(n), discreteBoundaryValue(n),
      discreteIntegralEquation(n), broydenTridiagonal(n), broydenBanded(n),
      linearFullRank(n), linearRankOne(n), linearRankOneWithZeros(n),
      chebyquad(n),
    ]
    if n <= 31 { problems.append(watson(n)) }
    if n.isMultiple(of: 2) { problems.append(extendedRosenbrock(n)) }
    if n.isMultiple(of: 4) { problems.append(extendedPowellSingular(n)) }
    return problems
  }
}

/// Traps unless a family has a member of n variables and m residuals.
func requireSize(
  _ allowed: Bool, _ name: String, _ n: Int, _ m: Int? = nil, rule: String
) {
  let residuals = m.map { " and \($0) residuals" } ?? ""
  precondition(allowed, "\(name) with \(n) variables\(residuals): \(rule)")
}
