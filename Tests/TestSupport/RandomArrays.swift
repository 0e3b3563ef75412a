import Matrix

/// A vector of standard normal numbers.
package func randomVector<Scalar: BLASScalar>(
  _ count: Int, using generator: inout SplitMix64
) -> Vector<Scalar> {
  Vector(count: count) { _ in Scalar(generator.nextNormal()) }
}

/// A matrix of standard normal numbers.
package func randomMatrix<Scalar: BLASScalar>(
  _ rows: Int, _ columns: Int, using generator: inout SplitMix64
) -> Matrix<Scalar> {
  Matrix(rows: rows, columns: columns) { _, _ in
    Scalar(generator.nextNormal())
  }
}

/// A symmetric positive definite matrix G Gᵀ / n + I, whose eigenvalues lie
/// between 1 and about 5.
package func randomSPD<Scalar: BLASScalar>(
  _ order: Int, using generator: inout SplitMix64
) -> Matrix<Scalar> {
  let g: Matrix<Scalar> = randomMatrix(order, order, using: &generator)
  var result = Matrix<Scalar>.identity(order)
  result.symmetricRankUpdate(g, alpha: 1 / Scalar(Swift.max(order, 1)))
  result.symmetrizeFromLower()
  return result
}
