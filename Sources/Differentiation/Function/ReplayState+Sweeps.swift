internal import CBLAS

// Each sweep exists twice, over a tape and over a program. Results lie where the
// inputs have their places, at the beginning.

extension ReplayState {
  /// The value of an output.
  func value(ofOutput i: Int) -> Double {
    if let program { return program.code.values[Int(program.outputs[i])] }
    let place = outputs[i]
    return place >= 0
      ? view.nodes[Int(place)].value : view.constants[-1 - Int(place)]
  }

  /// The adjoints Σ weightᵢ ∂rᵢ/∂xⱼ, by a reverse sweep.
  mutating func reverse(
    weight: (Int) -> Double
  ) -> UnsafePointer<Double> {
    guard let program else {
      seed(weight)
      derivative_tape_reverse(&view, adjoint, inputs)
      return UnsafePointer(adjoint)
    }
    program.clear(program.adjoint)
    for i in 0..<outputs.count where program.outputIsActive[i] {
      program.adjoint[Int(program.outputs[i])] += weight(i)
    }
    withUnsafePointer(to: program.code) {
      derivative_program_reverse($0, program.adjoint)
    }
    return UnsafePointer(program.adjoint)
  }

  /// Sets all adjoints of a tape to 0 and those of the outputs to the weights.
  private func seed(_ weight: (Int) -> Double) {
    adjoint.update(repeating: 0, count: count)
    for i in 0..<outputs.count where outputs[i] >= 0 {
      adjoint[Int(outputs[i])] += weight(i)
    }
  }

  /// How many directions one sweep takes along: what fits a cache, at most 8.
  var directionsPerSweep: Int {
    guard let program else { return 1 }
    return Swift.max(1, Swift.min(8, (1 << 16) / Swift.max(program.places, 1)))
  }

  /// Tangents of all outputs along directions that `write` is asked to put at
  /// the addresses it is given.
  ///
  /// - Precondition: at most `directionsPerSweep` directions.
  mutating func tangents(
    _ directions: Int, _ write: (Int, UnsafeMutablePointer<Double>) -> Void
  ) {
    guard program != nil else {
      write(0, tangent)
      derivative_tape_tangents(&view, tangent, inputs)
      return
    }
    program!.reserve(directions: directions)
    let program = program!
    for k in 0..<directions { write(k, program.tangents + k * program.places) }
    withUnsafePointer(to: program.code) {
      derivative_program_tangents($0, program.tangents, directions)
    }
  }

  /// The tangent of an output along the k-th of the directions.
  func tangent(ofOutput i: Int, direction k: Int) -> Double {
    if let program {
      return program.outputIsActive[i]
        ? program.tangents[k * program.places + Int(program.outputs[i])] : 0
    }
    return outputs[i] >= 0 ? tangent[Int(outputs[i])] : 0
  }

  /// Products Σ weightᵢ ∇²rᵢ v for the directions that `write` puts down;
  /// `read` is given each with its number.
  ///
  /// - Precondition: at most `directionsPerSweep` directions.
  mutating func secondOrder(
    _ directions: Int, _ write: (Int, UnsafeMutablePointer<Double>) -> Void,
    weight: (Int) -> Double, _ read: (Int, UnsafePointer<Double>) -> Void
  ) {
    tangents(directions, write)
    guard let program else {
      seed(weight)
      second.update(repeating: 0, count: count)
      derivative_tape_second(&view, tangent, adjoint, second, inputs)
      return read(0, second)
    }
    _ = reverse(weight: weight)
    for k in 0..<directions {
      program.clear(program.seconds + k * program.places)
    }
    withUnsafePointer(to: program.code) {
      derivative_program_second(
        $0, program.adjoint, program.tangents, program.seconds, directions)
    }
    for k in 0..<directions { read(k, program.seconds + k * program.places) }
  }
}
