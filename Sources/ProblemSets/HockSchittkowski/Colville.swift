import Differentiation

/// The data of Colville's first problem and of its dual.
struct Colville {
  let e: [Double] = [-15, -27, -36, -18, -12]
  let d: [Double] = [4, 8, 10, 6, 2]
  let c: [[Double]] = [
    [30, -20, -10, 32, -10], [-20, 39, -6, -31, 32], [-10, -6, 10, -6, -10],
    [32, -31, -6, 39, -20], [-10, 32, -10, -20, 30],
  ]
  let a: [[Double]] = [
    [-16, 2, 0, 1, 0], [0, -2, 0, 0.4, 2], [-3.5, 0, 2, 0, 0],
    [0, -2, 0, -4, -1], [0, -9, -2, 1, -2.8], [2, 0, -4, 0, 0],
    [-1, -1, -1, -1, -1], [-1, -2, -3, -2, -1], [1, 2, 3, 4, 5],
    [1, 1, 1, 1, 1],
  ]
  let b: [Double] = [-40, -2, -0.25, -4, -4, -1, -40, -60, 5, 1]

  /// Σ dⱼ zⱼ³.
  func cubes<Number: RealNumber>(_ z: [Number]) -> Number {
    var sum: Number = 0
    for (d, z) in zip(d, z) { sum += Number(d) * cube(z) }
    return sum
  }

  /// zᵀC z.
  func form<Number: RealNumber>(_ z: [Number]) -> Number {
    var sum: Number = 0
    for i in 0..<5 {
      for j in 0..<5 { sum += Number(c[i][j]) * z[i] * z[j] }
    }
    return sum
  }
}

/// The free energies of ten species, in problems 111 and 112.
struct Equilibrium {
  let c = [
    -6.089, -17.164, -34.054, -5.914, -24.721, -14.986, -24.1, -10.708, -26.662,
    -22.179,
  ]
}
