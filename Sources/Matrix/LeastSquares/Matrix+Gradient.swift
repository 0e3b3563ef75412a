internal import CBLAS

extension Matrix<Double> {
  /// g ← Aᵀ r, for the few columns of a least-squares problem.
  ///
  /// A dot product a column: for few columns half the time of `dgemv`.
  ///
  /// - Precondition: r has as many elements as A has rows, g as many as it has
  ///   columns.
  package func multiplyTransposed(
    _ r: Vector<Double>, into g: inout Vector<Double>
  ) {
    precondition(
      r.count == rows && g.count == columns,
      """
      multiplyTransposed: a \(rows)×\(columns) matrix with vectors of \
      \(r.count) and \(g.count) elements
      """)
    let (m, n) = (rows, columns)
    read { a in
      r.read { r in
        g.write { g in kernel_columns_gradient(a, m, n, r, g) }
      }
    }
  }
}
