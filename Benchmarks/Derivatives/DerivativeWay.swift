import Matrix

/// What is computed at a point.
enum Derivative: String, Codable, CaseIterable {
  /// f and ∇f by what was prepared before.
  case gradient = "f and ∇f"
  /// f and ∇f from the formula on: recording, building or compiling it.
  case recording = "from the formula, f and ∇f"
  /// The same at ten points, which may have optimized the recording on the way.
  case first10 = "the first 10 of these"
  /// The product of the Hessian with a vector.
  case product = "∇²f v"
}

/// Somebody's way to compute a derivative of the chained Rosenbrock function.
struct DerivativeWay {
  /// Who computes.
  let name: String
  /// What is computed.
  let derivative: Derivative
  /// Computes so often in a row and returns the seconds of one.
  ///
  /// The loop is inside, so that no closure is called for each computation.
  let seconds: (_ repeats: Int) throws -> Double
  /// What is computed, the value before the gradient.
  let result: () throws -> [Double]

  /// Whether another library computes.
  var isPeer: Bool { name != Self.handWritten && name != Self.package }
}

/// Where derivatives are computed, and along what.
struct DerivativePoint {
  /// (−1.2, 1, −1.2, 1, …).
  let x: Vector<Double>
  /// Another point, taken in turns with x by whoever might remember what was
  /// computed at x.
  let y: Vector<Double>
  /// (1, 1/2, 1/3, …).
  let v: Vector<Double>

  init(_ n: Int) {
    x = Vector(count: n) { $0.isMultiple(of: 2) ? -1.2 : 1 }
    y = Vector(count: n) { $0.isMultiple(of: 2) ? -1.1 : 0.9 }
    v = Vector(count: n) { 1 / Double($0 + 1) }
  }
}
