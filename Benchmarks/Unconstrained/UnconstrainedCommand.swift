import ArgumentParser
import ProblemSets

/// Minimizers, ours and others', on published problems.
struct Unconstrained: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unconstrained",
    abstract: "Minimizers beside SciPy, NLopt, dlib, Ceres and liblbfgs.",
    discussion: """
      The 35 problems of Moré, Garbow and Hillstrom as sums of squares and 43 \
      others from their standard starts. Everybody is given the same f, ∇f and \
      ∇²f, aims at ‖∇f‖∞ ≤ 1e-5 and has 10,000 evaluations. Our certificate \
      judges all answers: a problem is solved when ‖∇f‖∞ ≤ 1e-5 and f is the \
      lowest known to 1e-6 max(1, |f|); a claim is refuted when ‖∇f‖∞ > 1e-4 or \
      f curves downwards. Writes tables, JSON and a page with performance and \
      data profiles. Times L-BFGS and BFGS besides. 'make peers' installs the \
      peers; one that is missing is reported as missing.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var shown: MinimizationOptions

  @Flag(inversion: .prefixedNo, help: "Time L-BFGS for n = 2, 1000 and 10⁵.")
  var timings = true

  func run() throws {
    print(Environment.current.summary)
    try MinimizationSuite(
      name: "unconstrained", title: "Unconstrained minimisation",
      text: """
        Published problems from their standard starts: the 35 of Moré, Garbow \
        and Hillstrom as sums of squares, and others.
        """,
      problems: Challenge.unconstrained,
      minimizers: Minimizer.ours + MinimizationSuite.compiled()
        + MinimizationSuite.sciPy(Minimizer.sciPy)
    ).run(options, shown)
    guard timings else { return }
    let times = try SingleTimings.run(isQuick: options.quick)
    print("\n\(SingleTimings.table(times))")
  }
}

/// Minimizers within bounds, ours and others', on published problems.
struct Bounded: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bounded",
    abstract: "Minimizers within bounds beside SciPy and NLopt.",
    discussion: """
      As 'benchmarks unconstrained', on published problems with bounds on their \
      variables. The gradient is small when ‖∇f‖∞ over the variables that no \
      bound holds is at most 1e-5, or ‖P(x − ∇f) − x‖∞, P moving into the bounds: \
      a peer that comes to bounds from inside need not end at them.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var shown: MinimizationOptions

  func run() throws {
    print(Environment.current.summary)
    try MinimizationSuite(
      name: "bounded", title: "Minimisation within bounds",
      text: """
        Published problems with bounds on their variables, from their standard \
        starts or the nearest point within. With bounds ‖∇f‖∞ is that over the \
        variables that none holds, or ‖P(x − ∇f) − x‖∞ where that is smaller, P \
        moving into the bounds.
        """,
      problems: Challenge.bounded,
      minimizers: Minimizer.oursWithinBounds
        + MinimizationSuite.compiled().filter { $0.library == "NLopt" }
        + MinimizationSuite.sciPy(Minimizer.boundedSciPy)
    ).run(options, shown)
  }
}
