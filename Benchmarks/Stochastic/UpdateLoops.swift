import Foundation
import Optimization

/// Fused loops in C, the reference of what memory allows.
struct UpdateLoops {
  private static let source = CompiledPeer.Source(
    name: "C loops", file: "update_loops.c", compilers: ["gcc", "cc"],
    // Not -ffast-math: a library linked with it makes the thread that loads it
    // take subnormal numbers for 0.
    flags: [
      "-O3", "-march=native", "-fno-math-errno", "-fno-trapping-math",
      "-fopenmp", "-std=gnu11",
    ],
    libraries: ["m"], package: "gcc")

  private let peer: CompiledPeer

  /// Compiles and loads the loops.
  ///
  /// - Throws: ``CompiledPeer/Missing``.
  init() throws {
    peer = try CompiledPeer(Self.source, from: CompiledPeer.folder())
  }

  /// How many threads the loops use.
  func use(threads: Int) throws {
    let set = try peer.function(
      "set_threads", as: (@convention(c) (Int32) -> Void).self)
    set(Int32(threads))
  }

  /// One step of AdamW.
  func adamW<Scalar: UpdateScalar>(
    _ x: UnsafeMutablePointer<Scalar>, _ g: UnsafePointer<Scalar>,
    _ m: UnsafeMutablePointer<Scalar>, _ v: UnsafeMutablePointer<Scalar>,
    count n: Int, rate: Double, step: Int
  ) throws {
    typealias Loop =
      @convention(c) (
        Int, UnsafeMutableRawPointer, UnsafeRawPointer,
        UnsafeMutableRawPointer, UnsafeMutableRawPointer, Double, Double
      ) -> Void
    let loop = try peer.function(
      "adamw_\(Scalar.nameInC)", as: Loop.self)
    loop(n, x, g, m, v, rate, Double(step))
  }

  /// One step of momentum.
  func momentum<Scalar: UpdateScalar>(
    _ x: UnsafeMutablePointer<Scalar>, _ g: UnsafePointer<Scalar>,
    _ v: UnsafeMutablePointer<Scalar>, count n: Int, rate: Double
  ) throws {
    typealias Loop =
      @convention(c) (
        Int, UnsafeMutableRawPointer, UnsafeRawPointer,
        UnsafeMutableRawPointer, Double
      ) -> Void
    let loop = try peer.function(
      "momentum_\(Scalar.nameInC)", as: Loop.self)
    loop(n, x, g, v, rate)
  }

  /// a ← b + 3 c.
  func triad<Scalar: UpdateScalar>(
    _ a: UnsafeMutablePointer<Scalar>, _ b: UnsafePointer<Scalar>,
    _ c: UnsafePointer<Scalar>, count n: Int
  ) throws {
    typealias Loop =
      @convention(c) (
        Int, UnsafeMutableRawPointer, UnsafeRawPointer, UnsafeRawPointer
      ) -> Void
    let loop = try peer.function("triad_\(Scalar.nameInC)", as: Loop.self)
    loop(n, a, b, c)
  }
}

extension UpdateScalar {
  /// The type's name in C and in the peers' requests.
  static var nameInC: String { Self.self == Float.self ? "float" : "double" }
}
