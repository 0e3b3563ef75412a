internal import CBLAS

/// The product A W Aᵀ with W = diag(w), w ≥ 0, and its scratch.
///
/// A chunk of columns of A at a time is scaled by √wⱼ, and the chunks' symmetric
/// products, half the flops of A (W Aᵀ), are added up. Up to order 512 threads
/// share the columns by at most eight blocks, whose products are added in order:
/// the same bits however many threads there are. Beyond, where eight products
/// would take more than 16 MiB, OpenBLAS shares each chunk's product instead.
package struct WeightedSquare {
  private let rows: Int
  private let order: Int
  private let blocks: RowBlocks
  private let chunk: Int
  /// A scaled chunk for each block.
  private var scaled: [Double]
  /// The product of each block but the first.
  private var partial: [Double]

  /// Room for squares of matrices of the shape of `a`.
  ///
  /// - Precondition: the order is the number of rows, or one more for a row of ones
  ///   below A.
  package init(of a: Matrix<Double>, order: Int) {
    precondition(
      order == a.rows || order == a.rows + 1,
      "a square of order \(order) of a matrix of \(a.rows) rows")
    (rows, self.order) = (a.rows, order)
    // Enough columns for a symmetric product to run at full speed, and few enough
    // for it to find them in a cache.
    let isLarge = order > 512
    chunk = min(max(1, a.columns), isLarge ? 1024 : 192)
    // A block is worth waking a thread for from 2²³ multiply-adds, 0.3 ms.
    let work = Double(order) * Double(order) * Double(a.columns)
    let count = isLarge ? 1 : max(1, min(8, Int(work / 0x1p23)))
    let chunks = (a.columns + chunk - 1) / chunk
    blocks = RowBlocks(
      a.columns, length: (chunks + count - 1) / count * chunk)
    scaled = Array(repeating: 0, count: blocks.count * order * chunk)
    partial = Array(repeating: 0, count: (blocks.count - 1) * order * order)
  }

  /// C ← α A W Aᵀ, lower triangle.
  ///
  /// - Precondition: A has the shape given at first, C the order; w has an element
  ///   for each column of A.
  /// - Complexity: m²n flops for A of m×n; no allocation on one thread.
  package mutating func form(
    of a: Matrix<Double>, weights w: Vector<Double>, alpha: Double = 1,
    into c: inout Matrix<Double>
  ) {
    precondition(
      a.rows == rows && a.columns == blocks.rows && w.count == a.columns,
      """
      a matrix of \(a.rows)×\(a.columns) and \(w.count) weights, not \
      \(rows)×\(blocks.rows)
      """)
    precondition(
      c.rows == order && c.columns == order,
      "a matrix of \(c.rows)×\(c.columns) for a square of order \(order)")
    guard order > 0 && a.columns > 0 else { return c.fill(with: 0) }
    let (m, n, chunk, blocks) = (rows, order, chunk, blocks)
    // Once here: no thread finds that it has to change it.
    if blocks.count > 1 { Threads.useOne() }
    scaled.withUnsafeMutableBufferPointer { scaled in
      partial.withUnsafeMutableBufferPointer { partial in
        a.read { a in
          w.read { w in
            c.write { c in
              guard let scaled = scaled.baseAddress else { return }
              // Without a second block there is no partial product.
              let partial = partial.baseAddress ?? c
              blocks.forEach { block, columns in
                let s = scaled + block * n * chunk
                let sum = block == 0 ? c : partial + (block - 1) * n * n
                for start in stride(
                  from: columns.lowerBound, to: columns.upperBound, by: chunk)
                {
                  let count = min(chunk, columns.upperBound - start)
                  kernel_columns_scale(a + start * m, m, count, w + start, s, n)
                  Double._syrk(
                    false, n, count, alpha, s, n,
                    start == columns.lowerBound ? 0 : 1, sum, n)
                }
              }
              for block in 1..<max(1, blocks.count) {
                let part = partial + (block - 1) * n * n
                for j in 0..<n {
                  for i in j * n + j..<j * n + n { c[i] += part[i] }
                }
              }
            }
          }
        }
      }
    }
  }
}
