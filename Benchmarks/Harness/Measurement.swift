/// The wall time of one piece of work, measured several times.
///
/// The median is what is reported: other processes can only add time, and do so
/// now and then, which a mean would carry and a minimum would flatter.
struct Measurement: Codable, Equatable {
  /// Seconds of one execution, in the order they were taken.
  let samples: [Double]

  /// The median of the samples.
  var median: Double { benchmarks::median(samples) }
}

/// How thoroughly to measure.
struct Effort {
  /// The number of samples.
  var samples: Int
  /// A sample repeats its work until it has taken this many seconds, so that the
  /// clock's resolution does not show.
  var secondsPerSample: Double
  /// When this many seconds have been spent, no further sample is taken.
  var secondsInAll = Double.infinity

  static let full = Effort(
    samples: 9, secondsPerSample: 0.02, secondsInAll: 5)
  static let quick = Effort(
    samples: 3, secondsPerSample: 0.005, secondsInAll: 0.5)
}

/// Measures `body` after one execution that is not counted, unless that takes all
/// the time there is.
func measure<Result>(
  _ effort: Effort, _ body: () throws -> Result
) rethrows -> Measurement {
  let (first, repeats) = try warmUp(effort, body)
  var samples: [Double] = []
  var spent = first
  while samples.count < effort.samples && spent < effort.secondsInAll {
    samples.append(try sample(repeats, body))
    spent += samples[samples.count - 1] * Double(repeats)
  }
  return Measurement(samples: samples.isEmpty ? [first] : samples)
}

/// Two measurements that were taken in turn, A B A B …, so that a slow spell of
/// the machine meets both.
struct Comparison: Codable, Equatable {
  let ours: Measurement
  let theirs: Measurement

  /// The median over the turns of our time divided by theirs.
  var ratio: Double {
    median(zip(ours.samples, theirs.samples).map { $0 / $1 })
  }
}

/// Measures two pieces of work in turn, after one uncounted execution of each.
///
/// At least one sample of each is taken, whatever they cost.
func compare<A, B>(
  _ effort: Effort, ours: () throws -> A, theirs: () throws -> B
) rethrows -> Comparison {
  let ourRepeats = try warmUp(effort, ours).repeats
  let theirRepeats = try warmUp(effort, theirs).repeats
  var pairs: [(Double, Double)] = []
  var spent = 0.0
  repeat {
    let pair = (try sample(ourRepeats, ours), try sample(theirRepeats, theirs))
    pairs.append(pair)
    spent += pair.0 * Double(ourRepeats) + pair.1 * Double(theirRepeats)
  } while pairs.count < effort.samples && spent < effort.secondsInAll
  return Comparison(
    ours: Measurement(samples: pairs.map(\.0)),
    theirs: Measurement(samples: pairs.map(\.1)))
}

/// The middle of the sorted numbers, the mean of the two middle ones where
/// their count is even.
///
/// - Precondition: there is a number.
func median(_ numbers: [Double]) -> Double {
  precondition(!numbers.isEmpty, "the median of no numbers")
  let sorted = numbers.sorted()
  let middle = sorted.count / 2
  return sorted.count.isMultiple(of: 2)
    ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}

/// Seconds that `body` takes, and its result.
func timed<Result>(
  _ body: () throws -> Result
) rethrows -> (seconds: Double, result: Result) {
  let clock = ContinuousClock()
  let start = clock.now
  let result = try body()
  return ((clock.now - start) / .seconds(1), result)
}

/// Executes `body` once or twice and returns the seconds of one execution and how
/// many of them fill a sample.
private func warmUp<Result>(
  _ effort: Effort, _ body: () throws -> Result
) rethrows -> (seconds: Double, repeats: Int) {
  // The first execution may pay for page faults and lazy set-up, so it is the
  // second that counts, unless the first already fills a sample.
  let first = try sample(1, body)
  guard first < effort.secondsPerSample else { return (first, 1) }
  let second = max(try sample(1, body), 1e-9)
  return (second, max(1, Int((effort.secondsPerSample / second).rounded(.up))))
}

/// The mean seconds of one of `repeats` executions in a row.
private func sample<Result>(
  _ repeats: Int, _ body: () throws -> Result
) rethrows -> Double {
  try timed {
    for _ in 0..<repeats { keep(try body()) }
  }.seconds / Double(repeats)
}

/// Makes the optimizer believe that a value is used.
@inline(never)
func keep<Value>(_ value: Value) {}
