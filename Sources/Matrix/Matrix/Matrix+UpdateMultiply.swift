internal import CBLAS

extension Matrix<Double> {
  /// A ← A + u vᵀ, and y ← A p with the new A, in one sweep.
  ///
  /// - Precondition: A is square of order n, and the vectors have n elements.
  /// - Complexity: 4n² flops, each element read and written once; no allocation.
  package mutating func update(
    adding u: Vector<Double>, _ v: Vector<Double>,
    multiplying p: Vector<Double>, into y: inout Vector<Double>
  ) {
    let n = rows
    precondition(
      columns == n && u.count == n && v.count == n && p.count == n
        && y.count == n,
      "vectors of \(u.count), \(v.count) and \(p.count) elements for \(n)×\(columns)"
    )
    guard n > 0 else { return }
    write { a in
      u.read { u in
        v.read { v in
          p.read { p in
            y.write { y in kernel_update_multiply(a, n, u, v, p, y) }
          }
        }
      }
    }
  }
}
