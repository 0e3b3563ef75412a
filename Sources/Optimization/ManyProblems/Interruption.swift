internal import Synchronization

/// A flag by which one thread ends the runs of the others.
///
/// Only the thread that a task runs on can see that it was cancelled.
final class Interruption: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Whether the flag was raised.
  var isRaised: Bool { flag.load(ordering: .relaxed) }

  /// Raises the flag, for good.
  func raise() { flag.store(true, ordering: .relaxed) }
}
