import Presentation

/// How many threads the two sides of a comparison use.
enum ThreadMode: String, Codable, CaseIterable {
  /// One on both sides.
  case single
  /// What each side uses by itself: this package decides call by call, OpenBLAS
  /// takes the number of processors.
  case asShipped = "as shipped"
}

/// One kernel at one size.
struct KernelResult: Codable, Equatable {
  /// BLAS's or LAPACK's name of the operation.
  let kernel: String
  /// The order of the matrices.
  let n: Int
  /// The threads of both sides.
  let mode: ThreadMode
  /// Both sides' times.
  let times: Comparison
  /// Floating-point operations of one call, where they count.
  let flops: Double?

  init(
    _ kernel: Kernel, _ n: Int, _ mode: ThreadMode, _ times: Comparison
  ) {
    self.kernel = kernel.name
    self.n = n
    self.mode = mode
    self.times = times
    flops = kernel.flops?(Double(n))
  }

  /// Whether the ratio, to the two decimals it is printed with, is within its
  /// target.
  var isMet: Bool {
    (100 * times.ratio).rounded() <= 100 * Kernel.target(n)
  }

  /// The columns of ``line``.
  static func heading(_ mode: ThreadMode) -> String {
    Table.line(
      ["\(mode.rawValue)", "n", "ours", "C", "ratio", "", "GF/s", "C's"],
      widths)
  }

  /// The result as a line of a table that grows while the benchmark runs.
  var line: String {
    func speed(_ side: Measurement) -> String {
      flops.map { Format.number($0 / side.median / 1e9) } ?? ""
    }
    return Table.line(
      [
        kernel, "\(n)", Format.seconds(times.ours.median),
        Format.seconds(times.theirs.median), Format.ratio(times.ratio),
        isMet ? "" : "missed", speed(times.ours), speed(times.theirs),
      ], Self.widths)
  }

  private static let widths = [16, 4, 8, 8, 6, 6, 6, 6]

  /// The ratios with a row for each kernel and a column for each n.
  static func summary(_ results: [KernelResult], _ orders: [Int]) -> Table {
    var table = Table(columns: ["kernel"] + orders.map { "n = \($0)" })
    var names: [String] = []
    for result in results where !names.contains(result.kernel) {
      names.append(result.kernel)
    }
    for name in names {
      table.append(
        [name]
          + orders.map { n in
            guard
              let found = results.first(where: {
                $0.kernel == name && $0.n == n
              })
            else { return "" }
            return Format.ratio(found.times.ratio) + (found.isMet ? " " : "!")
          })
    }
    return table
  }
}
