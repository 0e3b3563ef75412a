import Testing

@testable import benchmarks

@Suite struct ProfileTests {
  @Test func `Performance is relative to the best on each problem`() {
    // Worked by hand: ratios 1, 2, –, 1 and 2, 1, 1, –.
    let profiles = Profile.performance([
      [10, 8, nil, 5, nil], [20, 4, 7, nil, nil],
    ])
    #expect(profiles.map(\.costs) == [[1, 1, 2], [1, 1, 2]])
    #expect(profiles.map { $0.share(within: 1) } == [0.4, 0.4])
    #expect(profiles.map { $0.share(within: 2) } == [0.6, 0.6])
    #expect(profiles[0].share(within: 0.9) == 0)
  }

  @Test func `A staircase goes up where something is solved`() {
    let profile = Profile([4, nil, 2, 9])
    let corners = profile.staircase(from: 1, to: 8)
    #expect(corners.map(\.x) == [1, 2, 2, 4, 4, 8])
    #expect(corners.map(\.y) == [0, 0, 0.25, 0.25, 0.5, 0.5])
  }

  @Test func `No solver has no profile`() {
    #expect(Profile.performance([]).isEmpty)
  }
}
