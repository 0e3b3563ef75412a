import Matrix
import Testing

@testable import benchmarks

@Suite struct KernelComparisonTests {
  let compare = KernelComparison(
    threads: Threads.maximum, effort: Effort(samples: 4, secondsPerSample: 0),
    secondsPerComparison: 1)

  @Test func sidesAreCalledInTurnsOfChangingOrder() {
    var calls = ""
    let result = compare { _ in
      calls += "A"
    } theirs: { _ in
      calls += "B"
    }
    // Two executions of each to warm up, then four turns.
    #expect(calls == "ABAB" + "AB" + "BA" + "AB" + "BA")
    #expect(result.ours.samples.count == 4)
    #expect(result.theirs.samples.count == 4)
  }

  @Test func aTurnRepeatsItsCallUntilItIsLongEnough() {
    var largest = (ours: 0, theirs: 0)
    let compare = KernelComparison(
      threads: Threads.maximum,
      effort: Effort(samples: 3, secondsPerSample: 1e-4),
      secondsPerComparison: 1)
    func work(_ repeats: Int) {
      for _ in 0..<repeats { keep(repeats) }
    }
    _ = compare {
      largest.ours = max(largest.ours, $0)
      work($0)
    } theirs: {
      largest.theirs = max(largest.theirs, $0)
      work($0)
    }
    #expect(largest.ours > 1)
    #expect(largest.ours == largest.theirs)
  }

  @Test func expensiveCallsAreTakenThreeTimes() {
    let compare = KernelComparison(
      threads: Threads.maximum, effort: Effort(samples: 9, secondsPerSample: 0),
      secondsPerComparison: 0)
    let result = compare { _ in
    } theirs: { _ in
    }
    #expect(result.ours.samples.count == 3)
  }
}

@Suite struct KernelTests {
  @Test(arguments: Kernel.all.map(\.name))
  func everyKernelRuns(name: String) throws {
    let kernel = try #require(Kernel.all.first { $0.name == name })
    let compare = KernelComparison(
      threads: Threads.maximum, effort: Effort(samples: 3, secondsPerSample: 0),
      secondsPerComparison: 0)
    var data = KernelData(seed: 1)
    let times = try kernel.compare(7, &data, compare)
    #expect(times.ours.samples.allSatisfy { $0 >= 0 })
  }

  @Test func namesAreUnique() {
    #expect(Set(Kernel.all.map(\.name)).count == Kernel.all.count)
  }

  @Test func unknownKernelsAndOrdersAreRefused() {
    #expect(throws: (any Error).self) {
      try Kernels.parse(["--only", "gemm", "gem"])
    }
    #expect(throws: (any Error).self) { try Kernels.parse(["--sizes", "0"]) }
  }

  @Test func kernelsAndOrdersAreParsed() throws {
    let command = try Kernels.parse(
      ["--only", "gemm", "symmetric eigen", "--sizes", "10", "20", "--quick"])
    #expect(command.only == ["gemm", "symmetric eigen"])
    #expect(command.sizes == [10, 20])
    #expect(command.options.quick)
  }
}
