import Testing

@testable import benchmarks

@Suite struct DerivativeRaceTests {
  func way(
    _ result: [Double], _ derivative: Derivative = .gradient,
    seconds: Double = 1
  ) -> DerivativeWay {
    DerivativeWay(
      name: "test", derivative: derivative, seconds: { _ in seconds },
      result: { result })
  }

  @Test func `Our ways agree and are timed in every turn`() throws {
    let ways = DerivativeWay.ours(5)
    let race = DerivativeRace(quick: true)
    let times = try race.run(ways)
    #expect(times.map(\.samples.count) == ways.map { _ in race.turns })
    #expect(times.allSatisfy { $0.median > 0 })
  }

  @Test func `What differs is refused, products apart from gradients`() throws {
    let race = DerivativeRace(quick: true)
    try race.check([
      way([5, 1, 2]), way([7, 8], .product), way([5, 1, 2], .recording),
      way([7, 8 + 1e-13], .product),
    ])
    for wrong: [Double] in [[5, 1, 2 + 1e-11], [5 + 1e-10, 1, 2], [5, 1]] {
      #expect(throws: DerivativeRace.Disagreement.self) {
        try race.check([way([5, 1, 2]), way(wrong)])
      }
    }
    #expect(throws: DerivativeRace.Disagreement.self) {
      try race.check([way([7, 8], .product), way([7, 9], .product)])
    }
  }

  @Test func `NaN is no agreement`() {
    #expect(throws: DerivativeRace.Disagreement.self) {
      try DerivativeRace(quick: true).check([
        way([1, .nan]), way([1, .nan]),
      ])
    }
  }

  @Test func `Slow ways take part in the first turns alone`() throws {
    let race = DerivativeRace(quick: false)
    let times = try race.time([way([], seconds: 0.1), way([], seconds: 0.01)])
    #expect(times.map(\.samples.count) == [race.slowTurns, race.turns])
  }
}
