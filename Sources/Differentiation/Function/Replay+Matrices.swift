internal import Matrix

extension Replay {
  /// Writes Σ weightᵢ ∇²rᵢ at the point of the last evaluation, n products with
  /// unit vectors.
  func fillHessian(
    _ hessian: inout Matrix<Double>, weight: (Int) -> Double
  ) {
    let n = hessian.rows
    var unit = Vector<Double>.zeros(n)
    hessian.write { h in
      for j in 0..<n {
        unit[j] = 1
        unit.read { state.pointee.secondOrder(along: $0, weight: weight) }
        (h + j * n).update(from: state.pointee.second, count: n)
        unit[j] = 0
      }
    }
  }

  /// Writes the Jacobian at the point of the last evaluation, m×n.
  func fillJacobian(_ jacobian: inout Matrix<Double>) {
    let (m, n) = (jacobian.rows, jacobian.columns)
    if m < n {
      jacobian.write { jacobian in
        for i in 0..<m {
          state.pointee.reverse { $0 == i ? 1 : 0 }
          for j in 0..<n {
            jacobian[i + j * m] = state.pointee.adjoint[j]
          }
        }
      }
      return
    }
    var unit = Vector<Double>.zeros(n)
    jacobian.write { jacobian in
      for j in 0..<n {
        unit[j] = 1
        unit.read { state.pointee.tangents(along: $0) }
        for i in 0..<m {
          jacobian[i + j * m] = state.pointee.tangent(ofOutput: i)
        }
        unit[j] = 0
      }
    }
  }
}

func checkCount(_ found: Int, _ expected: Int, _ what: String) {
  precondition(
    found == expected, "\(what) of \(found) elements, but \(expected) wanted")
}

func checkShape(
  _ matrix: Matrix<Double>, _ rows: Int, _ columns: Int, _ what: String
) {
  precondition(
    matrix.rows == rows && matrix.columns == columns,
    """
    \(what) of \(matrix.rows)×\(matrix.columns), but \(rows)×\(columns) wanted
    """)
}
