import Differentiation
import Matrix

extension UnconstrainedProblems {
  /// A square, and the second and fourth power of one direction.
  ///
  ///     f = Σ xᵢ² + s² + s⁴,  s = Σ i xᵢ/2
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Zakharov, in Rahnamayan, Tizhoosh and Salama 2007. The start is
  /// ours.
  public static func zakharov(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 1, "Zakharov", n, rule: "n ≥ 1")
    return UnconstrainedProblem(
      "Zakharov, n = \(n)", from: Vector(repeating: 1, count: n),
      [.family, .badlyScaled], landmarks: [.minimum(0, at: .zeros(n))],
      source: "Rahnamayan, Tizhoosh and Salama 2007", Zakharov())
  }

  struct Zakharov: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var s = Number(0)
      for i in x.indices { s += Number(Double(i + 1) / 2) * x[i] }
      let square = s * s
      return sumOfSquares(x) + square + square * square
    }
  }

  /// A tridiagonal quadratic of condition O(n²).
  ///
  ///     f = Σ (xᵢ − 1)² − Σ xᵢ xᵢ₋₁
  ///
  /// The minimum is −n (n + 4)(n − 1)/6 at xᵢ = i (n + 1 − i).
  ///
  /// - Precondition: n ≥ 2.
  ///
  /// Source: Neumaier, in Hedar 2005 (TRID).
  public static func trid(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 2, "Trid", n, rule: "n ≥ 2")
    return UnconstrainedProblem(
      "Trid, n = \(n)", from: .zeros(n), [.family],
      landmarks: [
        .minimum(
          -Double(n * (n + 4) * (n - 1)) / 6,
          at: Vector(count: n) { Double(($0 + 1) * (n - $0)) })
      ],
      source: "Hedar 2005", Trid())
  }

  struct Trid: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in x.indices {
        let d = x[i] - 1
        sum += d * d
        if i > 0 { sum -= x[i] * x[i - 1] }
      }
      return sum
    }
  }

  /// Hilbert's matrix as a quadratic: condition 10¹⁶ for n = 12.
  ///
  ///     f = Σ xᵢ xⱼ/(i + j − 1)
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Fletcher and Powell 1963; HILBERTA in CUTE.
  public static func hilbert(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 1, "Hilbert", n, rule: "n ≥ 1")
    return UnconstrainedProblem(
      "Hilbert, n = \(n)", from: Vector(repeating: -3, count: n),
      [.family, .badlyScaled, .singularMinimum],
      landmarks: [
        .minimum(0, at: .zeros(n), "singular Hessian, to working precision")
      ],
      source: "Fletcher and Powell 1963", Hilbert())
  }

  struct Hilbert: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in x.indices {
        var row = Number(0)
        for j in x.indices { row += Number(1 / Double(i + j + 1)) * x[j] }
        sum += x[i] * row
      }
      return sum
    }
  }

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

  /// Atoms that attract from afar and repel from near.
  ///
  ///     f = Σ 4 (r⁻¹² − r⁻⁶),  over all pairs, r the distance
  ///
  /// Three variables for each atom. Infinite where two atoms meet. Moving and
  /// turning the whole leaves f as it is: ∇²f has six zero eigenvalues at a minimum.
  /// Up to four atoms all distances can be the best one, 2^(1/6), and the minimum is
  /// minus the number of pairs; then local minima multiply, 1506 of them for 13 atoms.
  ///
  /// - Precondition: at least two atoms. The minimum is known for up to eight.
  ///
  /// Source: Hoare and Pal 1971; Wales and Doye 1997 (minima). The start, a
  /// helix, is ours.
  public static func lennardJones(atoms: Int = 4) -> UnconstrainedProblem {
    precondition(atoms >= 2, "a cluster of \(atoms) atoms, less than 2")
    let start = Vector(count: 3 * atoms) { i in
      let k = Double(i / 3)
      return [0.7 * Double.cos(2 * k), 0.7 * .sin(2 * k), 0.4 * k][i % 3]
    }
    // A triangle of edge 2^(1/6), and the tip of a tetrahedron above it.
    let edge = Double.exp2(1.0 / 6)
    let height = edge * 3.0.squareRoot() / 2
    let tip = edge * (2.0 / 3).squareRoot()
    let corners = [
      0, 0, 0, edge, 0, 0, edge / 2, height, 0, edge / 2, height / 3, tip,
    ]
    let known: [Int: Double] = [
      5: -9.1038524157075333, 6: -12.712062256808934, 7: -16.505384168012055,
      8: -19.821489192154553,
    ]
    let pairs = Double(atoms * (atoms - 1) / 2)
    let landmarks =
      atoms <= 4
      ? [
        Landmark.minimum(
          -pairs, at: Vector(Array(corners.prefix(3 * atoms))),
          "anywhere, turned in any way")
      ] : known[atoms].map { [.minimum($0)] } ?? []
    return UnconstrainedProblem(
      "Lennard-Jones, \(atoms) atoms", from: start,
      [.family, .singularMinimum, .multimodal, .partlyInfinite],
      landmarks: landmarks, source: "Hoare and Pal 1971", LennardJones())
  }

  struct LennardJones: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in stride(from: 3, to: x.count, by: 3) {
        for j in stride(from: 0, to: i, by: 3) {
          let (a, b) = (x[i] - x[j], x[i + 1] - x[j + 1])
          let c = x[i + 2] - x[j + 2]
          let inverse = 1 / (a * a + b * b + c * c)
          let sixth = inverse * inverse * inverse
          sum += 4 * sixth * (sixth - 1)
        }
      }
      return sum
    }
  }
}
