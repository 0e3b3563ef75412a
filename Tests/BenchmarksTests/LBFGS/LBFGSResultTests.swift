import Testing

@testable import benchmarks

@Suite struct LBFGSResultTests {
  func run(_ solver: String) -> LBFGSResult.Run {
    LBFGSResult.Run(
      solver: solver, iterations: 36, evaluations: 51, value: 1e-17,
      gradientNorm: 2.5e-8)
  }

  func result(_ n: Int, _ ratios: [String: Double]) -> LBFGSResult {
    LBFGSResult(
      n: n, ours: run("this package"),
      peers: ratios.sorted { $0.key < $1.key }.map { name, ratio in
        LBFGSResult.Peer(
          run: run(name),
          times: Comparison(
            ours: Measurement(samples: [ratio]),
            theirs: Measurement(samples: [1])))
      }, target: LBFGSRace.extendedTarget(n))
  }

  @Test func theFasterPeerSetsTheTarget() {
    let one = result(100, ["dlib": 0.5, "liblbfgs": 0.9])
    #expect(one.fastest?.run.solver == "liblbfgs")
    #expect(one.isMet == true)
    #expect(result(100, ["dlib": 0.5, "liblbfgs": 1]).isMet == false)
    #expect(result(1_000_000, ["dlib": 0.6]).isMet == true)
    #expect(result(1_000_000, ["dlib": 0.61]).isMet == false)
  }

  @Test func withoutPeersThereIsNoVerdict() {
    let alone = result(2, [:])
    #expect(alone.isMet == nil)
    #expect(alone.rows.map(\.count) == [LBFGSResult.columns.count])
  }

  @Test func theVerdictStandsBesideTheFasterPeer() {
    let rows = result(2, ["dlib": 0.5, "liblbfgs": 0.9]).rows
    #expect(rows.map(\.last) == ["", "", "< 1.0 met"])
    #expect(rows.map { $0[6] } == ["", "0.500×", "0.900×"])
  }
}
