extension Expression {
  /// The graph of a tape.
  ///
  /// Equal operations on equal operands are one node, and equal constants are
  /// one: as written, `exp(-x[0] * t)` in a value and in another place is computed
  /// twice.
  ///
  /// - Complexity: about 15 ns a node.
  init(_ tape: Tape, inputs: Int, outputs: [Int32], in scratch: Scratch) {
    let guards = tape.more.pointee.guards
    let listed = tape.more.pointee.operands
    let lists = tape.more.pointee.lists
    let needed = Self.needed(
      tape, inputs: inputs, outputs: outputs, in: scratch)
    let place = OperandArray(
      nodes: tape.count, constants: tape.constantCount, repeating: Int32(0),
      in: scratch)
    constants = Self.distinctConstants(tape, places: place, in: scratch)

    var operands: [Int32] = []
    let table = PlaceTable(count: tape.count, in: scratch)
    nodes = [Node](unsafeUninitializedCapacity: tape.count) { buffer, made in
      guard let new = buffer.baseAddress else { return }
      for i in 0..<inputs {
        place.middle[i] = Int32(i)
        new[i] = Node(operation: Operation.input.rawValue, a: 0, b: 0)
      }
      var count = inputs
      for i in inputs..<tape.count where needed.middle[i] {
        let old = tape.nodes[i]
        let next = Int32(truncatingIfNeeded: count)
        var node: Node
        if old.operation < Operation.sum.rawValue {
          node = Node(
            operation: old.operation, a: place[old.a], b: place[old.b])
          // The same number, in bits as well.
          if node.operation == Operation.multiply.rawValue && node.a == node.b {
            node.operation = Operation.square.rawValue
          }
          let found = table.find(node.hash, orInsert: next) {
            new[Int($0)] == node
          }
          if found != next {
            place.middle[i] = found
            continue
          }
        } else if let listedCount = Self.listedCount(
          old.operation, old.b, lists)
        {
          node = Node(
            operation: old.operation, a: Int32(operands.count), b: old.b)
          for k in 0..<listedCount {
            operands.append(place[listed[Int(old.a) + k]])
          }
        } else {
          node = Node(operation: old.operation, a: place[old.a], b: old.b)
        }
        place.middle[i] = next
        new[count] = node
        count += 1
      }
      made = count
    }
    self.inputs = inputs
    self.lists = lists
    self.operands = operands
    self.outputs = outputs.map { place[$0] }
    self.guards = guards.map { g in
      var g = g
      g.a = place[g.a]
      g.b = place[g.b]
      return g
    }
  }

  /// Which nodes outputs and guards depend on.
  private static func needed(
    _ tape: Tape, inputs: Int, outputs: [Int32], in scratch: Scratch
  ) -> OperandArray<Bool> {
    let listed = tape.more.pointee.operands
    let lists = tape.more.pointee.lists
    let needed = OperandArray(
      nodes: tape.count, constants: tape.constantCount, repeating: false,
      in: scratch)
    for place in outputs { needed[place] = true }
    for g in tape.more.pointee.guards {
      needed[g.a] = true
      needed[g.b] = true
    }
    var i = tape.count
    while i > inputs {
      i -= 1
      guard needed.middle[i] else { continue }
      let node = tape.nodes[i]
      if node.operation < Operation.sum.rawValue {
        needed[node.a] = true
        needed[node.b] = true
      } else if let count = listedCount(node.operation, node.b, lists) {
        for k in 0..<count { needed[listed[Int(node.a) + k]] = true }
        if node.operation == Operation.list.rawValue {
          // All results stay together.
          for k in 1..<max(1, lists[Int(node.b)].outputs) {
            needed.middle[i + k] = true
          }
        }
      } else {
        needed[node.a] = true
      }
    }
    return needed
  }

  /// Each constant once, in the order of the recording; writes where it is found.
  private static func distinctConstants(
    _ tape: Tape, places: OperandArray<Int32>, in scratch: Scratch
  ) -> [Double] {
    let count = tape.constantCount
    let table = PlaceTable(count: count, in: scratch)
    return [Double](unsafeUninitializedCapacity: count) { buffer, made in
      guard let distinct = buffer.baseAddress else { return }
      var next: Int32 = 0
      for k in 0..<count {
        let value = tape.constants[k]
        let found = table.find(value.bitPattern, orInsert: next) {
          distinct[Int($0)].bitPattern == value.bitPattern
        }
        if found == next {
          distinct[Int(next)] = value
          next += 1
        }
        places.middle[-1 - k] = -1 - found
      }
      made = Int(next)
    }
  }
}
