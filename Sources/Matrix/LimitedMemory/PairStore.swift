internal import CBLAS

/// The pairs (s, y) of a limited-memory quasi-Newton method, and their products.
///
/// The pair of slot p is columns 2p and 2p + 1 of a panel W whose columns lie
/// behind one another, so that what involves all of them is one sweep over
/// memory: one when a pair is written, which also forms its products with the
/// others and those of the others with the gradient, and one for a direction.
///
/// The small products are R⁻¹ and YᵀY, by slot and padded to a multiple of four,
/// with zeros for what belongs to an empty slot, so that nothing asks which slots
/// are filled. What they are for is told by `LimitedMemory`.
package struct PairStore: Equatable, Sendable {
  /// The length of s and of y.
  package let rows: Int
  /// The number of slots.
  package let capacity: Int
  /// The slots that the panel has columns for; they are filled from 0 on.
  package private(set) var slots = 0
  private var columns: [Double] = []
  /// What `kernel_pairs` in limited_memory.h lists.
  private var products: [Double]
  /// The products of each block of rows, where there is more than one.
  private var partial: PartialSums

  /// Room for `capacity` pairs of vectors of `rows` elements.
  ///
  /// - Precondition: at most 52 pairs, the size of the kernels' scratch.
  package init(rows: Int, capacity: Int) {
    precondition(
      capacity >= 0 && capacity <= 52, "\(capacity) pairs, outside 0 ... 52")
    self.rows = rows
    self.capacity = capacity
    columns.reserveCapacity(2 * rows * capacity)
    columns.withUnsafeMutableBufferPointer {
      kernel_advise_huge_pages(
        $0.baseAddress, 2 * rows * capacity * MemoryLayout<Double>.stride)
    }
    products = Array(
      repeating: 0, count: kernel_pairs_count(Self.order(capacity)))
    partial = PartialSums(
      of: RowBlocks(rows), count: 4 * Self.order(capacity) + 4)
  }

  private static func order(_ capacity: Int) -> Int { (capacity + 3) & ~3 }
  private var order: Int { Self.order(capacity) }

  /// Whether sums are taken over blocks of rows; few rows are spared the detour.
  private var hasBlocks: Bool { partial.blocks.count > 1 }

  /// Empties all slots and keeps their storage.
  package mutating func removeAll() {
    slots = 0
    columns.removeAll(keepingCapacity: true)
    products.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }

  /// Writes s = a − b and y = e − f into a slot and returns sᵀy, sᵀs and yᵀy.
  ///
  /// In the same sweep the products of all columns with the gradient e and with
  /// the new y are formed. The slot is empty until the pair is accepted.
  ///
  /// - Precondition: all four vectors have `rows` elements; no slot before this one
  ///   has yet to get its columns.
  package mutating func setPair(
    at slot: Int, _ a: Vector<Double>, _ b: Vector<Double>,
    _ e: Vector<Double>, _ f: Vector<Double>
  ) -> (sy: Double, ss: Double, yy: Double) {
    let (n, order, hasBlocks) = (rows, order, hasBlocks)
    precondition(
      a.count == n && b.count == n && e.count == n && f.count == n,
      "vectors of \(a.count) and \(e.count) elements for columns of \(n)")
    precondition(
      slot >= 0 && slot <= slots && slot < capacity,
      "slot \(slot) of \(capacity), \(slots) of them used")
    if slot == slots {
      // Any numbers: the kernel overwrites them. Of an array they are moved at
      // once, where a sequence is asked one by one.
      columns.append(contentsOf: a.array)
      columns.append(contentsOf: e.array)
      slots += 1
    }
    let k = 2 * slots
    var sums = (sy: 0.0, ss: 0.0, yy: 0.0)
    columns.withUnsafeMutableBufferPointer { columns in
      products.withUnsafeMutableBufferPointer { products in
        // No rows, no products.
        guard let w = columns.baseAddress, let numbers = products.baseAddress
        else { return }
        a.read { a in
          b.read { b in
            e.read { e in
              f.read { f in
                guard hasBlocks else {
                  return kernel_pairs_append(
                    w, n, n, k, slot, a, b, e, f, order, numbers)
                }
                partial.add(into: numbers, count: 4 * order + 4) { rows, sums in
                  let i = rows.lowerBound
                  kernel_pairs_append(
                    w + i, n, rows.count, k, slot, a + i, b + i, e + i, f + i,
                    order, sums)
                }
              }
            }
          }
        }
        kernel_pairs_clear(order, slot, numbers)
        let total = numbers + 4 * order
        sums = (total[0], total[1], total[2])
      }
    }
    return sums
  }

  /// Makes the pair that was just written the newest.
  ///
  /// Without it the slot stays empty, whatever its columns hold.
  package mutating func accept(_ slot: Int, curvature sTy: Double) {
    let order = order
    products.withUnsafeMutableBufferPointer {
      guard let numbers = $0.baseAddress else { return }
      kernel_pairs_at(order, numbers).curvature[slot] = sTy
    }
  }

  /// Writes d = −H g and returns gᵀd and dᵀd, g the gradient that the last pair was
  /// written with.
  ///
  /// - Parameters:
  ///   - newest: the newest pair when its row and column are still to be added to
  ///     the products, nil when they have been.
  ///   - gamma: H is built on γ I.
  /// - Complexity: 4kn flops for k pairs and O(m²) for m slots; no allocation.
  package mutating func direction(
    adding newest: Int?, gamma: Double, at g: Vector<Double>,
    into d: inout Vector<Double>
  ) -> (gd: Double, dd: Double) {
    precondition(
      g.count == rows && d.count == rows,
      "\(g.count) and \(d.count) elements for columns of \(rows)")
    let (n, k, order) = (rows, 2 * slots, order)
    let hasBlocks = hasBlocks
    var sums = (gd: 0.0, dd: 0.0)
    columns.withUnsafeBufferPointer { columns in
      products.withUnsafeMutableBufferPointer { products in
        guard let w = columns.baseAddress, let numbers = products.baseAddress
        else { return }
        kernel_pairs_coefficients(
          order, Self.order(slots), newest ?? -1, gamma, numbers)
        let pairs = kernel_pairs_at(order, numbers)
        g.read { g in
          d.write { d in
            // The sums of the last pair have been read; theirs is the room.
            guard hasBlocks else {
              return kernel_panel_combine(
                w, n, n, k, pairs.coefficients, g, -gamma, d, pairs.sums)
            }
            partial.add(into: pairs.sums, count: 2) { rows, sums in
              let i = rows.lowerBound
              kernel_panel_combine(
                w + i, n, rows.count, k, pairs.coefficients, g + i, -gamma,
                d + i, sums)
            }
          }
        }
        sums = (pairs.sums[0], pairs.sums[1])
      }
    }
    return sums
  }
}

