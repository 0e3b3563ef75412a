import Testing

@testable import benchmarks

@Suite struct MeasurementTests {
  @Test func `The median is the middle, or the mean of the two middle ones`() {
    #expect(median([3]) == 3)
    #expect(median([5, 1, 3]) == 3)
    #expect(median([4, 1, 3, 2]) == 2.5)
    #expect(Measurement(samples: [9, 1, 2]).median == 2)
  }

  @Test func `The ratio is the median over the turns`() {
    let comparison = Comparison(
      ours: Measurement(samples: [1, 10, 3]),
      theirs: Measurement(samples: [2, 10, 2]))
    #expect(comparison.ratio == 1)
  }

  @Test func `Takes as many samples as asked, and warms up`() {
    var executions = 0
    let measurement = measure(Effort(samples: 4, secondsPerSample: 0)) {
      executions += 1
    }
    #expect(measurement.samples.count == 4)
    #expect(executions == 5)
  }

  @Test func `Takes no sample when the time is spent`() {
    var executions = 0
    let effort = Effort(samples: 4, secondsPerSample: 0, secondsInAll: 0)
    let measurement = measure(effort) { executions += 1 }
    #expect(measurement.samples.count == 1)
    #expect(executions == 1)
  }

  @Test func `Measures two in turn`() {
    var order = ""
    let comparison = compare(Effort(samples: 2, secondsPerSample: 0)) {
      order += "A"
    } theirs: {
      order += "B"
    }
    #expect(order == "ABABAB")
    #expect(comparison.ours.samples.count == 2)
    #expect(comparison.theirs.samples.count == 2)
  }
}
