internal import CBLAS

// Each sweep exists twice, over a tape and over a program. Results lie where the
// inputs have their places, at the beginning.

extension ReplayState {
  /// The value of an output.
  func value(ofOutput i: Int) -> Double {
    if let program {
      return program.pointee.code.values[Int(program.pointee.outputs[i])]
    }
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
      spent += 2
      return UnsafePointer(adjoint)
    }
    let adjoint = program.pointee.adjoint
    program.pointee.clear(adjoint)
    for i in 0..<outputs.count where program.pointee.outputIsActive[i] {
      adjoint[Int(program.pointee.outputs[i])] += weight(i)
    }
    derivative_program_reverse(&program.pointee.code, adjoint)
    return UnsafePointer(adjoint)
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
    return Swift.max(
      1, Swift.min(8, (1 << 16) / Swift.max(program.pointee.places, 1)))
  }

  /// Tangents of all outputs along directions that `write` is asked to put at
  /// the addresses it is given.
  ///
  /// - Precondition: at most `directionsPerSweep` directions.
  mutating func tangents(
    _ directions: Int, _ write: (Int, UnsafeMutablePointer<Double>) -> Void
  ) {
    guard let program else {
      write(0, tangent)
      derivative_tape_tangents(&view, tangent, inputs)
      spent += 2
      return
    }
    program.pointee.reserve(directions: directions)
    let (tangents, places) = (program.pointee.tangents, program.pointee.places)
    for k in 0..<directions { write(k, tangents + k * places) }
    derivative_program_tangents(&program.pointee.code, tangents, directions)
  }

  /// The tangent of an output along the k-th of the directions.
  func tangent(ofOutput i: Int, direction k: Int) -> Double {
    if let program {
      guard program.pointee.outputIsActive[i] else { return 0 }
      let place = Int(program.pointee.outputs[i])
      return program.pointee.tangents[k * program.pointee.places + place]
    }
    return outputs[i] >= 0 ? tangent[Int(outputs[i])] : 0
  }

  /// Copies the tangents of all outputs along the k-th of the directions.
  func copyTangents(
    direction k: Int, to result: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<outputs.count {
      result[i] = tangent(ofOutput: i, direction: k)
    }
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
      spent += 4
      return read(0, second)
    }
    _ = reverse(weight: weight)
    let (seconds, places) = (program.pointee.seconds, program.pointee.places)
    for k in 0..<directions { program.pointee.clear(seconds + k * places) }
    derivative_program_second(
      &program.pointee.code, program.pointee.adjoint, program.pointee.tangents,
      seconds, directions)
    for k in 0..<directions { read(k, seconds + k * places) }
  }
}
