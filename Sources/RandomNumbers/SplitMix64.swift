internal import Foundation

/// A small generator of random numbers whose sequence is fixed by its seed, so
/// that a failing test fails again and a benchmark meets the same data.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014, figure 17.
public struct SplitMix64: RandomNumberGenerator, Codable, Equatable, Sendable {
  private var state: UInt64

  /// A generator whose sequence depends on the seed alone.
  public init(seed: UInt64) { state = seed }

  /// 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// An integer uniform in [0, n).
  ///
  /// The high half of a product with n, again where that would prefer some.
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Lemire 2019, algorithm 5.
  public mutating func next(below n: Int) -> Int {
    precondition(n >= 1, "an integer below \(n)")
    let n = UInt64(n)
    var product = next().multipliedFullWidth(by: n)
    if product.low < n {
      let threshold = (0 &- n) % n
      while product.low < threshold {
        product = next().multipliedFullWidth(by: n)
      }
    }
    return Int(product.high)
  }

  /// A number uniform in [0, 1), a multiple of 2⁻⁵³.
  public mutating func nextUniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number from the standard normal distribution (Box and Muller 1958).
  public mutating func nextNormal() -> Double {
    // 1 − u is in (0, 1], so that its logarithm is finite.
    let radius = sqrt(-2 * log(1 - nextUniform()))
    return radius * cos(2 * .pi * nextUniform())
  }
}
