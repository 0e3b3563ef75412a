internal import Matrix

extension Replay {
  /// Up to this many variables a matrix is computed column by column: finding
  /// zeros would not pay.
  private static var smallDimension: Int { 8 }

  /// The same for a Jacobian, whose columns are computed for the operations that
  /// depend on them alone, by the masks of the batches.
  private static var smallWidth: Int { 16 }

  /// Writes Σ weightᵢ ∇²rᵢ at the point of the last evaluation.
  ///
  /// One product for each colour of the pattern, as many in one sweep as fit.
  func fillHessian(
    _ hessian: inout Matrix<Double>, weight: (Int) -> Double
  ) {
    let n = hessian.rows
    let groups =
      n <= Self.smallDimension
      ? nil : state.pointee.hessianPlan().pointee.groups
    let count = groups?.count ?? n
    let chunk = state.pointee.directionsPerSweep
    if groups != nil { hessian.fill(with: 0) }
    hessian.write { h in
      for first in stride(from: 0, to: count, by: chunk) {
        state.pointee.secondOrder(min(chunk, count - first)) { k, direction in
          direction.update(repeating: 0, count: n)
          guard let groups else { return direction[first + k] = 1 }
          for j in groups[first + k] { direction[Int(j)] = 1 }
        } weight: {
          weight($0)
        } _: { k, product in
          guard let groups else {
            return (h + (first + k) * n).update(from: product, count: n)
          }
          state.pointee.hessianPlan().pointee.scatter(
            product, ofColor: first + k, groups[first + k], into: h)
        }
      }
    }
  }

  /// Writes the Jacobian at the point of the last evaluation, m×n.
  func fillJacobian(_ jacobian: inout Matrix<Double>) {
    let (m, n) = (jacobian.rows, jacobian.columns)
    if n <= Self.smallWidth && m >= n {
      fillColumns(&jacobian, count: n, members: nil, nil)
      return
    }
    if m <= Self.smallDimension {
      fillRows(&jacobian)
      return
    }
    let plan = state.pointee.jacobianPlan().pointee
    jacobian.fill(with: 0)
    if plan.isByRows {
      fillRows(&jacobian, by: plan)
    } else {
      fillColumns(
        &jacobian, count: plan.groups.count, members: plan.groups, plan.byColumn
      )
    }
  }

  /// Columns by forward sweeps; with `members`, those of a group together, of
  /// which the rows are told apart by the pattern.
  private func fillColumns(
    _ jacobian: inout Matrix<Double>, count: Int, members: [[Int32]]?,
    _ rows: SparsityPattern?
  ) {
    let (m, n) = (jacobian.rows, jacobian.columns)
    let chunk = state.pointee.directionsPerSweep
    jacobian.write { jacobian in
      for first in stride(from: 0, to: count, by: chunk) {
        let directions = min(chunk, count - first)
        state.pointee.tangents(directions) { k, direction in
          direction.update(repeating: 0, count: n)
          guard let members else { return direction[first + k] = 1 }
          for j in members[first + k] { direction[Int(j)] = 1 }
        }
        for k in 0..<directions {
          guard let members, let rows else {
            state.pointee.copyTangents(
              direction: k, to: jacobian + (first + k) * m)
            continue
          }
          for j in members[first + k] {
            for i in rows[Int(j)] {
              jacobian[Int(i) + Int(j) * m] =
                state.pointee.tangent(ofOutput: Int(i), direction: k)
            }
          }
        }
      }
    }
  }

  /// Rows by reverse sweeps, one by one.
  private func fillRows(_ jacobian: inout Matrix<Double>) {
    let (m, n) = (jacobian.rows, jacobian.columns)
    jacobian.write { jacobian in
      for i in 0..<m {
        let row = state.pointee.reverse { $0 == i ? 1 : 0 }
        for j in 0..<n { jacobian[i + j * m] = row[j] }
      }
    }
  }

  /// Rows by reverse sweeps, those of a colour together.
  private func fillRows(
    _ jacobian: inout Matrix<Double>, by plan: JacobianPlan
  ) {
    let m = jacobian.rows
    jacobian.write { jacobian in
      for (k, group) in plan.groups.enumerated() {
        let row = state.pointee.reverse { plan.colors[$0] == k ? 1 : 0 }
        for i in group {
          for j in plan.pattern[Int(i)] {
            jacobian[Int(i) + Int(j) * m] = row[Int(j)]
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
