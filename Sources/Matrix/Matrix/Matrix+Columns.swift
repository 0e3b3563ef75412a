// Products with a range of columns where they stand, for passes over the
// samples of a data set in chunks that stay in a cache.
extension Matrix {
  /// yⱼ ← aⱼᵀx + b for each column j in `range`; the rest of y is kept.
  ///
  /// Of x, the first m elements are taken, for a matrix of m rows.
  ///
  /// - Precondition: the range lies within the columns, x has at least m
  ///   elements, y as many as there are columns.
  /// - Complexity: 2m flops a column, no allocation.
  @inlinable
  package func multiplyTransposed(
    columns range: Range<Int>, _ x: Vector<Scalar>, adding b: Scalar = 0,
    into y: inout Vector<Scalar>
  ) {
    checkColumns(range, vector: y)
    precondition(
      x.count >= rows, "a vector of \(x.count) elements for \(rows) rows")
    guard !range.isEmpty else { return }
    read { a in
      x.read { x in
        y.write { y in
          let y = y + range.lowerBound
          y.update(repeating: b, count: range.count)
          guard rows > 0 else { return }
          Scalar._gemv(
            true, rows, range.count, 1, a + range.lowerBound * rows, stride,
            x, 1, 1, y, 1)
        }
      }
    }
  }

  /// y ← y + α Σ xⱼ aⱼ over the columns j in `range`, for the first m elements
  /// of y and a matrix of m rows.
  ///
  /// - Precondition: the range lies within the columns, x has as many elements
  ///   as there are columns, y at least m.
  /// - Complexity: 2m flops a column, no allocation.
  @inlinable
  package func multiply(
    columns range: Range<Int>, _ x: Vector<Scalar>, alpha: Scalar = 1,
    addingTo y: inout Vector<Scalar>
  ) {
    checkColumns(range, vector: x)
    precondition(
      y.count >= rows, "a vector of \(y.count) elements for \(rows) rows")
    guard rows > 0 && !range.isEmpty else { return }
    read { a in
      x.read { x in
        y.write { y in
          Scalar._gemv(
            false, rows, range.count, alpha, a + range.lowerBound * rows,
            stride, x + range.lowerBound, 1, 1, y, 1)
        }
      }
    }
  }

  /// C ← α A W Aᵀ, lower triangle, in place, with W = diag(w), w ≥ 0; where C
  /// has one row more than A, with a row of ones below A.
  ///
  /// As many columns of A at a time as `scratch` has are scaled by √wⱼ into it,
  /// and their symmetric product, half the flops of A (W Aᵀ), is added up.
  ///
  /// - Precondition: C is square of the order of A's rows or one more, w has an
  ///   element for each column of A, `scratch` has as many rows as C and a
  ///   column.
  /// - Complexity: m²n flops for A of m×n, no allocation.
  @inlinable
  package mutating func setWeightedSquare(
    of a: Matrix, weights w: Vector<Scalar>, alpha: Scalar = 1,
    scratch: inout Matrix
  ) {
    checkSquare("setWeightedSquare")
    let hasOnes = rows == a.rows + 1
    precondition(
      (hasOnes || a.rows == rows) && scratch.rows == rows
        && scratch.columns > 0,
      """
      a matrix of \(a.rows) rows in chunks of \(scratch.rows)×\
      \(scratch.columns) into one of order \(rows)
      """)
    a.checkColumns(0..<a.columns, vector: w)
    guard rows > 0 && a.columns > 0 else { return fill(with: 0) }
    let (n, m, ldc) = (rows, a.rows, stride)
    let (chunk, samples) = (scratch.columns, a.columns)
    a.read { a in
      w.read { w in
        scratch.write { s in
          write { c in
            for start in Swift.stride(from: 0, to: samples, by: chunk) {
              let count = Swift.min(chunk, samples - start)
              for j in 0..<count {
                let root = w[start + j].squareRoot()
                let (source, target) = (a + (start + j) * m, s + j * n)
                for i in 0..<m { target[i] = root * source[i] }
                if hasOnes { target[m] = root }
              }
              Scalar._syrk(
                false, n, count, alpha, s, n, start == 0 ? 0 : 1, c, ldc)
            }
          }
        }
      }
    }
  }

  @inlinable @inline(__always)
  func checkColumns(_ range: Range<Int>, vector: Vector<Scalar>) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= columns
        && vector.count == columns,
      "columns \(range) of \(columns), a vector of \(vector.count) elements")
  }
}
