extension Expression {
  /// The nodes other than inputs in batches of equal operations, each after
  /// what it depends on.
  ///
  /// Nodes of one shape come together: those whose operation is the same and
  /// whose operands, as far back as the inputs, have the same shape. In the order
  /// of the recording they are, as a rule, the turns of one loop, and so their
  /// operands stand side by side. Shapes that occur a few times only are put
  /// together by operation.
  func batches() -> [[Int32]] {
    var level = [Int32](repeating: 0, count: nodes.count)
    var shape = [UInt64](repeating: 1, count: nodes.count)
    for i in inputs..<nodes.count {
      let node = nodes[i]
      var deepest: Int32 = 0
      forEachOperand(of: node) {
        if $0 >= 0 { deepest = max(deepest, level[Int($0)]) }
      }
      level[i] = deepest + 1
      if operandCount(of: node.operation, node.b) != nil {
        // Sums and lists are alone.
        shape[i] = Self.mixed(UInt64(i), 7)
      } else if node.operation == Operation.more.rawValue {
        // Where the list is.
        level[i] = level[Int(node.a)]
        shape[i] = shape[Int(node.a)]
      } else {
        var hash = Self.mixed(UInt64(node.operation), shapeOf(node.a, shape))
        if !Operation.isUnary(node.operation) {
          hash = Self.mixed(hash, shapeOf(node.b, shape))
          // x[i] * x[i + 1] and x[i] * x[i + 2] are two shapes.
          let distance = Int(node.b) - Int(node.a)
          if node.a >= 0 && node.b >= 0 && node.a < inputs
            && node.b < inputs && abs(distance) <= 4
          {
            hash = Self.mixed(hash, UInt64(bitPattern: Int64(distance)))
          }
        }
        shape[i] = hash
      }
    }

    var sizes: [UInt64: Int] = [:]
    for i in inputs..<nodes.count { sizes[shape[i], default: 0] += 1 }
    struct Key: Hashable {
      var level: Int32
      var shape: UInt64
    }
    var number: [Key: Int] = [:]
    var batches: [[Int32]] = []
    var levels: [Int32] = []
    for i in inputs..<nodes.count {
      let node = nodes[i]
      let isRare =
        sizes[shape[i]]! < Self.rareShape
        && node.operation < Operation.sum.rawValue
      let key = Key(
        level: level[i],
        shape: isRare ? UInt64(node.operation) : shape[i])
      if let found = number[key] {
        batches[found].append(Int32(i))
      } else {
        number[key] = batches.count
        batches.append([Int32(i)])
        levels.append(level[i])
      }
    }
    return batches.indices.sorted {
      (levels[$0], $0) < (levels[$1], $1)
    }.map { batches[$0] }
  }

  private static var rareShape: Int { 8 }

  private func shapeOf(_ operand: Int32, _ shape: [UInt64]) -> UInt64 {
    operand >= 0 ? shape[Int(operand)] : 2
  }

  /// A hash of two; the multiplier is 2⁶⁴ over the golden ratio.
  private static func mixed(_ x: UInt64, _ y: UInt64) -> UInt64 {
    var h = (x ^ (y &* 0x9e37_79b9_7f4a_7c15)) &* 0xff51_afd7_ed55_8ccd
    h ^= h >> 32
    return h &* 0x9e37_79b9_7f4a_7c15
  }
}
