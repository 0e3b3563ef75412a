import Matrix
import RandomNumbers

/// An operation of this package and the C call that it wraps.
struct Kernel: Sendable {
  /// BLAS's or LAPACK's name without the letter for the type.
  let name: String
  /// Floating-point operations on matrices of order n; nil where they are not
  /// what the operation is about.
  let flops: (@Sendable (Double) -> Double)?
  /// The largest n that is measured.
  let largest: Int
  /// Sets up both sides for one n and measures them.
  let compare:
    @Sendable (Int, inout KernelData, KernelComparison) throws -> Comparison

  init(
    _ name: String, flops: (@Sendable (Double) -> Double)?,
    largest: Int = 2000,
    compare:
      @escaping @Sendable (Int, inout KernelData, KernelComparison) throws ->
      Comparison
  ) {
    self.name = name
    self.flops = flops
    self.largest = largest
    self.compare = compare
  }

  /// Every kernel, the products first.
  static let all =
    vectorKernels + vectorMatrixKernels + matrixKernels + factorizationKernels

  /// What the ratio of times may be: a call costs a fixed few nanoseconds more
  /// than C's, which only the smallest work shows.
  static func target(_ n: Int) -> Double { n < 100 ? 1.3 : 1.03 }
}

/// Random operands for kernels.
struct KernelData {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  /// n numbers within [−1, 1].
  mutating func vector(_ n: Int) -> Vector<Double> {
    Vector(count: n) { _ in .random(in: -1...1, using: &generator) }
  }

  /// n×n numbers within [−1, 1].
  mutating func matrix(_ n: Int) -> Matrix<Double> {
    Matrix(rows: n, columns: n) { _, _ in
      .random(in: -1...1, using: &generator)
    }
  }

  /// A lower triangle so near to the identity that solving with it a billion
  /// times over keeps the right-hand side in range.
  mutating func triangle(_ n: Int) -> Matrix<Double> {
    Matrix(rows: n, columns: n) { i, j in
      i == j ? 1 : i > j ? 1e-12 * .random(in: -1...1, using: &generator) : 0
    }
  }

  /// A symmetric matrix with eigenvalues of both signs.
  mutating func symmetric(_ n: Int) -> Matrix<Double> {
    var a = matrix(n)
    a.symmetrizeFromLower()
    return a
  }

  /// A symmetric matrix, diagonally dominant and so positive definite.
  mutating func positiveDefinite(_ n: Int) -> Matrix<Double> {
    var a = symmetric(n)
    a.addToDiagonal(Double(n))
    return a
  }
}
