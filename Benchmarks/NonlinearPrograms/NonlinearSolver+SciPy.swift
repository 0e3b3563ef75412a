import Foundation
import Matrix

extension NonlinearSolver {
  /// SciPy's methods, or none when it is missing, which is said.
  static func sciPy() -> [NonlinearSolver] {
    do {
      let peer = try PythonPeer(
        "SciPy",
        program: try CompiledPeer.folder().appending(
          component: "constrained.py"),
        arguments: [], threads: 1)
      print("SciPy \(peer.versions.joined(separator: ", "))")
      return sciPy(peer)
    } catch {
      print("\(error)")
      return []
    }
  }

  /// SciPy's methods, as constrained.py knows them.
  static func sciPy(_ peer: PythonPeer) -> [NonlinearSolver] {
    [("SLSQP", false), ("trust-constr", true)].map { method, asksForHessians in
      NonlinearSolver(
        library: "SciPy", method: method, asksForHessians: asksForHessians
      ) { witness, problem, limits in
        try NonlinearConversation(peer: peer, witness: witness).solve(
          problem, by: method, limits)
      }
    }
  }
}

/// A problem that Python solves and whose evaluations it asks for; see
/// constrained.py.
private struct NonlinearConversation {
  let peer: PythonPeer
  let witness: NonlinearWitness

  private struct Request: Encodable {
    let method: String
    let start: [Double]
    /// Infinite ones as the largest finite numbers, for which JSON has digits.
    let lower: [Double]
    let upper: [Double]
    let lowerSides: [Double]
    let upperSides: [Double]
    let evaluations: Int
    let seconds: Double
  }

  private struct Result: Decodable {
    let success: Bool
    let message: String
    let seconds: Double
  }

  func solve(
    _ problem: NonlinearChallenge, by method: String,
    _ limits: NonlinearSolver.Limits
  ) throws -> NonlinearSolver.Answer {
    let n = problem.dimension
    let m = witness.constraintCount
    let largest = Double.greatestFiniteMagnitude
    func finite(_ numbers: Vector<Double>) -> [Double] {
      numbers.array.map { min(max($0, -largest), largest) }
    }
    let none = Vector(repeating: largest, count: n)
    let request = try JSONEncoder().encode(
      Request(
        method: method, start: problem.start.array,
        lower: finite(witness.bounds?.lower ?? -1 * none),
        upper: finite(witness.bounds?.upper ?? none),
        lowerSides: finite(witness.lower), upperSides: finite(witness.upper),
        evaluations: limits.evaluations, seconds: limits.seconds))
    try peer.send(request + [UInt8(ascii: "\n")])
    var gradient = Vector<Double>.zeros(n)
    while true {
      let letter = try peer.bytes(1)[0]
      let x = Vector(numbers(try peer.bytes(8 * n)))
      switch letter {
      case UInt8(ascii: "f"):
        try peer.send(bytes([(try? witness.value(at: x)) ?? .nan]))
      case UInt8(ascii: "g"):
        if (try? witness.gradient(at: x, into: &gradient)) == nil {
          gradient = Vector(repeating: .nan, count: n)
        }
        try peer.send(bytes(gradient.array))
      case UInt8(ascii: "c"):
        let c = try? witness.constraints(at: x)
        try peer.send(bytes((0..<m).map { c?[$0] ?? .nan }))
      case UInt8(ascii: "j"):
        let j = try? witness.jacobian(at: x)
        try peer.send(
          bytes((0..<m * n).map { j?[$0 / n, $0 % n] ?? .nan }))
      case UInt8(ascii: "h"):
        let more = numbers(try peer.bytes(8 * (m + 1)))
        let h = try? witness.hessian(
          at: x, more[0], Vector(Array(more.dropFirst())))
        try peer.send(
          bytes((0..<n * n).map { h?[$0 % n, $0 / n] ?? .nan }))
      default:
        let result: Result = try peer.answer()
        return NonlinearSolver.Answer(
          x: x, multipliers: nil, claimsSuccess: result.success,
          message: result.message, seconds: result.seconds)
      }
    }
  }

  private func numbers(_ data: Data) -> [Double] {
    [Double](unsafeUninitializedCapacity: data.count / 8) { buffer, count in
      count = data.copyBytes(to: buffer) / 8
    }
  }

  private func bytes(_ numbers: [Double]) -> Data {
    numbers.withUnsafeBufferPointer { Data(buffer: $0) }
  }
}
