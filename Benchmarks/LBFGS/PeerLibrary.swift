import Foundation

/// A C or C++ library's L-BFGS.
struct PeerLibrary {
  /// The libraries there are.
  static let sources = [
    CompiledPeer.Source(
      name: "liblbfgs", file: "liblbfgs.c",
      compilers: ["clang", "gcc", "cc"], libraries: ["lbfgs", "m"],
      package: "liblbfgs-dev"),
    CompiledPeer.Source(
      name: "dlib", file: "dlib.cpp",
      compilers: CompiledPeer.Source.compilersOfCPlusPlus,
      libraries: ["dlib", "openblas"], package: "libdlib-dev", usesBLAS: true),
  ]

  /// What a run ended with; the layout of `peer_result` in rosenbrock.h.
  struct Outcome: Codable, Equatable {
    var iterations: Int64 = 0
    var evaluations: Int64 = 0
    var value = Double.nan
    var gradientNorm = Double.nan
  }

  private typealias Minimize =
    @convention(c) (
      Int64, UnsafeMutablePointer<Double>, Int32, Int32, Double,
      UnsafeMutableRawPointer
    ) -> Int32
  private typealias Settings = @convention(c) () -> UnsafePointer<CChar>

  let source: CompiledPeer.Source
  /// The names of the settings it can be run with.
  let settings: [String]
  private let minimize: Minimize

  /// The L-BFGS of a peer that was loaded.
  ///
  /// - Throws: ``CompiledPeer/Missing``.
  init(_ peer: CompiledPeer) throws {
    source = peer.source
    minimize = try peer.function("peer_minimize", as: Minimize.self)
    let names = try peer.function("peer_settings", as: Settings.self)
    settings = String(cString: names()).components(separatedBy: ",")
  }

  /// Minimises Rosenbrock's function, chained or else extended, from `start`.
  ///
  /// - Returns: what it ended with, nil when it did not arrive.
  func run(
    from start: [Double], isChained: Bool = false, setting: Int,
    tolerance: Double
  ) -> Outcome? {
    var x = start
    var outcome = Outcome()
    let status = minimize(
      Int64(x.count), &x, isChained ? 1 : 0, Int32(setting), tolerance,
      &outcome)
    return status == 0 ? outcome : nil
  }
}
