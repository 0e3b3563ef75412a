internal import CBLAS

/// A few long columns, appended in pairs until there are enough and then
/// overwritten: the shape of a limited-memory quasi-Newton history.
///
/// The columns lie behind one another, so that the products with all of them
/// are one sweep each.
package struct Panel: Codable, Equatable, Sendable {
  /// The length of a column.
  package let rows: Int
  /// How many columns are filled.
  package private(set) var columns = 0
  private var numbers: [Double] = []

  package init(rows: Int) {
    self.rows = rows
  }

  /// Makes room for `columns` columns, so that appending them allocates nothing.
  package mutating func reserve(columns: Int) {
    numbers.reserveCapacity(rows * columns)
  }

  /// Forgets all columns and keeps their storage.
  package mutating func removeAll() {
    columns = 0
    numbers.removeAll(keepingCapacity: true)
  }

  /// Writes s = a − b and y = e − f as columns j and j + 1, appended when
  /// j = columns, and returns sᵀy, sᵀs and yᵀy.
  ///
  /// In the same sweep over the columns W the products with e and with the new y
  /// are formed: on return `products[2i]` is Wᵢᵀe and `products[2i + 1]` is Wᵢᵀy.
  ///
  /// - Precondition: all four vectors have `rows` elements; j ≤ columns is even;
  ///   there is room for two products a column.
  package mutating func setDifferences(
    at j: Int, _ a: Vector<Double>, _ b: Vector<Double>, _ e: Vector<Double>,
    _ f: Vector<Double>, products: inout Vector<Double>
  ) -> (sy: Double, ss: Double, yy: Double) {
    let n = rows
    precondition(
      a.count == n && b.count == n && e.count == n && f.count == n,
      "vectors of \(a.count) and \(e.count) elements for columns of \(n)")
    precondition(
      j <= columns && j.isMultiple(of: 2), "column \(j) of \(columns)")
    if j == columns {
      // Any numbers: the kernel overwrites them. Of an array they are moved at
      // once, where a sequence is asked one by one.
      numbers.append(contentsOf: a.array)
      numbers.append(contentsOf: e.array)
      columns += 2
    }
    let k = columns
    precondition(
      products.count >= 2 * k, "\(products.count) products of \(k) columns")
    var sums = (sy: 0.0, ss: 0.0, yy: 0.0)
    numbers.withUnsafeMutableBufferPointer { numbers in
      guard let w = numbers.baseAddress else { return }
      withUnsafeMutableBytes(of: &sums) { sums in
        a.read { a in
          b.read { b in
            e.read { e in
              f.read { f in
                products.write { products in
                  kernel_panel_append(
                    w, n, k, j, a, b, e, f,
                    sums.baseAddress?.assumingMemoryBound(to: Double.self),
                    products)
                }
              }
            }
          }
        }
      }
    }
    return sums
  }

  /// d ← α g + W c, and returns gᵀd and dᵀd.
  package func combine(
    _ c: Vector<Double>, plus alpha: Double, times g: Vector<Double>,
    into d: inout Vector<Double>
  ) -> (gd: Double, dd: Double) {
    precondition(
      g.count == rows && d.count == rows && c.count >= columns,
      "\(g.count) and \(d.count) elements, \(c.count) of \(columns) factors")
    var sums = (gd: 0.0, dd: 0.0)
    numbers.withUnsafeBufferPointer { numbers in
      guard let w = numbers.baseAddress else { return }
      withUnsafeMutableBytes(of: &sums) { sums in
        c.read { c in
          g.read { g in
            d.write { d in
              kernel_panel_combine(
                w, rows, columns, c, g, alpha, d,
                sums.baseAddress?.assumingMemoryBound(to: Double.self))
            }
          }
        }
      }
    }
    return sums
  }

  private enum CodingKeys: String, CodingKey {
    case rows
    case columns
    case numbers
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    rows = try container.decode(Int.self, forKey: .rows)
    columns = try container.decode(Int.self, forKey: .columns)
    numbers = try container.decode(
      EncodedNumbers<Double>.self, forKey: .numbers
    ).numbers
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, !overflow, count == numbers.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .numbers, in: container,
        debugDescription:
          "\(numbers.count) numbers for a panel of \(rows)×\(columns)")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rows, forKey: .rows)
    try container.encode(columns, forKey: .columns)
    try container.encode(EncodedNumbers(numbers), forKey: .numbers)
  }
}
