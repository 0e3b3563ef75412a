import Foundation

/// One axis of a plot: what it shows, and on which scale.
package struct Axis {
  /// How numbers are spread along the axis.
  package enum Scale { case linear, logarithmic }

  /// The quantity with its unit.
  package let title: String
  package let scale: Scale

  package static func linear(_ title: String) -> Axis {
    Axis(title: title, scale: .linear)
  }

  package static func logarithmic(_ title: String) -> Axis {
    Axis(title: title, scale: .logarithmic)
  }

  /// Whether a number has a place on the axis.
  package func shows(_ x: Double) -> Bool {
    x.isFinite && (scale == .linear || x > 0)
  }

  /// The coordinate that is spread evenly: x or log₁₀ x.
  package func coordinate(_ x: Double) -> Double {
    scale == .linear ? x : log10(x)
  }

  /// A place that is marked on an axis.
  package struct Tick: Equatable {
    /// The coordinate.
    package let position: Double
    package let label: String
  }

  /// The marked places within a range of coordinates, four to eight mostly.
  ///
  /// On a logarithmic axis they are powers of ten, every one or every second, …;
  /// a range of less than two decades has 2 and 5 times these too.
  package func ticks(in range: ClosedRange<Double>) -> [Tick] {
    switch scale {
    case .linear:
      let step = Self.niceStep((range.upperBound - range.lowerBound) / 5)
      return Self.multiples(of: step, in: range).map {
        Tick(position: $0, label: Self.label($0, step: step))
      }
    case .logarithmic:
      let width = range.upperBound - range.lowerBound
      let step = max(1, (width / 7).rounded(.up))
      let powers = Self.multiples(of: step, in: range).map {
        Tick(position: $0, label: Format.powerOfTen(Int($0)))
      }
      guard width < 2 else { return powers }
      let first = Int(range.lowerBound.rounded(.down))
      let last = Int(range.upperBound.rounded(.up))
      let between = (first...last).flatMap { k in
        [2, 5].map { factor in
          Tick(
            position: Double(k) + log10(Double(factor)),
            label: "\(factor)·\(Format.powerOfTen(k))")
        }
      }.filter { range.contains($0.position) }
      return (powers + between).sorted { $0.position < $1.position }
    }
  }

  /// The smallest of 1, 2, 5, 10 times a power of ten that is at least `step`.
  package static func niceStep(_ step: Double) -> Double {
    guard step > 0 && step.isFinite else { return 1 }
    let power = pow(10, log10(step).rounded(.down))
    return [1, 2, 5].map { $0 * power }.first { $0 >= step * (1 - 1e-9) }
      ?? 10 * power
  }

  private static func multiples(
    of step: Double, in range: ClosedRange<Double>
  ) -> [Double] {
    // A multiple that rounding puts just outside still counts.
    let slack = 1e-9
    let first = Int((range.lowerBound / step - slack).rounded(.up))
    let last = Int((range.upperBound / step + slack).rounded(.down))
    return first <= last ? (first...last).map { Double($0) * step } : []
  }

  private static func label(_ x: Double, step: Double) -> String {
    let decimals = max(0, -Int(log10(step).rounded(.down)))
    return decimals <= 4 && abs(x) < 1e6
      ? String(format: "%.\(decimals)f", x) : Format.number(x, digits: 2)
  }
}
