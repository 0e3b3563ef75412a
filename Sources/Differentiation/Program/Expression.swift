/// A recording as a graph, on its way to a program: without what nothing depends
/// on, each operation once, long sums in one piece.
///
/// Nodes keep the order of the recording, so that operands come first. Operands are
/// nodes or, negative, constants: −1 is the first.
struct Expression {
  struct Node {
    var operation: Int32
    var a: Int32
    var b: Int32
  }

  var nodes: [Node] = []
  var constants: [Double] = []
  /// The operands of sums: `b` of them from `a`.
  var operands: [Int32] = []
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

    var needed = [Bool](repeating: false, count: tape.count)
    for place in outputs where place >= 0 { needed[Int(place)] = true }
    for g in guards {
      if g.a >= 0 { needed[Int(g.a)] = true }
      if g.b >= 0 { needed[Int(g.b)] = true }
    }
    for i in stride(from: tape.count - 1, through: inputs, by: -1)
    where needed[i] {
      let node = tape.nodes[i]
      if node.operation == Operation.sum.rawValue {
        for k in 0..<Int(node.b) where listed[Int(node.a) + k] >= 0 {
          needed[Int(listed[Int(node.a) + k])] = true
        }
      } else {
        if node.a >= 0 { needed[Int(node.a)] = true }
        if node.b >= 0 { needed[Int(node.b)] = true }
      }
    }

    struct Key: Hashable {
      var operation: Int32
      var a: Int32
      var b: Int32
    }
    var place = [Int32](repeating: 0, count: tape.count)
    var constantPlace: [UInt64: Int32] = [:]
    var known: [Key: Int32] = [:]
    known.reserveCapacity(tape.count)
    nodes.reserveCapacity(tape.count)
    var constants: [Double] = []

    func moved(_ old: Int32) -> Int32 {
      if old >= 0 { return place[Int(old)] }
      let value = tape.constants[-1 - Int(old)]
      if let found = constantPlace[value.bitPattern] { return found }
      constants.append(value)
      let new = -Int32(constants.count)
      constantPlace[value.bitPattern] = new
      return new
    }

    for i in 0..<inputs {
      place[i] = Int32(i)
      nodes.append(Node(operation: Operation.input.rawValue, a: 0, b: 0))
    }
    for i in inputs..<max(inputs, tape.count) where needed[i] {
      let old = tape.nodes[i]
      var new: Node
      if old.operation == Operation.sum.rawValue {
        new = Node(
          operation: old.operation, a: Int32(operands.count), b: old.b)
        for k in 0..<Int(old.b) {
          operands.append(moved(listed[Int(old.a) + k]))
        }
      } else {
        new = Node(
          operation: old.operation, a: moved(old.a), b: moved(old.b))
        // The same number, in bits as well.
        if new.operation == Operation.multiply.rawValue && new.a == new.b {
          new.operation = Operation.square.rawValue
        }
        let key = Key(operation: new.operation, a: new.a, b: new.b)
        if let found = known[key] {
          place[i] = found
          continue
        }
        known[key] = Int32(nodes.count)
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
  }

  /// Calls `body` with every operand of a node.
  func forEachOperand(of node: Node, _ body: (Int32) -> Void) {
    switch node.operation {
    case Operation.input.rawValue: break
    case Operation.sum.rawValue:
      for k in Int(node.a)..<Int(node.a + node.b) { body(operands[k]) }
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
