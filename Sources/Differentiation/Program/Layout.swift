internal import CBLAS

/// Where everything of a program stands.
struct Layout {
  private(set) var batches: [derivative_batch] = []
  private(set) var indices: [Int32] = []
  /// The constants with their places.
  private(set) var constants: [(place: Int32, value: Double)] = []
  private(set) var places: Int
  private(set) var partialCount = 0
  /// The places that a reverse sweep adds to, the others being stored.
  private(set) var zeros: [derivative_range] = []
  private let expression: Expression
  private var placeOfNode: [Int32]
  private var placeOfConstant: [Int32]

  init(_ expression: Expression) {
    self.expression = expression
    let inputs = expression.inputs
    places = inputs
    placeOfNode = [Int32](repeating: 0, count: expression.nodes.count)
    for i in 0..<inputs { placeOfNode[i] = Int32(i) }
    placeOfConstant = []
    for value in expression.constants {
      placeOfConstant.append(Int32(places))
      constants.append((Int32(places), value))
      places += 1
    }

    for members in expression.batches() {
      let operation = expression.nodes[Int(members[0])].operation
      if operation == Operation.sum.rawValue {
        appendSum(expression.nodes[Int(members[0])])
      } else if operation == Operation.list.rawValue {
        appendList(expression.nodes[Int(members[0])])
      } else {
        appendBatch(members, operation)
      }
      for member in members {
        placeOfNode[Int(member)] = Int32(places)
        places += 1
      }
    }
  }

  /// The place of a node or a constant.
  func place(of operand: Int32) -> Int32 {
    operand >= 0
      ? placeOfNode[Int(operand)] : placeOfConstant[-1 - Int(operand)]
  }

  private mutating func appendSum(_ node: Expression.Node) {
    let list = Array(
      expression.operands[Int(node.a)..<Int(node.a + node.b)])
    var batch = derivative_batch()
    batch.op = node.operation
    batch.count = node.b
    batch.a = operands(list, isSum: true)
    batch.result = Int32(places)
    batches.append(batch)
  }

  private mutating func appendList(_ node: Expression.Node) {
    let operation = expression.lists[Int(node.b)]
    var batch = derivative_batch()
    batch.op = node.operation
    batch.count = Int32(operation.outputs)
    batch.partials = node.b
    batch.a = operands(
      Array(expression.operands[Int(node.a)...].prefix(operation.inputs)),
      isSum: true)
    batch.result = Int32(places)
    batches.append(batch)
  }

  private mutating func appendBatch(_ members: [Int32], _ operation: Int32) {
    var batch = derivative_batch()
    batch.op = operation
    batch.count = Int32(members.count)
    batch.a = operands(members.map { expression.nodes[Int($0)].a })
    let isUnary = Operation.isUnary(operation)
    if !isUnary {
      batch.b = operands(members.map { expression.nodes[Int($0)].b })
    }
    batch.result = Int32(places)
    if operation >= Operation.abs.rawValue {
      batch.partials = Int32(partialCount)
      partialCount += members.count * (isUnary ? 2 : 5)
    }
    batches.append(batch)
  }

  /// Where the listed operands stand: side by side, in one place, or anywhere.
  private mutating func operands(
    _ list: [Int32], isSum: Bool = false
  ) -> derivative_operands {
    var result = derivative_operands()
    result.active = list.contains { $0 >= 0 } ? 1 : 0
    if result.active == 0 && list.count > 1
      && list.contains(where: { $0 != list[0] })
    {
      // Different constants, such as the data of a fit, side by side.
      result.place = Int32(places)
      for operand in list {
        constants.append(
          (Int32(places), expression.constants[-1 - Int(operand)]))
        places += 1
      }
      return result
    }
    let found = list.map { place(of: $0) }
    result.place = found[0]
    if (0..<found.count).allSatisfy({ found[$0] == found[0] + Int32($0) }) {
      result.kind = Int32(derivative_contiguous)
    } else if !isSum && found.allSatisfy({ $0 == found[0] }) {
      result.kind = Int32(derivative_broadcast)
    } else {
      result.kind = Int32(derivative_gather)
      result.place = Int32(indices.count)
      indices += found
    }
    return result
  }

  /// Finds the places that one batch contributes to first and all at once; the
  /// rest are to be set to 0 before a reverse sweep.
  mutating func markStores() {
    // Blocks of places: the inputs, and the results of each batch.
    var blocks: [(start: Int32, count: Int32)] = [
      (0, Int32(expression.inputs))
    ]
    var blockOfPlace = [Int32](repeating: -1, count: places)
    for i in 0..<expression.inputs { blockOfPlace[i] = 0 }
    for batch in batches {
      let count =
        batch.op == Operation.sum.rawValue ? 1 : batch.count
      for i in batch.result..<batch.result + count {
        blockOfPlace[Int(i)] = Int32(blocks.count)
      }
      blocks.append((batch.result, count))
    }
    enum Fate { case untouched, stored, added }
    var fate = [Fate](repeating: .untouched, count: blocks.count)
    // An output is seeded before anything contributes to it.
    for output in expression.outputs where output >= 0 {
      fate[Int(blockOfPlace[Int(place(of: output))])] = .added
    }

    func contribute(
      _ operands: inout derivative_operands, count: Int32
    ) {
      guard operands.active != 0 else { return }
      if operands.kind == Int32(derivative_gather) {
        for k in Int(operands.place)..<Int(operands.place + count) {
          let block = blockOfPlace[Int(indices[k])]
          if block >= 0 && fate[Int(block)] == .untouched {
            fate[Int(block)] = .added
          }
        }
        return
      }
      let span =
        operands.kind == Int32(derivative_contiguous) ? count : 1
      for i in operands.place..<operands.place + span {
        let block = blockOfPlace[Int(i)]
        guard block >= 0 && fate[Int(block)] == .untouched else { continue }
        let whole = blocks[Int(block)]
        if operands.kind == Int32(derivative_contiguous)
          && whole.start == operands.place && whole.count == count
        {
          fate[Int(block)] = .stored
          operands.stores = 1
          return
        }
        fate[Int(block)] = .added
      }
    }
    for k in batches.indices.reversed() {
      var count = batches[k].count
      if batches[k].op == Operation.list.rawValue {
        // What a list contributes is added in any case.
        count = Int32(expression.lists[Int(batches[k].partials)].inputs)
        let operands = batches[k].a
        for i in 0..<count {
          let place =
            operands.kind == Int32(derivative_gather)
            ? indices[Int(operands.place + i)] : operands.place + i
          let block = blockOfPlace[Int(place)]
          if block >= 0 && fate[Int(block)] == .untouched {
            fate[Int(block)] = .added
          }
        }
        continue
      }
      contribute(&batches[k].a, count: count)
      if batches[k].op != Operation.sum.rawValue
        && !Operation.isUnary(batches[k].op)
      {
        contribute(&batches[k].b, count: count)
      }
    }
    for (k, block) in blocks.enumerated()
    where fate[k] != .stored && block.count > 0 {
      zeros.append(derivative_range(start: block.start, count: block.count))
    }
  }
}
