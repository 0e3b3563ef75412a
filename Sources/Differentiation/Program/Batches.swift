/// The nodes of a graph other than inputs in batches of equal operations, each
/// after what it depends on.
///
/// Nodes of one shape come together: those whose operation is the same and
/// whose operands, as far back as the inputs, have the same shape. In the order
/// of the recording they are, as a rule, the turns of one loop, and so their
/// operands stand side by side. Shapes that occur a few times only are put
/// together by operation.
struct Batches {
  /// The number of batches.
  private(set) var count = 0
  /// The nodes of batch k are `nodes` from `starts[k]` up to `starts[k + 1]`.
  private let starts: UnsafeMutablePointer<Int32>
  private let nodes: UnsafeMutablePointer<Int32>

  private static var rareShape: Int32 { 8 }

  /// - Complexity: about 10 ns a node.
  init(_ graph: Expression, in scratch: Scratch) {
    let (inputs, all) = (graph.inputs, graph.nodes.count)
    let shapes = Shapes(graph, in: scratch)

    // Batches by their first nodes. A common shape is a batch; equal shapes have
    // equal levels, being equally deep.
    let batchOfShape = scratch.take(shapes.count, repeating: Int32(-1))
    let batch = scratch.take(all, repeating: Int32(-1))
    let level = scratch.take(all, repeating: Int32(0))
    let sizes = scratch.take(all + 1, repeating: Int32(0))
    let rare = PlaceTable(
      count: shapes.rareCount(under: Self.rareShape), in: scratch)
    let rareKey = scratch.take(all, repeating: Int64(-1))
    var deepest: Int32 = 0
    var next: Int32 = 0
    graph.nodes.withUnsafeBufferPointer { nodes in
      for i in inputs..<max(inputs, all) {
        let shape = Int(shapes.number[i])
        let isRare =
          shapes.size[shape] < Self.rareShape
          && nodes[i].operation < Operation.sum.rawValue
        var found = batchOfShape[shape]
        if isRare {
          let key =
            Int64(shapes.level[i]) << 8 | Int64(nodes[i].operation)
          rareKey[Int(next)] = key
          found = rare.find(UInt64(bitPattern: key), orInsert: next) {
            rareKey[Int($0)] == key
          }
        } else if found < 0 {
          found = next
          batchOfShape[shape] = next
        }
        if found == next {
          level[Int(next)] = shapes.level[i]
          deepest = max(deepest, shapes.level[i])
          next += 1
        }
        batch[i] = found
        sizes[Int(found)] += 1
      }
    }
    count = Int(next)

    // By level, and in one level as they come; counted, then placed.
    let rank = Self.ranks(
      level, count: count, deepest: Int(deepest), in: scratch)
    starts = scratch.take(count + 1, repeating: 0)
    for k in 0..<count { starts[Int(rank[k]) + 1] = sizes[k] }
    for k in 0..<count { starts[k + 1] += starts[k] }
    for k in 0..<count { sizes[k] = starts[Int(rank[k])] }
    self.nodes = scratch.take(all, repeating: 0)
    for i in inputs..<max(inputs, all) {
      let k = Int(batch[i])
      self.nodes[Int(sizes[k])] = Int32(truncatingIfNeeded: i)
      sizes[k] += 1
    }
  }

  /// The nodes of a batch.
  subscript(k: Int) -> UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(
      start: nodes + Int(starts[k]), count: Int(starts[k + 1] - starts[k]))
  }

  /// Where each batch comes when they are sorted by level, those of one level as
  /// they are.
  private static func ranks(
    _ level: UnsafeMutablePointer<Int32>, count: Int, deepest: Int,
    in scratch: Scratch
  ) -> UnsafeMutablePointer<Int32> {
    let starts = scratch.take(deepest + 2, repeating: Int32(0))
    for k in 0..<count { starts[Int(level[k]) + 1] += 1 }
    for l in 0...deepest { starts[l + 1] += starts[l] }
    let rank = scratch.take(count, repeating: Int32(0))
    for k in 0..<count {
      rank[k] = starts[Int(level[k])]
      starts[Int(level[k])] += 1
    }
    return rank
  }
}

/// The shape of each node: numbered by their first nodes, with how many nodes have
/// it, and how deep they are above the inputs.
private struct Shapes {
  private(set) var count = 0
  let number: UnsafeMutablePointer<Int32>
  let size: UnsafeMutablePointer<Int32>
  let level: UnsafeMutablePointer<Int32>
  private let levels: OperandArray<Int32>

  init(_ graph: Expression, in scratch: Scratch) {
    let (inputs, all) = (graph.inputs, graph.nodes.count)
    let constants = graph.constants.count
    number = scratch.take(all, repeating: -1)
    size = scratch.take(all, repeating: 0)
    levels = OperandArray(
      nodes: all, constants: constants, repeating: 0, in: scratch)
    level = levels.middle
    // Hashes: that of constants is 2, that of inputs 1.
    let hash = OperandArray(
      nodes: all, constants: constants, repeating: 2 as UInt64, in: scratch)
    let seen = scratch.take(all, repeating: UInt64(0))
    let table = PlaceTable(count: all, in: scratch)
    for i in 0..<inputs { hash.middle[i] = 1 }
    var next: Int32 = 0
    graph.nodes.withUnsafeBufferPointer { nodes in
      for i in inputs..<max(inputs, all) {
        let node = nodes[i]
        if node.operation == Operation.more.rawValue {
          // Where the list is.
          level[i] = levels[node.a]
          hash.middle[i] = hash[node.a]
          number[i] = number[Int(node.a)]
          size[Int(number[i])] += 1
          continue
        }
        var h: UInt64
        if node.operation < Operation.sum.rawValue {
          h = Self.mixed(
            UInt64(truncatingIfNeeded: node.operation), hash[node.a])
          level[i] = max(levels[node.a], levels[node.b]) + 1
          if !Operation.isUnary(node.operation) {
            h = Self.mixed(h, hash[node.b])
            // x[i] * x[i + 1] and x[i] * x[i + 2] are two shapes.
            let distance = Int(node.b) - Int(node.a)
            if node.a >= 0 && node.b >= 0 && node.a < inputs
              && node.b < inputs && abs(distance) <= 4
            {
              h = Self.mixed(h, UInt64(bitPattern: Int64(distance)))
            }
          }
        } else {
          // Sums and lists are alone.
          h = Self.mixed(UInt64(i), 7)
          var deepest: Int32 = 0
          graph.forEachOperand(of: node) { deepest = max(deepest, levels[$0]) }
          level[i] = deepest + 1
        }
        hash.middle[i] = h
        seen[Int(next)] = h
        let found = table.find(h, orInsert: next) { seen[Int($0)] == h }
        if found == next { next += 1 }
        number[i] = found
        size[Int(found)] += 1
      }
    }
    count = Int(next)
  }

  /// How many nodes have a shape that fewer than so many have.
  func rareCount(under limit: Int32) -> Int {
    var sum = 0
    for k in 0..<count where size[k] < limit { sum += Int(size[k]) }
    return sum
  }

  /// A hash of two; the multiplier is 2⁶⁴ over the golden ratio.
  @inline(__always)
  private static func mixed(_ x: UInt64, _ y: UInt64) -> UInt64 {
    var h = (x ^ (y &* 0x9e37_79b9_7f4a_7c15)) &* 0xff51_afd7_ed55_8ccd
    h ^= h >> 32
    return h &* 0x9e37_79b9_7f4a_7c15
  }
}
