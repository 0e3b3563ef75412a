import Matrix
import Optimization
import TestSupport
import Testing

/// ½ Σ cᵢ xᵢ², along which steps of −η∇f diverge from η = 2 / max cᵢ on.
private struct Bowl: DifferentiableObjective {
  var curvatures: [Double] = [1, 0.1]

  func valueAndGradient(
    at x: Vector<Double>, into g: inout Vector<Double>
  ) -> Double {
    var value = 0.0
    for i in 0..<x.count {
      g[i] = curvatures[i] * x[i]
      value += curvatures[i] * x[i] * x[i] / 2
    }
    return value
  }
}

@Suite struct RateSearchTests {
  @Test func verdictsAreWhatTheoryTells() {
    let search = searchRate(
      over: [1e-3, 1, 3], perThread: { Bowl() }, from: [1, 1],
      within: Budget(iterations: 100)
    ) { Descent(by: SGD<Double>(rate: .constant($0))) }
    #expect(search.trials.map(\.verdict) == [.slow, .good, .diverging])
    #expect(search.best?.rate == 1)
    #expect(search.trials[2].reason.contains("rose"))
    #expect(search.trials[1].lastValue ?? 1 < 1e-8)
    #expect(search.description.contains("good"))
    #expect(search.svg.contains("<svg"))
  }

  @Test func oscillationIsTold() {
    // With β = 0.99 a bowl is circled for hundreds of steps.
    let search = searchRate(
      over: [0.5, 0.9], perThread: { Bowl(curvatures: [1]) }, from: [1],
      within: Budget(iterations: 60)
    ) { Descent(by: Momentum<Double>(rate: .constant($0), momentum: 0.99)) }
    #expect(search.trials.allSatisfy { $0.verdict == .oscillating })
    #expect(search.best == nil)
  }

  @Test func whatIsUndefinedDiverges() {
    struct Wall: DifferentiableObjective {
      func valueAndGradient(
        at x: Vector<Double>, into g: inout Vector<Double>
      ) -> Double {
        g[0] = x[0]
        return x[0] > -2 ? x[0] * x[0] / 2 : .nan
      }
    }
    let search = searchRate(
      over: [0.1, 5], perThread: { Wall() }, from: [1],
      within: Budget(iterations: 20)
    ) { Descent(by: SGD<Double>(rate: .constant($0))) }
    #expect(search.trials.map(\.verdict) == [.good, .diverging])
    #expect(search.trials[1].reason.contains("undefined"))
  }

  @Test func threadsChangeNothing() {
    func search(_ threads: Int) -> RateSearch {
      searchRate(
        over: RateSearch.rates(from: 1e-3, to: 10, count: 7),
        perThread: {
          SampledRegression(features: 3, samples: 40, ridge: 0.1, seed: 2)
        }, from: [1, 2, 3], within: .epochs(4), threads: threads
      ) {
        StochasticDescent(
          by: Momentum<Double>(rate: .constant($0)),
          sampling: Sampling(batch: 4, seed: 1))
      }
    }
    #expect(search(1) == search(2))
    #expect(search(1).trials.map(\.verdict).contains(.good))
    #expect(search(1).trials.last?.verdict == .diverging)
  }

  @Test func ratesAreSpreadEvenly() {
    let rates = RateSearch.rates(from: 1e-4, to: 1, count: 5)
    for (rate, expected) in zip(rates, [1e-4, 1e-3, 1e-2, 1e-1, 1]) {
      #expect(abs(rate - expected) <= 1e-12 * expected)
    }
  }
}

@Suite struct RateRangeTests {
  @Test func theRangeTestFindsWhereStepsDiverge() {
    let range = testRates(
      from: 1e-4, to: 1e3, over: 200, of: Bowl(curvatures: [1]), from: [1]
    ) { Descent(by: SGD<Double>(rate: $0)) }
    // Steps grow from η = 2 on; f has to come back from what it has fallen to.
    #expect(range.diverging ?? 0 > 2)
    #expect(range.suggested ?? 0 > 1e-3 && range.suggested ?? 9 < 2)
    #expect(range.description.contains("fastest"))
    #expect(range.svg.contains("<svg"))
  }

  @Test func aRangeTooLowNeverDiverges() {
    let range = testRates(
      from: 1e-6, to: 1e-3, over: 50, of: Bowl(curvatures: [1]), from: [1]
    ) { Descent(by: SGD<Double>(rate: $0)) }
    #expect(range.diverging == nil)
    #expect(range.samples.count == 50)
  }
}
