import Presentation

/// One update of many parameters by one library.
struct StepResult: Codable, Equatable {
  /// The rule.
  let rule: String
  /// The numbers: `float` or `double`.
  let scalar: String
  /// The most threads.
  let threads: Int
  /// Who made the update.
  let library: String
  /// The parameters.
  let count: Int
  let time: Measurement
  /// The bytes that have to be read and written.
  let bytes: Int

  static let ours = "this package"
  static let loop = "C loop"
  static let fused = "torch-fused"
  static let triad = "STREAM triad"
  static let libraries = [fused, "torch-foreach", "torch-plain", "optax"]

  static let columns = [
    "rule", "numbers", "library", "threads", "time", "GB/s",
  ]

  var row: [String] {
    [
      rule, scalar, library, "\(threads)", Format.seconds(time.median),
      Format.number(Double(bytes) / time.median / 1e9, digits: 3),
    ]
  }

  /// A line for each rule, type and number of threads: the median over the turns of
  /// our time divided by the faster of PyTorch's fused one and the C loop's.
  static func verdicts(_ results: [StepResult]) -> Table {
    var table = Table(
      columns: [
        "rule", "numbers", "the faster of both", "threads", "ours / its",
        "target",
      ], textColumns: 3)
    for mine in results where mine.library == ours {
      let peers = results.filter {
        $0.rule == mine.rule && $0.scalar == mine.scalar
          && $0.threads == mine.threads
          && [loop, fused].contains($0.library)
      }
      guard let best = peers.min(by: { $0.time.median < $1.time.median })
      else { continue }
      let ratio = Comparison(ours: mine.time, theirs: best.time).ratio
      table.append([
        mine.rule, mine.scalar, best.library, "\(mine.threads)",
        Format.ratio(ratio),
        // Two medians of memory-bound loops differ by as much in turns of one.
        "≤ 1 \(ratio <= 1.02 ? "met" : "missed")",
      ])
    }
    return table
  }
}
