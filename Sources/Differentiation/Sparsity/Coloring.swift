/// A partition of the columns of a sparse matrix, such that one product with the
/// sum of the unit vectors of each colour gives all elements.
struct Coloring: Equatable {
  /// The colour of each column, from 0.
  let colors: [Int]
  /// The number of colours.
  let count: Int

  /// Colours of columns that have no row in common have no element in common
  /// either: element (i, j) is element i of the product of colour j.
  ///
  /// - Complexity: O(Σ of the squares of the elements of each row).
  ///
  /// Source: Curtis, Powell and Reid 1974, in the order of the columns.
  init(columnsOf pattern: SparsityPattern) {
    let byColumn = pattern.transposed
    var colors = [Int](repeating: -1, count: pattern.columns)
    var forbidden = [Int](repeating: -1, count: pattern.columns + 1)
    var count = 0
    for j in 0..<pattern.columns {
      for i in byColumn[j] {
        for other in pattern[Int(i)] where colors[Int(other)] >= 0 {
          forbidden[colors[Int(other)]] = j
        }
      }
      var color = 0
      while forbidden[color] == j { color += 1 }
      colors[j] = color
      count = max(count, color + 1)
    }
    self.colors = colors
    self.count = count
  }

  /// Colours of a symmetric matrix: neighbours differ, and in each path v, w, x
  /// with equal colours of v and x, that of w is lower.
  ///
  /// Then an element (i, j) with colour i > colour j is element i of the product of
  /// colour j: a second neighbour of i with that colour would make a path whose
  /// middle is not lower. A matrix with a full row and a diagonal has two
  /// colours, where columns without common rows would need n.
  ///
  /// - Complexity: O(Σ of the squares of the elements of each row).
  ///
  /// Source: Powell and Toint 1979; Gebremedhin, Manne and Pothen 2005, section
  /// 4, vertices of many neighbours first.
  init(symmetric pattern: SparsityPattern) {
    let n = pattern.rows
    var colors = [Int](repeating: -1, count: n)
    var forbidden = [Int](repeating: -1, count: n + 1)
    let order = (0..<n).sorted {
      let (a, b) = (pattern[$0].count, pattern[$1].count)
      return a == b ? $0 < $1 : a > b
    }
    var count = 0
    for v in order {
      for w in pattern[v] where w != v {
        let middle = colors[Int(w)]
        if middle >= 0 { forbidden[middle] = v }
        for x in pattern[Int(w)] where x != w {
          let color = colors[Int(x)]
          if color >= 0 && (middle < 0 || color < middle) {
            forbidden[color] = v
          }
        }
      }
      var color = 0
      while forbidden[color] == v { color += 1 }
      colors[v] = color
      count = max(count, color + 1)
    }
    self.colors = colors
    self.count = count
  }

  /// The columns of each colour.
  var members: [[Int32]] {
    var result = [[Int32]](repeating: [], count: count)
    for (j, color) in colors.enumerated() { result[color].append(Int32(j)) }
    return result
  }
}
