/// How a flat vector of parameters is made of named matrices.
///
/// A rule that acts element by element does not ask for it. Rules that scale a
/// layer as a whole (``LAMB``), that keep row and column sums (``Adafactor``) or
/// orthogonalise (``Muon``) act on each block; groups of parameters are named by
/// their blocks.
public struct ParameterLayout: Codable, Equatable, Sendable {
  /// A matrix, stored by columns, within the vector of all parameters.
  public struct Block: Codable, Equatable, Sendable {
    /// The name by which groups refer to it.
    public let name: String
    /// Where its first element stands.
    public let offset: Int
    /// The number of rows.
    public let rows: Int
    /// The number of columns; 1 for a vector.
    public let columns: Int

    /// The number of elements.
    public var count: Int { rows * columns }
    /// The places of its elements.
    public var range: Range<Int> { offset..<offset + count }
    /// Whether it has more than one row and more than one column.
    public var isMatrix: Bool { rows > 1 && columns > 1 }
  }

  /// The blocks in the order of their places, without gaps.
  public private(set) var blocks: [Block] = []

  /// The number of all parameters.
  public var count: Int { blocks.last?.range.upperBound ?? 0 }

  /// A layout without a block.
  public init() {}

  /// One vector of n parameters.
  public init(count n: Int) { append("parameters", rows: n) }

  /// Adds a block behind the others.
  ///
  /// - Precondition: no other block has the name; rows and columns are not
  ///   negative.
  /// - Returns: the block.
  @discardableResult
  public mutating func append(
    _ name: String, rows: Int, columns: Int = 1
  ) -> Block {
    precondition(
      rows >= 0 && columns >= 0, "a block of \(rows) rows, \(columns) columns")
    precondition(
      !blocks.contains { $0.name == name }, "two blocks are named \(name)")
    let block = Block(name: name, offset: count, rows: rows, columns: columns)
    blocks.append(block)
    return block
  }

  /// The block of a name, if there is one.
  public subscript(name: String) -> Block? {
    blocks.first { $0.name == name }
  }
}
