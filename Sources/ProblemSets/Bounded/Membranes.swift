import Differentiation
import Matrix

extension BoundedProblems {
  /// Torsion of an elastic-plastic bar: a membrane between two roofs.
  ///
  ///     f = ∫ ½ ‖∇v‖² − 5 v,  |v| ≤ distance to the edge of the unit square
  ///
  /// on a grid of 8×8, from the upper roof.
  ///
  /// Source: Glowinski 1984; Averick, Carter, Moré and Xue 1992 (MINPACK-2).
  public static var torsion: BoundedTestProblem {
    let roof = Vector<Double>(count: 64) { p in
      let (i, j) = (p % 8 + 1, p / 8 + 1)
      return Double(min(i, 9 - i, j, 9 - j)) / 9
    }
    return BoundedTestProblem(
      "Torsion, 8×8", from: roof, lower: -1 * roof, upper: roof,
      landmarks: [.minimum(-0.405704661305941589)],
      source: "Glowinski 1984", Membrane(load: 5))
  }

  /// A membrane over an obstacle.
  ///
  ///     f = ∫ ½ ‖∇v‖² − v,  v ≥ (sin 3.2x sin 3.3y)³
  ///
  /// on a grid of 8×8 in the unit square, from the obstacle.
  ///
  /// Source: Averick, Carter, Moré and Xue 1992 (MINPACK-2; CUTE's OBSTCLBL).
  public static var obstacle: BoundedTestProblem {
    let hill = Vector<Double>(count: 64) { p in
      let (i, j) = (Double(p % 8 + 1), Double(p / 8 + 1))
      let wave = Double.sin(3.2 * i / 9) * .sin(3.3 * j / 9)
      return wave * wave * wave
    }
    return BoundedTestProblem(
      "Obstacle, 8×8", from: Vector(count: 64) { max(hill[$0], 0) },
      lower: hill, upper: Vector(repeating: 2000, count: 64),
      landmarks: [.minimum(1.15070258311056940)],
      source: "Averick, Carter, Moré and Xue 1992", Membrane(load: 1))
  }

  struct Membrane: ObjectiveFormula {
    let load: Double

    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var (energy, volume) = (Number(0), Number(0))
      for j in 0...8 {
        for i in 0...8 {
          let v = gridValue(x, i, j)
          let (a, b) = (gridValue(x, i + 1, j) - v, gridValue(x, i, j + 1) - v)
          energy += a * a + b * b
        }
      }
      for v in x { volume += v }
      return energy / 2 - Number(load) / 81 * volume
    }
  }

  /// The pressure of oil in a journal bearing, which is not negative.
  ///
  ///     f = ∫ ½ w(x) ‖∇v‖² − e sin(x) v,  w(x) = (1 + e cos x)³,  e = 0.1
  ///
  /// on (0, 2π) × (0, 20), a grid of 8×8 with linear elements, from max(sin x, 0).
  ///
  /// Source: Cimatti 1977; Averick, Carter, Moré and Xue 1992 (MINPACK-2).
  public static var journalBearing: BoundedTestProblem {
    BoundedTestProblem(
      "Journal bearing, 8×8",
      from: Vector(count: 64) { p in
        max(.sin(2 * .pi * Double(p % 8 + 1) / 9), 0)
      },
      lower: .zeros(64), upper: Vector(repeating: .infinity, count: 64),
      landmarks: [.minimum(-0.178961869235244588)],
      source: "Cimatti 1977", JournalBearing())
  }

  struct JournalBearing: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let (h, k) = (2 * Double.pi / 9, 20.0 / 9)
      func weight(_ i: Int) -> Double {
        let w = 1 + 0.1 * Double.cos(Double(i) * h)
        return w * w * w
      }
      // Triangles below and above the diagonals, with the weight at their middle.
      var sum = Number(0)
      for j in 0...8 {
        for i in 0...8 {
          let w = (2 * weight(i) + weight(i + 1)) / 6
          let v = gridValue(x, i, j)
          let a = (gridValue(x, i + 1, j) - v) / Number(h)
          let b = (gridValue(x, i, j + 1) - v) / Number(k)
          sum += Number(w) * (a * a + b * b)
        }
      }
      for j in 1...9 {
        for i in 1...9 {
          let w = (2 * weight(i) + weight(i - 1)) / 6
          let v = gridValue(x, i, j)
          let a = (gridValue(x, i - 1, j) - v) / Number(h)
          let b = (gridValue(x, i, j - 1) - v) / Number(k)
          sum += Number(w) * (a * a + b * b)
        }
      }
      var load = Number(0)
      for j in 1...8 {
        for i in 1...8 {
          load += Number(Double.sin(Double(i) * h)) * gridValue(x, i, j)
        }
      }
      return Number(h * k) * (sum / 2 - 0.1 * load)
    }
  }
}

/// The value at a node of the grid of 8×8, 0 around it.
private func gridValue<Number: RealNumber>(
  _ x: [Number], _ i: Int, _ j: Int
) -> Number {
  (1...8).contains(i) && (1...8).contains(j) ? x[i - 1 + (j - 1) * 8] : 0
}
