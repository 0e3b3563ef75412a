import Foundation
import Matrix
import TestSupport
import Testing

@Suite struct PanelTests {
  /// A panel beside a list of columns that does the same by definition.
  struct Pair {
    var panel: Panel
    var columns: [Vector<Double>] = []
    var generator = SplitMix64(seed: 17)

    init(rows: Int) { panel = Panel(rows: rows) }

    mutating func vector() -> Vector<Double> {
      integerVector(panel.rows, using: &generator)
    }

    /// Writes random differences as columns j and j + 1 and checks what the panel
    /// returns.
    mutating func set(at j: Int) {
      let (a, b, e, f) = (vector(), vector(), vector(), vector())
      let (s, y) = (a - b, e - f)
      columns.replaceSubrange(j..<min(j + 2, columns.count), with: [s, y])
      var products = Vector<Double>(repeating: .nan, count: 2 * columns.count)
      let sums = panel.setDifferences(at: j, a, b, e, f, products: &products)
      #expect(sums == (s.dot(y), s.dot(s), y.dot(y)))
      #expect(panel.columns == columns.count)
      for (i, column) in columns.enumerated() {
        #expect(products[2 * i] == column.dot(e))
        #expect(products[2 * i + 1] == column.dot(y))
      }
    }
  }

  // Rows around the widths of the kernels and of their chunks.
  @Test(arguments: [0, 1, 3, 4, 7, 8, 15, 16, 17, 1023, 1024, 1030])
  func `Products and combinations against the columns`(_ n: Int) {
    var pair = Pair(rows: n)
    // Appended, then overwritten: the oldest, one in the middle, the last.
    for j in [0, 2, 4, 0, 2, 4] {
      pair.set(at: j)
      let u = pair.vector()
      let c: Vector<Double> = [1, -2, 3, 0, 5, -1]
      var d = Vector<Double>(repeating: .nan, count: n)
      let sums = pair.panel.combine(c, plus: -2, times: u, into: &d)
      var expected = -2 * u
      for (i, column) in pair.columns.enumerated() {
        expected.add(column, scaledBy: c[i])
      }
      #expect(d == expected)
      #expect(sums == (u.dot(d), d.dot(d)))
    }
    pair.panel.removeAll()
    pair.columns = []
    pair.set(at: 0)
  }

  @Test func `Comes back from its encoding`() throws {
    var pair = Pair(rows: 5)
    pair.set(at: 0)
    let panel = pair.panel
    for bytes in [false, true] {
      let encoder = JSONEncoder()
      encoder.userInfo[.numbersAsBytes] = bytes
      let data = try encoder.encode(panel)
      #expect(try JSONDecoder().decode(Panel.self, from: data) == panel)
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        Panel.self,
        from: Data(#"{"rows":2,"columns":2,"numbers":[1]}"#.utf8))
    }
  }

  @Test func `With room reserved nothing is allocated`() {
    let x = Vector<Double>(repeating: 1, count: 100)
    let c = Vector<Double>(repeating: 1, count: 4)
    var d = Vector<Double>.zeros(100)
    var products = Vector<Double>.zeros(8)
    func work(_ panel: inout Panel) {
      _ = panel.setDifferences(at: 0, x, d, x, d, products: &products)
      _ = panel.setDifferences(at: 2, x, d, x, d, products: &products)
      _ = panel.combine(c, plus: 1, times: x, into: &d)
    }
    var first = Panel(rows: 100)
    work(&first)
    var panel = Panel(rows: 100)
    panel.reserve(columns: 4)
    #expect(allocations { work(&panel) } == 0)
  }
}
