internal import Matrix

extension Examination {
  /// The evidence of the signs of the eigenvalues, by factorization.
  ///
  /// With τ the tolerance, H − τI is positive definite exactly when all
  /// eigenvalues are above τ, which one Cholesky factorization tells; otherwise
  /// the inertias of H − τI and H + τI count those above τ and below −τ
  /// (Sylvester's law). The factors of a shifted matrix are exact for one within
  /// n ε ‖H‖ of it, which τ exceeds.
  ///
  /// - Complexity: n³/3 flops for a minimum, n³ otherwise.
  mutating func examineInertia(
    _ hessian: Matrix<Double>, tolerance: Double, norm: Double,
    isDifferenced: Bool
  ) throws(Failure) -> Evidence {
    let n = hessian.rows
    let flops = Double(n) * Double(n) * Double(n) / 3
    func evidence(_ inertia: Inertia) -> Evidence {
      Evidence(
        inertia,
        Curvature(
          source: .inertia, isDifferenced: isDifferenced, tolerance: tolerance,
          inertia: inertia, smallest: nil, largest: nil),
        norm: norm, step: .zeros(n))
    }

    evaluator.countFactorization(flops: flops)
    var cholesky = Cholesky<Double>(order: n)
    if (try? cholesky.factorize(hessian, addingToDiagonal: -tolerance)) != nil {
      var evidence = evidence(Inertia(positive: n, negative: 0, zero: 0))
      evidence.step.add(cholesky.solve(center.gradient), scaledBy: -1)
      evidence.doubtful = softest(hessian, norm: norm) {
        cholesky.solve(inPlace: &$0)
      }
      return evidence
    }

    var (shifted, below) = (hessian, hessian)
    for i in 0..<n {
      shifted[i, i] -= tolerance
      below[i, i] += tolerance
    }
    var ldlt = LDLT<Double>(order: n)
    evaluator.countFactorization(flops: flops)
    evaluator.countFactorization(flops: flops)
    do {
      try ldlt.factorize(shifted)
      let positive = ldlt.inertia(tolerance: 0).positive
      try ldlt.factorize(below)
      let negative = ldlt.inertia(tolerance: 0).negative
      var evidence = evidence(
        Inertia(
          positive: positive, negative: negative,
          zero: max(0, n - positive - negative)))
      guard negative > 0, let d = ldlt.negativeCurvatureDirection() else {
        return evidence
      }
      let direction = Direction(d, hessian)
      evidence.negative = direction
      if evidence.sign == .minus {
        evidence.doubtful = softest(hessian, norm: norm) {
          ldlt.solve(inPlace: &$0)
        }
      } else {
        // −|H|⁻¹∇f, where what is softer than d counts as if it were as stiff.
        ldlt.makePositiveDefinite(smallest: abs(direction.curvature))
      }
      evidence.step.add(ldlt.solve(center.gradient), scaledBy: -1)
      return evidence
    } catch {
      // Finite elements, whose elimination overflowed.
      throw .unresolved
    }
  }

  /// The direction w of a definite Hessian H whose curvature is most in doubt,
  /// along H⁻²∇f: its components gᵢ/λᵢ² compare the Newton step along each
  /// eigenvector with what it may change.
  private func softest(
    _ hessian: Matrix<Double>, norm: Double,
    solve: (inout Vector<Double>) -> Void
  ) -> Direction? {
    // To no better than rounding, so that the softest direction is found where
    // ∇f = 0. Alternating signs, lest it be a null vector of a Laplacian.
    let noise = .ulpOfOne * norm * (1 + center.x.norm)
    var w = center.gradient
    for i in 0..<w.count { w[i] += i.isMultiple(of: 2) ? noise : -noise / 2 }
    for _ in 0..<2 {
      // Scaled before each solve, so that no scale of ∇f or H overflows.
      let length = w.norm
      guard length > 0 && length.isFinite else { return nil }
      w.scale(by: 1 / length)
      solve(&w)
    }
    let length = w.norm
    guard length > 0 && length.isFinite else { return nil }
    w.scale(by: 1 / length)
    return Direction(w, hessian)
  }
}

extension Examination.Direction {
  /// A unit vector with its curvature in a matrix given by its lower triangle.
  init(_ d: Vector<Double>, _ hessian: Matrix<Double>) {
    var product = Vector<Double>.zeros(d.count)
    hessian.symmetricMultiply(d, into: &product)
    self.init(vector: d, curvature: product.dot(d), image: product)
  }
}
