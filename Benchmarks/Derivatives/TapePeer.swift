import Matrix

/// The derivatives of a C++ library, compiled and loaded into this process.
final class TapePeer {
  /// The library.
  static let adolC = CompiledPeer.Source(
    name: "ADOL-C", file: "adolc.cpp",
    compilers: CompiledPeer.Source.compilersOfCPlusPlus, libraries: ["adolc"],
    package: "libadolc-dev")

  private typealias Numbers = UnsafePointer<Double>
  private typealias Results = UnsafeMutablePointer<Double>
  private typealias Create =
    @convention(c) (Int64, Numbers) -> UnsafeMutableRawPointer
  private typealias Destroy = @convention(c) (UnsafeMutableRawPointer) -> Void
  private typealias Gradient =
    @convention(c) (UnsafeMutableRawPointer, Numbers, Results) -> Double
  private typealias Product =
    @convention(c) (UnsafeMutableRawPointer, Numbers, Numbers, Results) -> Void

  private let name: String
  private let point: DerivativePoint
  private let function: UnsafeMutableRawPointer
  private let destroy: Destroy
  private let record: Gradient
  private let gradient: Gradient
  private let product: Product

  /// Has the peer record the function of n variables.
  ///
  /// - Throws: ``CompiledPeer/Missing``.
  init(_ peer: CompiledPeer, _ n: Int) throws {
    name = peer.source.name
    point = DerivativePoint(n)
    let create = try peer.function("peer_create", as: Create.self)
    destroy = try peer.function("peer_destroy", as: Destroy.self)
    record = try peer.function("peer_record", as: Gradient.self)
    gradient = try peer.function("peer_gradient", as: Gradient.self)
    product = try peer.function("peer_product", as: Product.self)
    function = create(Int64(n), point.x.array)
  }

  deinit { destroy(function) }

  /// Its derivatives.
  var ways: [DerivativeWay] {
    [
      way(.gradient, valueAndGradient([gradient])),
      way(.recording, valueAndGradient([record])),
      way(
        .first10,
        valueAndGradient([record] + Array(repeating: gradient, count: 9))),
      way(.product) { [self] repeats, results in
        for _ in 0..<repeats {
          product(function, point.x.array, point.v.array, results)
        }
        return nil
      },
    ]
  }

  /// Calls functions for f and ∇f one after the other, again and again, and
  /// returns f.
  private func valueAndGradient(
    _ calls: [Gradient]
  ) -> (Int, Results) -> Double? {
    { [self] repeats, results in
      var value = 0.0
      for _ in 0..<repeats {
        for call in calls { value = call(function, point.x.array, results) }
      }
      return value
    }
  }

  private func way(
    _ derivative: Derivative, _ loop: @escaping (Int, Results) -> Double?
  ) -> DerivativeWay {
    let n = point.x.count
    return DerivativeWay(name: name, derivative: derivative) { repeats in
      var results = [Double](repeating: 0, count: n)
      return timed { loop(repeats, &results) }.seconds / Double(repeats)
    } result: {
      var results = [Double](repeating: 0, count: n)
      let value = loop(1, &results)
      return (value.map { [$0] } ?? []) + results
    }
  }
}
