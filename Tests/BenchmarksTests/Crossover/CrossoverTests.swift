import Foundation
import Matrix
import Optimization
import ProblemSets
import Testing

@testable import benchmarks

@Suite struct CrossoverTests {
  private let effort = Effort(
    samples: 1, secondsPerSample: 0, secondsInAll: 0)

  private func race(_ n: Int) throws -> Race {
    let objective = ChainedRosenbrock(n)
    let entry = ProblemEntry(name: "n = \(n)") { (objective, objective.start) }
    return try Race(entry, until: .gradientNorm(1e-8), effort: effort)
  }

  @Test func `Both methods arrive, verified, by their own means`() throws {
    let race = try race(6)
    #expect(race.size == 6)
    for outcome in [race.newton, race.lbfgs] {
      #expect(outcome.isVerified)
      #expect(outcome.classification == .minimum)
      #expect(outcome.gradientNorm <= 1e-8)
      #expect(outcome.seconds > 0)
      #expect(outcome.convergence.count == outcome.iterations + 1)
      #expect(outcome.convergence.last?.iteration == outcome.iterations)
      #expect(outcome.flopsPerStep > 0)
    }
    #expect(race.newton.counts.factorizations >= race.newton.iterations)
    #expect(race.newton.counts.hessians == race.newton.iterations)
    #expect(race.lbfgs.counts.hessians == 0)
    #expect(race.lbfgs.counts.factorizations == 0)
    #expect(race.lbfgs.iterations > race.newton.iterations)
  }

  @Test func `Long convergence histories are thinned and keep their end`()
    throws
  {
    let race = try race(80)
    #expect(race.lbfgs.iterations > 200)
    #expect(race.lbfgs.convergence.count <= 201)
    #expect(race.lbfgs.convergence.first?.iteration == 0)
    #expect(
      race.lbfgs.convergence.last?.iteration == race.lbfgs.iterations)
  }

  @Test func `Results become tables, plots and a page`() throws {
    let family = Family(
      name: "Test family", text: "about it", stop: .gradientNorm(1e-8),
      isScaling: true, entries: [])
    let races = try [4, 6, 8, 10].map(race)
    let results = CrossoverResults(
      seed: 1, families: [FamilyResults(family, races: races)])
    let scaling = try #require(results.families[0].scaling)
    #expect(scaling.newton?.sizes == 4...10)
    // Flops of a step: n² and less for Newton's small matrices, n for L-BFGS.
    let newton = try #require(scaling.newtonFlops)
    let lbfgs = try #require(scaling.lbfgsFlops)
    #expect(newton.exponent > lbfgs.exponent)
    #expect(results.families[0].table.rows.count == 8)
    #expect(results.summary.rows.count == 1)
    #expect(results.verdict.hasPrefix("All 8 answers were verified"))
    #expect(results.families[0].plots.count == 4)
    let page = results.page(environment: .current).html
    #expect(page.contains("Test family"))
    #expect(page.components(separatedBy: "<svg").count == 5)
  }

  @Test func `Time is a staircase that begins where it is shown`() {
    let points = [(0, 0.0, 8.0), (1, 2.0, 4.0), (2, 3.0, 1.0)].map {
      ConvergencePoint(iteration: $0.0, seconds: $0.1, gradientNorm: $0.2)
    }
    let corners = FamilyResults.staircase(points, from: 0.5)
    #expect(corners.map(\.x) == [0.5, 2, 2, 3, 3])
    #expect(corners.map(\.y) == [8, 8, 4, 4, 1])
  }

  @Test func `Families name their problems once`() throws {
    for isQuick in [true, false] {
      let families = try Family.all(seed: 1, isQuick: isQuick)
      let names = families.flatMap { family in
        family.entries.map { "\(family.name): \($0.name)" }
      }
      #expect(Set(names).count == names.count)
      #expect(families.count >= 4)
      for family in families where family.isScaling {
        #expect(family.entries.count >= 4)
      }
    }
    let real = try Family.realData(isQuick: false)
    #expect(real.entries.count == 11)
    let (objective, start) = try real.entries[0].make()
    #expect(objective.dimension == start.count)
  }
}
