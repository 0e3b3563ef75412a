import Testing

@testable import benchmarks

@Suite struct DerivativeResultTests {
  /// Results for the given seconds of each way.
  func results(
    _ n: Int, _ ways: [(name: String, derivative: Derivative, seconds: Double)]
  ) -> [DerivativeResult] {
    DerivativeResult.all(
      n,
      ways.map { way in
        DerivativeWay(
          name: way.name, derivative: way.derivative, seconds: { _ in 0 },
          result: { [] })
      }, ways.map { Measurement(samples: [$0.seconds]) })
  }

  @Test func `Ratios are to the hand-written gradient and to ours`() {
    let found = results(
      1000,
      [
        ("hand-written", .gradient, 2), ("this package", .gradient, 8),
        ("this package", .product, 20), ("ADOL-C", .gradient, 16),
        ("ADOL-C", .product, 10), ("hand-written", .product, 2),
      ])
    #expect(found.map(\.ratio) == [1, 4, 10, 8, 5, 1])
    #expect(found.map(\.ours) == [nil, nil, nil, 0.5, 2, nil])
    #expect(found.map(\.isMet) == [nil, true, true, true, false, nil])
    #expect(
      found.map(\.row.last)
        == ["", "≤ 5 met", "≤ 12 met", "< 1 met", "< 1 missed", ""])
    #expect(
      found.allSatisfy { $0.row.count == DerivativeResult.columns.count })
  }

  @Test func `A multiple of the hand-written time is asked at n = 1000`() {
    let ways: [(String, Derivative, Double)] = [
      ("hand-written", .gradient, 1), ("this package", .gradient, 6),
      ("this package", .recording, 16), ("this package", .product, 13),
    ]
    #expect(results(1000, ways).map(\.isMet) == [nil, false, false, false])
    #expect(results(10, ways).map(\.isMet) == [nil, nil, nil, nil])
  }
}

@Suite struct WritingTests {
  @Test func `Every way to write it computes the same`() throws {
    let n = 6
    let ways = Writing.allCases.map {
      DerivativeWay.gradient($0.rawValue, of: $0.objective(n), n)
    }
    let expected = try ways[0].result()
    for (writing, way) in zip(Writing.allCases, ways) {
      // Differences leave √ε of the curvature, about 10³, and ε^⅔ of it.
      let tolerance = writing.isDifferenced ? 1e-4 : 1e-11
      for (found, expected) in zip(try way.result(), expected) {
        #expect(abs(found - expected) <= tolerance, "\(writing.rawValue)")
      }
    }
  }

  @Test func `All ways are measured beside the hand-written type`() throws {
    let results = try WritingResult.measure(2, DerivativeRace(quick: true))
    #expect(Set(results.map(\.writing)) == Set(Writing.allCases))
    let hand = try #require(results.first { $0.writing == .handType })
    #expect(hand.ratio == 1)
    #expect(results.allSatisfy { $0.first.median > 0 && $0.time.median > 0 })
    let table = WritingResult.table(results)
    #expect(table.rows.map(\.count) == Writing.allCases.map { _ in 4 })
  }
}
