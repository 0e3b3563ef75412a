/// Ways to compute derivatives in turns.
struct DerivativeRace {
  /// How often each way is timed.
  let turns: Int
  /// A turn of a way repeats it until so many seconds have passed.
  let secondsPerTurn: Double
  /// A way of which one computation takes longer than this many seconds, such as
  /// compiling, takes part in the first ``slowTurns`` turns alone.
  let slow = 0.02
  let slowTurns = 3

  /// The full race, or one that checks that all parts work.
  init(quick: Bool) {
    turns = quick ? 3 : 31
    secondsPerTurn = quick ? 2e-4 : 1e-3
  }

  /// A way that computes something else than the first one does.
  struct Disagreement: Error, CustomStringConvertible {
    let name: String
    let derivative: Derivative
    let deviation: Double

    var description: String {
      "\(name): \(derivative.rawValue) differs by \(deviation) relative"
    }
  }

  /// Times the ways in turns, after it was found that they compute the same.
  ///
  /// - Throws: ``Disagreement``.
  func run(_ ways: [DerivativeWay]) throws -> [Measurement] {
    try check(ways)
    return try time(ways)
  }

  /// Times the ways in turns; the samples of each are in the order of the turns.
  func time(_ ways: [DerivativeWay]) throws -> [Measurement] {
    let repeats = try ways.map(repeats)
    var samples = ways.map { _ in [Double]() }
    for turn in 0..<turns {
      for (k, way) in ways.enumerated() {
        let isSlow = repeats[k].seconds > slow
        guard !isSlow || turn < slowTurns else { continue }
        // Not counted: it fetches back into the caches what the others displaced,
        // which a run that evaluates again and again does not pay for.
        if !isSlow { _ = try way.seconds(1) }
        samples[k].append(try way.seconds(repeats[k].count))
      }
    }
    return samples.map { Measurement(samples: $0) }
  }

  /// Compares the results of ways that are to compute the same.
  ///
  /// - Throws: ``Disagreement``.
  func check(_ ways: [DerivativeWay]) throws {
    var expected: [Bool: [Double]] = [:]
    for way in ways {
      let result = try way.result()
      let isProduct = way.derivative == .product
      guard let first = expected[isProduct] else {
        expected[isProduct] = result
        continue
      }
      let deviation =
        result.count == first.count
        ? relativeDifference(result, first) : .infinity
      // Sums of n terms in different orders, rounded.
      guard deviation <= 1e-12 else {
        throw Disagreement(
          name: way.name, derivative: way.derivative, deviation: deviation)
      }
    }
  }

  private func relativeDifference(_ a: [Double], _ b: [Double]) -> Double {
    // The value is apart: it is larger than the components of the gradient.
    let scale = b.dropFirst().map(abs).max() ?? 0
    var largest = 0.0
    for (a, b) in zip(a, b) where a != b {
      let difference = abs(a - b) / max(abs(b), scale)
      // A maximum could lose it.
      if difference.isNaN { return .nan }
      largest = max(largest, difference)
    }
    return largest
  }

  /// How many computations fill a turn, and the seconds of one.
  private func repeats(
    of way: DerivativeWay
  ) throws -> (count: Int, seconds: Double) {
    var count = 1
    while true {
      let seconds = try way.seconds(count)
      if seconds * Double(count) >= secondsPerTurn || count >= 1 << 24 {
        return (count, seconds)
      }
      count *= 2
    }
  }
}
