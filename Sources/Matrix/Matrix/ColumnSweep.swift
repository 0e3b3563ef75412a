internal import CBLAS

/// One pass over the columns aⱼ of a matrix that takes them twice.
///
/// It forms α Σ sⱼ aⱼ where each sⱼ follows from zⱼ = aⱼᵀx + b. A chunk of columns
/// that fits a cache is multiplied with x, its zⱼ become the sⱼ, and they are
/// multiplied with the chunk before the next one is read. Up to
/// ``Threads/maximum`` threads share the columns by blocks, whose sums are added
/// in order: the same bits however many threads there are.
///
/// What it holds is scratch, for one sweep at a time.
package struct ColumnSweep {
  private let rows: Int
  private let blocks: RowBlocks
  /// For each block Σ sⱼ aⱼ and what was summed beside it.
  private var partial: [Double]

  /// Room for sweeps over matrices of this shape.
  package init(rows: Int, columns: Int) {
    self.rows = rows
    // 2 MiB, some 100 µs of reading, are worth waking a thread for.
    blocks = RowBlocks(columns, length: (1 << 18) / max(1, rows))
    partial = Array(repeating: 0, count: blocks.count * (rows + Self.margin))
  }

  /// The sum beside, and as much as keeps the blocks' cache lines apart.
  private static let margin = 9

  /// Returns Σ ℓ(yⱼzⱼ) with ℓ(u) = log(1 + exp(−u)) and labels yⱼ = ±1, and
  /// writes g ← α Σ ℓⱼ′ aⱼ.
  ///
  /// The derivatives by zⱼ go to `slopes` and `curvatures`. Nothing overflows or
  /// cancels, for any z; ∞ at yz = −∞, NaN at NaN.
  ///
  /// - Precondition: the shape is the one given at first; x and g have at least an
  ///   element for each row, of which the first are taken, the others one for each
  ///   column.
  /// - Complexity: 4m + 40 flops a column of m rows; no allocation on one thread.
  package mutating func logisticLosses(
    of a: Matrix<Double>, at x: Vector<Double>, adding b: Double = 0,
    labels: Vector<Double>, slopes: inout Vector<Double>,
    curvatures: inout Vector<Double>, alpha: Double = 1,
    gradient g: inout Vector<Double>
  ) -> Double {
    check(a, columns: labels, slopes)
    check(a, columns: curvatures, slopes)
    return labels.read { labels in
      curvatures.write { curvatures in
        sweep(a, x, adding: b, alpha: alpha, terms: &slopes, into: &g) {
          range, z in
          let start = range.lowerBound
          return kernel_logistic_losses(
            z, labels + start, range.count, z, curvatures + start)
        }
      }
    }
  }

  /// y ← α Σ wⱼzⱼ aⱼ, and `terms` gets the wⱼzⱼ.
  ///
  /// - Precondition: as for ``logisticLosses``.
  /// - Complexity: 4m + 1 flops a column of m rows; no allocation on one thread.
  package mutating func weightedProduct(
    of a: Matrix<Double>, weights w: Vector<Double>, _ x: Vector<Double>,
    adding b: Double = 0, alpha: Double = 1, terms: inout Vector<Double>,
    into y: inout Vector<Double>
  ) {
    check(a, columns: w, terms)
    w.read { w in
      _ = sweep(a, x, adding: b, alpha: alpha, terms: &terms, into: &y) {
        range, z in
        for i in 0..<range.count { z[i] *= w[range.lowerBound + i] }
        return 0
      }
    }
  }

  /// Has `transform` turn the zⱼ of each chunk into the sⱼ in their place; returns
  /// the sum of what it returns.
  private mutating func sweep(
    _ a: Matrix<Double>, _ x: Vector<Double>, adding b: Double, alpha: Double,
    terms: inout Vector<Double>, into y: inout Vector<Double>,
    _ transform: (Range<Int>, UnsafeMutablePointer<Double>) -> Double
  ) -> Double {
    precondition(
      x.count >= rows && y.count >= rows,
      "vectors of \(x.count) and \(y.count) elements for \(rows) rows")
    let (m, blocks, step) = (rows, blocks, rows + Self.margin)
    // 128 KiB, a part of any second-level cache.
    let chunk = max(4, (1 << 14) / max(1, m))
    return partial.withUnsafeMutableBufferPointer { partial in
      guard let sums = partial.baseAddress else { return 0 }
      a.read { a in
        x.read { x in
          terms.write { terms in
            blocks.forEach { block, columns in
              let sum = sums + block * step
              sum.update(repeating: 0, count: m + 1)
              for start in stride(
                from: columns.lowerBound, to: columns.upperBound, by: chunk)
              {
                let range = start..<min(start + chunk, columns.upperBound)
                let (a, terms) = (a + start * m, terms + start)
                kernel_columns_dot(a, m, range.count, x, b, terms)
                sum[m] += transform(range, terms)
                kernel_columns_add(a, m, range.count, terms, sum)
              }
            }
          }
        }
      }
      for block in 1..<max(1, blocks.count) {
        for i in 0...m { sums[i] += sums[i + block * step] }
      }
      y.write { y in
        for i in 0..<m { y[i] = alpha * sums[i] }
      }
      return sums[m]
    }
  }

  private func check(
    _ a: Matrix<Double>, columns v: Vector<Double>, _ w: Vector<Double>
  ) {
    precondition(
      a.rows == rows && a.columns == blocks.rows,
      "a matrix of \(a.rows)×\(a.columns), not \(rows)×\(blocks.rows)")
    precondition(
      v.count == a.columns && w.count == a.columns,
      "vectors of \(v.count) and \(w.count) elements for \(a.columns) columns")
  }
}
