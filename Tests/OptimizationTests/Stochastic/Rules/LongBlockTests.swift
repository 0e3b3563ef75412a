import Foundation
import Matrix
import Testing

@testable import Optimization

/// Blocks that are cut into pieces, for threads to share.
@Suite struct LongBlockTests {
  static let names = ["adam", "momentum", "lambDecayed", "adafactor", "lion"]

  /// Longer than what one thread takes, and not a multiple of any vector.
  static var layout: ParameterLayout {
    var layout = ParameterLayout()
    layout.append("matrix", rows: 509, columns: 701)
    layout.append("vector", rows: 300_007)
    return layout
  }

  static func end(of rule: some UpdateRule<Float>) -> Vector<Float> {
    let layout = layout
    var x: Vector<Float> = UpdateRuleTests.numbers(layout.count, 0)
    var g: Vector<Float> = UpdateRuleTests.numbers(layout.count, 1)
    var memory = rule.makeMemory(for: layout)
    var workspace = rule.makeWorkspace(for: layout)
    for t in 0..<2 {
      rule.update(
        &x, by: &g, &memory, &workspace, at: UpdateStep(index: t, on: layout))
    }
    return x
  }

  @Test func threadsDoNotChangeABit() async {
    // Threads are a setting of the process, so in one of its own.
    await #expect(processExitsWith: .success) {
      for name in LongBlockTests.names {
        guard let rule = RuleTable<Float>.all()[name] else { exit(1) }
        Threads.maximum = 1
        let alone = LongBlockTests.end(of: rule)
        Threads.maximum = 2
        precondition(LongBlockTests.end(of: rule) == alone, name)
      }
    }
  }

  /// The same in pieces of odd lengths: no element's result may depend on the
  /// range that it is in, or threads would change bits.
  @Test func elementsDoNotDependOnTheirRange() {
    func run<Scalar: UpdateScalar>(_: Scalar.Type) {
      let n = 67
      for (name, rule) in RuleTable<Scalar>.all() {
        func run(_ rule: some UpdateRule<Scalar>) {
          let layout = ParameterLayout(count: n)
          let isByElement =
            !(rule.makeWorkspace(for: layout) is any BlockScratch)
          guard isByElement else { return }
          var ends: [Vector<Scalar>] = []
          for length in [n, 1, 3, 7, 16] {
            var x: Vector<Scalar> = UpdateRuleTests.numbers(n, 0)
            var memory = rule.makeMemory(for: layout)
            var workspace = rule.makeWorkspace(for: layout)
            for t in 0..<4 {
              var g: Vector<Scalar> = UpdateRuleTests.numbers(n, Double(t))
              var step = UpdateStep(index: t, on: layout)
              step.ranges = stride(from: 0, to: n, by: length).map {
                UpdateStep.ScaledRange(
                  places: $0..<min(n, $0 + length), rateScale: 1, decayScale: 1)
              }
              rule.update(&x, by: &g, &memory, &workspace, at: step)
            }
            ends.append(x)
          }
          #expect(ends.allSatisfy { $0 == ends[0] }, "\(name), \(Scalar.self)")
        }
        run(rule)
      }
    }
    run(Double.self)
    run(Float.self)
  }
}

private protocol BlockScratch {}
extension LAMB.Workspace: BlockScratch {}
extension Adafactor.Workspace: BlockScratch {}
extension Muon.Workspace: BlockScratch {}
