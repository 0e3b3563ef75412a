import Foundation
import Matrix
import Models
import Optimization
import ProblemSets
import Testing

@Suite("Support vector machines")
struct SupportVectorClassifierTests {
  /// libsvm's answers on the standardised breast cancer data, of which seven samples in
  /// ten are learnt from, by scikit-learn 1.9.1's SVC at a tolerance of 1e-13.
  ///
  /// libsvm keeps kernel values in single precision: its α are right to some 1e-6, as
  /// is the intercept, and its dual value, which is flat there, to the square of that.
  struct Reference: CustomTestStringConvertible {
    let kernel: Kernel
    let cost: Double
    let dualValue: Double
    let intercept: Double
    let vectors: Int
    let right: Int

    var testDescription: String { "\(kernel), C = \(cost)" }
  }

  static let references = [
    Reference(
      kernel: .linear, cost: 1,
      dualValue: -18.049982752873902, intercept: 0.37938228246132316,
      vectors: 35, right: 166),
    Reference(
      kernel: .linear, cost: 0.1,
      dualValue: -3.3578205692540517, intercept: 0.3137528724066354,
      vectors: 50, right: 167),
    Reference(
      kernel: .gaussian(gamma: 1.0 / 30), cost: 1,
      dualValue: -49.15500793118804, intercept: -0.2124750802908071,
      vectors: 101, right: 167),
    Reference(
      kernel: .gaussian(gamma: 1.0 / 30), cost: 10,
      dualValue: -163.7954713772957, intercept: -0.23960846740744687,
      vectors: 73, right: 166),
  ]

  @Test("breast cancer, beside libsvm", arguments: references)
  func breastCancer(_ reference: Reference) throws {
    let data = try DataSet.breastCancer()
    let train = data.samples(at: (0..<data.count).filter { $0 % 10 < 7 })
    let test = data.samples(at: (0..<data.count).filter { $0 % 10 >= 7 })
    let scale = Standardization(of: train)
    let machine = try SupportVectorClassifier(
      learning: scale(train), kernel: reference.kernel, cost: reference.cost)
    #expect(machine.isVerified)
    #expect(abs(machine.dualityGap) < 1e-8)
    #expect(
      abs(machine.dual.value - reference.dualValue)
        < 1e-9 * abs(reference.dualValue))
    #expect(abs(machine.intercept - reference.intercept) < 1e-5)
    #expect(machine.coefficients.count == reference.vectors)
    let accuracy = machine.accuracy(on: scale(test))
    #expect(accuracy == Double(reference.right) / Double(test.count))
  }

  @Test("two points: the margin is the distance, in closed form")
  func twoPoints() throws {
    // f(x) = x₁: w = (1, 0), b = 0, each α = 2 / ‖x₁ − x₂‖² = ½.
    let data = DataSet(
      name: "two", samples: [[-1, 1], [3, 3]], classes: [0, 1],
      classNames: ["left", "right"])
    let machine = try SupportVectorClassifier(learning: data, cost: 10)
    #expect(machine.isVerified)
    #expect(abs(machine.primalValue - 0.5) < 1e-9)
    #expect(abs(machine.dualityGap) < 1e-9)
    #expect(abs(machine.intercept) < 1e-9)
    #expect((machine.dual.x - [0.5, 0.5]).normInfinity < 1e-9)
    #expect(machine.classes(of: [[-0.1, 0.1], [-5, 9]]) == [0, 1])
  }

  @Test("what is nowhere apart costs C a sample")
  func identicalSamples() throws {
    // Of four alike, two of each class, f can be right about one class alone: with
    // w = 0 the violations of a pair sum up to 2 for every b in [−1, 1].
    let data = DataSet(
      name: "alike", samples: Matrix(repeating: 2, rows: 1, columns: 4),
      classes: [0, 1, 0, 1], classNames: ["a", "b"])
    let machine = try SupportVectorClassifier(
      learning: data, kernel: .gaussian(gamma: 1), cost: 3)
    #expect(machine.isVerified)
    #expect(abs(machine.primalValue - 12) < 1e-8)
    #expect(abs(machine.dualityGap) < 1e-8)
  }

  @Test("exclusive or: no line, but a Gaussian kernel tells it")
  func exclusiveOr() throws {
    let data = DataSet(
      name: "xor", samples: [[0, 0, 1, 1], [0, 1, 0, 1]],
      classes: [0, 1, 1, 0], classNames: ["same", "different"])
    let line = try SupportVectorClassifier(learning: data, cost: 10)
    #expect(line.isVerified)
    #expect(line.accuracy(on: data) < 1)
    let machine = try SupportVectorClassifier(
      learning: data, kernel: .gaussian(gamma: 1), cost: 10)
    #expect(machine.isVerified)
    #expect(machine.accuracy(on: data) == 1)
    // By symmetry all α are alike: α (1 − e⁻¹)² = 1, the margin of all being met.
    let similarity: Double = exp(-1.0)
    let alpha = 1 / ((1 - similarity) * (1 - similarity))
    #expect((machine.dual.x - Vector(repeating: alpha, count: 4)).norm < 1e-8)
  }

  @Test("numbers that are not finite are an error")
  func notFinite() {
    for value in [Double.nan, .infinity] {
      let data = DataSet(
        name: "broken", samples: [[0, value]], classes: [0, 1],
        classNames: ["a", "b"])
      #expect(throws: QuadraticProgramError.self) {
        try SupportVectorClassifier(learning: data)
      }
    }
  }

  @Test("a kernel is what its formula says")
  func kernels() {
    let a: Matrix<Double> = [[1, 0, 2], [2, -1, 0.5]]
    let b: Matrix<Double> = [[3, 1], [0, 2]]
    #expect(Kernel.linear(a, b) == [[3, 5], [0, -2], [6, 3]])
    let gaussian = Kernel.gaussian(gamma: 0.5)(a, b)
    for i in 0..<3 {
      for j in 0..<2 {
        let d = a.column(i) - b.column(j)
        #expect(abs(gaussian[i, j] - exp(-0.5 * d.dot(d))) < 1e-15)
      }
    }
  }
}
