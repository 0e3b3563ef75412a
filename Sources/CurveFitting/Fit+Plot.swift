internal import Foundation
public import Optimization
internal import Presentation

extension Fit<Double> {
  /// A plot of the observations and the fitted curve with its confidence band, as
  /// an SVG document.
  ///
  /// - Precondition: 0 < `level` < 1.
  public func plot(level: Double = 0.95) -> String {
    let x = observations.regressors
    let points = zip(x, observations.responses).map { (x: $0, y: $1) }
    let finite = x.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    let steps = low < high ? 200 : 0
    let places = (0...steps).map {
      low + (high - low) * Double($0) / Double(max(steps, 1))
    }
    let intervals = places.map { confidenceInterval(at: $0, level: level) }
    let band = zip(places, intervals)
    let upper = band.compactMap { x, interval in
      interval.map { (x: x, y: $0.upperBound) }
    }
    let lower = band.compactMap { x, interval in
      interval.map { (x: x, y: $0.lowerBound) }
    }
    var series: [Plot.Series] = []
    if upper.count == places.count && steps > 0 {
      series.append(
        Plot.Series(
          name: "\(Self.percent(level)) confidence",
          points: upper + lower.reversed(), color: .blue, style: .area))
    }
    series.append(
      Plot.Series(
        name: "fit", points: places.map { (x: $0, y: predict(at: $0)) },
        color: .blue, style: .line))
    series.append(
      Plot.Series(
        name: "observed", points: points, color: .vermilion, style: .points))
    return Plot(
      title: """
        \(observations.responseName) by \(observations.regressorNames[0])
        """,
      x: .linear(observations.regressorNames[0]),
      y: .linear(observations.responseName), series: series
    ).svg
  }

  /// Writes the plot to a file, whole or not at all.
  ///
  /// - Throws: a `CheckpointError.file` that names the file and what failed.
  public func writePlot(
    to path: String, level: Double = 0.95
  ) throws(CheckpointError) {
    try writeAside(Data(plot(level: level).utf8), to: path)
  }
}
