public import Matrix

/// A convex objective f(x) = φ(A x) whose φ has a conjugate in closed form.
///
/// Then the minimum of f + R is bounded from below by every u ∈ ℝᵐ,
///
///     min f + R ≥ −φ*(u) − R*(−Aᵀu),
///
/// with equality at u = ∇φ(A x*) (Fenchel and Rockafellar), and a certificate can
/// say how far the value of any x is from the minimum, at most.
///
/// Source: Rockafellar 1970, theorem 31.2.
public protocol ConjugateObjective: DifferentiableObjective {
  /// The number m of rows of A.
  var imageCount: Int { get }

  /// Writes u = ∇φ(A x).
  func imageGradient(at x: Vector<Double>, into u: inout Vector<Double>)

  /// Writes Aᵀu.
  func transposedProduct(
    of u: Vector<Double>, into y: inout Vector<Double>)

  /// φ*(u), ∞ where it is.
  func imageConjugate(at u: Vector<Double>) -> Double

  /// Changes u as little as it takes for (Aᵀu)ⱼ = 0 to hold for the variables j
  /// that no penalty counts.
  ///
  /// - Returns: whether it could.
  func adjust(
    _ u: inout Vector<Double>, at x: Vector<Double>, against free: [Int]
  ) -> Bool
}

extension ConjugateObjective {
  /// How far f(x) + R(x) is above the minimum, at most: f(x) + R(x) + φ*(u) +
  /// R*(−Aᵀu) for u = s ∇φ(A x), with the largest s ≤ 1 for which it is finite.
  ///
  /// As a difference of numbers of the size of f + R it is known to their rounding.
  ///
  /// - Returns: nil where no such u was found.
  /// - Complexity: two products with A and the conjugates; allocates u and y.
  public func dualityGap(
    with penalty: some Penalty, at x: Vector<Double>
  ) -> Double? {
    guard penalty.isConvex, let value = try? value(at: x) else { return nil }
    var u = Vector<Double>.zeros(imageCount)
    var y = Vector<Double>.zeros(x.count)
    imageGradient(at: x, into: &u)
    let free = penalty.unpenalized(at: x)
    if !free.isEmpty && !adjust(&u, at: x, against: free) { return nil }
    transposedProduct(of: u, into: &y)
    y.scale(by: -1)
    // Zero but for rounding, or R* is infinite.
    let size = max(1, u.norm1) * .ulpOfOne.squareRoot()
    for j in free {
      guard abs(y[j]) <= size else { return nil }
      y[j] = 0
    }
    let scale = penalty.conjugateScale(at: y)
    u.scale(by: scale)
    y.scale(by: scale)
    let gap =
      value + penalty.value(at: x) + imageConjugate(at: u)
      + penalty.conjugate(at: y)
    return gap.isFinite ? max(0, gap) : nil
  }
}

/// u ← u − W B (Bᵀ W B)⁻¹ Bᵀu, after which Bᵀu = 0.
///
/// - Parameters:
///   - b: m×k, of full rank along W.
///   - w: the diagonal of W, from 0 to ∞.
/// - Returns: whether the matrix of order k was positive definite.
func removeImage(
  of b: Matrix<Double>, weights w: Vector<Double>, from u: inout Vector<Double>
) -> Bool {
  let (m, k) = (b.rows, b.columns)
  let weighted = Matrix(rows: m, columns: k) { w[$0] * b[$0, $1] }
  var gram = Matrix<Double>.zeros(k, k)
  b.multiply(weighted, transposingSelf: true, into: &gram)
  var coefficients = Vector<Double>.zeros(k)
  // A second time for what rounding left.
  for _ in 0..<2 {
    guard let factor = try? Cholesky(gram) else { return false }
    b.multiply(u, transposed: true, into: &coefficients)
    factor.solve(inPlace: &coefficients)
    weighted.multiply(coefficients, into: &u, alpha: -1, beta: 1)
  }
  return u.isFinite
}
