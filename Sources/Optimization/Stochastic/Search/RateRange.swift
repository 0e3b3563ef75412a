public import Matrix
package import Presentation

/// What one run of ever larger learning rates shows of f: the range test.
///
///     let range = testRates(from: 1e-6, to: 10, over: 200, of: sum, from: x) {
///       StochasticDescent(by: Momentum(rate: $0), sampling: sampling)
///     }
///     range.suggested
///
/// The rate grows by the same factor each step. Below some rate f does not move,
/// above it falls, and above another it rises: a rate for training is where f falls
/// fastest, or a third to a tenth of where it begins to rise.
///
/// Source: Smith 2017, section 3.3.
public struct RateRange: Codable, Equatable, Sendable {
  /// f at one rate.
  public struct Sample: Codable, Equatable, Sendable {
    /// The learning rate.
    public let rate: Double
    /// f of the batch, averaged with those before by weights that fall by a tenth.
    public let value: Double
  }

  /// f along the run, up to where it became undefined or four times the least.
  public let samples: [Sample]
  /// Why the test ended.
  public let end: String

  /// The rate from which on f was larger than four times its least value or
  /// undefined; nil when the test ended before.
  public let diverging: Double?

  /// The rate at which f fell fastest per decade of the rate, by the slope of the
  /// straight line through nine samples; nil where f never fell.
  public var suggested: Double? {
    let half = 4
    guard samples.count > 2 * half else { return nil }
    var best: (slope: Double, rate: Double)?
    for k in half..<samples.count - half {
      let window = samples[k - half...k + half]
      // Rates are spread evenly, so that the slope per step will do.
      var slope = 0.0
      for (offset, sample) in window.enumerated() {
        slope += Double(offset - half) * sample.value
      }
      if slope < best?.slope ?? 0 { best = (slope, samples[k].rate) }
    }
    return best?.rate
  }
}

extension RateRange: CustomStringConvertible {
  /// The suggested rate, the diverging one and the samples between.
  public var description: String {
    var table = Table(columns: ["rate", "f"], textColumns: 0)
    let stride = max(1, samples.count / 12)
    for k in Swift.stride(from: 0, to: samples.count, by: stride) {
      table.append([
        samples[k].rate.rounded(digits: 3), samples[k].value.rounded(digits: 4),
      ])
    }
    let suggestion =
      suggested.map { "f falls fastest at \($0.rounded(digits: 2))" }
      ?? "f falls at no rate"
    return "\(suggestion); \(end)\n\n\(table)"
  }

  /// f over the rate as an SVG plot.
  public var svg: String { plot.svg }

  /// f over the rate.
  package var plot: Plot {
    var markers: [Plot.Marker] = []
    if let suggested {
      markers.append(
        Plot.Marker(
          x: suggested, label: "fastest at \(suggested.rounded(digits: 2))"))
    }
    return Plot(
      title: "f at growing learning rates", x: .logarithmic("learning rate"),
      y: .linear("f, averaged"),
      series: [
        Plot.Series(
          name: nil, points: samples.map { ($0.rate, $0.value) }, color: .blue,
          style: .line)
      ], markers: markers)
  }
}

/// Takes steps at learning rates that grow from one to another.
///
/// - Parameters:
///   - low: the first rate.
///   - high: the last rate.
///   - steps: the steps from one to the other.
///   - problem: what is minimised.
///   - start: the starting point.
///   - makeMethod: the method with a schedule.
/// - Precondition: 0 < low < high and at least two steps.
/// - Complexity: at most one run of so many steps; it ends where f diverges.
public func testRates<M: Method>(
  from low: Double, to high: Double, over steps: Int = 100,
  of problem: M.Problem, from start: Vector<Double>,
  using makeMethod: (LearningRate) -> M
) -> RateRange {
  precondition(
    low > 0 && low < high && high < .infinity && steps >= 2,
    "\(steps) steps of rates from \(low) to \(high)")
  let factor = Double.pow(high / low, 1 / Double(steps - 1))
  let schedule = LearningRate.exponential(from: low, factor: factor)
  var run = Run(problem, from: start, using: makeMethod(schedule))
  var samples: [RateRange.Sample] = []
  var mean = 0.0
  var least = Double.infinity
  for step in 0..<steps {
    let value = run.state.point.value
    let rate = schedule(at: step)
    // An average that began at 0, corrected as Adam's are.
    mean = 0.9 * mean + 0.1 * value
    let smooth = mean / (1 - Double.pow(0.9, step + 1))
    guard smooth.isFinite else {
      return RateRange(
        samples: samples,
        end: "f is undefined from \(rate.rounded(digits: 2))", diverging: rate)
    }
    samples.append(RateRange.Sample(rate: rate, value: smooth))
    least = min(least, smooth)
    if smooth > least + 3 * abs(least) && step > 10 {
      return RateRange(
        samples: samples,
        end: "f is four times its least from \(rate.rounded(digits: 2))",
        diverging: rate)
    }
    if let failure = run.step() {
      return RateRange(
        samples: samples,
        end: "\(StopCause.stuck(failure)) from \(rate.rounded(digits: 2))",
        diverging: rate)
    }
  }
  return RateRange(samples: samples, end: "it never diverges", diverging: nil)
}
