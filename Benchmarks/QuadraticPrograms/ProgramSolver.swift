import Matrix
import Optimization
import ProblemSets

/// A solver of quadratic programs, ours or a peer's.
struct ProgramSolver {
  /// What a solver says a program has.
  enum Claim: String, Codable, Equatable {
    case optimal, infeasible, unbounded
  }

  /// What a solver answers.
  struct Answer {
    /// What it says, nothing where it gives up.
    var claim: Claim?
    /// What it calls that.
    var word: String
    var x: Vector<Double>
    var multipliers: Vector<Double>
    var boundMultipliers: Vector<Double>
    /// The seconds that it took.
    var seconds: Double
  }

  /// The library's name for our own.
  static let package = "swift-optimization"

  let library: String
  let method: String
  /// Solves the program of a number to a tolerance, absolute where the solver has
  /// such.
  let solve:
    (_ number: Int, _ program: QuadraticProgram, _ tolerance: Double) throws
      -> Answer

  var isOurs: Bool { library == Self.package }
  var name: String { isOurs ? "\(library), \(method)" : library }

  /// A method of ours.
  ///
  /// Its time begins with the numbers: it has the check that P is convex, and ends
  /// with the certificate.
  init(_ method: String, _ make: @escaping (Double) -> any QuadraticMethod) {
    library = Self.package
    self.method = method
    solve = { _, program, tolerance in
      let method = make(tolerance)
      let (seconds, solution) = try timed {
        method.solve(
          try QuadraticProgram(
            hessian: program.hessian, gradient: program.gradient,
            constant: program.constant, subjectTo: [program.constraints],
            within: program.bounds))
      }
      return Answer(solution, seconds: seconds)
    }
  }

  /// A peer.
  init(
    library: String,
    _ solve: @escaping (Int, QuadraticProgram, Double) throws -> Answer
  ) {
    self.library = library
    method = ""
    self.solve = solve
  }

  /// Our methods.
  static var ours: [ProgramSolver] {
    [
      ProgramSolver("automatic") { .automatic(tolerance: $0) },
      ProgramSolver("interior point") { .interiorPoint(tolerance: $0) },
      ProgramSolver("active set") { .activeSet(tolerance: $0) },
      ProgramSolver("ADMM") { .admm(tolerance: $0) },
    ]
  }
}

extension ProgramSolver.Answer {
  /// A solution of ours with what its certificate says.
  init(_ solution: QuadraticSolution, seconds: Double) {
    claim =
      switch solution.certificate.finding {
      case .optimal: .optimal
      case .infeasible: .infeasible
      case .unbounded: .unbounded
      case .refuted: nil
      }
    word = solution.certificate.finding.rawValue
    x = solution.x
    multipliers = solution.multipliers
    boundMultipliers = solution.boundMultipliers
    self.seconds = seconds
  }
}