/// Sums over blocks of rows, added in the order of the blocks.
///
/// Scratch and no part of a value: all are equal, and none is encoded.
private struct PartialSums: Equatable, Sendable {
  let blocks: RowBlocks
  private var numbers: [Double]

  /// Room for up to `count` sums over each block.
  init(of blocks: RowBlocks, count: Int) {
    self.blocks = blocks
    numbers = Array(
      repeating: 0, count: blocks.count > 1 ? blocks.count * count : 0)
  }

  static func == (a: PartialSums, b: PartialSums) -> Bool { true }

  /// Has `body` write the sums over each block of rows, and adds them up.
  mutating func add(
    into total: UnsafeMutablePointer<Double>, count: Int,
    _ body: (_ rows: Range<Int>, _ sums: UnsafeMutablePointer<Double>) -> Void
  ) {
    numbers.withUnsafeMutableBufferPointer { numbers in
      guard let partial = numbers.baseAddress else { return }
      blocks.forEach { block, rows in body(rows, partial + block * count) }
      for j in 0..<count {
        var sum = 0.0
        for block in 0..<blocks.count { sum += partial[j + block * count] }
        total[j] = sum
      }
    }
  }
}

extension PairStore: Codable {
  private enum CodingKeys: String, CodingKey {
    case rows
    case capacity
    case slots
    case columns
    case products
  }

  /// Decodes the pairs and their products.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let rows = try container.decode(Int.self, forKey: .rows)
    let capacity = try container.decode(Int.self, forKey: .capacity)
    let slots = try container.decode(Int.self, forKey: .slots)
    let columns = try container.decode(
      EncodedNumbers<Double>.self, forKey: .columns
    ).numbers
    let products = try container.decode(
      EncodedNumbers<Double>.self, forKey: .products
    ).numbers
    let (count, overflow) = rows.multipliedReportingOverflow(by: 2 * slots)
    guard
      rows >= 0, (0...52).contains(capacity), (0...capacity).contains(slots),
      !overflow, count == columns.count,
      products.count == kernel_pairs_count(Self.order(capacity))
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .columns, in: container,
        debugDescription: """
          \(columns.count) and \(products.count) numbers for \(slots) pairs of \
          \(rows) rows in \(capacity) slots
          """)
    }
    self.init(rows: rows, capacity: capacity)
    self.slots = slots
    self.columns.append(contentsOf: columns)
    self.products = products
  }

  /// Encodes the pairs and their products.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rows, forKey: .rows)
    try container.encode(capacity, forKey: .capacity)
    try container.encode(slots, forKey: .slots)
    try container.encode(EncodedNumbers(columns), forKey: .columns)
    try container.encode(EncodedNumbers(products), forKey: .products)
  }
}
