internal import Matrix

/// The factors of the active constraints in the metric of P: J Jᵀ = P⁻¹ and
/// Jᵀ N = (R; 0), where the columns of N are the normals of the active constraints
/// and R is upper triangular.
///
/// They depend on P and N alone, not on q or on the sides, so that they serve the
/// next program with the same matrices too.
///
/// Source: Goldfarb and Idnani 1983, section 4.
struct ActiveSetFactors: Codable, Equatable, Sendable {
  /// J, n×n.
  private(set) var j: Matrix<Double>
  /// R, in the leading columns.
  private(set) var r: Matrix<Double>
  /// The number of active constraints.
  private(set) var count = 0

  /// The factors without constraints of P + ε I = L Lᵀ: J = L⁻ᵀ.
  ///
  /// - Returns: nil where that is not positive definite.
  /// - Complexity: 2n³/3 flops.
  init?(_ p: Matrix<Double>, shift: Double) {
    let n = p.rows
    var cholesky = Cholesky<Double>(order: n)
    guard cholesky.attempt(p, addingToDiagonal: shift) == nil else {
      return nil
    }
    // What is left of a pivot after cancellation is rounding below this.
    let factor = cholesky.factor
    var (least, largest) = (Double.infinity, 0.0)
    for i in 0..<n {
      least = min(least, factor[i, i])
      largest = max(largest, factor[i, i])
    }
    guard n == 0 || least > 1e-6 * largest else { return nil }
    j = .identity(n)
    cholesky.solveFactorTransposed(inPlace: &j)
    r = .zeros(n, n)
  }

  var order: Int { j.rows }

  /// d ← Jᵀ a.
  func transform(_ a: Vector<Double>, into d: inout Vector<Double>) {
    j.multiply(a, transposed: true, into: &d)
  }

  /// z ← J₂ d₂, the step that leaves the active constraints as they are.
  func setStep(_ d: Vector<Double>, into z: inout Vector<Double>) {
    let (n, q) = (order, count)
    z.fill(with: 0)
    guard q < n else { return }
    j.read { j in
      d.read { d in
        z.write { z in
          Double._gemv(
            false, n, n - q, 1, j + q * n, n, d + q, 1, 0, z, 1)
        }
      }
    }
  }

  /// x ← x + J₁ t for the leading elements of t.
  func addActive(_ t: Vector<Double>, to x: inout Vector<Double>) {
    let (n, q) = (order, count)
    guard q > 0 else { return }
    j.read { j in
      t.read { t in
        x.write { x in
          Double._gemv(false, n, q, 1, j, n, t, 1, 1, x, 1)
        }
      }
    }
  }

  /// t ← R⁻¹ t or R⁻ᵀ t, in the leading elements.
  func solve(transposed: Bool = false, inPlace t: inout Vector<Double>) {
    let (n, q) = (order, count)
    guard q > 0 else { return }
    r.read { r in
      t.write { t in Double._trsv(.upper, transposed, false, q, r, n, t) }
    }
  }

  /// Adds a constraint whose normal a has the image d = Jᵀ a, which is overwritten.
  ///
  /// The reflection I − τ v vᵀ, v = d₂ + σ ‖d₂‖ e₁, makes d₂ = (−σ ‖d₂‖, 0, …, 0).
  /// Of J₂ v all but a column is the step z = J₂ d₂ that is there already, so that J₂
  /// is read and written once; rotations from the last column on, as in the
  /// source, take three times the flops.
  ///
  /// - Parameters:
  ///   - d: Jᵀ a.
  ///   - z: J₂ d₂ as ``setStep(_:into:)`` set it; overwritten.
  /// - Complexity: 2n(n − q) flops.
  mutating func add(_ d: inout Vector<Double>, step z: inout Vector<Double>) {
    let (n, q) = (order, count)
    precondition(q < n, "a constraint more for \(n) variables")
    j.write { j in
      d.write { d in
        z.write { z in Self.reflect(n, n - q, j + q * n, d + q, z) }
      }
    }
    r.write { r in
      d.read { d in (r + q * n).update(from: d, count: q + 1) }
    }
    count = q + 1
  }

