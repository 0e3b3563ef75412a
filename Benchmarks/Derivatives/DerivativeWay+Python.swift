import Foundation

extension DerivativeWay {
  /// The Python libraries there are.
  static let pythonLibraries = ["CasADi", "JAX"]

  /// What the program that computes is sent.
  private struct Request: Encodable {
    let what: String
    let n: Int
    /// Whether to make it once only, before the clock is started.
    let isMade: Bool
    /// How often to compute what was made before, or to make it and compute.
    let repeats: Int
    /// How often to compute what is made.
    let evaluations: Int
  }

  /// What it answers.
  private struct Reply: Decodable {
    let seconds: Double
    let result: [Double]
  }

  /// A library's derivatives by a Python program.
  static func python(
    _ name: String, _ peer: PythonPeer, _ n: Int
  ) -> [DerivativeWay] {
    Derivative.allCases.map { derivative in
      func ask(_ repeats: Int) throws -> Reply {
        let request = Request(
          what: derivative == .product ? "product" : "gradient", n: n,
          isMade: derivative == .gradient || derivative == .product,
          repeats: repeats, evaluations: derivative == .first10 ? 10 : 1)
        let line = try JSONEncoder().encode(request)
        return try peer.ask(String(decoding: line, as: UTF8.self))
      }
      return DerivativeWay(name: name, derivative: derivative) {
        try ask($0).seconds
      } result: {
        try ask(1).result
      }
    }
  }
}
