import Foundation
import Matrix
import TestSupport
import Testing

@Suite struct PanelTests {
  /// A panel of four columns of n integers, the columns, and a generator.
  static func panel(_ n: Int) -> (Panel, [Vector<Double>], SplitMix64) {
    var generator = SplitMix64(seed: 17)
    var panel = Panel(rows: n)
    var columns: [Vector<Double>] = []
    for j in [0, 2, 4] {
      let v = (0..<4).map { _ in
        integerVector(n, using: &generator) as Vector<Double>
      }
      let sums = panel.setDifferences(at: j, v[0], v[1], v[2], v[3])
      let (s, y) = (v[0] - v[1], v[2] - v[3])
      #expect(sums == (s.dot(y), s.dot(s), y.dot(y)))
      columns += [s, y]
    }
    return (panel, columns, generator)
  }

  @Test(arguments: [0, 1, 3, 4, 7, 8, 15, 16, 17, 1023, 1024, 1030])
  func `Products and combinations against the columns`(_ n: Int) {
    var (panel, columns, generator) = Self.panel(n)
    #expect(panel.columns == 6)
    let u: Vector<Double> = integerVector(n, using: &generator)
    for overwritten in [false, true] {
      if overwritten {
        let v = (0..<4).map { _ in
          integerVector(n, using: &generator) as Vector<Double>
        }
        _ = panel.setDifferences(at: 2, v[0], v[1], v[2], v[3])
        columns[2] = v[0] - v[1]
        columns[3] = v[2] - v[3]
        #expect(panel.columns == 6)
      }
      for j in 0..<6 {
        var products = Vector<Double>(repeating: .nan, count: 12)
        panel.multiplyTransposed(u, andColumn: j, into: &products)
        for i in 0..<6 where n > 0 {
          #expect(products[2 * i] == columns[i].dot(u))
          #expect(products[2 * i + 1] == columns[i].dot(columns[j]))
        }
      }
      let c: Vector<Double> = [1, -2, 3, 0, 5, -1]
      var d = Vector<Double>(repeating: .nan, count: n)
      let sums = panel.combine(c, plus: -2, times: u, into: &d)
      var expected = -2 * u
      for i in 0..<6 { expected.add(columns[i], scaledBy: c[i]) }
      #expect(d == expected)
      #expect(sums == (u.dot(d), d.dot(d)))
    }
  }

  @Test func `Products over no rows are 0`() {
    let (panel, _, _) = Self.panel(0)
    var products = Vector<Double>(repeating: .nan, count: 12)
    panel.multiplyTransposed([], andColumn: 0, into: &products)
    #expect(products == Vector.zeros(12))
  }

  @Test func `Comes back from its encoding`() throws {
    let (panel, _, _) = Self.panel(5)
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
      _ = panel.setDifferences(at: 0, x, d, x, d)
      _ = panel.setDifferences(at: 2, x, d, x, d)
      panel.multiplyTransposed(x, andColumn: 1, into: &products)
      _ = panel.combine(c, plus: 1, times: x, into: &d)
    }
    var first = Panel(rows: 100)
    work(&first)
    var panel = Panel(rows: 100)
    panel.reserve(columns: 4)
    #expect(allocations { work(&panel) } == 0)
  }
}
