import Matrix
import ProblemSets
import TestSupport
import Testing

@testable import Optimization

@Suite struct MultistartTests {
  @Test func sixHumpsHaveSixMinima() throws {
    let camel = UnconstrainedProblems.sixHumpCamel
    let found = multistart(
      perThread: { camel.objective },
      from: .within(try Bounds(lower: [-3, -2], upper: [3, 2])), starts: 100,
      using: .lbfgs())
    // Dixon and Szegő 1978: three values, each twice, for x and −x.
    #expect(found.distinct.count >= 6)
    let minima = found.distinct.filter {
      $0.solution.certificate.classification == .minimum
    }
    #expect(minima.count == 6)
    let values = minima.map(\.solution.value)
    let published = [-1.0316284, -1.0316284, -0.2154638, -0.2154638]
    for (a, b) in zip(values, published) { #expect(abs(a - b) < 1e-6) }
    #expect(
      abs(values[4] - values[5]) < 1e-9 && abs(values[4] - 2.10425) < 1e-4)
    #expect((minima[0].solution.x + minima[1].solution.x).normInfinity < 1e-5)
    #expect(
      found.distinct.reduce(0) { $0 + $1.count } + found.unfinishedCount == 100)
    #expect(found.best?.value == values[0])
    for entry in found.distinct {
      #expect(found.runs[entry.start].x == entry.solution.x)
      #expect(found.runs[entry.start].counts == entry.solution.counts)
    }
  }

  @Test func himmelblauHasFourMinima() {
    let found = multistart(
      perThread: { UnconstrainedProblems.himmelblau.objective },
      from: .around([0, 0], radius: 5), starts: 60, using: .newton())
    let minima = found.distinct.filter { $0.solution.isVerified }
    #expect(minima.count == 4)
    #expect(minima.allSatisfy { $0.solution.value < 1e-12 })
    #expect(minima.contains { ($0.solution.x - [3, 2]).normInfinity < 1e-6 })
    // The start at the centre is the first.
    #expect(found.starts[0] == [0, 0])
  }

  struct FindsTheMinimum: MethodVisitor {
    func visit<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem
    ) {
      func search(threads: Int) -> MultistartSolution {
        withoutActuallyEscaping(problem) { problem in
          nonisolated(unsafe) let problem = problem
          return multistart(
            perThread: { problem(Objectives(ExtendedRosenbrock(2))) },
            from: .cube(-1...1, dimension: 2), starts: 6, using: method,
            seed: 9, within: Budget(iterations: 60_000), threads: threads)
        }
      }
      let found = search(threads: 1)
      #expect(found.best?.isVerified == true, "\(method.name)")
      // What ‖∇f‖∞ ≤ 10⁻⁶ leaves undetermined: the smallest curvature is 0.4.
      #expect(
        (found.best.map { ($0.x - [1, 1]).normInfinity } ?? 1) < 1e-5,
        "\(method.name)")
      let again = search(threads: 4)
      #expect(
        again.distinct.map(\.solution.x) == found.distinct.map(\.solution.x))
      #expect(again.distinct.map(\.count) == found.distinct.map(\.count))
      #expect(again.evaluations == found.evaluations)
    }
  }

  @Test func everyMethodFindsTheSameOnAnyNumberOfThreads() throws {
    try forEveryMethod(FindsTheMinimum())
  }

  @Test func pointsOfOneValleyAreBegunFromOnce() {
    let himmelblau = UnconstrainedProblems.himmelblau
    func search(_ starts: Int, samples: Int?) -> MultistartSolution {
      multistart(
        perThread: { himmelblau.objective }, from: .cube(-5...5, dimension: 2),
        starts: starts, samples: samples, using: .lbfgs(), seed: 3)
    }
    // The critical distance for 400 points is 1.4, the minima are 3.6 and more
    // apart: some runs for each of the four valleys.
    let linked = search(400, samples: 400)
    let plain = search(400, samples: nil)
    func minima(_ found: MultistartSolution) -> Int {
      found.distinct.count { $0.solution.value < 1e-9 }
    }
    #expect(minima(plain) == 4)
    #expect(minima(linked) == 4)
    #expect((4...20).contains(linked.runs.count))
    #expect(4 * linked.evaluations < plain.evaluations)
    // The lowest points come first.
    let values = linked.starts.map { himmelblau.value(Array($0)) }
    #expect(values == values.sorted())
    let few = search(3, samples: 400)
    #expect(few.starts == Array(linked.starts.prefix(3)))
  }

  @Test func methodThatNeedsValuesFindsKinks() {
    // The lower of two kinks.
    let found = multistart(
      perThread: {
        Function { x in min(abs(x[0] - 3) + 1, abs(x[0] + 2)) + abs(x[1]) }
      }, from: .cube(-5...5, dimension: 2), starts: 20, using: .nelderMead())
    #expect(found.best.map { ($0.x - [-2, 0]).normInfinity < 1e-6 } == true)
    #expect(found.best?.isVerified == false)
    #expect(found.distinct.contains { abs($0.solution.value - 1) < 1e-6 })
  }

  @Test func regionWithoutEndTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = StartingRegion.within(
        try Bounds(lower: [0, 0], upper: [1, .infinity]))
    }
  }

  @Test func descriptionListsTheDistinctAnswers() {
    let found = multistart(
      perThread: { UnconstrainedProblems.himmelblau.objective },
      from: .cube(-5...5, dimension: 2), starts: 30, using: .newton())
    let text = "\(found)"
    #expect(text.hasPrefix("30 starts, \(found.distinct.count) distinct"))
    #expect(text.contains("verified, minimum at [3, 2]"))
  }
}
