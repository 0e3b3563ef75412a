public import Matrix

/// The answers to many problems, in the order in which these were given.
///
/// Light ones: what ``Solution`` has of reports and traces is left out, so that
/// all of them lie in two blocks of memory, however many there are.
///
///     let batch = minimize(bowl, fromEach: starts, using: .lbfgs())
///     let best = batch.min { $0.value < $1.value }
public struct SolutionBatch: RandomAccessCollection, Sendable {
  struct Record: Sendable {
    var value = Double.nan
    var gradientNorm = Double.nan
    var cause: StopCause?
    var iterations = 0
    var counts = Counts()
    var isVerified = false
  }

  /// The variables of all points, one after the other.
  private var numbers: [Double]
  /// Where the variables of each begin, and the end.
  private let offsets: [Int]
  private var records: [Record]

  /// The starts as answers that have not been sought.
  init(_ starts: [Vector<Double>]) {
    var offsets = [0]
    offsets.reserveCapacity(starts.count + 1)
    for i in 0..<starts.count {
      offsets.append(offsets[i] + starts[i].count)
    }
    numbers = Array(repeating: 0, count: offsets[starts.count])
    self.offsets = offsets
    records = Array(repeating: Record(), count: starts.count)
    for i in 0..<starts.count {
      starts[i].withUnsafeBufferPointer { x in
        numbers.withUnsafeMutableBufferPointer { numbers in
          for k in 0..<x.count { numbers[offsets[i] + k] = x[k] }
        }
      }
    }
  }

  /// 0.
  public var startIndex: Int { 0 }

  /// The number of problems.
  public var endIndex: Int { records.count }

  /// The i-th answer.
  ///
  /// - Complexity: one allocation, of x.
  public subscript(index: Int) -> BatchSolution {
    let record = records[index]
    return BatchSolution(
      x: Vector(numbers[offsets[index]..<offsets[index + 1]]),
      value: record.value, gradientNorm: record.gradientNorm,
      cause: record.cause, iterations: record.iterations,
      counts: record.counts, isVerified: record.isVerified)
  }

  /// How many of the answers are verified.
  public var verifiedCount: Int { records.count { $0.isVerified } }

  /// The index of the lowest verified value or, where none is verified, of the
  /// lowest value; nil where no value is finite.
  public var bestIndex: Int? {
    var best: Int?
    for (index, record) in records.enumerated() where record.value.isFinite {
      guard let held = best.map({ records[$0] }) else {
        best = index
        continue
      }
      if record.isVerified == held.isVerified
        ? record.value < held.value : record.isVerified
      {
        best = index
      }
    }
    return best
  }

  /// Lends the storage to code that writes different answers at once.
  mutating func withUnsafeStorage(
    _ body: (
      _ numbers: UnsafeMutableBufferPointer<Double>, _ offsets: [Int],
      _ records: UnsafeMutableBufferPointer<Record>
    ) -> Void
  ) {
    numbers.withUnsafeMutableBufferPointer { numbers in
      records.withUnsafeMutableBufferPointer { records in
        body(numbers, offsets, records)
      }
    }
  }

  /// Takes back the answers that were sought although the budget was spent by
  /// those before them.
  mutating func limit(to budget: Budget, starts: [Vector<Double>]) {
    var (evaluations, iterations) = (0, 0)
    for index in records.indices {
      let isSpent =
        evaluations >= budget.evaluations || iterations >= budget.iterations
      if isSpent {
        records[index] = Record()
        for (k, x) in starts[index].enumerated() {
          numbers[offsets[index] + k] = x
        }
      } else {
        evaluations += records[index].counts.values
        iterations += records[index].iterations
      }
    }
  }
}

/// One of many answers.
public struct BatchSolution: Equatable, Sendable {
  /// The last point; the start where ``cause`` is nil.
  public let x: Vector<Double>
  /// f(x).
  public let value: Double
  /// ‖∇f(x)‖∞, evaluated afresh by the certificate.
  public let gradientNorm: Double
  /// Why the run ended; nil for one that was not begun, because the budget of all
  /// was spent or the task cancelled.
  public let cause: StopCause?
  /// The steps taken.
  public let iterations: Int
  /// What was evaluated and factorized, without what the certificate needed.
  public let counts: Counts
  /// Whether a certificate confirms the answer.
  public let isVerified: Bool
}
