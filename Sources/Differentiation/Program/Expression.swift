/// A recording as a graph, on its way to a program: without what nothing depends
/// on, each operation once, long sums in one piece.
///
/// Nodes keep the order of the recording, so that operands come first. Operands are
/// nodes or, negative, constants: −1 is the first.
struct Expression {
  struct Node: Equatable, BitwiseCopyable {
    var operation: Int32
    var a: Int32
    var b: Int32

    /// For a ``PlaceTable``: distinct where operation or operands are near.
    @inline(__always)
    var hash: UInt64 {
      UInt64(UInt32(bitPattern: a)) << 32 ^ UInt64(UInt32(bitPattern: b))
        ^ UInt64(truncatingIfNeeded: operation) << 56
    }
  }

  var nodes: [Node]
  var constants: [Double]
  /// The operands of sums, `b` of them from `a`, and of lists.
  var operands: [Int32]
  /// The operations of many operands; a node has the number of its own as `b`.
  let lists: [ListOperation]
  /// The inputs are the first nodes.
  let inputs: Int
  var outputs: [Int32]
  var guards: [TapeGuard]

  /// The number of operands of a sum or a list, which are listed; nil for others.
  @inline(__always)
  func operandCount(of operation: Int32, _ b: Int32) -> Int? {
    if operation < Operation.sum.rawValue { return nil }
    return Self.listedCount(operation, b, lists)
  }

  /// The same for an operation that is not one of few operands.
  static func listedCount(
    _ operation: Int32, _ b: Int32, _ lists: [ListOperation]
  ) -> Int? {
    switch operation {
    case Operation.sum.rawValue: Int(b)
    case Operation.list.rawValue: lists[Int(b)].inputs
    default: nil
    }
  }

  /// Calls `body` with every operand of a node.
  @inline(__always)
  func forEachOperand(of node: Node, _ body: (Int32) -> Void) {
    if node.operation < Operation.sum.rawValue {
      if node.operation == Operation.input.rawValue { return }
      body(node.a)
      if !Operation.isUnary(node.operation) { body(node.b) }
    } else if let count = operandCount(of: node.operation, node.b) {
      for k in Int(node.a)..<Int(node.a) + count { body(operands[k]) }
    } else {
      body(node.a)
    }
  }
}

extension Operation {
  /// Whether an operation has one operand.
  @inline(__always)
  static func isUnary(_ code: Int32) -> Bool {
    code == Operation.negate.rawValue || code == Operation.square.rawValue
      || (code >= Operation.abs.rawValue && code < Operation.pow.rawValue)
  }
}
