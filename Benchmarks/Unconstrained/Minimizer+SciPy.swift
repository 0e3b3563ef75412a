import Foundation
import Matrix

extension Minimizer {
  /// SciPy's methods, as unconstrained.py knows them.
  static func sciPy(_ peer: PythonPeer) -> [Minimizer] {
    sciPy(
      peer,
      [
        ("Nelder-Mead", .none), ("Powell", .none), ("CG", .first),
        ("BFGS", .first), ("L-BFGS-B", .first),
        ("L-BFGS-B by default", .first), ("TNC", .first), ("SLSQP", .first),
        ("Newton-CG", .second), ("dogleg", .second), ("trust-ncg", .second),
        ("trust-krylov", .second), ("trust-exact", .second),
      ])
  }

  /// Those that take bounds.
  static func boundedSciPy(_ peer: PythonPeer) -> [Minimizer] {
    sciPy(
      peer,
      [
        ("Nelder-Mead", .none), ("Powell", .none), ("L-BFGS-B", .first),
        ("L-BFGS-B by default", .first), ("TNC", .first), ("SLSQP", .first),
        ("trust-constr", .second),
      ])
  }

  private static func sciPy(
    _ peer: PythonPeer, _ methods: [(String, Derivatives)]
  ) -> [Minimizer] {
    methods.map { method, derivatives in
      Minimizer(library: "SciPy", method: method, derivatives: derivatives) {
        function, problem, limits in
        try PythonConversation(peer: peer, function: function).minimize(
          problem, by: method, limits)
      }
    }
  }
}

/// A minimisation that Python does and whose evaluations it asks for.
///
/// A question is a letter, f for value, g for gradient, h for Hessian, with the
/// bytes of x after it, the answer the bytes of the numbers. The letter r is
/// before the result, a line of JSON.
private struct PythonConversation {
  let peer: PythonPeer
  let function: Witness

  private struct Request: Encodable {
    let method: String
    let start: [Double]
    /// Infinite ones as the largest finite numbers, for which JSON has digits.
    let lower: [Double]?
    let upper: [Double]?
    let gradientNorm: Double
    let evaluations: Int
    let seconds: Double
  }

  private struct Result: Decodable {
    let success: Bool
    let message: String
    let seconds: Double
  }

  func minimize(
    _ problem: Challenge, by method: String, _ limits: Minimizer.Limits
  ) throws -> Minimizer.Answer {
    let n = problem.dimension
    let largest = Double.greatestFiniteMagnitude
    let request = try JSONEncoder().encode(
      Request(
        method: method, start: problem.start.array,
        lower: problem.bounds?.lower.array.map { max($0, -largest) },
        upper: problem.bounds?.upper.array.map { min($0, largest) },
        gradientNorm: limits.gradientNorm, evaluations: limits.evaluations,
        seconds: limits.seconds))
    try peer.send(request + [UInt8(ascii: "\n")])
    var gradient = Vector<Double>.zeros(n)
    var hessian = Matrix<Double>.zeros(n, n)
    while true {
      let letter = try peer.bytes(1)[0]
      let x = Vector(numbers(try peer.bytes(8 * n)))
      switch letter {
      case UInt8(ascii: "f"):
        try peer.send(bytes([(try? function.value(at: x)) ?? .nan]))
      case UInt8(ascii: "g"):
        if (try? function.gradient(at: x, into: &gradient)) == nil {
          gradient = Vector(repeating: .nan, count: n)
        }
        try peer.send(bytes(gradient.array))
      case UInt8(ascii: "h"):
        if (try? function.hessian(at: x, into: &hessian)) == nil {
          hessian.fill(with: .nan)
        }
        try peer.send(hessian.withUnsafeBufferPointer { Data(buffer: $0) })
      default:
        let result: Result = try peer.answer()
        return Minimizer.Answer(
          x: x, claimsSuccess: result.success, message: result.message,
          seconds: result.seconds)
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
