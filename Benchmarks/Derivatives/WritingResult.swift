import Matrix
import Optimization
import Presentation

/// A way to write an objective, with the cost of f and ∇f.
struct WritingResult: Codable, Equatable {
  /// How it is written.
  let writing: Writing
  /// The number of variables.
  let n: Int
  /// The seconds of making the objective and of its first f and ∇f.
  let first: Measurement
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
    let writings = exact + differenced
    let ways = writings.map {
      DerivativeWay.gradient($0.rawValue, of: $0.objective(n), n)
    }
    try race.check(Array(ways[..<exact.count]))
    let times = try race.time(ways + writings.map { $0.first(n) })
    let hand = times[exact.firstIndex(of: .handType)!]
    return writings.indices.map { k in
      WritingResult(
        writing: writings[k], n: n, first: times[writings.count + k],
        time: times[k], ratio: Comparison(ours: times[k], theirs: hand).ratio)
    }
  }

  /// A row for each way, three columns for each size.
  static func table(_ results: [WritingResult]) -> Table {
    var sizes: [Int] = []
    for result in results where !sizes.contains(result.n) {
      sizes.append(result.n)
    }
    var table = Table(
      columns: ["an objective as"]
        + sizes.flatMap { ["n = \($0): first", "then", "ratio"] })
    for writing in Writing.allCases {
      let found = results.filter { $0.writing == writing }
      table.append(
        [writing.rawValue]
          + found.flatMap {
            [
              Format.seconds($0.first.median), Format.seconds($0.time.median),
              Format.ratio($0.ratio),
            ]
          })
    }
    return table
  }
}

extension Writing {
  /// The objective made anew each time, with one f and ∇f.
  func first(_ n: Int) -> DerivativeWay {
    let x = DerivativePoint(n).x
    return DerivativeWay(name: rawValue, derivative: .recording) { repeats in
      var gradient = Vector<Double>.zeros(n)
      return try timed {
        for _ in 0..<repeats {
          keep(try objective(n).valueAndGradient(at: x, into: &gradient))
        }
      }.seconds / Double(repeats)
    } result: {
      var gradient = Vector<Double>.zeros(n)
      let value = try objective(n).valueAndGradient(at: x, into: &gradient)
      return [value] + gradient.array
    }
  }

  /// Whether the gradient is made of differences.
  var isDifferenced: Bool { self == .forward || self == .central }
}
