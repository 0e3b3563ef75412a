internal import struct Foundation.Data
public import Optimization
internal import Presentation

/// How the mean loss of batches falls from epoch to epoch.
///
///     var curve = LearningCurve(sampleCount: train.count)
///     let solution = minimize(
///       network, from: start, using: .adam(rate: 1e-3, batch: 64),
///       within: .epochs(20)
///     ) { progress in
///       curve.record(progress)
///       return .proceed
///     }
///     try curve.writePlot(to: "loss.svg")
///
/// The loss of an epoch is the mean over its batches, each at the parameters of its
/// time.
public struct LearningCurve: Equatable, Sendable {
  /// A number at a time.
  public struct Measurement: Equatable, Sendable {
    /// The time in epochs.
    public let epoch: Double
    /// The number.
    public let value: Double
  }

  /// The loss of each batch, at the end of it.
  public private(set) var batches: [Measurement] = []
  /// The mean loss of each epoch, at the end of it.
  public private(set) var epochs: [Measurement] = []
  /// What was measured beside, such as the loss on other samples.
  public private(set) var measurements: [String: [Measurement]] = [:]

  private let sampleCount: Int
  private var samples = 0
  private var sum = 0.0
  private var count = 0

  /// A curve of a run over so many samples.
  ///
  /// - Precondition: there is a sample.
  public init(sampleCount: Int) {
    precondition(sampleCount > 0, "a curve of \(sampleCount) samples")
    self.sampleCount = sampleCount
  }

  /// Takes note of a step of a stochastic method.
  ///
  /// - Returns: the number of the epoch that ended with it, from 1, if one did.
  @discardableResult
  public mutating func record(_ progress: Progress) -> Int? {
    record(progress.value, samples: progress.counts.samples)
  }

  mutating func record(_ value: Double, samples total: Int) -> Int? {
    let size = total - samples
    guard size > 0 else { return nil }
    let before = samples / sampleCount
    samples = total
    let time = Double(samples) / Double(sampleCount)
    batches.append(Measurement(epoch: time, value: value))
    sum += value * Double(size)
    count += size
    guard samples / sampleCount > before else { return nil }
    epochs.append(Measurement(epoch: time, value: sum / Double(count)))
    (sum, count) = (0, 0)
    return samples / sampleCount
  }

  /// Adds a number that was measured now.
  public mutating func add(_ value: Double, to name: String) {
    let time = Double(samples) / Double(sampleCount)
    measurements[name, default: []].append(
      Measurement(epoch: time, value: value))
  }

  /// The losses over time, with what was measured beside them, as an SVG document.
  public func plot(title: String = "Loss") -> String {
    func points(_ measurements: [Measurement]) -> [(x: Double, y: Double)] {
      measurements.map { (x: $0.epoch, y: $0.value) }
    }
    // Points closer than pixels say nothing more.
    let step = max(1, batches.count / 1000)
    let shown = stride(from: 0, to: batches.count, by: step).map { batches[$0] }
    var series = [
      Plot.Series(
        name: "batches", points: points(shown), color: .gray, style: .points),
      Plot.Series(
        name: "epochs", points: points(epochs), color: .blue,
        style: .lineWithPoints),
    ]
    let colors: [Plot.Color] = [.vermilion, .green, .purple, .orange]
    for (k, name) in measurements.keys.sorted().enumerated() {
      series.append(
        Plot.Series(
          name: name, points: points(measurements[name] ?? []),
          color: colors[k % colors.count], style: .lineWithPoints))
    }
    return Plot(
      title: title, x: .linear("epochs"), y: .logarithmic("loss"),
      series: series
    ).svg
  }

  /// Writes the plot to a file, whole or not at all.
  ///
  /// - Throws: a `CheckpointError.file` that names the file and what failed.
  public func writePlot(
    to path: String, title: String = "Loss"
  ) throws(CheckpointError) {
    try writeAside(Data(plot(title: title).utf8), to: path)
  }
}
