extension Matrix: CustomStringConvertible {
  /// The numbers in aligned columns; of a large matrix the corners.
  public var description: String {
    let shownRows = Self.shown(rows)
    let shownColumns = Self.shown(columns)
    var cells = shownRows.map { i in
      shownColumns.map { j in
        if let i, let j { "\(self[i, j])" } else { "…" }
      }
    }
    for j in shownColumns.indices {
      let width = cells.map { $0[j].count }.max() ?? 0
      for i in cells.indices {
        let padding = width - cells[i][j].count
        cells[i][j] = String(repeating: " ", count: padding) + cells[i][j]
      }
    }
    let lines = cells.map { "[" + $0.joined(separator: ", ") + "]" }
    let size = "\(rows)×\(columns) matrix"
    return count == 0 ? size : size + "\n" + lines.joined(separator: "\n")
  }

  /// Up to 10 indices of n, nil standing for those left out.
  private static func shown(_ n: Int) -> [Int?] {
    n <= 10 ? Array(0..<n) : Array(0..<5) + [nil] + Array(n - 4..<n)
  }
}
