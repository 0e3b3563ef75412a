import Matrix
import Models
import Optimization
import ProblemSets

/// The breast cancer data, standardised, with labels ±1 of class 1.
struct RegularizedData {
  /// A row for each sample.
  let a: Matrix<Double>
  let labels: Vector<Double>

  init() throws {
    let data = try DataSet.breastCancer().standardized()
    a = data.samples.transposed
    labels = data.labels(of: 1)
  }

  /// 30 weights and the intercept.
  var start: Vector<Double> { .zeros(a.columns + 1) }

  /// 1/2m ‖A x + b − y‖².
  var squares: LeastSquaresObjective {
    LeastSquaresObjective(a, labels, averaged: true, intercept: true)
  }

  /// Σ log(1 + exp(−yᵢ (aᵢᵀx + b))).
  var losses: LogisticObjective {
    LogisticObjective(a, labels, intercept: true)
  }

  /// The variable that no penalty counts.
  var intercept: [Int] { [a.columns] }
}
