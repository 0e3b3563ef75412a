import Foundation
import Matrix
import TestSupport
import Testing

@testable import Optimization

/// What holds for every rule with every option.
@Suite struct UpdateRuleTests {
  static let names = RuleTable<Double>.all().keys.sorted()

  /// Two matrices, a vector and a scalar.
  static var layout: ParameterLayout {
    var layout = ParameterLayout()
    layout.append("first", rows: 7, columns: 5)
    layout.append("bias", rows: 6)
    layout.append("second", rows: 3, columns: 9)
    layout.append("last", rows: 1)
    return layout
  }

  static func numbers<Scalar: UpdateScalar>(
    _ count: Int, _ seed: Double
  ) -> Vector<Scalar> {
    Vector(count: count) { Scalar(sin(Double($0) * 1.7 + seed)) }
  }

  @Test(arguments: names)
  func floatsFollowDoubles(name: String) throws {
    // Short of where a float's rounding has grown.
    let steps = [1, 5, 20]
    let (rule, exactRule) = (
      try #require(RuleTable<Float>.all()[name]),
      try #require(RuleTable<Double>.all()[name])
    )
    for (float, double) in zip(
      RuleProblem<Float>.all.dropFirst(), RuleProblem<Double>.all.dropFirst())
    {
      let rough = float.points(of: rule, at: steps)
      let exact = double.points(of: exactRule, at: steps)
      for (rough, exact) in zip(rough.joined(), exact.joined()) {
        #expect(abs(Double(rough) - exact) < 2e-5, "\(name)")
      }
    }
  }

  @Test(arguments: names)
  func updatesAllocateNothing(name: String) throws {
    func measure(_ rule: some UpdateRule<Double>) {
      let layout = Self.layout
      var x: Vector<Double> = Self.numbers(layout.count, 0)
      var g: Vector<Double> = Self.numbers(layout.count, 1)
      var memory = rule.makeMemory(for: layout)
      var workspace = rule.makeWorkspace(for: layout)
      var steps = (0..<10).map { UpdateStep(index: $0, on: layout) }
      steps.withUnsafeMutableBufferPointer { steps in
        rule.update(&x, by: &g, &memory, &workspace, at: steps[0])
        let count = allocations {
          var t = 1
          while t < steps.count {
            rule.update(&x, by: &g, &memory, &workspace, at: steps[t])
            t += 1
          }
        }
        #expect(count == 0, "\(name)")
      }
    }
    let rule = try #require(RuleTable<Double>.all()[name])
    measure(rule)
  }

