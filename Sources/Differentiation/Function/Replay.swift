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
  @inline(__always)
  func evaluate(at x: Vector<Double>) throws {
    if state.pointee.replay(at: x) { return }
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
          let place = tape.pointee.append(TapeNode(.input, 0, 0, x[filled]))
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

/// The recording that is held, and memory for its sweeps.
struct ReplayState {
  private(set) var tape: UnsafeMutablePointer<Tape>?
  private(set) var inputs = -1
  private(set) var outputs: [Int32] = []
  private(set) var view = derivative_tape()
  /// Three arrays of as many numbers as the tape has nodes: adjoints, tangents
  /// and the derivatives of the adjoints.
  private(set) var work = UnsafeMutablePointer<Double>.allocate(capacity: 0)
  private var workCount = 0

  /// The nodes of the recording.
  var count: Int { view.count }
  var adjoint: UnsafeMutablePointer<Double> { work }
  var tangent: UnsafeMutablePointer<Double> { work + count }
  var second: UnsafeMutablePointer<Double> { work + 2 * count }

  mutating func discard() {
    if let tape { TapePool.giveBack(tape) }
    tape = nil
    inputs = -1
    view = derivative_tape()
  }

  mutating func adopt(
    _ new: UnsafeMutablePointer<Tape>, inputs: Int, outputs: [Int32]
  ) {
    discard()
    tape = new
    self.inputs = inputs
    self.outputs = outputs
    view.nodes = UnsafeMutableRawPointer(new.pointee.nodes)
      .assumingMemoryBound(to: derivative_node.self)
    view.constants = UnsafePointer(new.pointee.constants)
    view.count = new.pointee.count
    new.pointee.more.pointee.operands.withUnsafeBufferPointer {
      // The array is not touched again until the tape is given back.
      view.operands = $0.baseAddress
    }
    if workCount < 3 * count {
      work.deallocate()
      workCount = 3 * count
      work = .allocate(capacity: workCount)
    }
  }

  /// Moves the recording to x; false if it does not hold there.
  mutating func replay(at x: Vector<Double>) -> Bool {
    guard inputs == x.count, let tape else { return false }
    x.withUnsafeBufferPointer { x in
      for i in 0..<x.count { tape.pointee.nodes[i].value = x[i] }
    }
    derivative_tape_forward(&view, inputs)
    let guards = tape.pointee.more.pointee.guards
    if guards.isEmpty { return true }
    return guards.withUnsafeBytes { guards in
      derivative_guards_hold(
        guards.assumingMemoryBound(to: derivative_guard.self).baseAddress,
        guards.count / MemoryLayout<derivative_guard>.stride,
        UnsafeRawPointer(tape.pointee.nodes)
          .assumingMemoryBound(to: Double.self),
        MemoryLayout<TapeNode>.stride / MemoryLayout<Double>.stride,
        tape.pointee.constants) != 0
    }
  }

  /// The value of an output.
  func value(ofOutput i: Int) -> Double {
    let place = outputs[i]
    return place >= 0
      ? view.nodes[Int(place)].value : view.constants[-1 - Int(place)]
  }

  /// Sets all adjoints to 0 and those of the outputs to the weights.
  private func seed(_ weight: (Int) -> Double) {
    adjoint.update(repeating: 0, count: count)
    for i in 0..<outputs.count where outputs[i] >= 0 {
      adjoint[Int(outputs[i])] += weight(i)
    }
  }

  /// Leaves Σ weightᵢ ∇rᵢ in the first adjoints.
  mutating func reverse(weight: (Int) -> Double) {
    seed(weight)
    derivative_tape_reverse(&view, adjoint, inputs)
  }

  /// Leaves the tangents of all nodes along v.
  mutating func tangents(along v: UnsafePointer<Double>) {
    tangent.update(from: v, count: inputs)
    derivative_tape_tangents(&view, tangent, inputs)
  }

  /// The tangent of an output.
  func tangent(ofOutput i: Int) -> Double {
    let place = outputs[i]
    return place >= 0 ? tangent[Int(place)] : 0
  }

  /// Leaves Σ weightᵢ ∇²rᵢ v in the first of `second`, and the gradient.
  mutating func secondOrder(
    along v: UnsafePointer<Double>, weight: (Int) -> Double
  ) {
    tangents(along: v)
    seed(weight)
    second.update(repeating: 0, count: count)
    derivative_tape_second(&view, tangent, adjoint, second, inputs)
  }
}
