import Differentiation
import Matrix

extension UnconstrainedProblems {
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
