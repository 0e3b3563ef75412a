internal import Matrix

/// The orthogonal factor of a matrix, about, by products alone.
///
///     X ← X / scale
///     A = X Xᵀ,  X ← aX + (bA + cA²) X      or, where there are more rows than
///     A = Xᵀ X,  X ← aX + X (bA + cA²)      columns
///
/// The singular values σ of X go to p(p(…p(σ))) with p(σ) = aσ + bσ³ + cσ⁵; its
/// singular vectors do not change.
///
/// Source: Björck and Bowie 1971 for a = 15/8, b = −10/8, c = 3/8, which converge
/// to 1.
struct Orthogonalization<Scalar: UpdateScalar> {
  // Vectors of Matrix, so that there is one of each for blocks of all shapes.
  private var next: Vector<Scalar>
  private var gram: Vector<Scalar>
  private var square: Vector<Scalar>

  /// Room for the largest matrix of a layout.
  init(for layout: ParameterLayout) {
    let matrices = layout.blocks.filter(\.isMatrix)
    let order = matrices.map { min($0.rows, $0.columns) }.max() ?? 0
    next = .zeros(matrices.map(\.count).max() ?? 0)
    gram = .zeros(order * order)
    square = .zeros(order * order)
  }

  /// Replaces the m × n matrix at `x` by its orthogonal factor.
  ///
  /// - Complexity: 2k²(2l + k) flops an iteration, k = min(m, n), l = max(m, n).
  mutating func orthogonalize(
    _ x: UnsafeMutablePointer<Scalar>, _ m: Int, _ n: Int,
    dividingBy scale: Double, _ coefficients: [Double], _ iterations: Int
  ) {
    let a = Scalar(coefficients[0])
    let b = Scalar(coefficients[1])
    let c = Scalar(coefficients[2])
    let k = min(m, n)
    let isWide = m <= n
    let inverse = Scalar(1 / scale)
    Scalar._scal(m * n, inverse, x, 1)
    next.write { next in
      gram.write { gram in
        square.write { square in
          for _ in 0..<iterations {
            Scalar._gemm(
              !isWide, isWide, k, k, isWide ? n : m, 1, x, m, x, m, 0, gram, k)
            square.update(from: gram, count: k * k)
            Scalar._gemm(
              false, false, k, k, k, c, gram, k, gram, k, b, square, k)
            next.update(from: x, count: m * n)
            if isWide {
              Scalar._gemm(
                false, false, m, n, k, 1, square, k, next, m, a, x, m)
            } else {
              Scalar._gemm(
                false, false, m, n, k, 1, next, m, square, k, a, x, m)
            }
          }
        }
      }
    }
  }
}
