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
