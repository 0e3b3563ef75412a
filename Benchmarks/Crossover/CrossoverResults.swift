import Presentation

/// The races of one family.
struct FamilyResults: Codable {
  let name: String
  /// What the problems are.
  let text: String
  let races: [Race]
  /// Nil where the problems do not differ in size alone.
  let scaling: Scaling?

  init(_ family: Family, races: [Race]) {
    name = family.name
    text = family.text
    self.races = races
    scaling = family.isScaling ? Scaling(races) : nil
  }

  /// A row for each method on each problem.
  var table: Table {
    var table = Table(
      columns: [
        "problem", "method", "n", "time", "steps", "f, ∇f", "∇²f", "factor.",
        "time/step", "flops/step", "GF/s", "‖∇f‖∞", "certificate",
      ], textColumns: 2)
    for race in races {
      for (name, outcome) in [
        ("Newton", race.newton), ("L-BFGS", race.lbfgs),
      ] {
        let counts = outcome.counts
        table.append([
          race.problem, name, "\(race.size)", Format.seconds(outcome.seconds),
          "\(outcome.iterations)", "\(counts.values)", "\(counts.hessians)",
          "\(counts.factorizations)", Format.seconds(outcome.secondsPerStep),
          Format.flops(outcome.flopsPerStep),
          Format.number(1e-9 * counts.flops / outcome.seconds),
          Format.number(outcome.gradientNorm, digits: 2),
          outcome.isVerified
            ? outcome.classification.rawValue : "none: \(outcome.cause)",
        ])
      }
    }
    return table
  }
}

/// What `benchmarks crossover` found.
struct CrossoverResults: Codable {
  let seed: UInt64
  let families: [FamilyResults]

  /// How many of the answers are verified.
  var verdict: String {
    let answers = families.flatMap(\.races).flatMap { [$0.newton, $0.lbfgs] }
    let count = answers.count { $0.isVerified }
    let share = count == answers.count ? "All" : "\(count) of"
    return """
      \(share) \(answers.count) answers were verified from a fresh evaluation by \
      code that shares nothing with the methods: ‖∇f‖∞ is within the bound and \
      ∇²f shows no way down. Where the bounded effort did not settle the sign of \
      the smallest eigenvalue, the certificate says "unresolved".
      """
  }

  /// A row for each family: exponents and crossings.
  var summary: Table {
    var table = Table(columns: [
      "p in ~ nᵖ", "Newton: time", "L-BFGS: time", "Newton: flops/step",
      "L-BFGS: flops/step", "crossing",
    ])
    func text(_ law: PowerLaw?) -> String {
      guard let law else { return "—" }
      return """
        \(Format.number(law.exponent)) ± \
        \(Format.number(law.exponentError, digits: 1))
        """
    }
    for family in families {
      guard let scaling = family.scaling else { continue }
      table.append([
        family.name, text(scaling.newton), text(scaling.lbfgs),
        text(scaling.newtonFlops), text(scaling.lbfgsFlops),
        Scaling.verdict(family.races, scaling.crossings),
      ])
    }
    return table
  }
}
