/// A recording as a graph, on its way to a program: without what nothing depends
/// on, each operation once, long sums in one piece.
///
/// Nodes keep the order of the recording, so that operands come first. Operands are
/// nodes or, negative, constants: −1 is the first.
struct Expression {
  struct Node: Equatable {
    var operation: Int32
    var a: Int32
    var b: Int32

    /// For a ``PlaceTable``: distinct where operation or operands are near.
    var hash: UInt64 {
      UInt64(UInt32(bitPattern: a)) << 32 ^ UInt64(UInt32(bitPattern: b))
        ^ UInt64(operation) << 56
    }
  }

  var nodes: [Node] = []
  var constants: [Double] = []
  /// The operands of sums, `b` of them from `a`, and of lists.
  var operands: [Int32] = []
  /// The operations of many operands; a node has the number of its own as `b`.
  let lists: [ListOperation]
  /// The inputs are the first nodes.
  let inputs: Int
  var outputs: [Int32]
  var guards: [TapeGuard]

  /// The graph of a tape.
  ///
  /// Equal operations on equal operands are one node, and equal constants are
  /// one: as written, `exp(-x[0] * t)` in a value and in another place is computed
  /// twice.
  init(_ tape: Tape, inputs: Int, outputs: [Int32]) {
    self.inputs = inputs
    let guards = tape.more.pointee.guards
    let listed = tape.more.pointee.operands
    let lists = tape.more.pointee.lists
    self.lists = lists

    var needed = [Bool](repeating: false, count: tape.count)
    for place in outputs where place >= 0 { needed[Int(place)] = true }
    for g in guards {
      if g.a >= 0 { needed[Int(g.a)] = true }
      if g.b >= 0 { needed[Int(g.b)] = true }
    }
    for i in stride(from: tape.count - 1, through: inputs, by: -1)
    where needed[i] {
      let node = tape.nodes[i]
      if let count = Self.operandCount(node.operation, node.b, lists) {
        for k in 0..<count where listed[Int(node.a) + k] >= 0 {
          needed[Int(listed[Int(node.a) + k])] = true
        }
        if node.operation == Operation.list.rawValue {
          // All results stay together.
          for k in 1..<max(1, lists[Int(node.b)].outputs) {
            needed[i + k] = true
          }
        }
      } else if node.operation == Operation.more.rawValue {
        needed[Int(node.a)] = true
      } else {
        if node.a >= 0 { needed[Int(node.a)] = true }
        if node.b >= 0 { needed[Int(node.b)] = true }
      }
    }

    var place = [Int32](repeating: 0, count: tape.count)
    var constantTable = PlaceTable(count: tape.constantCount)
    var table = PlaceTable(count: tape.count)
    var nodes: [Node] = []
    nodes.reserveCapacity(tape.count)
    var constants: [Double] = []

    func moved(_ old: Int32) -> Int32 {
      if old >= 0 { return place[Int(old)] }
      let value = tape.constants[-1 - Int(old)]
      let new = Int32(constants.count)
      let found = constantTable.find(value.bitPattern, orInsert: new) {
        constants[Int($0)].bitPattern == value.bitPattern
      }
      if found == new { constants.append(value) }
      return -1 - found
    }

    for i in 0..<inputs {
      place[i] = Int32(i)
      nodes.append(Node(operation: Operation.input.rawValue, a: 0, b: 0))
    }
    for i in inputs..<max(inputs, tape.count) where needed[i] {
      let old = tape.nodes[i]
      var new: Node
      if let count = Self.operandCount(old.operation, old.b, lists) {
        new = Node(
          operation: old.operation, a: Int32(operands.count), b: old.b)
        for k in 0..<count { operands.append(moved(listed[Int(old.a) + k])) }
      } else if old.operation == Operation.more.rawValue {
        new = Node(operation: old.operation, a: moved(old.a), b: old.b)
      } else {
        new = Node(
          operation: old.operation, a: moved(old.a), b: moved(old.b))
        // The same number, in bits as well.
        if new.operation == Operation.multiply.rawValue && new.a == new.b {
          new.operation = Operation.square.rawValue
        }
        let next = Int32(nodes.count)
        let found = table.find(new.hash, orInsert: next) {
          nodes[Int($0)] == new
        }
        if found != next {
          place[i] = found
          continue
        }
      }
      place[i] = Int32(nodes.count)
      nodes.append(new)
    }
    self.outputs = outputs.map(moved)
    self.guards = guards.map { g in
      var g = g
      g.a = moved(g.a)
      g.b = moved(g.b)
      return g
    }
    self.constants = constants
    self.nodes = nodes
  }

  /// The number of operands of a sum or a list, which are listed; nil for others.
  func operandCount(of operation: Int32, _ b: Int32) -> Int? {
    Self.operandCount(operation, b, lists)
  }

  private static func operandCount(
    _ operation: Int32, _ b: Int32, _ lists: [ListOperation]
  ) -> Int? {
    switch operation {
    case Operation.sum.rawValue: Int(b)
    case Operation.list.rawValue: lists[Int(b)].inputs
    default: nil
    }
  }

  /// Calls `body` with every operand of a node.
  func forEachOperand(of node: Node, _ body: (Int32) -> Void) {
    if let count = operandCount(of: node.operation, node.b) {
      for k in Int(node.a)..<Int(node.a) + count { body(operands[k]) }
      return
    }
    switch node.operation {
    case Operation.input.rawValue: break
    case Operation.more.rawValue: body(node.a)
    default:
      body(node.a)
      if !Operation.isUnary(node.operation) { body(node.b) }
    }
  }
}

extension Operation {
  /// Whether an operation has one operand.
  static func isUnary(_ code: Int32) -> Bool {
    code == Operation.negate.rawValue || code == Operation.square.rawValue
      || (code >= Operation.abs.rawValue && code < Operation.pow.rawValue)
  }
}
