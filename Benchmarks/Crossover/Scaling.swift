import Presentation

/// How the two methods' times grow with n, and where they cross.
struct Scaling: Codable {
  /// Seconds to the solution against n, for n in the upper half of the range.
  let newton: PowerLaw?
  let lbfgs: PowerLaw?
  /// Flops of a step against n, likewise.
  let newtonFlops: PowerLaw?
  let lbfgsFlops: PowerLaw?
  /// The sizes where the order of the times changes.
  let crossings: [Crossing]

  /// A size where one method overtakes the other.
  struct Crossing: Codable {
    let size: Double
    /// Who is faster beyond.
    let winner: String

    /// The size in words.
    var description: String {
      "\(winner) faster from n ≈ \(Format.number(size, digits: 2))"
    }
  }

  /// Fits the verified races of one family.
  init(_ races: [Race]) {
    let verified = races.filter {
      $0.newton.isVerified && $0.lbfgs.isVerified
    }
    // Fixed costs flatten the curves at small n: the fit takes the larger half of
    // the sizes, at least four of them.
    let fitted = races.suffix(max(4, (races.count + 1) / 2))
    func law(
      _ outcome: (Race) -> Outcome, _ cost: (Outcome) -> Double
    ) -> PowerLaw? {
      PowerLaw(
        fitting: fitted.filter { outcome($0).isVerified }.map {
          (Double($0.size), cost(outcome($0)))
        })
    }
    newton = law(\.newton, \.seconds)
    lbfgs = law(\.lbfgs, \.seconds)
    newtonFlops = law(\.newton, \.flopsPerStep)
    lbfgsFlops = law(\.lbfgs, \.flopsPerStep)
    crossings = benchmarks::crossings(
      verified.map {
        (Double($0.size), $0.newton.seconds, $0.lbfgs.seconds)
      }
    ).map {
      Crossing(
        size: $0.n, winner: $0.firstWinsBeyond ? "Newton" : "L-BFGS")
    }
  }

  /// The crossings in words, or who is faster throughout.
  static func verdict(_ races: [Race], _ crossings: [Crossing]) -> String {
    guard crossings.isEmpty else {
      return crossings.map(\.description).joined(separator: "; ")
    }
    guard let race = races.first else { return "none in range" }
    let faster =
      race.newton.seconds < race.lbfgs.seconds ? "Newton" : "L-BFGS"
    return "none in range: \(faster) throughout"
  }
}
