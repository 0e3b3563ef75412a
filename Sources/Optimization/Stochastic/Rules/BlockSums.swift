internal import Matrix

/// Sums over the elements of a block, by pieces that threads may share.
///
/// The pieces depend on the count alone, and their sums are added in their order:
/// the sum has the same bits on any number of threads.
struct BlockSums {
  private var parts: [Double]

  /// Room for the sums over each block of a layout.
  init(for layout: ParameterLayout) {
    let most = layout.blocks.map { RowBlocks($0.count).count }.max() ?? 1
    parts = Array(repeating: 0, count: 2 * most)
  }

  /// Calls `kernel` with pieces that cover n elements, and adds up what it says
  /// of each.
  ///
  /// - Complexity: no allocation up to 2¹⁷ elements or on one thread.
  @inline(__always)
  mutating func sum(
    _ n: Int, _ kernel: (_ i: Int, _ count: Int) -> Double
  ) -> Double {
    pair(n) { i, count, sums in sums[0] = kernel(i, count) }.0
  }

  /// The same for kernels that write two sums.
  @inline(__always)
  mutating func pair(
    _ n: Int,
    _ kernel: (
      _ i: Int, _ count: Int, _ sums: UnsafeMutablePointer<Double>
    ) -> Void
  ) -> (Double, Double) {
    let pieces = RowBlocks(n)
    return parts.withUnsafeMutableBufferPointer { parts in
      let parts = parts.baseAddress!
      pieces.forEach { piece, rows in
        kernel(rows.lowerBound, rows.count, parts + 2 * piece)
      }
      var sums = (0.0, 0.0)
      for piece in 0..<pieces.count {
        sums.0 += parts[2 * piece]
        sums.1 += parts[2 * piece + 1]
      }
      return sums
    }
  }
}
