internal import CBLAS
internal import Matrix

/// The recording that is held, as a tape or as a program, and memory for sweeps.
///
/// A recording begins as its tape, which is all that is needed for derivatives at
/// the point of the recording. It is compiled when sweeps over the tape have cost
/// about what compiling does, if its batches are long enough to pay.
struct ReplayState {
  private(set) var tape: UnsafeMutablePointer<Tape>?
  private(set) var program: UnsafeMutablePointer<Program>?
  private(set) var inputs = -1
  private(set) var outputs: [Int32] = []
  var view = derivative_tape()
  /// Three arrays of as many numbers as the tape has nodes: adjoints, tangents
  /// and the derivatives of the adjoints.
  private(set) var work = UnsafeMutablePointer<Double>.allocate(capacity: 0)
  private var workCount = 0

  /// How matrices are computed, found when the first is asked for.
  private var hessian: UnsafeMutablePointer<HessianPlan>?
  private var jacobian: UnsafeMutablePointer<JacobianPlan>?

  // When to compile, and when to stop trying to replay.
  /// What the sweeps over the tape have cost, in visits of each node.
  var spent = 0
  private var isRefused = false
  private var compilations = 0
  private var misses = 0
  private var skips = 0
  /// The order of the derivatives that there are at the inputs, 0 for values
  /// alone, and always so of a tape; −1 where the recording may not hold.
  private var order: Int32 = -1

  /// The nodes of the tape.
  var count: Int { view.count }
  var adjoint: UnsafeMutablePointer<Double> { work }
  var tangent: UnsafeMutablePointer<Double> { work + count }
  var second: UnsafeMutablePointer<Double> { work + 2 * count }

  /// Gives up the recording.
  mutating func discard() {
    if let tape { TapePool.giveBack(tape) }
    if let program {
      program.pointee.deallocateBuffers()
      program.deinitialize(count: 1)
      program.deallocate()
    }
    discardPlans()
    tape = nil
    program = nil
    inputs = -1
    view.lists?.deallocate()
    view = derivative_tape()
    spent = 0
    isRefused = false
    order = -1
  }

