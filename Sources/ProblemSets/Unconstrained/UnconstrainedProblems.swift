/// Published test functions beyond those of Moré, Garbow and Hillstrom.
///
/// Families of any n, bad scaling, singular minima, saddles, plains, many minima,
/// noise, and regions where f is NaN or infinite. What is known of each is in its
/// ``UnconstrainedProblem/landmarks``; values were recomputed with 60 digits, or are
/// exact.
public enum UnconstrainedProblems {
  /// All problems, families with about ten variables.
  public static var all: [UnconstrainedProblem] {
    fixed + family(ofDimension: 12)
  }

  /// The problems of one size.
  public static var fixed: [UnconstrainedProblem] {
    [
      himmelblau, mcCormick, sixHumpCamel, threeHumpCamel, branin,
      goldsteinPrice, shubert, zettl, aluffiPentini, bazaraaShetty, sisser,
      monkeySaddle, himmelblauCubic, easom, schmidtVetters, cliff,
      exponentialSum, exponentialDecay, noisyRosenbrock,
    ]
  }

  /// The problems whose dimension can be chosen, with n variables.
  ///
  /// - Precondition: n is a multiple of 12, which the rules of all of them allow.
  public static func family(ofDimension n: Int) -> [UnconstrainedProblem] {
    precondition(
      n > 0 && n.isMultiple(of: 12), "\(n) variables, no multiple of 12")
    return [
      extendedWhiteHolst(n), extendedTridiagonal(n), diagonal(n), arrowhead(n),
      engval(n), quartic(n), nondiagonalQuartic(n), chainedWood(n),
      chainedPowellSingular(n), chainedCraggLevy(n), broydenPower(n),
      dixonPrice(n), griewank(n), rastrigin(n), ackley(n), levyMontalvo(n),
      styblinskiTang(n), zakharov(n), trid(n), hilbert(n), logBarrier(n),
      entropy(n), lennardJones(atoms: n / 3), allenCahn(n),
    ]
  }
}
