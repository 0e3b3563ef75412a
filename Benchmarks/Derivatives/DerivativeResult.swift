import Presentation

/// A way to compute a derivative at one size, with its time.
struct DerivativeResult: Codable, Equatable {
  /// The number of variables.
  let n: Int
  /// Who computes.
  let name: String
  /// What is computed.
  let derivative: Derivative
  /// The seconds of one computation.
  let time: Measurement
  /// The median over the turns of the time divided by that of the hand-written
  /// f and ∇f.
  let ratio: Double
  /// The median over the turns of this package's time for the same divided by
  /// this one; nil for the package's own and for the hand-written.
  let ours: Double?

  /// The results of a race, whose first way is the hand-written gradient.
  static func all(
    _ n: Int, _ ways: [DerivativeWay], _ times: [Measurement]
  ) -> [DerivativeResult] {
    zip(ways, times).map { way, time in
      let ours = zip(ways, times).first {
        $0.0.name == DerivativeWay.package
          && $0.0.derivative == way.derivative
      }
      return DerivativeResult(
        n: n, name: way.name, derivative: way.derivative, time: time,
        ratio: Comparison(ours: time, theirs: times[0]).ratio,
        ours: way.isPeer
          ? ours.map { Comparison(ours: $0.1, theirs: time).ratio } : nil)
    }
  }

  /// What the package's own may take, as a multiple of the hand-written f and ∇f
  /// at n = 1000.
  private static let targets: [Derivative: Double] = [
    .gradient: 5, .recording: 15, .product: 12,
  ]

  /// Whether the target is met: the package's own is within its bound at
  /// n = 1000, and below every peer's; nil where nothing is asked.
  var isMet: Bool? {
    if name == DerivativeWay.handWritten { return nil }
    if let ours { return ours < 1 }
    return n == 1000 ? Self.targets[derivative].map { ratio <= $0 } : nil
  }

  static let columns = [
    "n", "derivative", "by", "time", "÷ hand-written f, ∇f", "ours ÷ its",
    "target",
  ]

  /// The row of the table.
  var row: [String] {
    let bound =
      ours == nil
      ? Self.targets[derivative].map { "≤ \(Int($0))" } ?? "" : "< 1"
    return [
      "\(n)", derivative.rawValue, name, Format.seconds(time.median),
      Format.ratio(ratio), ours.map(Format.ratio) ?? "",
      isMet.map { "\(bound) \($0 ? "met" : "missed")" } ?? "",
    ]
  }
}
