internal import CBLAS

/// Where everything of a program stands.
///
/// Places are numbered: inputs first, then constants, then batch after batch.
struct Layout {
  let batches: UnsafeMutablePointer<derivative_batch>
  let batchCount: Int
  let indices: UnsafeMutablePointer<Int32>
  private var indexCount = 0
  /// The places that a reverse sweep adds to, the others being stored.
  let zeros: UnsafeMutablePointer<derivative_range>
  private(set) var zeroCount = 0
  /// Constants that stand at a place of their own beside that of each constant.
  private(set) var copies: [(place: Int32, value: Double)] = []
  private(set) var places: Int
  private(set) var partialCount = 0
  private(set) var longest = 0
  private let place: OperandArray<Int32>
  /// Bit i mod 64 for each input i that an operand depends on.
  private let depends: OperandArray<UInt64>

  /// Places for the nodes of a graph, whose batches are these.
  ///
  /// - Complexity: about 10 ns a node.
  init(_ graph: Expression, _ grouped: Batches, in scratch: Scratch) {
    let (inputs, constants) = (graph.inputs, graph.constants.count)
    batchCount = grouped.count
    batches = .allocate(capacity: batchCount)
    zeros = .allocate(capacity: batchCount + 1)
    // At most two for each node, and those of the lists.
    indices = .allocate(
      capacity: 2 * graph.nodes.count + graph.operands.count)
    place = OperandArray(
      nodes: graph.nodes.count, constants: constants, repeating: 0,
      in: scratch)
    depends = OperandArray(
      nodes: graph.nodes.count, constants: constants, repeating: 0,
      in: scratch)
    for i in 0..<inputs {
      place.middle[i] = Int32(i)
      depends.middle[i] = 1 << (UInt64(i) & 63)
    }
    for k in 0..<constants { place.middle[-1 - k] = Int32(inputs + k) }
    places = inputs + constants
    graph.nodes.withUnsafeBufferPointer { nodes in
      graph.operands.withUnsafeBufferPointer { listed in
        for k in 0..<batchCount {
          let members = grouped[k]
          var batch = derivative_batch()
          let node = nodes[Int(members[0])]
          batch.op = node.operation
          if node.operation < Operation.sum.rawValue {
            fill(&batch, members, nodes, graph)
          } else if node.operation == Operation.sum.rawValue {
            batch.count = node.b
            batch.a = operands(&batch, Int(node.b), graph, isSum: true) {
              listed[Int(node.a) + $0]
            }
          } else {
            let operation = graph.lists[Int(node.b)]
            batch.count = Int32(operation.outputs)
            batch.partials = node.b
            batch.a = operands(
              &batch, operation.inputs, graph, isSum: true
            ) { listed[Int(node.a) + $0] }
          }
          batch.result = Int32(places)
          (batches + k).initialize(to: batch)
          longest = max(longest, Int(batch.count))
          for member in members {
            place.middle[Int(member)] = Int32(truncatingIfNeeded: places)
            depends.middle[Int(member)] = batch.depends
            places += 1
          }
        }
      }
    }
    markStores(graph, in: scratch)
  }

  /// The place of a node or a constant.
  func place(of operand: Int32) -> Int32 { place[operand] }

  /// A batch of operations of one or two operands.
  @inline(__always)
  private mutating func fill(
    _ batch: inout derivative_batch, _ members: UnsafeBufferPointer<Int32>,
    _ nodes: UnsafeBufferPointer<Expression.Node>, _ graph: Expression
  ) {
    batch.count = Int32(members.count)
    batch.a = operands(&batch, members.count, graph) {
      nodes[Int(members[$0])].a
    }
    let isUnary = Operation.isUnary(batch.op)
    if !isUnary {
      batch.b = operands(&batch, members.count, graph) {
        nodes[Int(members[$0])].b
      }
    }
    if batch.op >= Operation.abs.rawValue {
      batch.partials = Int32(partialCount)
      partialCount += members.count * (isUnary ? 2 : 5)
    }
  }

  /// Where operands stand: side by side, in one place, or anywhere; adds to what
  /// the batch depends on.
  @inline(__always)
  private mutating func operands(
    _ batch: inout derivative_batch, _ count: Int, _ graph: Expression,
    isSum: Bool = false,
    _ operand: (Int) -> Int32
  ) -> derivative_operands {
    var result = derivative_operands()
    guard count > 0 else { return result }
    let found = indices + indexCount
    let first = place[operand(0)]
    var (isRow, isOne, highest) = (true, true, Int32.min)
    var inputs: UInt64 = 0
    for k in 0..<count {
      let o = operand(k)
      let p = place[o]
      found[k] = p
      isRow = isRow && p == first &+ Int32(truncatingIfNeeded: k)
      isOne = isOne && p == first
      highest = max(highest, o)
      inputs |= depends[o]
    }
    batch.depends |= inputs
    result.active = highest >= 0 ? 1 : 0
    result.place = first
    if isRow {
      result.kind = Int32(derivative_contiguous)
    } else if !isSum && isOne {
      result.kind = Int32(derivative_broadcast)
    } else if highest < 0 {
      // Different constants, such as the data of a fit, side by side.
      result.place = Int32(places)
      for k in 0..<count {
        copies.append((Int32(places), graph.constants[-1 - Int(operand(k))]))
        places += 1
      }
    } else {
      result.kind = Int32(derivative_gather)
      result.place = Int32(indexCount)
      indexCount += count
    }
    return result
  }

  /// Finds the places that one batch contributes to first and all at once; the
  /// rest are to be set to 0 before a reverse sweep.
  private mutating func markStores(_ graph: Expression, in scratch: Scratch) {
    var stores = Stores(
      inputs: graph.inputs, places: places, batchCount, in: scratch)
    for k in 0..<batchCount {
      let t = batches[k]
      stores.append(
        start: t.result, count: t.op == Operation.sum.rawValue ? 1 : t.count)
    }
    // An output is seeded before anything contributes to it.
    for output in graph.outputs where output >= 0 {
      stores.add(place(of: output))
    }
    for k in stride(from: batchCount - 1, through: 0, by: -1) {
      let t = batches + k
      if t.pointee.op == Operation.list.rawValue {
        // What a list contributes is added in any case.
        let count = graph.lists[Int(t.pointee.partials)].inputs
        stores.contribute(&t.pointee.a, Int32(count), indices, mayStore: false)
        continue
      }
      stores.contribute(&t.pointee.a, t.pointee.count, indices)
      if t.pointee.op != Operation.sum.rawValue
        && !Operation.isUnary(t.pointee.op)
      {
        stores.contribute(&t.pointee.b, t.pointee.count, indices)
      }
    }
    zeroCount = stores.writeZeros(to: zeros)
  }
}
