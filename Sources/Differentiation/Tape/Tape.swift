/// One operation that was recorded: its result and where its operands stand.
///
/// An operand is the place of an earlier node or, negative, a constant: −1 is
/// the first constant. The layout is that of C's `derivative_node`.
@frozen
@usableFromInline
struct TapeNode {
  @usableFromInline var value: Double
  @usableFromInline var a: Int32
  @usableFromInline var b: Int32
  @usableFromInline var operation: Int32
  @usableFromInline var unused: Int32 = 0

  @inlinable @inline(__always)
  init(_ operation: Operation, _ a: Int32, _ b: Int32, _ value: Double) {
    self.value = value
    self.a = a
    self.b = b
    self.operation = operation.rawValue
  }
}

/// A decision by values, with its outcome; C's `derivative_guard`.
struct TapeGuard {
  var expected: Int64
  var a: Int32
  var b: Int32
  var decision: Int32
  var unused: Int32 = 0
}

/// A recording in progress: flat buffers that operations are appended to.
///
/// Variables point here without owning: a tape is never freed, only given back to
/// the ``TapePool``, and each recording has a generation of its own. So a
/// variable that outlives its recording is found out, without the price of a
/// reference count in every operation.
@frozen
@usableFromInline
struct Tape {
  @usableFromInline var nodes: UnsafeMutablePointer<TapeNode>
  @usableFromInline var count = 0
  @usableFromInline var capacity: Int
  @usableFromInline var generation: UInt32 = 0
  @usableFromInline var constants: UnsafeMutablePointer<Double>
  @usableFromInline var constantCount = 0
  @usableFromInline var constantCapacity: Int
  @usableFromInline var more: UnsafeMutablePointer<TapeExtras>

  init() {
    capacity = 256
    nodes = .allocate(capacity: capacity)
    constantCapacity = 64
    constants = .allocate(capacity: constantCapacity)
    more = .allocate(capacity: 1)
    more.initialize(to: TapeExtras())
  }

  /// Appends a node and returns its place.
  @inlinable @inline(__always)
  mutating func append(
    _ operation: Operation, _ a: Int32, _ b: Int32, _ value: Double
  ) -> Int32 {
    let place = count
    if place == capacity { growNodes() }
    (nodes + place).initialize(to: TapeNode(operation, a, b, value))
    count = place &+ 1
    return Int32(truncatingIfNeeded: place)
  }

  /// Appends a constant and returns its negative place.
  @inlinable @inline(__always)
  mutating func constant(_ value: Double) -> Int32 {
    let place = constantCount
    if place == constantCapacity { growConstants() }
    constants[place] = value
    constantCount = place &+ 1
    return -1 &- Int32(truncatingIfNeeded: place)
  }

  @usableFromInline @inline(never)
  mutating func growNodes() {
    precondition(
      count < Int(Int32.max) / 2,
      "a recording of \(count) operations, more than a tape counts")
    let larger = UnsafeMutablePointer<TapeNode>.allocate(capacity: 2 * capacity)
    larger.moveInitialize(from: nodes, count: count)
    nodes.deallocate()
    nodes = larger
    capacity *= 2
  }

  @usableFromInline @inline(never)
  mutating func growConstants() {
    let larger = UnsafeMutablePointer<Double>.allocate(
      capacity: 2 * constantCapacity)
    larger.moveInitialize(from: constants, count: constantCount)
    constants.deallocate()
    constants = larger
    constantCapacity *= 2
  }
}

/// The rarer parts of a recording.
@usableFromInline
struct TapeExtras {
  /// What was decided by values.
  var guards: [TapeGuard] = []
  /// The operands of nodes that have many.
  var operands: [Int32] = []
  /// Operations of many operands, each recorded once.
  var lists: [ListOperation] = []
}
