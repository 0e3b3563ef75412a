import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

/// Every method on every published problem from its standard start.
///
/// What is verified must not be contradicted by what is known of the problem, and
/// what a method does not solve is listed in ``Unsolved``, by name and reason.
@Suite struct EveryProblemTests {
  @Test(arguments: PublishedProblem.all)
  func everyMethodSolvesOrIsListed(_ problem: PublishedProblem) throws {
    try forEveryMethod(Solver(problem: problem))
  }

  @Test func theListNamesProblemsThatExist() {
    let known = Set(PublishedProblem.all.map(\.name))
    for (method, names) in Unsolved.varying {
      #expect(names.isSubset(of: known), "\(method)")
    }
    for (method, reasons) in Unsolved.byMethod {
      for name in reasons.values.joined() {
        #expect(known.contains(name), "\(method): there is no \(name)")
      }
      let all = reasons.values.joined()
      #expect(Set(all).count == all.count, "\(method): a name twice")
    }
  }

  @Test func theListNamesMethodsThatExist() throws {
    let names = MethodNames()
    try forEveryMethod(names)
    #expect(
      Set(Unsolved.byMethod.keys).union(Unsolved.varying.keys)
        .union(Unsolved.linearlyConvergent).subtracting(names.seen).isEmpty)
  }
}

/// Collects the names of methods, the second and third of a name with a number.
final class MethodNames: MethodVisitor {
  private(set) var seen: Set<String> = []

  /// The name in a list that no other method has.
  func unique(_ name: String) -> String {
    var k = 1
    var unique = name
    while !seen.insert(unique).inserted {
      k += 1
      unique = "\(name), no. \(k)"
    }
    return unique
  }

  func visit<M: Method>(_ method: M, _ evaluate: (Objectives) -> M.Problem) {
    _ = unique(method.name)
  }
}

/// A problem of either collection.
struct PublishedProblem: Sendable, CustomTestStringConvertible {
  let problem: UnconstrainedProblem
  let squares: LeastSquaresProblem?

  var name: String { problem.name }
  var testDescription: String { name }

  static let all =
    MoreGarbowHillstrom.all.map {
      PublishedProblem(problem: $0.unconstrained, squares: $0)
    }
    + UnconstrainedProblems.all.map {
      PublishedProblem(problem: $0, squares: nil)
    }
}

/// Solves one problem by every method.
private struct Solver: MethodVisitor {
  let problem: PublishedProblem
  let names = MethodNames()

  // So many suffice for what is not listed. A listed problem must not be solved
  // with half of them; what lies between is solved on one machine and not on
  // another, whose sums are taken in another order.
  static let evaluations = 1000

  func visit<M: Method>(
    _ method: M, _ evaluate: (Objectives) -> M.Problem
  ) throws {
    let name = names.unique(method.name)
    let wantsResiduals = M.Problem.self == (any DifferentiableResiduals).self
    guard !wantsResiduals || problem.squares != nil else { return }
    // Values alone say little about many variables: 10⁴ of them for n = 12.
    let wantsValues = M.Problem.self == (any Objective).self
    guard !wantsValues || problem.problem.dimension <= 4 else { return }
    let function = problem.problem.objective
    let objectives = Objectives(
      function,
      residuals: problem.squares?.automaticResiduals
        ?? AutomaticResiduals(count: 1) { x in [x[0]] },
      count: problem.problem.dimension, bounds: -1e8...1e8)
    let isSlow = Unsolved.linearlyConvergent.contains(name)
    let usual = M.usualRule
    let solution = minimize(
      evaluate(objectives), from: problem.problem.start, using: method,
      until: usual == .gradientNorm(1e-6) ? .gradientNorm(1e-5) : usual,
      within: Budget(
        iterations: Self.evaluations,
        evaluations: isSlow ? 100 : Self.evaluations))
    if solution.isVerified && M.goal == .minimum {
      try expectMinimum(solution, halved: wantsResiduals, name)
    }
    guard !isSlow,
      Unsolved.varying[name]?.contains(problem.name) != true
    else { return }
    let listed = Unsolved.reason(method: name, problem: problem.name)
    let found = Unsolved.Reason(solution)
    let line =
      "\"\(name)\": [.\(found.map { "\($0)" } ?? ""): [\"\(problem.name)\"]]"
    if solution.isVerified {
      #expect(
        listed == nil || solution.counts.values > Self.evaluations / 2,
        "solved by now: \(line), listed as \(listed!)")
    } else {
      #expect(
        listed == found,
        """
        unsolved: \(line), listed as \(listed.map { "\($0)" } ?? "nothing"), \
        ‖∇f‖∞ = \(solution.certificate.gradientNorm), \
        \(solution.certificate.classification), \(solution.cause!)
        """)
    }
  }

  /// Expects the value of a known minimum, or else no lower value nearby.
  ///
  /// At a degenerate saddle, where ∇²f has no negative eigenvalue, the certificate
  /// may say that it is degenerate, and does not say that it is a minimum.
  ///
  /// - Parameter halved: whether it is half the sum of squares that was minimised.
  private func expectMinimum(
    _ solution: Solution, halved: Bool, _ method: String
  ) throws {
    let x = solution.x
    let value = (halved ? 2 : 1) * solution.value
    let isKnown = problem.problem.landmarks.contains {
      $0.isAcceptableEnd
        && abs(value - $0.value) <= 1e-6 * max(1, abs($0.value))
    }
    guard !isKnown else { return }
    let isDegenerate = problem.problem.landmarks.contains {
      $0.note == "degenerate" && abs(value - $0.value) <= 1e-6
    }
    if isDegenerate && solution.certificate.classification == .degenerate {
      return
    }
    let note = Comment(rawValue: "\(problem.name) by \(method): \(value)")
    if let best = problem.problem.minimum?.value {
      #expect(value > best - 1e-9 * max(1, abs(best)), note)
    }
    // At a distance of h a function whose gradient is at most g along each
    // variable is lower by no more than g √n h, and by what rounding makes.
    // The minima of McCormick's function are π apart wherever they are.
    let n = x.count
    let size = problem.name == "McCormick" ? 1 : max(1, x.normInfinity)
    var generator = SplitMix64(seed: 1)
    for k in 0..<(20 + 10 * n) {
      var d: Vector<Double> = randomVector(n, using: &generator)
      let h = (k % 2 == 0 ? 1e-2 : 1e-3) * size
      d.scale(by: h / d.norm)
      let nearby = problem.problem.value((x + d).array)
      let slack =
        solution.certificate.gradientTolerance * Double(n).squareRoot() * h
        + 1e-12 * max(1, abs(value))
      #expect(!(nearby < value - slack), note)
    }
  }
}
