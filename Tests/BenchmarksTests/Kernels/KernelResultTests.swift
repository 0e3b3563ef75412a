import Testing

@testable import benchmarks

@Suite struct KernelResultTests {
  func result(_ name: String, _ n: Int, ratio: Double) -> KernelResult {
    let kernel = Kernel(name, flops: { 2 * $0 }) { _, _, _ in
      fatalError("not measured here")
    }
    return KernelResult(
      kernel, n, .single,
      Comparison(
        ours: Measurement(samples: [1e-6 * ratio]),
        theirs: Measurement(samples: [1e-6])))
  }

  @Test func targetsDependOnTheOrder() {
    #expect(result("dot", 10, ratio: 1.3).isMet)
    #expect(!result("dot", 10, ratio: 1.31).isMet)
    #expect(result("dot", 100, ratio: 1.034).isMet)
    #expect(!result("dot", 100, ratio: 1.036).isMet)
  }

  @Test func linesNameBothTimesAndTheRatio() {
    let line = result("dot", 500, ratio: 1.5).line
    #expect(
      line.split(separator: " ", omittingEmptySubsequences: true)
        == [
          "dot", "500", "1.50", "µs", "1.00", "µs", "1.50×", "missed", "0.667",
          "1.00",
        ])
  }

  @Test func theSummaryHasARowForEachKernel() {
    let table = KernelResult.summary(
      [
        result("dot", 10, ratio: 1), result("dot", 100, ratio: 2),
        result("axpy", 100, ratio: 0.5),
      ], [10, 100])
    #expect(table.columns == ["kernel", "n = 10", "n = 100"])
    #expect(
      table.rows == [["dot", "1.00× ", "2.00×!"], ["axpy", "", "0.500× "]])
  }
}
