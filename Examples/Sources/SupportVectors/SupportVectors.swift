// Support vector machines by their dual, a quadratic program with a box and an
// equality (Cortes and Vapnik 1995):
//
//     min ½ αᵀQ α − Σ α   where   yᵀα = 0,   0 ≤ α ≤ C,   Qᵢⱼ = yᵢ yⱼ k(xᵢ, xⱼ)
//
// On 569 tumours, 30 measures of each, every fourth kept aside for a test. The
// multiplier of the equality is the intercept, the samples with α > 0 are the support
// vectors, and the primal problem, computed from α, tells how far from the optimum that
// is.
//
//     swift run SupportVectors [breast-cancer.csv]

import Foundation
import Models

@main
struct SupportVectors {
  static func main() throws {
    let path =
      CommandLine.arguments.dropFirst().first
      ?? URL(
        filePath: "../../../Sources/ProblemSets/Data/breast-cancer.csv",
        relativeTo: URL(filePath: #filePath)
      ).path
    let data = try tumours(path)
    let tested = data.samples(at: (0..<data.count).filter { $0 % 4 == 3 })
    let learnt = data.samples(at: (0..<data.count).filter { $0 % 4 != 3 })
    let scale = Standardization(of: learnt)

    // libsvm's dual values, by scikit-learn 1.9.1 at a tolerance of 1e-13.
    let cases: [(name: String, kernel: Kernel, c: Double, reference: Double)] =
      [
        ("gaussian", .gaussian(gamma: 1.0 / 30), 1, -48.74800830068402),
        ("gaussian", .gaussian(gamma: 1.0 / 30), 10, -126.89425896538022),
        ("linear", .linear, 1, -18.988316812165344),
      ]
    print("kernel             C  vectors     dual value  duality gap  accuracy")
    var isVerified = true
    var isReference = true
    var isTight = true
    for (name, kernel, c, reference) in cases {
      let machine = try SupportVectorClassifier(
        learning: scale(learnt), kernel: kernel, cost: c)
      let value = machine.dual.value
      isVerified = isVerified && machine.isVerified
      isReference =
        isReference && abs(value - reference) <= 1e-8 * abs(reference)
      isTight = isTight && abs(machine.dualityGap) <= 1e-8
      let accuracy = machine.accuracy(on: scale(tested))
      print(
        name.padding(toLength: 16, withPad: " ", startingAt: 0),
        String(
          format: "%3.0f  %7d  %13.8f  %11.1e  %6.1f %%", c,
          machine.coefficients.count, value, machine.dualityGap,
          100 * accuracy))
    }
    print("every dual verified: \(isVerified)")
    print("the values of libsvm, to eight digits: \(isReference)")
    print("primal and dual agree to 1e-8: \(isTight)")
    if !(isVerified && isReference && isTight) { exit(1) }
  }

  /// The file has counts and names of classes in its first line, where names of
  /// columns are needed.
  static func tumours(_ path: String) throws -> DataSet {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let names = (0..<30).map { "measure \($0)" } + ["kind"]
    let rows = text.drop { $0 != "\n" }
    return try DataSet(
      csvText: names.joined(separator: ",") + rows, name: path,
      classes: "kind")
  }
}
