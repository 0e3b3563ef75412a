internal import Matrix

extension Replay {
  /// Writes Σ weightᵢ ∇²rᵢ at the point of the last evaluation, n products with
  /// unit vectors.
  func fillHessian(
    _ hessian: inout Matrix<Double>, weight: (Int) -> Double
  ) {
    let n = hessian.rows
    let chunk = state.pointee.directionsPerSweep
    hessian.write { h in
      for first in stride(from: 0, to: n, by: chunk) {
        state.pointee.secondOrder(min(chunk, n - first)) { k, direction in
          direction.update(repeating: 0, count: n)
          direction[first + k] = 1
        } weight: {
          weight($0)
        } _: { k, product in
          (h + (first + k) * n).update(from: product, count: n)
        }
      }
    }
  }

  /// Writes the Jacobian at the point of the last evaluation, m×n.
  func fillJacobian(_ jacobian: inout Matrix<Double>) {
    let (m, n) = (jacobian.rows, jacobian.columns)
    if m < n {
      jacobian.write { jacobian in
        for i in 0..<m {
          let row = state.pointee.reverse { $0 == i ? 1 : 0 }
          for j in 0..<n { jacobian[i + j * m] = row[j] }
        }
      }
      return
    }
    let chunk = state.pointee.directionsPerSweep
    jacobian.write { jacobian in
      for first in stride(from: 0, to: n, by: chunk) {
        let directions = min(chunk, n - first)
        state.pointee.tangents(directions) { k, direction in
          direction.update(repeating: 0, count: n)
          direction[first + k] = 1
        }
        for k in 0..<directions {
          for i in 0..<m {
            jacobian[i + (first + k) * m] =
              state.pointee.tangent(ofOutput: i, direction: k)
          }
        }
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
