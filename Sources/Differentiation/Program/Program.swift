internal import CBLAS

/// A recording compiled for replay: batches of equal operations, numbered so
/// that the operands of most batches are contiguous.
///
/// Places are those of `values`: inputs first, then constants, then results.
struct Program {
  /// What the sweeps in C are given.
  var code = derivative_program()
  /// Places of the outputs; constants have places too.
  let outputs: UnsafeMutablePointer<Int32>
  /// Whether anything depends on an output's place, so that it can be seeded.
  let outputIsActive: UnsafeMutablePointer<Bool>
  private(set) var guards: [TapeGuard]
  /// What was compiled.
  let expression: Expression
  private let batches: UnsafeMutablePointer<derivative_batch>
  private let indices: UnsafeMutablePointer<Int32>
  private let lists: UnsafeMutablePointer<derivative_list>
  private let zeros: UnsafeMutablePointer<derivative_range>
  let adjoint: UnsafeMutablePointer<Double>
  private(set) var tangents: UnsafeMutablePointer<Double>
  private(set) var seconds: UnsafeMutablePointer<Double>
  private var directions = 0

  /// The number of places.
  var places: Int { code.places }

  /// The program of a graph, whose batches are these.
  init(_ expression: Expression, _ grouped: Batches, in scratch: Scratch) {
    let layout = Layout(expression, grouped, in: scratch)
    let (places, longest) = (layout.places, layout.longest)
    batches = layout.batches
    indices = layout.indices
    zeros = layout.zeros
    lists = .allocate(capacity: expression.lists.count)
    for (k, list) in expression.lists.enumerated() {
      (lists + k).initialize(to: list.description)
    }
    code.lists = UnsafePointer(lists)
    code.values = .allocate(capacity: places)
    code.values.initialize(repeating: 0, count: places)
    (code.values + expression.inputs).update(
      from: expression.constants, count: expression.constants.count)
    for (place, value) in layout.copies { code.values[Int(place)] = value }
    adjoint = .allocate(capacity: places)
    adjoint.initialize(repeating: 0, count: places)
    tangents = .allocate(capacity: 0)
    seconds = .allocate(capacity: 0)
    code.partials = .allocate(capacity: layout.partialCount)
    code.partials.initialize(repeating: 0, count: layout.partialCount)
    code.scratch = .allocate(capacity: 4 * longest)
    code.scratch.initialize(repeating: 0, count: 4 * longest)
    code.longest = longest
    code.inputs = expression.inputs
    code.places = places
    code.batches = UnsafePointer(batches)
    code.batch_count = layout.batchCount
    code.indices = UnsafePointer(indices)
    code.zeros = UnsafePointer(zeros)
    code.zero_count = layout.zeroCount
    self.expression = expression
    outputs = .allocate(capacity: expression.outputs.count)
    outputIsActive = .allocate(capacity: expression.outputs.count)
    for (i, output) in expression.outputs.enumerated() {
      (outputs + i).initialize(to: layout.place(of: output))
      (outputIsActive + i).initialize(to: output >= 0)
    }
    guards = expression.guards.map { g in
      var g = g
      g.a = layout.place(of: g.a)
      g.b = layout.place(of: g.b)
      return g
    }
  }

  /// Frees what the program points to.
  func deallocateBuffers() {
    batches.deallocate()
    outputs.deallocate()
    outputIsActive.deallocate()
    indices.deallocate()
    zeros.deallocate()
    lists.deallocate()
    code.values.deallocate()
    code.partials.deallocate()
    code.scratch.deallocate()
    adjoint.deallocate()
    tangents.deallocate()
    seconds.deallocate()
  }

  /// Makes room for tangents along several directions.
  mutating func reserve(directions wanted: Int) {
    if wanted <= directions { return }
    tangents.deallocate()
    seconds.deallocate()
    tangents = .allocate(capacity: wanted * places)
    // Those of constants are never written, and have to be 0.
    tangents.initialize(repeating: 0, count: wanted * places)
    seconds = .allocate(capacity: wanted * places)
    seconds.initialize(repeating: 0, count: wanted * places)
    directions = wanted
  }

  /// Sets to 0 the adjoints that a reverse sweep adds to.
  func clear(_ array: UnsafeMutablePointer<Double>) {
    for k in 0..<code.zero_count {
      let range = zeros[k]
      (array + Int(range.start)).update(repeating: 0, count: Int(range.count))
    }
  }
}
