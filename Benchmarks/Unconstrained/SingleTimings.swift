import Matrix
import Optimization
import Presentation
import ProblemSets

/// Where time is looked at, not the number of evaluations: few variables and many.
enum SingleTimings {
  /// What is run, in the words of the table.
  struct Case {
    let name: String
    let race: LBFGSRace
  }

  /// L-BFGS on Rosenbrock's function, for 2, 1000 and 10⁵ variables.
  static func cases(isQuick: Bool) -> [Case] {
    let pair = ExtendedRosenbrock(2)
    let chain = ChainedRosenbrock(1000)
    let long = ChainedRosenbrock(isQuick ? 10_000 : 100_000)
    return [
      Case(
        name: "Rosenbrock, n = 2",
        race: LBFGSRace(
          objective: pair, start: pair.start, isChained: false,
          target: .atMost(1))),
      Case(
        name: "chain from (−1.2, 1, …), n = 1000",
        race: LBFGSRace(
          objective: chain, start: chain.start, isChained: true,
          target: .atMost(1))),
      Case(
        name: "chain from (1.3, 0.7, …), n = \(long.count)",
        race: LBFGSRace(
          objective: long,
          start: Vector(count: long.count) {
            $0.isMultiple(of: 2) ? 1.3 : 0.7
          }, isChained: true, target: .atMost(0.6))),
    ]
  }

  /// Runs all cases beside the peers.
  static func run(isQuick: Bool) throws -> [(name: String, LBFGSResult)] {
    let peers = LBFGSPeers.loadPeers()
    return try cases(isQuick: isQuick).map {
      print("\($0.name) …")
      return ($0.name, try $0.race.run(peers, isQuick: isQuick))
    }
  }

  /// A row for each run, with what is asked of ours.
  static func table(_ results: [(name: String, LBFGSResult)]) -> Table {
    var table = Table(
      columns: ["L-BFGS on"] + LBFGSResult.columns.dropFirst(), textColumns: 2)
    for (name, result) in results {
      for row in result.rows { table.append([name] + row.dropFirst()) }
    }
    return table
  }
}
