/// The variables that a path brings to their bounds, and when; the earliest first.
///
/// A binary heap: ordering n breakpoints costs O(n), and each that is taken
/// O(log n), where sorting them would cost O(n log n) for the few that are needed.
///
/// Source: Williams 1964; Floyd 1964.
struct BreakpointHeap {
  /// A variable and the t at which it reaches its bound.
  struct Breakpoint {
    let t: Double
    let index: Int

    // Equal times by index, so that there is one order.
    func precedes(_ other: Breakpoint) -> Bool {
      t < other.t || t == other.t && index < other.index
    }
  }

  private var heap: [Breakpoint] = []
  /// The variables that never reach a bound.
  private var unbounded = 0

  init(capacity n: Int) { heap.reserveCapacity(n) }

  /// The earliest, nil when none is left.
  var first: Breakpoint? { heap.isEmpty ? nil : heap[0] }

  /// How many variables have not reached a bound.
  var moving: Int { heap.count + unbounded }

  /// Forgets all, and keeps the storage.
  mutating func removeAll() {
    heap.removeAll(keepingCapacity: true)
    unbounded = 0
  }

  /// Takes in a variable, in any order.
  mutating func append(_ t: Double, index: Int) {
    if t < .infinity {
      heap.append(Breakpoint(t: t, index: index))
    } else {
      unbounded += 1
    }
  }

  /// Puts the earliest first, once all have been taken in.
  mutating func order() {
    for i in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(i) }
  }

  /// Takes the earliest out.
  mutating func removeFirst() {
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink(0)
    }
  }

  private mutating func sink(_ start: Int) {
    heap.withUnsafeMutableBufferPointer { heap in
      var i = start
      let moved = heap[i]
      while true {
        var child = 2 * i + 1
        guard child < heap.count else { break }
        if child + 1 < heap.count && heap[child + 1].precedes(heap[child]) {
          child += 1
        }
        guard heap[child].precedes(moved) else { break }
        heap[i] = heap[child]
        i = child
      }
      heap[i] = moved
    }
  }
}
