/// Published problems with bounds on the variables.
///
/// Those of Hock and Schittkowski that have no other constraints, others of the
/// CUTE collection with its names, obstacle, torsion and journal bearing problems of
/// MINPACK-2 on a small grid, and problems of Moré, Garbow and Hillstrom within the
/// bounds that Gay gave them. What is known of each is in its
/// ``BoundedTestProblem/landmarks``, recomputed with 60 digits or exact.
public enum BoundedProblems {
  /// All 33 problems.
  public static var all: [BoundedTestProblem] {
    hockSchittkowski + collection + membranes + gay
  }

  /// Problems 1 to 5, 25, 38, 45 and 110 of Hock and Schittkowski.
  public static var hockSchittkowski: [BoundedTestProblem] {
    [hs1, hs2, hs3, hs4, hs5, hs25, hs38, hs45, hs110]
  }

  /// Problems of the CUTE collection.
  public static var collection: [BoundedTestProblem] {
    [
      hatflda, hatfldb, hatfldc(), logros, camel6, mdhole, hart6, mccormck,
      nonscomp(), biggsb1(), convexQuadratic(), nonconvexQuadratic, explin,
    ]
  }

  /// Variational problems on a grid of 8×8.
  public static var membranes: [BoundedTestProblem] {
    [torsion, obstacle, journalBearing]
  }

  /// Problems of Moré, Garbow and Hillstrom within Gay's bounds.
  public static var gay: [BoundedTestProblem] {
    [
      gayPowellBadlyScaled, gayBrownBadlyScaled, gayBeale, gayGaussian,
      gayPowellSingular, gayWood, gayBrownDennis, gayBiggs,
    ]
  }
}