  /// Adds a constraint with its column of R; J waits for ``finish(_:_:)``.
  mutating func append(_ column: Vector<Double>) {
    let (n, q) = (order, count)
    r.write { r in
      column.read { (r + q * n).update(from: $0, count: q + 1) }
    }
    count = q + 1
  }

  /// Applies to J, and adds to x, what a block of constraints has left waiting.
  mutating func finish(
    _ block: inout ActiveSetBlock, _ x: inout Vector<Double>
  ) {
    block.finish(&j, &x)
  }

  /// J ← J (I − τ v vᵀ) for n×k J, d ← (−σ ‖d‖, 0, …), where z = J d.
  private static func reflect(
    _ n: Int, _ k: Int, _ j: UnsafeMutablePointer<Double>,
    _ d: UnsafeMutablePointer<Double>, _ z: UnsafeMutablePointer<Double>
  ) {
    let rest = k > 1 ? Double._dot(k - 1, d + 1, 1, d + 1, 1) : 0
    guard rest > 0 else { return }
    let length = (d[0] * d[0] + rest).squareRoot()
    let signed = d[0] < 0 ? -length : length
    for i in 0..<n { z[i] += signed * j[i] }
    d[0] += signed
    // ½ vᵀv = ‖d‖² + |d₁| ‖d‖ = ‖d‖ |v₁|.
    let tau = 1 / (length * abs(d[0]))
    Double._ger(n, k, -tau, z, d, j, n)
    for i in 1..<k { d[i] = 0 }
    d[0] = -signed
  }

  /// Takes away the k-th of the active constraints.
  ///
  /// - Complexity: 6(n + q)(q − k) flops.
  mutating func remove(_ k: Int) {
    let (n, q) = (order, count)
    j.write { j in
      r.write { r in
        Self.removeColumn(k, of: r, n, q) { i, c, s in
          Self.rotate(n, j + i * n, j + (i + 1) * n, c, s)
        }
      }
    }
    count = q - 1
  }

  /// Takes away the k-th of the active constraints from R, and writes down the
  /// cosines and sines of the rotations for J, which waits for ``finish(_:_:)``.
  ///
  /// - Complexity: 6q(q − k) flops.
  mutating func remove(
    _ k: Int,
    recording rotations: (
      c: UnsafeMutablePointer<Double>, s: UnsafeMutablePointer<Double>
    )
  ) {
    let (n, q) = (order, count)
    for i in k..<max(q - 1, k) { (rotations.c[i], rotations.s[i]) = (1, 0) }
    r.write { r in
      Self.removeColumn(k, of: r, n, q) { i, c, s in
        (rotations.c[i], rotations.s[i]) = (c, s)
      }
    }
    count = q - 1
  }

  /// Moves the columns beyond the k-th one forward, and makes the triangle again by
  /// rotations of rows i and i + 1, which the columns of J share.
  private static func removeColumn(
    _ k: Int, of r: UnsafeMutablePointer<Double>, _ n: Int, _ q: Int,
    _ rotate: (Int, Double, Double) -> Void
  ) {
    for column in k + 1..<max(q, k + 1) {
      (r + (column - 1) * n).update(from: r + column * n, count: column + 1)
    }
    for i in k..<max(q - 1, k) {
      let (a, b) = (r[i + i * n], r[i + 1 + i * n])
      let length = (a * a + b * b).squareRoot()
      guard b != 0 else { continue }
      let (c, s) = (a / length, b / length)
      for column in i..<q - 1 {
        let (x, y) = (r[i + column * n], r[i + 1 + column * n])
        r[i + column * n] = c * x + s * y
        r[i + 1 + column * n] = c * y - s * x
      }
      r[i + 1 + i * n] = 0
      rotate(i, c, s)
    }
  }

  /// (a, b) ← (c a + s b, c b − s a).
  static func rotate(
    _ n: Int, _ a: UnsafeMutablePointer<Double>,
    _ b: UnsafeMutablePointer<Double>, _ c: Double, _ s: Double
  ) {
    for i in 0..<n {
      let (x, y) = (a[i], b[i])
      a[i] = c * x + s * y
      b[i] = c * y - s * x
    }
  }
}
