extension Expression {
  /// The most numbers that the sets of a detection may have together, 256 MiB;
  /// where there would be more, the matrix counts as dense.
  private static var limit: Int { 1 << 26 }

  /// The inputs that each node depends on, ascending; nil if those are too many.
  ///
  /// - Parameter isWanted: the nodes to find them for; the operands of a wanted
  ///   node have to be wanted.
  func dependencies(of isWanted: [Bool]) -> [[Int32]]? {
    var sets = [[Int32]](repeating: [], count: nodes.count)
    var total = 0
    for i in nodes.indices where isWanted[i] {
      if i < inputs {
        sets[i] = [Int32(i)]
        continue
      }
      let node = nodes[i]
      if node.operation == Operation.more.rawValue {
        sets[i] = sets[Int(node.a)]
      } else if operandCount(of: node.operation, node.b) != nil {
        var all: [Int32] = []
        forEachOperand(of: node) { if $0 >= 0 { all += sets[Int($0)] } }
        all.sort()
        var unique: [Int32] = []
        for j in all where unique.last != j { unique.append(j) }
        sets[i] = unique
      } else {
        let a = node.a >= 0 ? sets[Int(node.a)] : []
        let hasOne = Operation.isUnary(node.operation) || node.b < 0
        sets[i] = hasOne ? a : Self.union(a, sets[Int(node.b)])
      }
      total += sets[i].count
      if total > Self.limit { return nil }
    }
    return sets
  }

  /// The union of two ascending sets; one of the two, not a copy, if it has it
  /// all.
  private static func union(_ a: [Int32], _ b: [Int32]) -> [Int32] {
    if b.isEmpty || a == b { return a }
    if a.isEmpty { return b }
    var result: [Int32] = []
    result.reserveCapacity(a.count + b.count)
    var (i, j) = (0, 0)
    while i < a.count && j < b.count {
      let least = min(a[i], b[j])
      if a[i] == least { i += 1 }
      if b[j] == least { j += 1 }
      result.append(least)
    }
    result += a[i...]
    result += b[j...]
    return result
  }

  /// Where ∂rᵢ/∂xⱼ may differ from 0.
  func jacobianPattern() -> SparsityPattern {
    let all = [Bool](repeating: true, count: nodes.count)
    guard let sets = dependencies(of: all) else {
      return .dense(outputs.count, inputs)
    }
    return SparsityPattern(
      columns: inputs, outputs.map { $0 >= 0 ? sets[Int($0)] : [] })
  }
}
