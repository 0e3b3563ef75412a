/// A dense matrix of `Float` or `Double`, stored column by column.
///
/// A value: a copy is independent of its original and shares the storage until
/// one of the two is changed. Element (i, j) is at index `i + j * rows` of the
/// storage, BLAS's and LAPACK's own layout, so that no operation copies its
/// operands.
///
///     let a: Matrix<Double> = [[4, 1], [1, 3]]      // a list of rows
///     let b = a * a.transposed
///     print(b[0, 1], b.rows, b.columns)
///
/// Operations on symmetric matrices read and write the lower triangle only and
/// say so in their name.
public struct Matrix<Scalar: BLASScalar>: Sendable, Equatable, Hashable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  @usableFromInline
  var storage: [Scalar]

  /// Takes over numbers that are stored column by column, sharing their storage.
  ///
  /// - Precondition: `columnMajor` holds rows × columns numbers; both are at most
  ///   `Int32.max`.
  /// - Complexity: O(1), no allocation.
  @inlinable
  public init(rows: Int, columns: Int, columnMajor numbers: [Scalar]) {
    Self.check(rows, columns)
    precondition(
      numbers.count == rows * columns,
      "\(numbers.count) numbers for a \(rows)×\(columns) matrix")
    self.rows = rows
    self.columns = columns
    storage = numbers
  }

  /// Copies numbers that are stored row by row.
  ///
  /// - Precondition: `rowMajor` holds rows × columns numbers.
  @inlinable
  public init(rows: Int, columns: Int, rowMajor numbers: [Scalar]) {
    Self.check(rows, columns)
    precondition(
      numbers.count == rows * columns,
      "\(numbers.count) numbers for a \(rows)×\(columns) matrix")
    self.init(rows: rows, columns: columns) { i, j in
      numbers[i * columns + j]
    }
  }

  /// A matrix of one repeated number.
  @inlinable
  public init(repeating number: Scalar, rows: Int, columns: Int) {
    Self.check(rows, columns)
    self.rows = rows
    self.columns = columns
    storage = Array(repeating: number, count: rows * columns)
  }

  /// A matrix whose element (i, j) is `element(i, j)`.
  @inlinable
  public init(
    rows: Int, columns: Int, _ element: (Int, Int) throws -> Scalar
  ) rethrows {
    Self.check(rows, columns)
    self.rows = rows
    self.columns = columns
    storage = try Array(unsafeUninitializedCapacity: rows * columns) {
      buffer, filled in
      for j in 0..<columns {
        for i in 0..<rows {
          buffer.initializeElement(at: filled, to: try element(i, j))
          filled += 1
        }
      }
    }
  }

  /// A matrix of zeros.
  @inlinable
  public static func zeros(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(repeating: 0, rows: rows, columns: columns)
  }

  /// The n×n identity.
  @inlinable
  public static func identity(_ n: Int) -> Matrix {
    diagonal(Vector(repeating: 1, count: n))
  }

  /// The square matrix with the given diagonal and zeros elsewhere.
  @inlinable
  public static func diagonal(_ diagonal: Vector<Scalar>) -> Matrix {
    var result = zeros(diagonal.count, diagonal.count)
    for i in 0..<diagonal.count { result[i, i] = diagonal[i] }
    return result
  }

  /// Whether there are as many rows as columns.
  @inlinable
  public var isSquare: Bool { rows == columns }

  /// The number of elements.
  @inlinable
  public var count: Int { storage.count }

  /// The numbers, column by column, as an array that shares the storage.
  ///
  /// - Complexity: O(1), no allocation.
  @inlinable
  public var columnMajor: [Scalar] { storage }

  /// Element (i, j): row i, column j, from 0.
  ///
  /// - Precondition: 0 ≤ i < rows and 0 ≤ j < columns.
  @inlinable
  public subscript(i: Int, j: Int) -> Scalar {
    @inline(__always)
    get { storage[index(i, j)] }
    @inline(__always)
    _modify { yield &storage[index(i, j)] }
  }

  @inlinable @inline(__always)
  func index(_ i: Int, _ j: Int) -> Int {
    precondition(
      i >= 0 && i < rows && j >= 0 && j < columns,
      "element (\(i), \(j)) of a \(rows)×\(columns) matrix")
    return i &+ j &* rows
  }

  /// The leading dimension as BLAS wants it: at least 1.
  @inlinable
  package var stride: Int { Swift.max(1, rows) }

  @inlinable
  static func check(_ rows: Int, _ columns: Int) {
    checkDimension(rows, "the number of rows of a matrix")
    checkDimension(columns, "the number of columns of a matrix")
  }
}

extension Matrix: ExpressibleByArrayLiteral {
  /// The matrix of the listed rows.
  ///
  /// - Precondition: all rows have the same count.
  public init(arrayLiteral rows: [Scalar]...) {
    let columns = rows.first?.count ?? 0
    for (i, row) in rows.enumerated() {
      precondition(
        row.count == columns,
        "row \(i) has \(row.count) numbers, row 0 has \(columns)")
    }
    self.init(rows: rows.count, columns: columns) { rows[$0][$1] }
  }
}

extension Matrix: Codable {
  private enum CodingKeys: String, CodingKey {
    case rows
    case columns
    case columnMajor
  }

  /// Decodes rows, columns and the numbers column by column.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let rows = try container.decode(Int.self, forKey: .rows)
    let columns = try container.decode(Int.self, forKey: .columns)
    let numbers = try container.decode(
      EncodedNumbers<Scalar>.self, forKey: .columnMajor
    ).numbers
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    let range = 0...Int(Int32.max)
    guard
      range.contains(rows), range.contains(columns), !overflow,
      count == numbers.count
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .columnMajor, in: container,
        debugDescription:
          "\(numbers.count) numbers for a \(rows)×\(columns) matrix")
    }
    self.init(rows: rows, columns: columns, columnMajor: numbers)
  }

  /// Encodes rows, columns and the numbers column by column, as a list or as
  /// bytes when `CodingUserInfoKey.numbersAsBytes` asks for them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rows, forKey: .rows)
    try container.encode(columns, forKey: .columns)
    try container.encode(EncodedNumbers(storage), forKey: .columnMajor)
  }
}
