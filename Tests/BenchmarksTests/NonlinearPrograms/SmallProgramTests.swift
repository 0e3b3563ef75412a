import Matrix
import Optimization
import ProblemSets
import Testing

@testable import benchmarks

@Suite struct SmallProgramTests {
  @Test func `There are ten, of the collection`() {
    #expect(
      SmallProgram.all.map(\.number) == [6, 7, 12, 26, 35, 39, 40, 43, 71, 76])
  }

  /// Points around the start.
  private func points(_ program: SmallProgram) -> [Vector<Double>] {
    let n = program.dimension
    return [program.start, program.start + Vector(repeating: 0.25, count: n)]
      + (0..<n).map { k in
        program.start + Vector(count: n) { $0 == k ? 0.75 : -0.125 }
      }
  }

  @Test(arguments: SmallProgram.all.map(\.number))
  func `C computes what the collection has`(number: Int) throws {
    let program = try #require(
      SmallProgram.all.first { $0.number == number })
    let published = try #require(HockSchittkowski.problem(number))
    #expect(program.start == published.start)
    let best = try #require(published.minimum).value
    #expect(abs(program.bestValue - best) <= 1e-9 * max(1, abs(best)))
    let problem = try program.problem()
    let automatic = published.objective
    var (ours, theirs) = (
      Vector<Double>.zeros(program.dimension),
      Vector<Double>.zeros(program.dimension)
    )
    for x in points(program) {
      let f = try problem.objective.valueAndGradient(at: x, into: &theirs)
      let g = try automatic.valueAndGradient(at: x, into: &ours)
      #expect(abs(f - g) <= 1e-13 * max(1, abs(g)))
      #expect((ours - theirs).normInfinity <= 1e-12 * max(1, ours.normInfinity))
      // Signs and sides may differ; how far x is outside may not.
      let c = try problem.constraints.values(at: x)
      var violation = 0.0
      for i in 0..<c.count {
        violation = max(
          violation, problem.constraints.lower[i] - c[i],
          c[i] - problem.constraints.upper[i])
      }
      for j in 0..<x.count {
        violation = max(
          violation, (problem.bounds?.lower[j] ?? -.infinity) - x[j],
          x[j] - (problem.bounds?.upper[j] ?? .infinity))
      }
      let known = published.violation(at: x)
      #expect(abs(violation - known) <= 1e-12 * max(1, known), "at \(x)")
    }
  }

  @Test(arguments: SmallProgram.all.map(\.number))
  func `Jacobians are those of c`(number: Int) throws {
    let program = try #require(
      SmallProgram.all.first { $0.number == number })
    let problem = try program.problem()
    let n = program.dimension
    for x in points(program) {
      let jacobian = try problem.constraints.jacobian(at: x)
      for j in 0..<n {
        let step = Vector(count: n) { $0 == j ? 1e-5 : 0 }
        let rise =
          try problem.constraints.values(at: x + step)
          - problem.constraints.values(at: x - step)
        for i in 0..<rise.count {
          #expect(
            abs(jacobian[i, j] - rise[i] / 2e-5)
              <= 1e-7 * max(1, abs(jacobian[i, j])))
        }
      }
    }
  }
}
