extension Expression {
  /// Which second derivatives of its result an operation has.
  private enum Curvature: Equatable {
    /// None: linear, or linear in pieces.
    case none
    /// By the first operand twice.
    case first
    /// By one operand and the other.
    case mixed
    /// By both, and by the second twice.
    case quotient
    /// All.
    case all
    /// All, of many operands.
    case list

    init(_ node: Node, _ lists: [ListOperation]) {
      switch Operation(rawValue: node.operation) {
      case .list: self = lists[Int(node.b)].isLinear ? .none : .list
      case .input, .add, .subtract, .negate, .abs, .maximum, .minimum, .round,
        .remainder, .truncatingRemainder, .sum, .more, nil:
        self = .none
      case .multiply: self = .mixed
      case .divide: self = .quotient
      case .pow, .atan2, .hypot: self = .all
      default: self = .first
      }
    }
  }

  /// Where ∂²r/∂xᵢ∂xⱼ may differ from 0 for any output r: inputs that meet in an
  /// operation which is not linear in them.
  ///
  /// Source: Walther 2008, nonlinear interaction domains.
  func hessianPattern() -> SparsityPattern {
    // Sets are needed of operands of nonlinear operations, and of what those
    // depend on; not of the long sum at the end.
    var isWanted = [Bool](repeating: false, count: nodes.count)
    for i in nodes.indices.reversed() where i >= inputs {
      if Curvature(nodes[i], lists) != .none || isWanted[i] {
        forEachOperand(of: nodes[i]) { if $0 >= 0 { isWanted[Int($0)] = true } }
        if nodes[i].operation == Operation.list.rawValue { isWanted[i] = true }
      }
    }
    guard let sets = dependencies(of: isWanted) else {
      return .dense(inputs, inputs)
    }
    var pairs = PairSet(count: inputs)
    for (i, node) in nodes.enumerated() {
      let curvature = Curvature(node, lists)
      if curvature == .none { continue }
      let a = node.a >= 0 && curvature != .list ? sets[Int(node.a)] : []
      switch curvature {
      case .none: continue
      case .list: pairs.insert(sets[i], sets[i])
      case .first: pairs.insert(a, a)
      case .mixed, .quotient, .all:
        let b = node.b >= 0 ? sets[Int(node.b)] : []
        pairs.insert(a, b)
        if curvature != .mixed { pairs.insert(b, b) }
        if curvature == .all { pairs.insert(a, a) }
      }
      if pairs.isDense { return .dense(inputs, inputs) }
    }
    return pairs.pattern
  }
}

/// Unordered pairs of inputs.
struct PairSet {
  private let count: Int
  private var keys: [UInt64] = []
  private var uniqueCount = 0
  /// Whether so many pairs are in the set that the rest does not matter.
  private(set) var isDense = false

  init(count: Int) { self.count = count }

  /// Adds all pairs of an element of one set and an element of the other.
  mutating func insert(_ a: [Int32], _ b: [Int32]) {
    // A quarter of a matrix is no longer sparse: nothing is won by colours.
    if a.count * b.count * 4 > count * count && count > 8 {
      isDense = true
      return
    }
    for i in a {
      for j in b {
        let (high, low) = (UInt64(max(i, j)), UInt64(min(i, j)))
        keys.append(high << 32 | low)
      }
    }
    // Sorting when the list has doubled costs O(log) per pair in all.
    if keys.count > 2 * uniqueCount + (1 << 16) {
      removeRepeated()
      isDense = uniqueCount * 8 > count * count
    }
  }

  private mutating func removeRepeated() {
    keys.sort()
    var kept = 0
    for key in keys where kept == 0 || keys[kept - 1] != key {
      keys[kept] = key
      kept += 1
    }
    keys.removeLast(keys.count - kept)
    uniqueCount = kept
  }

  /// The symmetric pattern of the pairs.
  var pattern: SparsityPattern {
    var unique = self
    unique.removeRepeated()
    var lists = [[Int32]](repeating: [], count: count)
    // Ascending by the higher index: what is below the diagonal of each row
    // comes ascending, then what is above.
    for key in unique.keys {
      lists[Int(key >> 32)].append(Int32(truncatingIfNeeded: key))
    }
    for key in unique.keys {
      let (high, low) = (Int32(key >> 32), Int32(truncatingIfNeeded: key))
      if high != low { lists[Int(low)].append(high) }
    }
    return SparsityPattern(columns: count, lists)
  }
}
