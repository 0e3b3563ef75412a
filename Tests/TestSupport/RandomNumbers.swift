package import RandomNumbers

/// The generator of random numbers that tests use.
package typealias SplitMix64 = RandomNumbers.SplitMix64
