import Matrix
import Optimization
import TestSupport
import Testing

@testable import benchmarks

@Suite struct StochasticTests {
  private func result(
    _ library: String, _ seconds: Double, threads: Int = 1
  ) -> StepResult {
    StepResult(
      rule: "AdamW", scalar: "double", threads: threads, library: library,
      count: 10, time: Measurement(samples: [seconds]), bytes: 560)
  }

  @Test func verdictsCompareWithTheFasterOfBoth() {
    let table = StepResult.verdicts([
      result(StepResult.ours, 1), result(StepResult.loop, 2),
      result(StepResult.fused, 0.5), result("optax", 0.1),
      result(StepResult.ours, 1, threads: 2),
      result(StepResult.loop, 1, threads: 2),
    ])
    #expect(table.rows.count == 2)
    #expect(table.rows[0][2] == StepResult.fused)
    #expect(table.rows[0][5].contains("missed"))
    #expect(table.rows[1][2] == StepResult.loop)
    #expect(table.rows[1][5].contains("met"))
  }

  /// What is raced does the same.
  @Test func theLoopInCIsTheRule() throws {
    guard let loops = try? UpdateLoops() else { return }
    let n = 37
    var generator = SplitMix64(seed: 3)
    var x: Vector<Double> = randomVector(n, using: &generator)
    var g: Vector<Double> = randomVector(n, using: &generator)
    var theirs = x
    var m = Vector<Double>.zeros(n)
    var v = Vector<Double>.zeros(n)
    let rule = AdamW<Double>(rate: 1e-3)
    let layout = ParameterLayout(count: n)
    var memory = rule.makeMemory(for: layout)
    var workspace: Void = rule.makeWorkspace(for: layout)
    for t in 0..<3 {
      rule.update(
        &x, by: &g, &memory, &workspace, at: UpdateStep(index: t, on: layout))
      try theirs.withUnsafeMutableBufferPointer { x in
        try m.withUnsafeMutableBufferPointer { m in
          try v.withUnsafeMutableBufferPointer { v in
            try g.withUnsafeBufferPointer { g in
              try loops.adamW(
                x.baseAddress!, g.baseAddress!, m.baseAddress!,
                v.baseAddress!, count: n, rate: 1e-3, step: t + 1)
            }
          }
        }
      }
    }
    #expect((x - theirs).normInfinity <= 1e-15)
  }

  @Test func everyScheduleAndFamilyIsDrawn() {
    #expect(ScheduleCurves.plots.allSatisfy { $0.svg.contains("<polyline") })
    #expect(
      Set(RuleCurves.all.map(\.family)) == Set(RuleCurves.families))
    #expect(RuleCurves.all.allSatisfy { $0.path(3).count == 4 })
  }
}