  @Test(arguments: names, [Double.nan, .infinity, -.infinity, 1e300])
  func gradientsThatAreNoNumbersDoNotTrapNorHide(
    name: String, value: Double
  ) throws {
    func run(_ rule: some UpdateRule<Double>) {
      let layout = Self.layout
      var x: Vector<Double> = Self.numbers(layout.count, 0)
      var memory = rule.makeMemory(for: layout)
      var workspace = rule.makeWorkspace(for: layout)
      for t in 0..<3 {
        var g: Vector<Double> = Self.numbers(layout.count, 1)
        g[3] = value
        g[37] = value
        rule.update(
          &x, by: &g, &memory, &workspace, at: UpdateStep(index: t, on: layout))
      }
      if value.isNaN { #expect(x[3].isNaN && x[37].isNaN, "\(name)") }
    }
    let rule = try #require(RuleTable<Double>.all()[name])
    run(rule)
  }

  @Test(arguments: names)
  func gradientsOfZeroAreNoTrouble(name: String) throws {
    func run(_ rule: some UpdateRule<Double>) {
      let layout = Self.layout
      var x: Vector<Double> = Self.numbers(layout.count, 0)
      var memory = rule.makeMemory(for: layout)
      var workspace = rule.makeWorkspace(for: layout)
      for t in 0..<3 {
        var g = Vector<Double>.zeros(layout.count)
        rule.update(
          &x, by: &g, &memory, &workspace, at: UpdateStep(index: t, on: layout))
      }
      #expect(x.allSatisfy { $0.isFinite }, "\(name)")
    }
    let rule = try #require(RuleTable<Double>.all()[name])
    run(rule)
  }

  @Test(arguments: names)
  func frozenBlocksDoNotChange(name: String) throws {
    func run(_ rule: some UpdateRule<Double>) throws {
      let layout = Self.layout
      let start: Vector<Double> = Self.numbers(layout.count, 0)
      var x = start
      var memory = rule.makeMemory(for: layout)
      var workspace = rule.makeWorkspace(for: layout)
      for t in 0..<3 {
        var step = UpdateStep(index: t, on: layout)
        step.blocks.removeAll {
          $0.block.name == "first" || $0.block.name == "last"
        }
        step.ranges = UpdateStep.merged(step.blocks)
        var g: Vector<Double> = Self.numbers(layout.count, Double(t))
        rule.update(&x, by: &g, &memory, &workspace, at: step)
      }
      let changed = x.indices.filter { x[$0] != start[$0] }
      let frozen =
        Array(try #require(layout["first"]).range)
        + Array(try #require(layout["last"]).range)
      #expect(Set(changed).isDisjoint(with: frozen), "\(name)")
      #expect(!changed.isEmpty, "\(name)")
    }
    let rule = try #require(RuleTable<Double>.all()[name])
    try run(rule)
  }

  @Test(arguments: names)
  func blocksHaveTheirOwnRates(name: String) throws {
    // A rate of 0 leaves a block where it is, decay that scales with the rate
    // and all.
    func run(_ rule: some UpdateRule<Double>) throws {
      let layout = Self.layout
      let start: Vector<Double> = Self.numbers(layout.count, 0)
      var x = start
      var memory = rule.makeMemory(for: layout)
      var workspace = rule.makeWorkspace(for: layout)
      for t in 0..<3 {
        var step = UpdateStep(index: t, on: layout)
        step.blocks = step.blocks.map {
          let isStill = $0.block.name == "bias" || $0.block.name == "second"
          return UpdateStep.ScaledBlock(
            block: $0.block, rateScale: isStill ? 0 : 2, decayScale: 0)
        }
        step.ranges = UpdateStep.merged(step.blocks)
        var g: Vector<Double> = Self.numbers(layout.count, Double(t))
        rule.update(&x, by: &g, &memory, &workspace, at: step)
      }
      for block in layout.blocks {
        let isStill = block.range.allSatisfy { x[$0] == start[$0] }
        let shouldBe = block.name == "bias" || block.name == "second"
        // A single number may have gone and come back.
        if block.count > 1 {
          #expect(isStill == shouldBe, "\(name), \(block.name)")
        }
      }
    }
    let rule = try #require(RuleTable<Double>.all()[name])
    try run(rule)
  }

  @Test(arguments: names)
  func blocksDoNotMix(name: String) throws {
    // Each block of a layout goes where it goes alone.
    func run(_ rule: some UpdateRule<Double>) throws {
      let layout = Self.layout
      let start: Vector<Double> = Self.numbers(layout.count, 0)
      func end(
        _ layout: ParameterLayout, _ places: Range<Int>
      ) -> Vector<Double> {
        var x = Vector(start[places])
        var memory = rule.makeMemory(for: layout)
        var workspace = rule.makeWorkspace(for: layout)
        for t in 0..<4 {
          let all: Vector<Double> = Self.numbers(Self.layout.count, Double(t))
          var g = Vector(all[places])
          let step = UpdateStep(index: t, on: layout)
          rule.update(&x, by: &g, &memory, &workspace, at: step)
        }
        return x
      }
      let together = end(layout, 0..<layout.count)
      for block in layout.blocks {
        var alone = ParameterLayout()
        alone.append("alone", rows: block.rows, columns: block.columns)
        #expect(
          end(alone, block.range) == Vector(together[block.range]),
          "\(name), \(block.name)")
      }
    }
    let rule = try #require(RuleTable<Double>.all()[name])
    try run(rule)
  }

  @Test(arguments: names)
  func memoriesAreCodedToTheBit(name: String) throws {
    func run<Rule: UpdateRule<Double>>(_ rule: Rule) throws {
      let layout = Self.layout
      var x: Vector<Double> = Self.numbers(layout.count, 0)
      var memory = rule.makeMemory(for: layout)
      var workspace = rule.makeWorkspace(for: layout)
      let coded = try JSONDecoder().decode(
        Rule.self, from: JSONEncoder().encode(rule))
      #expect(coded == rule)
      for t in 0..<2 {
        var g: Vector<Double> = Self.numbers(layout.count, Double(t))
        rule.update(
          &x, by: &g, &memory, &workspace, at: UpdateStep(index: t, on: layout))
      }
      var resumed = try JSONDecoder().decode(
        Rule.Memory.self, from: JSONEncoder().encode(memory))
      #expect(resumed == memory)
      var fresh = coded.makeWorkspace(for: layout)
      var y = x
      for t in 2..<5 {
        var g: Vector<Double> = Self.numbers(layout.count, Double(t))
        var h = g
        let step = UpdateStep(index: t, on: layout)
        rule.update(&x, by: &g, &memory, &workspace, at: step)
        coded.update(&y, by: &h, &resumed, &fresh, at: step)
      }
      #expect(x == y && memory == resumed, "\(name)")
    }
    let rule = try #require(RuleTable<Double>.all()[name])
    try run(rule)
  }

  @Test(arguments: names)
  func settingsAreNamed(name: String) throws {
    let rule = try #require(RuleTable<Double>.all()[name])
    #expect(!rule.name.isEmpty)
    #expect(rule.settings.allSatisfy { $0.contains(" ") }, "\(name)")
  }
}
