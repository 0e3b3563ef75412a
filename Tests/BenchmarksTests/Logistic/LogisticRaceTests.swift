import Matrix
import ProblemSets
import RandomNumbers
import Testing

@testable import benchmarks

@Suite struct LogisticRaceTests {
  let race: LogisticRace

  init() {
    var generator = SplitMix64(seed: 3)
    race = LogisticRace(
      .logistic(samples: 200, features: 5, using: &generator), turns: 2)
  }

  @Test func theFileHoldsSamplesAndLabels() {
    let numbers = race.fileContents.withUnsafeBytes {
      Array($0.bindMemory(to: Double.self))
    }
    #expect(Array(numbers[..<1000]) == race.data.samples.columnMajor)
    #expect(Array(numbers[1000...]) == race.data.classes.map(Double.init))
  }

  @Test func ourSolversAgree() throws {
    let results = try race.run(threads: 1, peer: nil)
    #expect(results.map(\.solver) == ["Newton", "L-BFGS"])
    for result in results {
      #expect(result.gradientNorm <= 1e-8)
      #expect(result.distance <= 1e-6)
      #expect(result.time.samples.count == 2)
      #expect(result.certificate?.samples.count == 2)
    }
  }
}

@Suite struct LogisticResultTests {
  func result(_ solver: String, _ threads: Int, _ seconds: Double)
    -> LogisticResult
  {
    LogisticResult(
      solver: solver, threads: threads, iterations: 4, gradientNorm: 1e-9,
      distance: 0, time: Measurement(samples: [seconds]), certificate: nil)
  }

  @Test func ratiosAreTakenForEqualThreads() {
    let table = LogisticResult.verdicts([
      result("Newton", 1, 2), result("Newton", 2, 1), result("L-BFGS", 1, 8),
      result("scikit-learn newton-cholesky", 1, 4),
      result("scikit-learn newton-cholesky", 2, 1),
      result("scikit-learn lbfgs", 1, 10), result("scikit-learn lbfgs", 2, 9),
    ])
    #expect(
      table.rows == [
        ["Newton / scikit-learn newton-cholesky", "1", "0.500×", "≤ 0.5 met"],
        [
          "Newton / scikit-learn newton-cholesky", "2", "1.00×", "≤ 0.5 missed",
        ],
        ["L-BFGS / scikit-learn lbfgs", "1", "0.800×", "≤ 0.7 missed"],
      ])
  }
}
