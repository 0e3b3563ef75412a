import Matrix
import Optimization
import ProblemSets
import Testing

@testable import benchmarks

@Suite struct ProgramResultTests {
  /// Claims everything, with the answer 0 and no multipliers.
  private let liar = ProgramSolver(library: "Liar") { _, program, _ in
    ProgramSolver.Answer(
      claim: .optimal, word: "fine", x: .zeros(program.dimension),
      multipliers: .zeros(program.constraints.count),
      boundMultipliers: .zeros(program.dimension), seconds: 1e-9)
  }

  private let problems = Array(QuadraticPrograms.hockSchittkowski.prefix(4))

  @Test func `Who lies is in the ledger, once for each program`() throws {
    let results = try [ProgramSolver.ours[0], liar].map {
      try ProgramResult(
        $0, on: problems, tolerances: [1e-3, 1e-6], repeats: 2)
    }
    let table = ProgramResult.table(results)
    #expect(table.columns == ["solver", "10⁻³", "10⁻⁶", "claims", "refuted"])
    #expect(table.rows[0].dropFirst() == ["100 %", "100 %", "8", "0"])
    #expect(table.rows[1][3] == "8")
    let ledger = ProgramResult.ledger(results).rows
    #expect(!ledger.isEmpty)
    #expect(ledger.allSatisfy { $0[0] == "Liar" && $0[3] == "fine" })
    #expect(Set(ledger.map { $0[1] }).count == ledger.count)
    #expect(ProgramResult.unsolved(results).rows.isEmpty)
    let plot = ProgramResult.tolerancePlot(results)
    #expect(plot.series[0].points.map(\.y) == [100, 100])
    #expect(ProgramResult.performancePlot(results) != nil)
  }

  @Test func `A race names who is fastest among those that are right`() throws {
    let race = try ProgramRace(
      [ProgramSolver.ours[1], liar], on: problems[0], number: 0,
      tolerance: 1e-8, turns: 3, seconds: 1)
    #expect(race.entries[0].time.samples.count == 3)
    let rows = ProgramRace.table([race]).rows
    #expect(rows.count == 3)
    // The peer's answer does not hold, so there is nothing to be compared with.
    #expect(rows[1][1].hasSuffix("✗"))
    #expect(rows[2][1] == "—")
  }

  @Test func `Timed programs have the sizes of their names`() {
    let timed = ProgramSuite.timed(seed: 1, isQuick: true)
    #expect(timed.map(\.program.dimension) == [10, 50, 100])
    #expect(timed.map(\.program.constraints.count) == [10, 50, 0])
    #expect(ProgramSuite.families(seed: 1, count: 2).count == 12)
  }
}
