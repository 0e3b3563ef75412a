internal import Matrix

/// The null-space method for quadratic programs whose constraints are equalities.
///
///     A x = b   ⇔   x = x̄ + Z p,   A x̄ = b,   A Z = 0;   (ZᵀP Z) p = −Zᵀ(P x̄ + q)
///
/// x̄ and Z are from a QR factorization of Aᵀ with column pivoting, so that dependent
/// rows are seen; ZᵀP Z is factorized by Cholesky. P itself may be singular or even
/// nearly so.
///
/// Other constraints, and what cannot be verified, are left to ``InteriorPoint``; the
/// notes say so.
///
/// - Complexity: some 2nm² + 2n²(n − m) + (n − m)³/3 flops with m equalities: for few
///   degrees of freedom.
///
/// Source: Nocedal and Wright, Numerical Optimization, 2nd ed., section 16.2.
public struct NullSpace: Codable, Equatable, Sendable {
  /// The bound on the residuals and the gap.
  public let tolerance: Double

  /// The method with its setting.
  ///
  /// - Precondition: `tolerance` is positive.
  public init(tolerance: Double = 1e-9) {
    precondition(tolerance > 0, "a tolerance of \(tolerance)")
    self.tolerance = tolerance
  }
}

extension NullSpace: QuadraticMethod {
  /// The name with the tolerance.
  public var name: String {
    "null space, residuals ≤ \(tolerance.rounded(digits: 3))"
  }

  /// Solves a program, or proves that it has no solution.
  public func solve(_ program: QuadraticProgram) -> QuadraticSolution {
    QuadraticSearch(program, tolerance).solution(by: name) { search in
      search.answer(byEqualities: Self.point)
    }
  }

  static func point(_ program: ScaledProgram) -> ActiveSetPolish.Point? {
    let (n, m) = (program.n, program.e.columns)
    guard let qr = try? QR(program.e) else { return nil }
    let rank = qr.rank
    // Eᵀ x = b is Rᵀ t = Πᵀ b with x̄ = Q (t, 0).
    let r = qr.r
    let order = qr.permutation
    var t = Vector<Double>(count: rank) { program.b[order[$0]] }
    r[0..<rank, 0..<rank].solveTriangular(.upper, transposed: true, &t)
    var x = Vector<Double>.zeros(n)
    for i in 0..<rank { x[i] = t[i] }
    qr.multiplyQ(&x)
    var z = Matrix<Double>.zeros(n, n - rank)
    for j in 0..<n - rank {
      var column = Vector<Double>.zeros(n)
      column[rank + j] = 1
      qr.multiplyQ(&column)
      z.setColumn(j, to: column)
    }
    if rank < n {
      let reduced = z.transposed * (program.p * z)
      guard let cholesky = try? Cholesky(reduced) else { return nil }
      var slope = program.q
      program.p.symmetricMultiply(x, into: &slope, beta: 1)
      let p = cholesky.solve(-(z.transposed * slope))
      z.multiply(p, into: &x, beta: 1)
    }
    var slope = program.q
    program.p.symmetricMultiply(x, into: &slope, beta: 1)
    let y = m > 0 ? qr.solve(slope) : .zeros(0)
    return ActiveSetPolish.Point(x: x, y: y, w: .zeros(program.constraintCount))
  }
}

extension QuadraticMethod where Self == NullSpace {
  /// The null-space method for equalities.
  ///
  /// - Precondition: `tolerance` is positive.
  public static func nullSpace(tolerance: Double = 1e-9) -> NullSpace {
    NullSpace(tolerance: tolerance)
  }
}

extension QuadraticSearch {
  /// The answer of a method for equalities alone, or else of interior points.
  mutating func answer(
    byEqualities solve: (ScaledProgram) -> ActiveSetPolish.Point?
  ) -> QuadraticAnswer {
    let scaled = ScaledProgram(program)
    guard scaled.n > 0 else { return answerWithoutVariables(scaled) }
    if !scaled.sides.isEmpty {
      notes.append("there are inequalities")
    } else if let point = solve(scaled) {
      factorizations += 2
      let answer = improved(scaled, point)
      if answer.certificate.isVerified { return answer }
      notes.append("the solution of the equalities was not verified")
    } else {
      notes.append("a matrix is singular")
    }
    notes.append("left to the interior-point method")
    return answer(by: InteriorPoint(tolerance: tolerance))
  }
}
