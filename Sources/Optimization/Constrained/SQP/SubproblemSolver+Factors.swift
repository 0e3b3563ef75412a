internal import Matrix

extension SubproblemSolver {
  /// image ← Jᵀ a.
  @inline(__always)
  func transposedProduct(
    _ j: UnsafePointer<Double>, _ a: UnsafePointer<Double>,
    _ image: UnsafeMutablePointer<Double>
  ) {
    let n = n
    guard n < 32 else {
      return Double._gemv(true, n, n, 1, j, n, a, 1, 0, image, 1)
    }
    for c in 0..<n {
      let column = j + c * n
      var sum = 0.0
      for k in 0..<n { sum += column[k] * a[k] }
      image[c] = sum
    }
  }

  /// dual ← R⁻¹ dual, in the q leading elements.
  @inline(__always)
  func solveUpper(_ q: Int) {
    let n = n
    for i in stride(from: q - 1, through: 0, by: -1) {
      dual[i] /= r[i + i * n]
      let a = dual[i]
      for k in 0..<i { dual[k] -= a * r[k + i * n] }
    }
  }

  /// Adds a constraint whose image is set and whose step too, by a reflection.
  ///
  /// I − τ v vᵀ with v = image₂ + σ ‖image₂‖ e₁ makes image₂ a multiple of e₁; of J₂ v
  /// all but a column is the step J₂ image₂.
  func append(
    _ place: Int, _ sign: Double, _ y: Double,
    _ j: UnsafeMutablePointer<Double>
  ) {
    let (n, q) = (n, count)
    var rest = 0.0
    for k in q + 1..<max(n, q + 1) { rest += image[k] * image[k] }
    if rest > 0 {
      let length = (image[q] * image[q] + rest).squareRoot()
      let signed = image[q] < 0 ? -length : length
      for k in 0..<n { step[k] += signed * j[k + q * n] }
      image[q] += signed
      let tau = 1 / (length * abs(image[q]))
      for c in q..<n {
        let a = tau * image[c]
        for k in 0..<n { j[k + c * n] -= a * step[k] }
      }
      image[q] = -signed
    }
    for k in 0...q { r[k + q * n] = image[k] }
    active[q] = place
    signs[q] = sign
    force[q] = y
    standing[place] = .active
    count = q + 1
  }

  /// Drops the k-th active constraint, by rotations.
  func drop(_ k: Int, _ j: UnsafeMutablePointer<Double>) {
    let (n, q) = (n, count)
    for c in k + 1..<max(q, k + 1) {
      active[c - 1] = active[c]
      signs[c - 1] = signs[c]
      force[c - 1] = force[c]
      least[c - 1] = least[c]
      most[c - 1] = most[c]
      for i in 0...c { r[i + (c - 1) * n] = r[i + c * n] }
    }
    for i in k..<max(q - 1, k) {
      let (a, b) = (r[i + i * n], r[i + 1 + i * n])
      guard b != 0 else { continue }
      let length = (a * a + b * b).squareRoot()
      let (c, s) = (a / length, b / length)
      for column in i..<q - 1 {
        let (x, y) = (r[i + column * n], r[i + 1 + column * n])
        r[i + column * n] = c * x + s * y
        r[i + 1 + column * n] = c * y - s * x
      }
      r[i + 1 + i * n] = 0
      for row in 0..<n {
        let (x, y) = (j[row + i * n], j[row + (i + 1) * n])
        j[row + i * n] = c * x + s * y
        j[row + (i + 1) * n] = c * y - s * x
      }
    }
    count = q - 1
  }
}
