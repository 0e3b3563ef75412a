internal import Matrix

extension Examination {
  /// The evidence of the ends of the spectrum, by Lanczos's method.
  ///
  /// From H qⱼ = βⱼ₋₁ qⱼ₋₁ + αⱼ qⱼ + βⱼ qⱼ₊₁ comes a tridiagonal T = QᵀHQ whose
  /// extreme eigenvalues θ approach those of H from inside (Kaniel, Paige, Saad).
  /// With T s = θ s, the Ritz vector y = Q s has ‖Hy − θy‖ = βₖ|sₖ|, so that an
  /// eigenvalue is within that of θ (Parlett 1998, section 13.2). A θ < 0 is proof
  /// of negative curvature, yᵀHy = θ, at any k; that θ is the smallest rests on
  /// a start vector that is not orthogonal to its eigenvector, and so on numbers
  /// drawn at random, the same ones each time.
  ///
  /// The new vector is made orthogonal to all earlier ones, twice (Kahan, Parlett:
  /// "twice is enough"), so that no copies of converged eigenvalues appear.
  ///
  /// - Complexity: at most `limit` products, 4nk² flops and k vectors.
  ///
  /// Source: Golub and Van Loan 2013, sections 10.1 and 10.3.
  mutating func examineProducts(limit: Int) throws(Failure) -> Evidence {
    let n = center.dimension
    // A product by differences is right to accuracy^⅔, an exact one to far more;
    // which it is cannot be asked.
    let relative = 64 * DifferenceScheme.central.accuracy(of: accuracy)
    var basis = [Self.startVector(n)]
    var t = Tridiagonal()
    var candidate = Vector<Double>.zeros(n)
    var previous = Double.infinity
    while true {
      let k = t.order
      let q = basis[k]
      guard
        evaluator.hessianVectorProduct(
          at: center.x, along: q, into: &candidate),
        candidate.isFinite
      else { throw .undefined }
      t.diagonal.append(candidate.dot(q))
      for _ in 0..<2 {
        for vector in basis.reversed() {
          candidate.add(vector, scaledBy: -candidate.dot(vector))
        }
      }
      let beta = candidate.norm
      evaluator.counts.flops += 8 * Double(n) * Double(k + 1)

      let interval = t.gershgorinInterval
      let norm = max(abs(interval.lowerBound), abs(interval.upperBound), beta)
      // The vectors span an invariant subspace, and its eigenvalues are H's.
      let isInvariant = beta <= Double(n) * .ulpOfOne * norm
      let isLast = isInvariant || k + 1 >= min(limit, n)
      if isLast || (k + 1).isMultiple(of: 8) {
        let theta = t.eigenvalue(0)
        let s = t.eigenvector(theta)
        let residual = isInvariant ? 0 : beta * abs(s[k])
        let tolerance = relative * norm
        let isSettled =
          residual <= max(abs(theta) / 10, tolerance)
          && (isInvariant
            || abs(theta - previous)
              <= max(
                abs(theta) / 10, tolerance))
        if isSettled || isLast {
          // Any Rayleigh quotient below zero is proof; that there is none takes
          // convergence.
          guard isSettled || theta < -tolerance else { throw .unresolved }
          return evidence(
            t, beta: isInvariant ? 0 : beta, basis: basis, smallest: theta,
            s: s, tolerance: tolerance, norm: norm)
        }
        previous = theta
      }
      t.subdiagonal.append(beta)
      candidate.scale(by: 1 / beta)
      basis.append(candidate)
    }
  }

  private mutating func evidence(
    _ t: Tridiagonal, beta: Double, basis: [Vector<Double>],
    smallest: Double, s: Vector<Double>, tolerance: Double, norm: Double
  ) -> Evidence {
    let k = t.order
    let largest = t.eigenvalue(k - 1)
    func ritz(_ value: Double, _ s: Vector<Double>) -> Direction {
      var y = Vector<Double>.zeros(center.dimension)
      for (vector, factor) in zip(basis, s) { y.add(vector, scaledBy: factor) }
      y.scale(by: 1 / y.norm)
      return Direction(vector: y, curvature: value)
    }

    var lowest = ritz(smallest, s)
    // Hy, not only θy to the residual.
    var image = lowest.vector
    if evaluator.hessianVectorProduct(
      at: center.x, along: lowest.vector, into: &image)
    {
      lowest.image = image
    }
    var sign: FloatingPointSign?
    var doubtful: Direction?
    if smallest > tolerance {
      sign = .plus
      doubtful = lowest
    } else if largest < -tolerance {
      // A maximum, if the upper end has converged too.
      let s = t.eigenvector(largest)
      if beta * abs(s[k - 1]) <= -largest / 10 {
        sign = .minus
        doubtful = ritz(largest, s)
      }
    }
    let isDecided = smallest > tolerance || smallest < -tolerance
    return Evidence(
      curvature: Curvature(
        source: .lanczos(products: k), isDifferenced: false,
        tolerance: tolerance, inertia: nil, smallest: smallest,
        largest: largest),
      norm: norm, sign: sign,
      isIndefinite: smallest < -tolerance && largest > tolerance,
      doubtful: doubtful, negative: smallest < -tolerance ? lowest : nil,
      step: isDecided
        ? newtonStep(stifferThan: abs(smallest) / 2)
        : .zeros(center.dimension))
  }

  /// p ≈ −H⁻¹∇f by conjugate gradients, as far as they meet no direction softer
  /// than `curvature`.
  ///
  /// Source: Steihaug 1983, without the trust region.
  private mutating func newtonStep(
    stifferThan curvature: Double
  ) -> Vector<Double> {
    var step = Vector<Double>.zeros(center.dimension)
    var residual = center.gradient
    residual.scale(by: -1)
    var direction = residual
    var product = step
    var square = residual.dot(residual)
    let goal = square / 100
    for _ in 0..<30 where square > goal {
      guard
        evaluator.hessianVectorProduct(
          at: center.x, along: direction, into: &product)
      else { break }
      let slope = direction.dot(product)
      guard slope >= curvature * direction.dot(direction) else { break }
      let alpha = square / slope
      step.add(direction, scaledBy: alpha)
      residual.add(product, scaledBy: -alpha)
      let next = residual.dot(residual)
      direction.scale(by: next / square)
      direction.add(residual)
      square = next
    }
    return step
  }

  /// A unit vector of numbers drawn uniformly from [−1, 1), the same ones for the
  /// same n.
  private static func startVector(_ n: Int) -> Vector<Double> {
    var state: UInt64 = 0x2545_f491_4f6c_dd1d
    var q = Vector<Double>(count: n) { _ in
      // xorshift64 (Marsaglia 2003).
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Double(Int64(bitPattern: state)) * 0x1p-63
    }
    q.scale(by: 1 / q.norm)
    return q
  }
}
