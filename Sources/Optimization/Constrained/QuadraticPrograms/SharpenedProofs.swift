internal import Matrix

// A solver leaves Aᵀy + z = 0, or P d = 0, to some 10⁻¹² of its own scale. Where a
// program is barely infeasible, or falls slowly, that is not small beside what the
// proof proves. What is known of it then is which of its numbers are 0: with those
// set, the equations are solved once more by an orthogonal projection, whose error is
// rounding's.
extension QuadraticProgram {
  /// y with the multipliers below `threshold` of the largest set to 0, projected on
  /// Aᵀy = 0 for the variables without the bound that would take what is left.
  func sharpened(
    proof y: Vector<Double>, threshold: Double
  ) -> Vector<Double> {
    let (n, m) = (dimension, constraints.count)
    let a = constraints.matrix
    var sizes = Vector<Double>.zeros(m)
    for j in 0..<n {
      for i in 0..<m { sizes[i] = max(sizes[i], abs(a[i, j])) }
    }
    // Of rows of zeros any multiplier counts.
    let weights = Vector(count: m) {
      abs(y[$0]) * (sizes[$0] > 0 ? sizes[$0] : 1)
    }
    let least = threshold * weights.normInfinity
    let kept = (0..<m).filter { weights[$0] > least }
    var part = Vector<Double>(count: kept.count) { y[kept[$0]] }
    var isFree = [Bool](repeating: false, count: n)
    // The projection may turn a small remainder around, on a variable that has a
    // bound on one side only.
    for _ in 0..<3 {
      var changed = false
      for j in 0..<n where !isFree[j] {
        var (pull, terms) = (0.0, 0.0)
        for (k, i) in kept.enumerated() {
          pull += a[i, j] * part[k]
          terms += abs(a[i, j] * part[k])
        }
        let side = pull < 0 ? bounds.lower[j] : bounds.upper[j]
        guard !side.isFinite || abs(pull) <= 1e-10 * terms else { continue }
        isFree[j] = true
        changed = true
      }
      guard changed else { break }
      let free = (0..<n).filter { isFree[$0] }
      let columns = Matrix<Double>(rows: kept.count, columns: free.count) {
        a[kept[$0], free[$1]]
      }
      part = part.projected(off: columns)
    }
    var result = Vector<Double>.zeros(m)
    for (k, i) in kept.enumerated() { result[i] = part[k] }
    return result
  }

  /// d projected on P d = 0, and on a d = 0 for the equalities and for the sides
  /// that d leaves, or comes nearer than `threshold` of its length to.
  func sharpened(
    ray d: Vector<Double>, threshold: Double
  ) -> Vector<Double> {
    let (n, m) = (dimension, constraints.count)
    let a = constraints.matrix
    var normals: [Vector<Double>] = []
    for j in 0..<n where hessian[j, j] > 0 {
      normals.append((1 / hessian[j, j]) * hessian.column(j))
    }
    let length = d.normInfinity
    func leaves(_ v: Double, _ lower: Double, _ upper: Double) -> Bool {
      (lower.isFinite && v < threshold) || (upper.isFinite && v > -threshold)
    }
    for i in 0..<m {
      let row = a.row(i)
      let size = row.norm
      guard size > 0,
        leaves(
          row.dot(d) / (size * length), constraints.lower[i],
          constraints.upper[i])
      else { continue }
      normals.append((1 / size) * row)
    }
    for j in 0..<n
    where leaves(d[j] / length, bounds.lower[j], bounds.upper[j]) {
      var unit = Vector<Double>.zeros(n)
      unit[j] = 1
      normals.append(unit)
    }
    let columns = Matrix<Double>(rows: n, columns: normals.count) {
      normals[$1][$0]
    }
    var result = d.projected(off: columns)
    // What is held at 0 is 0.
    for j in 0..<n
    where leaves(d[j] / length, bounds.lower[j], bounds.upper[j]) {
      result[j] = 0
    }
    return result
  }
}

extension Vector<Double> {
  /// This vector less its projection on the range of a matrix, twice for the
  /// rounding of the first time.
  fileprivate func projected(off columns: Matrix<Double>) -> Vector<Double> {
    guard columns.count > 0, let qr = try? QR(columns) else { return self }
    var result = self
    for _ in 0..<2 {
      columns.multiply(qr.solve(result), into: &result, alpha: -1, beta: 1)
    }
    return result
  }
}
