import Matrix
import Optimization

/// The test examples for nonlinear programming codes of Hock and Schittkowski.
///
/// Formulas, starts, bounds and published optima are those of the book, or of the
/// authors' program where the book is misprinted, which the problem's note says. A
/// constraint is a linear row wherever it is linear. Landmarks are recomputed with 50
/// digits by Newton's method on the conditions of Karush, Kuhn and Tucker, or exact.
///
/// There are no problems 82, 94 and 115 in the book. Problem 87 is left out: its f has
/// jumps.
///
/// Source: Hock and Schittkowski 1981, Lecture Notes in Economics and Mathematical
/// Systems 187.
public enum HockSchittkowski {
  /// All problems, those with bounds alone too, in the order of their numbers.
  public static var all: [ConstrainedTestProblem] {
    (boundsAlone + constrained).sorted { $0.number < $1.number }
  }

  /// The problems that have constraints other than bounds.
  public static var constrained: [ConstrainedTestProblem] {
    [
      hs6, hs7, hs8, hs9, hs10, hs11, hs12, hs13, hs14, hs15, hs16, hs17,
      hs18, hs19, hs20, hs21, hs22, hs23, hs24, hs26, hs27, hs28, hs29, hs30,
      hs31, hs32, hs33, hs34, hs35, hs36, hs37, hs39, hs40, hs41, hs42, hs43,
      hs44, hs46, hs47, hs48, hs49, hs50, hs51, hs52, hs53, hs54, hs55, hs56,
      hs57, hs58, hs59, hs60, hs61, hs62, hs63, hs64, hs65, hs66, hs67, hs68,
      hs69, hs70, hs71, hs72, hs73, hs74, hs75, hs76, hs77, hs78, hs79, hs80,
      hs81, hs83, hs84, hs85, hs86, hs88, hs89, hs90, hs91, hs92, hs93, hs95,
      hs96, hs97, hs98, hs99, hs100, hs101, hs102, hs103, hs104, hs105, hs106,
      hs107, hs108, hs109, hs111, hs112, hs113, hs114, hs116, hs117, hs118,
      hs119,
    ]
  }

  /// Problems 1 to 5, 25, 38, 45 and 110, which have bounds alone.
  public static var boundsAlone: [ConstrainedTestProblem] {
    let published: [(Int, Double)] = [
      (1, 0), (2, 0.0504261879), (3, 0), (4, 8.0 / 3), (5, -1.91322295),
      (25, 0),
      (38, 0), (45, 1), (110, -45.77846971),
    ]
    return zip(BoundedProblems.hockSchittkowski, published).map {
      ConstrainedTestProblem($0, number: $1.0, published: $1.1)
    }
  }

  /// The problem of a number, where the collection has it.
  public static func problem(_ number: Int) -> ConstrainedTestProblem? {
    all.first { $0.number == number }
  }

  /// Bounds that are known not to cross.
  static func box(_ lower: Vector<Double>, _ upper: Vector<Double>) -> Bounds {
    do {
      return try Bounds(lower: lower, upper: upper)
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
