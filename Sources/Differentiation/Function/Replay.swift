internal import CBLAS
internal import Matrix

/// A function as it was recorded last, and the sweeps over that recording.
///
/// What ``AutomaticFunction`` and ``AutomaticMap`` share. After `evaluate(at:)`
/// the nodes have the values at x, and the derivatives there can be asked for.
///
/// The state lies behind a pointer rather than in the class, where each access
/// would be checked for exclusivity: that would be most of the time of a small
/// function.
final class Replay {
  private let body: ([Variable]) throws -> [Variable]
  let state: UnsafeMutablePointer<ReplayState>

  init(_ body: @escaping ([Variable]) throws -> [Variable]) {
    self.body = body
    state = .allocate(capacity: 1)
    state.initialize(to: ReplayState())
  }

  deinit {
    state.pointee.discard()
    state.pointee.work.deallocate()
    state.deinitialize(count: 1)
    state.deallocate()
  }

  /// The number of outputs m, after an evaluation.
  var outputCount: Int { state.pointee.outputs.count }

  /// Gives all nodes their values at x, by a replay if the recording holds there
  /// and by a new recording otherwise.
  ///
  /// `order` is that of the derivatives which are asked for next.
  @inline(__always)
  func evaluate(at x: Vector<Double>, order: Int32) throws {
    if state.pointee.replay(at: x, order: order) { return }
    try record(at: x)
  }

  /// Forgets the recording.
  func forget() { state.pointee.discard() }

  @inline(never)
  private func record(at x: Vector<Double>) throws {
    let tape = TapePool.take()
    let variables = x.withUnsafeBufferPointer { x in
      [Variable](unsafeUninitializedCapacity: x.count) { buffer, filled in
        while filled < x.count {
          let place = tape.pointee.append(.input, 0, 0, x[filled])
          buffer.initializeElement(
            at: filled, to: Variable(tape, place, x[filled]))
          filled += 1
        }
      }
    }
    do {
      let results = try body(variables)
      let outputs = results.map { $0.place(on: tape) }
      tape.pointee.close()
      state.pointee.adopt(tape, inputs: x.count, outputs: outputs)
    } catch {
      TapePool.giveBack(tape)
      throw error
    }
  }
}
