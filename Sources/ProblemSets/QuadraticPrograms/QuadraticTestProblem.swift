public import Optimization

/// A convex quadratic program, with what is known of its solution.
public struct QuadraticTestProblem: Sendable {
  /// What a program has.
  public enum Kind: Equatable, Sendable {
    /// A minimum of this value.
    case optimal(Double)
    /// No point within the constraints.
    case infeasible
    /// No bound on the objective below.
    case unbounded
  }

  /// The name.
  public let name: String
  /// The program.
  public let program: QuadraticProgram
  /// What it has.
  public let kind: Kind
  /// Where the program, and the value, are from.
  public let source: String

  /// A program with what is known of it.
  public init(
    _ name: String, _ program: QuadraticProgram, _ kind: Kind, source: String
  ) {
    self.name = name
    self.program = program
    self.kind = kind
    self.source = source
  }
}

/// Convex quadratic and linear programs of published kinds.
///
/// Programs from the literature with their published values; programs made
/// around a solution that is chosen first, so that its value is known by
/// construction; programs from data, whose values are those of other solvers; and
/// programs without a solution. All are the same whenever they are made.
public enum QuadraticPrograms {
  /// All programs.
  public static var all: [QuadraticTestProblem] {
    solvable + infeasible + unbounded
  }

  /// The programs with a minimum.
  public static var solvable: [QuadraticTestProblem] {
    hockSchittkowski + linear + constructed + applications + closedForms
  }
}

/// The program of numbers that are known to make one.
func convex(
  _ program: () throws(QuadraticProgramError) -> QuadraticProgram
) -> QuadraticProgram {
  do {
    return try program()
  } catch {
    preconditionFailure("a test problem: \(error)")
  }
}

/// The bounds of numbers that are known to make some.
func box(_ lower: [Double], _ upper: [Double]) -> Bounds {
  do {
    return try Bounds(lower: .init(lower), upper: .init(upper))
  } catch {
    preconditionFailure("a test problem: \(error)")
  }
}
