import Presentation

/// A way to write an objective, with the cost of f and ∇f.
struct WritingResult: Codable, Equatable {
  /// How it is written.
  let writing: Writing
  /// The number of variables.
  let n: Int
  /// The seconds of f and ∇f, called as a run calls them.
  let time: Measurement
  /// The median over the turns of the time divided by that of the type with a
  /// hand-written gradient.
  let ratio: Double

  /// Measures all ways at one size.
  static func measure(_ n: Int, _ race: DerivativeRace) throws
    -> [WritingResult]
  {
    let exact = Writing.allCases.filter { !$0.isDifferenced }
    let differenced = Writing.allCases.filter(\.isDifferenced)
    // Differences agree with no other way to rounding, and are raced without
    // the check.
    let ways = (exact + differenced).map {
      DerivativeWay.gradient($0.rawValue, of: $0.objective(n), n)
    }
    try race.check(Array(ways[..<exact.count]))
    let times = try race.time(ways)
    let hand = times[exact.firstIndex(of: .handType)!]
    return zip(exact + differenced, times).map { writing, time in
      WritingResult(
        writing: writing, n: n, time: time,
        ratio: Comparison(ours: time, theirs: hand).ratio)
    }
  }

  /// A row for each way, two columns for each size.
  static func table(_ results: [WritingResult]) -> Table {
    var sizes: [Int] = []
    for result in results where !sizes.contains(result.n) {
      sizes.append(result.n)
    }
    var table = Table(
      columns: ["an objective as"]
        + sizes.flatMap { ["f, ∇f at n = \($0)", "ratio"] })
    for writing in Writing.allCases {
      let found = results.filter { $0.writing == writing }
      table.append(
        [writing.rawValue]
          + found.flatMap {
            [Format.seconds($0.time.median), Format.ratio($0.ratio)]
          })
    }
    return table
  }
}

extension Writing {
  /// Whether the gradient is made of differences.
  var isDifferenced: Bool { self == .forward || self == .central }
}
