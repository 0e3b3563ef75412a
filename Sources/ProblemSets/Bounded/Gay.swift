import Matrix

// The bounds are those of Gay 1984. His minima, to eight digits, are met by those
// that were recomputed.
extension BoundedProblems {
  /// Powell's badly scaled function, its minimum just outside.
  ///
  /// Source: Moré, Garbow and Hillstrom 1981; Gay 1984.
  public static var gayPowellBadlyScaled: BoundedTestProblem {
    BoundedTestProblem(
      MoreGarbowHillstrom.powellBadlyScaled,
      lower: [0, 1], upper: [1, 9],
      landmarks: [
        .minimum(
          1.51259367243967183e-10, at: [0.000011111111112629459, 9])
      ],
      source: "Gay 1984")
  }

  /// Brown's badly scaled function, its minimum outside.
  ///
  /// Source: Moré, Garbow and Hillstrom 1981; Gay 1984.
  public static var gayBrownBadlyScaled: BoundedTestProblem {
    BoundedTestProblem(
      MoreGarbowHillstrom.brownBadlyScaled,
      lower: [0, 0.00003], upper: [1e6, 100],
      landmarks: [
        .minimum(
          783.999999295184001, at: [999999.999160000001, 0.00003])
      ],
      source: "Gay 1984")
  }

  /// Beale's function, its minimum on a bound.
  ///
  /// Source: Moré, Garbow and Hillstrom 1981; Gay 1984.
  public static var gayBeale: BoundedTestProblem {
    BoundedTestProblem(
      MoreGarbowHillstrom.beale,
      lower: [0.6, 0.5], upper: [10, 100],
      landmarks: [
        .minimum(0, at: [3, 0.5], "at a bound that does not press")
      ],
      source: "Gay 1984")
  }

  /// The Gaussian fit, its minimum inside.
  ///
  /// Source: Moré, Garbow and Hillstrom 1981; Gay 1984.
  public static var gayGaussian: BoundedTestProblem {
    BoundedTestProblem(
      MoreGarbowHillstrom.gaussian,
      lower: [0.398, 1, -0.5], upper: [4.2, 2, 0.1],
      landmarks: [
        .minimum(
          1.12793276961864803e-8,
          at: [0.39895613783875668, 1.0000190844878057, 0])
      ],
      source: "Gay 1984")
  }

  /// Powell's singular function, its singular minimum outside.
  ///
  /// Source: Moré, Garbow and Hillstrom 1981; Gay 1984.
  public static var gayPowellSingular: BoundedTestProblem {
    BoundedTestProblem(
      MoreGarbowHillstrom.powellSingular,
      lower: [0.1, -20, -1, -1], upper: [100, 20, 1, 50],
      landmarks: [
        .minimum(
          0.000187819630058303308,
          at: [
            0.1, -0.00998223415732042515, 0.0430731078209047829,
            0.0437837415280877769,
          ])
      ],
      source: "Gay 1984")
  }

  /// Wood's function with x₁ ≤ 0.
  ///
  /// Source: Moré, Garbow and Hillstrom 1981; Gay 1984.
  public static var gayWood: BoundedTestProblem {
    BoundedTestProblem(
      MoreGarbowHillstrom.wood,
      lower: [-100, -100, -100, -100], upper: [0, 10, 100, 100],
      landmarks: [
        .minimum(
          1.55670080043856509,
          at: [
            0, 0.00533885686037082492, 1.39972887647048652,
            1.96082746057304769,
          ]),
        .localMinimum(
          7.09383642512905072,
          at: [
            0, 0.0123936245308676563, -1.36848628116575189, 1.88236989284358293,
          ]),
      ],
      source: "Gay 1984")
  }

  /// The function of Brown and Dennis between two bounds.
  ///
  /// Source: Moré, Garbow and Hillstrom 1981; Gay 1984.
  public static var gayBrownDennis: BoundedTestProblem {
    BoundedTestProblem(
      MoreGarbowHillstrom.brownDennis(),
      lower: [-10, 0, -100, -20], upper: [100, 15, 0, 0.2],
      landmarks: [
        .minimum(
          88860.4797675004832,
          at: [-10, 12.677818288630913, -0.485527992581628272, 0.2])
      ],
      source: "Gay 1984")
  }

  /// Biggs's exponentials between two bounds.
  ///
  /// Source: Moré, Garbow and Hillstrom 1981; Gay 1984.
  public static var gayBiggs: BoundedTestProblem {
    BoundedTestProblem(
      MoreGarbowHillstrom.biggsEXP6(),
      lower: [0, 0, 0, 1, 0, 0], upper: [2, 8, 1, 7, 5, 5],
      landmarks: [
        .minimum(
          0.000532098659078254384,
          at: [
            0.905676538694336894, 8, 0.904344402364846365,
            6.53439905995203225, 4.48686678171996242, 5,
          ])
      ],
      source: "Gay 1984")
  }
}
