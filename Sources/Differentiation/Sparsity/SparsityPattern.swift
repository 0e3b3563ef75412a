/// Where a matrix may have elements other than 0.
///
///     let pattern = try f.hessianPattern(at: x)
///     print(pattern.count, "of", pattern.rows * pattern.columns)
///     for j in pattern.columns(ofRow: 3) { … }
///
/// A structural pattern follows from how the numbers are computed: an element
/// outside it is 0 wherever the recording holds; one inside may happen to be 0.
public struct SparsityPattern: Equatable, Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// Row i has the column indices from `starts[i]` up to `starts[i + 1]`.
  let starts: [Int]
  /// The columns of each row, ascending, row after row.
  let indices: [Int32]

  /// The pattern with the given columns in each row, ascending.
  init(columns: Int, _ lists: [[Int32]]) {
    rows = lists.count
    self.columns = columns
    var starts = [0]
    starts.reserveCapacity(lists.count + 1)
    var indices: [Int32] = []
    for list in lists {
      indices += list
      starts.append(indices.count)
    }
    self.starts = starts
    self.indices = indices
  }

  /// The pattern of a matrix without zeros.
  static func dense(_ rows: Int, _ columns: Int) -> SparsityPattern {
    let row = (0..<Int32(columns)).map { $0 }
    return SparsityPattern(
      columns: columns, [[Int32]](repeating: row, count: rows))
  }

  /// The number of elements in the pattern.
  public var count: Int { indices.count }

  /// The fraction of the elements that is in the pattern, 1 for an empty matrix.
  public var density: Double {
    rows * columns == 0 ? 1 : Double(count) / (Double(rows) * Double(columns))
  }

  /// The columns of the elements of a row, ascending.
  public func columns(ofRow i: Int) -> [Int] {
    self[i].map { Int($0) }
  }

  /// Whether an element is in the pattern.
  ///
  /// - Complexity: O(log of the elements of the row).
  public func contains(_ i: Int, _ j: Int) -> Bool {
    var (low, high) = (starts[i], starts[i + 1])
    while low < high {
      let middle = (low + high) / 2
      if indices[middle] < j { low = middle + 1 } else { high = middle }
    }
    return low < starts[i + 1] && indices[low] == j
  }

  /// The columns of a row.
  subscript(i: Int) -> ArraySlice<Int32> { indices[starts[i]..<starts[i + 1]] }

  /// The pattern of the transposed matrix.
  var transposed: SparsityPattern {
    var lists = [[Int32]](repeating: [], count: columns)
    for i in 0..<rows {
      for j in self[i] { lists[Int(j)].append(Int32(i)) }
    }
    return SparsityPattern(columns: rows, lists)
  }
}
