extension Expression {
  /// The number of additions from which on a chain is one sum.
  ///
  /// Shorter ones stay as they are, since many short chains of one shape make
  /// batches together.
  private static var longChain: Int32 { 8 }

  /// Makes each long chain of additions, s = s + t again and again, one sum of
  /// the terms in their order.
  ///
  /// As a chain every addition would be a batch of its own. Adding up from left
  /// to right gives the bits of the recording, since x + y is y + x and s − t is
  /// s + (−t) in every bit, the sign of a NaN aside.
  mutating func gatherSums(in scratch: Scratch) {
    let chains = Chains(self, in: scratch)
    if chains.longest < Self.longChain { return }

    // The sum that a node is the end of, by its number.
    var sums = [Int32](repeating: -1, count: nodes.count)
    var absorbed = [Bool](repeating: false, count: nodes.count)
    var terms: [Term] = []
    var starts: [Int] = [0]
    for i in stride(from: nodes.count - 1, through: inputs, by: -1)
    where !absorbed[i] {
      let length = max(chains.first[i], chains.second[i])
      guard length >= Self.longChain else { continue }
      let alongFirst = chains.first[i] >= chains.second[i]
      var link = i
      for step in 0..<length {
        let node = nodes[link]
        let minus = node.operation == Operation.subtract.rawValue
        terms.append(
          Term(operand: alongFirst ? node.b : node.a, isNegative: minus))
        let next = alongFirst ? node.a : node.b
        if step == length - 1 {
          terms.append(Term(operand: next, isNegative: false))
        } else {
          link = Int(next)
          absorbed[link] = true
        }
      }
      sums[i] = Int32(starts.count - 1)
      starts.append(terms.count)
    }
    rewrite(sums, terms, starts, absorbed, in: scratch)
  }

  /// A term of a sum.
  private struct Term {
    var operand: Int32
    var isNegative: Bool
  }

  /// Puts sums in the place of chains, and negations before them where a term
  /// was subtracted.
  ///
  /// The terms of each sum are listed from the last on.
  private mutating func rewrite(
    _ sums: [Int32], _ terms: [Term], _ starts: [Int], _ absorbed: [Bool],
    in scratch: Scratch
  ) {
    let old = nodes
    let place = OperandArray(
      nodes: old.count, constants: constants.count, repeating: Int32(0),
      in: scratch)
    for k in 0..<constants.count { place.middle[-1 - k] = Int32(-1 - k) }
    nodes = []
    nodes.reserveCapacity(old.count)
    operands.reserveCapacity(operands.count + terms.count)
    for (i, node) in old.enumerated() where !absorbed[i] {
      var node = node
      if sums[i] >= 0 {
        let range = starts[Int(sums[i])]..<starts[Int(sums[i]) + 1]
        node = Node(
          operation: Operation.sum.rawValue, a: Int32(operands.count),
          b: Int32(range.count))
        for term in terms[range].reversed() {
          var operand = place[term.operand]
          if term.isNegative && operand < 0 {
            constants.append(-constants[-1 - Int(operand)])
            operand = -Int32(constants.count)
          } else if term.isNegative {
            nodes.append(
              Node(
                operation: Operation.negate.rawValue, a: operand, b: operand))
            operand = Int32(nodes.count - 1)
          }
          operands.append(operand)
        }
      } else if node.operation < Operation.sum.rawValue {
        if i >= inputs {
          node.a = place[node.a]
          node.b = place[node.b]
        }
      } else if let count = operandCount(of: node.operation, node.b) {
        for k in Int(node.a)..<Int(node.a) + count {
          operands[k] = place[operands[k]]
        }
      } else {
        node.a = place[node.a]
      }
      place.middle[i] = Int32(nodes.count)
      nodes.append(node)
    }
    outputs = outputs.map { place[$0] }
    for k in guards.indices {
      guards[k].a = place[guards[k].a]
      guards[k].b = place[guards[k].b]
    }
  }
}

/// For each addition the number of additions in a row that end with it, along the
/// first operands and along the second.
private struct Chains {
  let first: UnsafeMutablePointer<Int32>
  let second: UnsafeMutablePointer<Int32>
  private(set) var longest: Int32 = 0

  init(_ graph: Expression, in scratch: Scratch) {
    let (inputs, count) = (graph.inputs, graph.nodes.count)
    first = scratch.take(count, repeating: 0)
    second = scratch.take(count, repeating: 0)
    let uses = OperandArray(
      nodes: count, constants: graph.constants.count, repeating: Int32(0),
      in: scratch)
    // What is read from outside has to stay.
    for place in graph.outputs { uses[place] += 2 }
    for g in graph.guards {
      uses[g.a] += 2
      uses[g.b] += 2
    }
    let longest = graph.nodes.withUnsafeBufferPointer { nodes in
      for i in inputs..<max(inputs, count) {
        graph.forEachOperand(of: nodes[i]) { uses[$0] += 1 }
      }
      var longest: Int32 = 0
      for i in inputs..<max(inputs, count) {
        let node = nodes[i]
        let adds = node.operation == Operation.add.rawValue
        guard adds || node.operation == Operation.subtract.rawValue else {
          continue
        }
        // Nodes that are no additions have a row of 0.
        first[i] = 1
        if node.a >= 0 && uses[node.a] == 1 { first[i] += first[Int(node.a)] }
        longest = max(longest, first[i])
        if !adds { continue }
        second[i] = 1
        // A subtraction is no link along the second operands: its row is 0.
        if node.b >= 0 && uses[node.b] == 1 { second[i] += second[Int(node.b)] }
        longest = max(longest, second[i])
      }
      return longest
    }
    self.longest = longest
  }
}
