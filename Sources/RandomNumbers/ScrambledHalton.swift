/// Points that fill the unit cube evenly, one after the other: Halton's sequence with
/// random digits.
///
/// Coordinate j of point i is i written in the j-th prime b, mirrored at the point:
/// Σ dₖ b⁻ᵏ⁻¹ for i = Σ dₖ bᵏ. Each digit is replaced by (a d + c) mod b, with a ≠ 0
/// and c random for every place, which keeps the evenness and breaks the
/// correlation between large primes that the plain sequence begins with.
///
/// Any point can be had without those before it, in any number of dimensions.
///
/// Source: Halton 1960; random linear scrambling: Matoušek 1998, section 2.
public struct ScrambledHalton: Sendable {
  private struct Digit {
    let factor: Int
    let shift: Int
  }

  private let bases: [Int]
  /// The replacement of each digit, for each coordinate from the first place on.
  private let digits: [[Digit]]

  /// A sequence that depends on the seed alone.
  ///
  /// - Precondition: `dimension` is not negative.
  public init(dimension: Int, seed: UInt64) {
    precondition(dimension >= 0, "\(dimension) dimensions")
    var generator = SplitMix64(seed: seed)
    bases = firstPrimes(dimension)
    digits = bases.map { base in
      // As many places as a number in [0, 1) has room for.
      var places: [Digit] = []
      var weight = 1.0
      while weight > 0x1p-53 {
        places.append(
          Digit(
            factor: Int.random(in: 1..<base, using: &generator),
            shift: Int.random(in: 0..<base, using: &generator)))
        weight /= Double(base)
      }
      return places
    }
  }

  /// The number of coordinates of a point.
  public var dimension: Int { bases.count }

  /// Coordinate j of point i, in [0, 1).
  ///
  /// - Precondition: i is not negative.
  /// - Complexity: about 53 / log₂ b divisions.
  public func coordinate(_ j: Int, ofPoint i: Int) -> Double {
    precondition(i >= 0, "point \(i)")
    let base = bases[j]
    var (rest, weight, sum) = (i, 1.0, 0.0)
    for digit in digits[j] {
      let d = (rest % base * digit.factor + digit.shift) % base
      rest /= base
      weight /= Double(base)
      sum += Double(d) * weight
    }
    // The sum of the largest digits may be rounded up to 1.
    return min(sum, 1 - 0x1p-53)
  }
}

/// The first n primes.
func firstPrimes(_ n: Int) -> [Int] {
  var primes: [Int] = []
  var candidate = 2
  while primes.count < n {
    let isPrime = primes.prefix { $0 * $0 <= candidate }
      .allSatisfy { !candidate.isMultiple(of: $0) }
    if isPrime { primes.append(candidate) }
    candidate += 1
  }
  return primes
}
