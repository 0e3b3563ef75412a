// Iterative refinement in fixed precision: r = b − A x, solve A d = r with the
// factors at hand, x ← x + d.
//
// One step makes a solution componentwise backward stable even when the solver
// was only normwise so (Skeel, Iterative refinement implies numerical stability
// for Gaussian elimination, Math. Comp. 35, 1980): it then solves exactly a
// system whose every number is within a few roundings of the given one. The
// stopping test is LAPACK's (`xPORFS`): go on while the backward error is above
// the rounding unit and at least halves, five steps at most.

extension Cholesky {
  /// Solves A x = b and refines the solution against A itself.
  ///
  /// - Parameters:
  ///   - b: The right-hand side.
  ///   - a: The matrix that was factorized; its lower triangle is read.
  /// - Returns: The solution, and its componentwise backward error
  ///   ω = maxᵢ |b − A x|ᵢ / (|A| |x| + |b|)ᵢ: the smallest ω for which x solves
  ///   a system whose numbers differ from the given ones by a fraction of ω
  ///   (Oettli & Prager 1964).
  /// - Precondition: b has as many elements as A has rows, `a` the same order.
  /// - Complexity: 4n² to 24n² flops, three allocations.
  public func solve(
    _ b: Vector<Scalar>, refiningWith a: Matrix<Scalar>
  ) -> (solution: Vector<Scalar>, backwardError: Scalar) {
    refine(a, symmetric: true, b) { solve(inPlace: &$0) }
  }
}

extension LDLT {
  /// Solves A x = b and refines the solution against A itself.
  ///
  /// - Parameters:
  ///   - b: The right-hand side.
  ///   - a: The matrix that was factorized; its lower triangle is read.
  /// - Returns: The solution and its componentwise backward error, as from
  ///   ``Cholesky/solve(_:refiningWith:)``.
  /// - Precondition: b has as many elements as A has rows, `a` the same order.
  /// - Complexity: 4n² to 24n² flops, three allocations.
  public func solve(
    _ b: Vector<Scalar>, refiningWith a: Matrix<Scalar>
  ) -> (solution: Vector<Scalar>, backwardError: Scalar) {
    refine(a, symmetric: true, b) { solve(inPlace: &$0) }
  }
}

extension LU {
  /// Solves A x = b and refines the solution against A itself.
  ///
  /// - Parameters:
  ///   - b: The right-hand side.
  ///   - a: The matrix that was factorized.
  /// - Returns: The solution and its componentwise backward error, as from
  ///   ``Cholesky/solve(_:refiningWith:)``.
  /// - Precondition: b has as many elements as A has rows, `a` the same order.
  /// - Complexity: 4n² to 24n² flops, three allocations.
  public func solve(
    _ b: Vector<Scalar>, refiningWith a: Matrix<Scalar>
  ) -> (solution: Vector<Scalar>, backwardError: Scalar) {
    refine(a, symmetric: false, b) { solve(inPlace: &$0) }
  }
}

@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
private func refine<Scalar: BLASScalar>(
  _ a: Matrix<Scalar>, symmetric: Bool, _ b: Vector<Scalar>,
  solve: (inout Vector<Scalar>) -> Void
) -> (solution: Vector<Scalar>, backwardError: Scalar) {
  a.checkSquare("solve(_:refiningWith:)")
  let n = a.rows
  precondition(
    b.count == n,
    "a right-hand side of \(b.count) elements for a matrix of order \(n)")
  var x = b
  solve(&x)
  var residual = b
  var sizes = b
  func measure() -> Scalar {
    a.setResidual(x, b, symmetric: symmetric, &residual, &sizes)
    return backwardError(residual, sizes)
  }
  var last = Scalar.infinity
  var error = measure()
  for _ in 0..<5 {
    guard error > .ulpOfOne / 2 && error <= last / 2 else { break }
    solve(&residual)
    x.add(residual)
    last = error
    error = measure()
  }
  return (x, error)
}

/// maxᵢ |rᵢ| / sᵢ, where 0 / 0 is 0.
private func backwardError<Scalar: BLASScalar>(
  _ residual: Vector<Scalar>, _ sizes: Vector<Scalar>
) -> Scalar {
  var largest: Scalar = 0
  for i in residual.indices where residual[i] != 0 {
    let ratio = residual[i].magnitude / sizes[i]
    if ratio.isNaN { return ratio }
    largest = Swift.max(largest, ratio)
  }
  return largest
}

extension Matrix {
  /// r ← b − A x and s ← |A| |x| + |b|.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func setResidual(
    _ x: Vector<Scalar>, _ b: Vector<Scalar>, symmetric: Bool,
    _ residual: inout Vector<Scalar>, _ sizes: inout Vector<Scalar>
  ) {
    let n = rows
    residual.copy(from: b)
    if symmetric {
      symmetricMultiply(x, into: &residual, alpha: -1, beta: 1)
    } else {
      multiply(x, into: &residual, alpha: -1, beta: 1)
    }
    read { a in
      x.read { x in
        b.read { b in
          sizes.write { s in
            for i in 0..<n { s[i] = b[i].magnitude }
            for j in 0..<n {
              let column = a + j * n
              let factor = x[j].magnitude
              for i in (symmetric ? j : 0)..<n {
                s[i] += column[i].magnitude * factor
              }
              guard symmetric else { continue }
              var sum: Scalar = 0
              for i in j + 1..<Swift.max(n, j + 1) {
                sum += column[i].magnitude * x[i].magnitude
              }
              s[j] += sum
            }
          }
        }
      }
    }
  }
}
