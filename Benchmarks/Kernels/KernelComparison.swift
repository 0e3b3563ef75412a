import CReference
import Matrix

/// Measures a loop of Swift calls beside a loop of C calls in one process.
struct KernelComparison {
  /// The most threads that this package uses and the number that OpenBLAS is set
  /// to for C.
  let threads: Int
  /// The number of turns and the seconds of each.
  let effort: Effort
  /// No more turns are taken than fit into so many seconds, but three at least.
  let secondsPerComparison: Double

  /// Measures two loops in turn, whose argument says how often to call.
  ///
  /// Both sides are to work on the same operands in the same memory, since where
  /// vectors lie relative to cache lines changes the time by up to a third. Each
  /// loop is one Swift or C function, so that neither side pays for a closure
  /// at each call. Every other turn is taken in the opposite order, which
  /// cancels what one side leaves behind for the other: a warm cache, a raised
  /// clock, spinning threads.
  func callAsFunction(
    ours: (Int) throws -> Void, theirs: (Int) throws -> Void
  ) rethrows -> Comparison {
    let maximum = Threads.maximum
    defer { Threads.maximum = maximum }
    func our(_ repeats: Int) throws -> Double {
      Threads.maximum = threads
      return try timed { try ours(repeats) }.seconds / Double(repeats)
    }
    func their(_ repeats: Int) throws -> Double {
      // This package remembers what it told OpenBLAS and must find it again.
      let kept = reference_threads()
      defer { reference_set_threads(kept) }
      reference_set_threads(Int32(threads))
      return try timed { try theirs(repeats) }.seconds / Double(repeats)
    }

    // Twice, since the first call of all may pay for page faults.
    _ = (try our(1), try their(1))
    var slower = max(try our(1), try their(1))
    var repeats = 1
    while slower * Double(repeats) < effort.secondsPerSample
      && repeats < 1 << 30
    {
      repeats *= 2
      slower = max(try our(repeats), try their(repeats))
    }
    let turnSeconds = max(2 * slower * Double(repeats), 1e-9)
    let turns = Int(secondsPerComparison / turnSeconds)
    var samples: (ours: [Double], theirs: [Double]) = ([], [])
    for turn in 0..<min(max(3, turns), effort.samples) {
      let oursFirst = turn.isMultiple(of: 2)
      if oursFirst { samples.ours.append(try our(repeats)) }
      samples.theirs.append(try their(repeats))
      if !oursFirst { samples.ours.append(try our(repeats)) }
    }
    return Comparison(
      ours: Measurement(samples: samples.ours),
      theirs: Measurement(samples: samples.theirs))
  }
}
