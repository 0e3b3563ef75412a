extension Expression {
  /// The number of additions from which on a chain is one sum.
  ///
  /// Shorter ones stay as they are, since many short chains of one shape make
  /// batches together.
  private static var longChain: Int { 8 }

  /// Makes each long chain of additions, s = s + t again and again, one sum of
  /// the terms in their order.
  ///
  /// As a chain every addition would be a batch of its own. Adding up from left
  /// to right gives the bits of the recording, since x + y is y + x and s − t is
  /// s + (−t) in every bit, the sign of a NaN aside.
  mutating func gatherSums() {
    var uses = [Int32](repeating: 0, count: nodes.count)
    for node in nodes {
      forEachOperand(of: node) { if $0 >= 0 { uses[Int($0)] += 1 } }
    }
    // What is read from outside has to stay.
    for place in outputs where place >= 0 { uses[Int(place)] += 2 }
    for g in guards {
      if g.a >= 0 { uses[Int(g.a)] += 2 }
      if g.b >= 0 { uses[Int(g.b)] += 2 }
    }

    func isLink(_ i: Int32) -> Bool {
      guard i >= 0 else { return false }
      let operation = nodes[Int(i)].operation
      return operation == Operation.add.rawValue
        || operation == Operation.subtract.rawValue
    }
    // Additions in a row along the first operands, and along the second.
    var first = [Int32](repeating: 0, count: nodes.count)
    var second = first
    for i in inputs..<nodes.count where isLink(Int32(i)) {
      let (a, b) = (nodes[i].a, nodes[i].b)
      first[i] = 1 + (isLink(a) && uses[Int(a)] == 1 ? first[Int(a)] : 0)
      if nodes[i].operation == Operation.add.rawValue {
        second[i] = 1 + (isLink(b) && uses[Int(b)] == 1 ? second[Int(b)] : 0)
      }
    }

    var absorbed = [Bool](repeating: false, count: nodes.count)
    var terms: [(term: Int32, isNegative: Bool)] = []
    var sums: [Int: [(term: Int32, isNegative: Bool)]] = [:]
    for i in stride(from: nodes.count - 1, through: inputs, by: -1)
    where !absorbed[i] {
      let length = Int(max(first[i], second[i]))
      guard length >= Self.longChain else { continue }
      let alongFirst = first[i] >= second[i]
      terms.removeAll(keepingCapacity: true)
      var link = i
      for step in 0..<length {
        let node = nodes[link]
        let minus = node.operation == Operation.subtract.rawValue
        terms.append((alongFirst ? node.b : node.a, minus))
        let next = alongFirst ? node.a : node.b
        if step == length - 1 {
          terms.append((next, false))
        } else {
          link = Int(next)
          absorbed[link] = true
        }
      }
      sums[i] = terms.reversed()
    }
    if sums.isEmpty { return }
    rewrite(sums, absorbed)
  }

  /// Puts sums in the place of chains, and negations before them where a term
  /// was subtracted.
  private mutating func rewrite(
    _ sums: [Int: [(term: Int32, isNegative: Bool)]], _ absorbed: [Bool]
  ) {
    let old = nodes
    var place = [Int32](repeating: 0, count: old.count)
    func moved(_ i: Int32) -> Int32 { i >= 0 ? place[Int(i)] : i }
    nodes.removeAll(keepingCapacity: true)
    for i in old.indices where !absorbed[i] {
      var node = old[i]
      if let terms = sums[i] {
        var list: [Int32] = []
        list.reserveCapacity(terms.count)
        for (term, isNegative) in terms {
          var term = moved(term)
          if isNegative && term < 0 {
            constants.append(-constants[-1 - Int(term)])
            term = -Int32(constants.count)
          } else if isNegative {
            nodes.append(
              Node(operation: Operation.negate.rawValue, a: term, b: term))
            term = Int32(nodes.count - 1)
          }
          list.append(term)
        }
        node = Node(
          operation: Operation.sum.rawValue, a: Int32(operands.count),
          b: Int32(list.count))
        operands += list
      } else if let count = operandCount(of: node.operation, node.b) {
        for k in Int(node.a)..<Int(node.a) + count {
          operands[k] = moved(operands[k])
        }
      } else if node.operation == Operation.more.rawValue {
        node.a = moved(node.a)
      } else if i >= inputs {
        node.a = moved(node.a)
        node.b = moved(node.b)
      }
      place[i] = Int32(nodes.count)
      nodes.append(node)
    }
    outputs = outputs.map(moved)
    for k in guards.indices {
      guards[k].a = moved(guards[k].a)
      guards[k].b = moved(guards[k].b)
    }
  }
}
