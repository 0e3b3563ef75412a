import Differentiation
import Matrix

extension UnconstrainedProblems {
  /// Lines against logarithms: undefined where any variable is negative.
  ///
  ///     f = Σ i xᵢ − ln xᵢ
  ///
  /// f is ∞ where a variable is 0. The minimum is Σ 1 + ln i at xᵢ = 1/i.
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Boyd and Vandenberghe 2004, section 9.6 (self-concordance). The start
  /// is ours: steepest descent with a unit step leaves the domain at once.
  public static func logBarrier(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 1, "Log barrier", n, rule: "n ≥ 1")
    let minimum = (1...n).reduce(0.0) { $0 + 1 + .log(Double($1)) }
    return UnconstrainedProblem(
      "Log barrier, n = \(n)", from: Vector(repeating: 2, count: n),
      [.family, .partlyUndefined, .partlyInfinite],
      landmarks: [
        .minimum(minimum, at: Vector(count: n) { 1 / Double($0 + 1) })
      ],
      source: "Boyd and Vandenberghe 2004", LogBarrier())
  }

  struct LogBarrier: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in x.indices { sum += Number(i + 1) * x[i] - .log(x[i]) }
      return sum
    }
  }

  /// Negative entropy with a penalty on the total.
  ///
  ///     f = Σ xᵢ ln xᵢ + ½ (Σ xᵢ − n/e)²
  ///
  /// NaN where a variable is negative or 0, its slope −∞ next to that. The
  /// minimum is −n/e at xᵢ = 1/e.
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Boyd and Vandenberghe 2004, example 5.3. Penalty and start are ours.
  public static func entropy(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 1, "Entropy", n, rule: "n ≥ 1")
    let share = Double.exp(-1)
    return UnconstrainedProblem(
      "Entropy, n = \(n)", from: Vector(repeating: 1, count: n),
      [.family, .partlyUndefined],
      landmarks: [
        .minimum(-share * Double(n), at: Vector(repeating: share, count: n))
      ],
      source: "Boyd and Vandenberghe 2004", Entropy())
  }

  struct Entropy: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var (sum, total) = (Number(0), Number(-.exp(-1) * Double(x.count)))
      for x in x {
        sum += x * .log(x)
        total += x
      }
      return sum + total * total / 2
    }
  }
}
