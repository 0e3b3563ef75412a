internal import CBLAS

/// An operation of many operands and results, with derivatives of its own.
///
/// A recorded one belongs to one recording: the numbers that it is applied to are
/// put in its buffers.
@usableFromInline
class ListOperation {
  let inputs: Int
  let outputs: Int
  /// The operands, n numbers.
  let x: UnsafeMutablePointer<Double>
  /// The results, m numbers.
  let y: UnsafeMutablePointer<Double>
  /// Tangents of the operands, n numbers.
  let t: UnsafeMutablePointer<Double>
  /// Adjoints of the results, m numbers.
  let w: UnsafeMutablePointer<Double>
  /// Tangents of the results, or of their adjoints, m numbers.
  let z: UnsafeMutablePointer<Double>
  /// Adjoints of the operands, or their tangents, n numbers.
  let g: UnsafeMutablePointer<Double>

  init(inputs: Int, outputs: Int) {
    self.inputs = inputs
    self.outputs = outputs
    x = .allocate(capacity: 3 * inputs + 3 * outputs)
    x.initialize(repeating: 0, count: 3 * inputs + 3 * outputs)
    t = x + inputs
    g = t + inputs
    y = g + inputs
    w = y + outputs
    z = w + outputs
  }

  deinit { x.deallocate() }

  /// Whether it has no second derivatives.
  var isLinear: Bool { false }
  /// y = f(x).
  func value() {}
  /// g = J(x)ᵀ w.
  func pullback() {}
  /// z = J(x) t.
  func pushforward() {}
  /// g = J(x)ᵀ z + Σ wₖ ∇²yₖ(x) t.
  func second() {}

  /// What C is given; it does not own the operation.
  var description: derivative_list {
    var result = derivative_list()
    result.object = Unmanaged.passUnretained(self).toOpaque()
    result.call = { object, mode in
      let operation = Unmanaged<ListOperation>.fromOpaque(object!)
      operation._withUnsafeGuaranteedRef { operation in
        switch Int(mode) {
        case Int(derivative_list_value): operation.value()
        case Int(derivative_list_pullback): operation.pullback()
        case Int(derivative_list_pushforward): operation.pushforward()
        default: operation.second()
        }
      }
    }
    result.inputs = Int32(inputs)
    result.outputs = Int32(outputs)
    (result.x, result.y, result.t) = (x, y, t)
    (result.w, result.z, result.g) = (w, z, g)
    return result
  }

  /// Records this operation on variables and returns its results.
  func callAsFunction(_ operands: [Variable]) -> [Variable] {
    for (i, operand) in operands.enumerated() { x[i] = operand.storedValue }
    value()
    let tape = operands.lazy.compactMap(\.tape).first
    guard let tape, outputs > 0 else {
      return (0..<outputs).map { Variable(y[$0]) }
    }
    let places = operands.map { $0.place(on: tape) }
    let start = Int32(tape.pointee.more.pointee.operands.count)
    tape.pointee.more.pointee.operands += places
    let number = Int32(tape.pointee.more.pointee.lists.count)
    tape.pointee.more.pointee.lists.append(self)
    let first = tape.pointee.append(.list, start, number, y[0])
    var results = [Variable(tape, first, y[0])]
    for k in 1..<max(1, outputs) {
      let place = tape.pointee.append(.more, first, Int32(k), y[k])
      results.append(Variable(tape, place, y[k]))
    }
    return results
  }
}
