internal import CBLAS
public import Matrix

extension Array where Element == Variable {
  /// xᵀy, one operation.
  ///
  /// - Precondition: as many numbers on both sides.
  /// - Complexity: n multiplications by BLAS, for the value and each derivative.
  public func dot(_ y: [Variable]) -> Variable {
    precondition(
      count == y.count, "a dot product of \(count) and \(y.count) variables")
    return DotProduct(count)(self + y)[0]
  }

  /// cᵀx with constants c, one operation.
  ///
  /// - Precondition: as many numbers on both sides.
  public func dot(_ c: Vector<Double>) -> Variable {
    precondition(
      count == c.count,
      "a dot product of \(count) variables, \(c.count) numbers")
    return LinearMap(Matrix(rows: 1, columns: count) { c[$1] })(self)[0]
  }
}

extension Vector where Scalar == Double {
  /// cᵀx with constants c, one operation.
  ///
  /// - Precondition: as many numbers on both sides.
  public func dot(_ x: [Variable]) -> Variable { x.dot(self) }
}

extension Matrix where Scalar == Double {
  /// A x, one operation with m results.
  ///
  /// - Precondition: A has as many columns as x has variables.
  /// - Complexity: a product by BLAS, for the values and each derivative.
  public static func * (a: Matrix, x: [Variable]) -> [Variable] {
    precondition(
      a.columns == x.count,
      "a product of \(a.rows)×\(a.columns) and \(x.count) variables")
    return LinearMap(a)(x)
  }
}

/// y = A x; linear, so that tangents go as values do.
final class LinearMap: ListOperation {
  private let matrix: Matrix<Double>

  init(_ matrix: Matrix<Double>) {
    self.matrix = matrix
    super.init(inputs: matrix.columns, outputs: matrix.rows)
  }

  override var isLinear: Bool { true }
  override func value() { multiply(false, x, y) }
  override func pullback() { multiply(true, w, g) }
  override func pushforward() { multiply(false, t, z) }
  override func second() { multiply(true, z, g) }

  private func multiply(
    _ isTransposed: Bool, _ from: UnsafeMutablePointer<Double>,
    _ to: UnsafeMutablePointer<Double>
  ) {
    // BLAS leaves the result alone where the sum has no terms.
    let (terms, results) =
      isTransposed ? (outputs, inputs) : (inputs, outputs)
    guard terms > 0 && results > 0 else {
      return to.update(repeating: 0, count: results)
    }
    matrix.read {
      Double._gemv(
        isTransposed, outputs, inputs, 1, $0, outputs, from, 1, 0, to, 1)
    }
  }
}

/// uᵀv of the two halves of x; ∇ = (v, u), and the Hessian swaps the halves.
final class DotProduct: ListOperation {
  private let count: Int

  init(_ count: Int) {
    self.count = count
    super.init(inputs: 2 * count, outputs: 1)
  }

  override func value() { y[0] = kernel_dot(x, x + count, count) }

  override func pullback() {
    for i in 0..<count {
      g[i] = derivative_times(w[0], x[count + i])
      g[count + i] = derivative_times(w[0], x[i])
    }
  }

  override func pushforward() {
    z[0] = kernel_dot(t, x + count, count) + kernel_dot(x, t + count, count)
  }

  override func second() {
    for i in 0..<count {
      g[i] =
        derivative_times(z[0], x[count + i])
        + derivative_times(w[0], t[count + i])
      g[count + i] =
        derivative_times(z[0], x[i]) + derivative_times(w[0], t[i])
    }
  }
}
