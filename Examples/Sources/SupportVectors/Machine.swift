import Foundation
import Matrix
import Models
import Optimization

/// A support vector machine for two classes.
struct Machine {
  enum Kernel: CustomStringConvertible {
    /// xᵀx'.
    case linear
    /// exp(−γ ‖x − x'‖²).
    case gaussian(Double)

    var description: String {
      switch self {
      case .linear: "linear"
      case .gaussian: "gaussian"
      }
    }

    /// k(xᵢ, x'ⱼ) for the columns of two matrices.
    func matrix(_ a: Matrix<Double>, _ b: Matrix<Double>) -> Matrix<Double> {
      var products = Matrix<Double>.zeros(a.columns, b.columns)
      a.multiply(b, transposingSelf: true, into: &products)
      guard case .gaussian(let gamma) = self else { return products }
      let (left, right) = (squares(a), squares(b))
      return Matrix(rows: a.columns, columns: b.columns) { i, j in
        exp(-gamma * max(0, left[i] + right[j] - 2 * products[i, j]))
      }
    }

    private func squares(_ a: Matrix<Double>) -> [Double] {
      (0..<a.columns).map {
        let column = a.column($0)
        return column.dot(column)
      }
    }
  }

  let kernel: Kernel
  let samples: Matrix<Double>
  /// y, −1 and 1.
  let signs: Vector<Double>
  /// The solution of the dual, α.
  let dual: QuadraticSolution
  /// Primal minus dual value; 0 at the optimum.
  let gap: Double

  init(_ kernel: Kernel, penalty c: Double, on data: DataSet) throws {
    let signs = Vector(data.classes.map { $0 == 1 ? 1.0 : -1 })
    let n = data.count
    let k = kernel.matrix(data.samples, data.samples)
    let program = try QuadraticProgram(
      hessian: Matrix(rows: n, columns: n) {
        signs[$0] * signs[$1] * k[$0, $1]
      }, gradient: Vector(repeating: -1, count: n),
      subjectTo: [
        .rows(Matrix(rows: 1, columns: n) { signs[$1] }, equalTo: [0])
      ], within: Bounds(0...c, count: n))
    let dual = minimize(program)
    self.dual = dual
    self.kernel = kernel
    self.signs = signs
    samples = data.samples

    // ½ ‖w‖² + C Σ max(0, 1 − y f(x)), with w = Σ α y φ(x).
    let weights = Vector(count: n) { dual.x[$0] * signs[$0] }
    let products = k * weights
    let intercept = Self.intercept(dual)
    let slack = (0..<n).reduce(0.0) {
      $0 + max(0, 1 - signs[$1] * (products[$1] + intercept))
    }
    let primal = 0.5 * weights.dot(products) + c * slack
    gap = primal + dual.value
  }

  /// Samples with α > 0.
  var vectorCount: Int { dual.x.count { $0 > 1e-9 } }

  /// What part of samples is told right.
  func accuracy(on data: DataSet) -> Double {
    let weights = Vector(count: signs.count) { dual.x[$0] * signs[$0] }
    let values = kernel.matrix(data.samples, samples) * weights
    let right = data.classes.indices.count {
      (values[$0] + Self.intercept(dual) > 0) == (data.classes[$0] == 1)
    }
    return Double(right) / Double(data.count)
  }

  /// Q α − 1 = y λ where α is between its bounds: the intercept is −λ.
  private static func intercept(_ dual: QuadraticSolution) -> Double {
    -dual.multipliers[0]
  }
}