  /// Takes a new recording in place of the one that was held.
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
    let operations = new.pointee.more.pointee.lists
    if !operations.isEmpty {
      let lists = UnsafeMutablePointer<derivative_list>.allocate(
        capacity: operations.count)
      for (k, operation) in operations.enumerated() {
        (lists + k).initialize(to: operation.description)
      }
      view.lists = UnsafePointer(lists)
    }
    order = 0
    if workCount < 3 * count {
      work.deallocate()
      workCount = 3 * count
      work = .allocate(capacity: workCount)
    }
  }

  /// Moves the recording to x; false if it does not hold there.
  ///
  /// Where it is at x already, to the bit, nothing is computed again, but for the
  /// derivatives of functions that were not asked for before.
  @inline(__always)
  mutating func replay(at x: Vector<Double>, order wanted: Int32) -> Bool {
    guard inputs == x.count else { return false }
    if spent >= Self.price && skips == 0 { compileIfDue() }
    if order >= 0 && isAt(x) {
      if program != nil && order < wanted { computePartials(wanted) }
      return true
    }
    if skips > 0 {
      skips -= 1
      return false
    }
    // Until it is known whether the recording holds.
    order = -1
    let holds = x.withUnsafeBufferPointer {
      tape != nil ? replayTape($0) : run($0)
    }
    if holds {
      misses = 0
      order = 0
      if program != nil && wanted > 0 { computePartials(wanted) }
      return true
    }
    // A function that decides anew at every point is not worth the attempts: 1,
    // 3, 7, … recordings follow without one.
    misses = Swift.min(misses + 1, 6)
    skips = (1 << misses) - 2
    return false
  }

  /// Whether the inputs have the bits of x.
  private func isAt(_ x: Vector<Double>) -> Bool {
    x.withUnsafeBufferPointer { x in
      guard let address = x.baseAddress else { return true }
      if let program {
        return memcmp(
          program.pointee.code.values, address,
          x.count * MemoryLayout<Double>.stride) == 0
      }
      for i in 0..<x.count
      where view.nodes[i].value.bitPattern != address[i].bitPattern {
        return false
      }
      return true
    }
  }

  private mutating func replayTape(_ x: UnsafeBufferPointer<Double>) -> Bool {
    guard let tape else { return false }
    for i in 0..<x.count { tape.pointee.nodes[i].value = x[i] }
    derivative_tape_forward(&view, inputs)
    spent += 1
    if tape.pointee.more.pointee.guards.isEmpty { return true }
    return hold(
      tape.pointee.more.pointee.guards,
      UnsafeRawPointer(tape.pointee.nodes).assumingMemoryBound(to: Double.self),
      stride: MemoryLayout<TapeNode>.stride / MemoryLayout<Double>.stride,
      tape.pointee.constants)
  }

  private mutating func run(_ x: UnsafeBufferPointer<Double>) -> Bool {
    guard let program else { return false }
    let values = program.pointee.code.values!
    if let address = x.baseAddress {
      values.update(from: address, count: x.count)
    }
    derivative_program_forward(&program.pointee.code)
    return program.pointee.guards.isEmpty
      || hold(program.pointee.guards, values, stride: 1, values)
  }

  private mutating func computePartials(_ wanted: Int32) {
    guard let program else { return }
    derivative_program_partials(&program.pointee.code, wanted)
    order = wanted
  }

  private func hold(
    _ guards: [TapeGuard], _ values: UnsafePointer<Double>, stride: Int,
    _ constants: UnsafePointer<Double>
  ) -> Bool {
    guards.withUnsafeBytes { guards in
      derivative_guards_hold(
        guards.assumingMemoryBound(to: derivative_guard.self).baseAddress,
        guards.count / MemoryLayout<derivative_guard>.stride, values, stride,
        constants) != 0
    }
  }

  /// What compiling costs, in visits of each node: some 25 ns against 1.5.
  ///
  /// Who knows nothing of how many sweeps will follow pays at most twice of what
  /// was best by going over the tape until that has cost as much as compiling.
  private static var price: Int { 16 }

  /// Makes a program of the tape, if that promises to be faster.
  ///
  /// Each compilation has to wait for twice as many sweeps as the one before.
  @inline(never)
  private mutating func compileIfDue() {
    guard let tape, !isRefused, count - inputs >= Self.leastCount,
      spent >= Self.price << Swift.min(compilations, 10)
    else { return }
    let scratch = Scratch.take()
    defer { Scratch.giveBack(scratch) }
    compile(expression(of: tape, in: scratch), in: scratch)
  }

  /// The number of operations from which on a recording is compiled.
  private static var leastCount: Int { 32 }

  /// The graph of a tape.
  private func expression(
    of tape: UnsafeMutablePointer<Tape>, in scratch: Scratch
  ) -> Expression {
    var expression = Expression(
      tape.pointee, inputs: inputs, outputs: outputs, in: scratch)
    expression.gatherSums(in: scratch)
    return expression
  }

  /// A batch costs some 3 ns beside its loops, about as much as 3 nodes of a
  /// tape do.
  private mutating func compile(_ expression: Expression, in scratch: Scratch) {
    let nodes = count - inputs
    let batches = Batches(expression, in: scratch)
    guard nodes >= 3 * batches.count else {
      // Not again for this recording, nor for others much like it.
      compilations += 1
      isRefused = true
      return
    }
    let new = Program(expression, batches, in: scratch)
    let (keptHessian, keptJacobian) = (hessian, jacobian)
    (hessian, jacobian) = (nil, nil)
    let recorded = (inputs, outputs)
    let compiled = compilations + 1
    discard()
    (inputs, outputs) = recorded
    compilations = compiled
    (hessian, jacobian) = (keptHessian, keptJacobian)
    program = .allocate(capacity: 1)
    program?.initialize(to: new)
  }

  /// How the Hessian is computed.
  ///
  /// A recording that has a matrix asked of it is compiled at once: many sweeps
  /// over it follow.
  mutating func hessianPlan() -> UnsafeMutablePointer<HessianPlan> {
    if let hessian { return hessian }
    let plan = UnsafeMutablePointer<HessianPlan>.allocate(capacity: 1)
    plan.initialize(to: HessianPlan(graphForMatrices()))
    hessian = plan
    return plan
  }

  /// How the Jacobian is computed.
  mutating func jacobianPlan() -> UnsafeMutablePointer<JacobianPlan> {
    if let jacobian { return jacobian }
    let plan = UnsafeMutablePointer<JacobianPlan>.allocate(capacity: 1)
    plan.initialize(to: JacobianPlan(graphForMatrices()))
    jacobian = plan
    return plan
  }

  private mutating func graphForMatrices() -> Expression {
    if let program { return program.pointee.expression }
    guard let tape else { preconditionFailure("no function was evaluated") }
    let scratch = Scratch.take()
    defer { Scratch.giveBack(scratch) }
    let graph = expression(of: tape, in: scratch)
    if count - inputs >= Self.leastCount && !isRefused {
      let x = Vector(count: inputs) { tape.pointee.nodes[$0].value }
      compile(graph, in: scratch)
      if program != nil {
        x.withUnsafeBufferPointer { _ = run($0) }
        computePartials(2)
      }
    }
    return graph
  }

  private mutating func discardPlans() {
    hessian?.deinitialize(count: 1)
    hessian?.deallocate()
    jacobian?.deinitialize(count: 1)
    jacobian?.deallocate()
    (hessian, jacobian) = (nil, nil)
  }
}
