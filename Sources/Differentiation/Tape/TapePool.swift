internal import Synchronization

/// The tapes of the process that no recording holds.
///
/// Tapes are immortal, since a variable may still point to one; so they are used
/// again, and there are never more of them than were held at one time.
enum TapePool {
  private struct Tapes: @unchecked Sendable {
    var free: [UnsafeMutablePointer<Tape>] = []
  }

  private static let tapes = Mutex(Tapes())

  /// An empty tape, with a generation that no variable has yet.
  static func take() -> UnsafeMutablePointer<Tape> {
    let tape =
      tapes.withLock { $0.free.popLast() }
      ?? {
        let new = UnsafeMutablePointer<Tape>.allocate(capacity: 1)
        new.initialize(to: Tape())
        return new
      }()
    tape.pointee.clear()
    return tape
  }

  /// Takes a tape back; what was recorded is gone.
  static func giveBack(_ tape: UnsafeMutablePointer<Tape>) {
    tape.pointee.clear()
    tapes.withLock { $0.free.append(tape) }
  }
}

extension Tape {
  /// Begins a new recording, of which no variable exists yet.
  mutating func clear() {
    count = 0
    constantCount = 0
    more.pointee.guards.removeAll(keepingCapacity: true)
    more.pointee.operands.removeAll(keepingCapacity: true)
    more.pointee.lists.removeAll()
    // Wrapped around after 2³² recordings; a variable that was kept so long
    // would be believed.
    generation &+= 1
  }

  /// Ends a recording: its variables are no longer accepted, its numbers stay.
  mutating func close() { generation &+= 1 }
}
