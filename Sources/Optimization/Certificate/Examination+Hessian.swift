internal import Matrix

extension Examination {
  /// The evidence of the objective's own Hessian.
  mutating func examineHessian() throws(Failure) -> Evidence {
    let n = center.dimension
    var hessian = Matrix<Double>.zeros(n, n)
    guard evaluator.hessian(at: center.x, into: &hessian) else {
      throw .undefined
    }
    // The elements are taken to be right to rounding, hence the matrix to n ε
    // of its norm; the factor covers formulas of a few operations.
    return try examine(
      hessian, relativeTolerance: 8 * Double(n) * .ulpOfOne,
      absoluteTolerance: 0, isDifferenced: false)
  }

  /// The evidence of a Hessian, of which the lower triangle is read.
  mutating func examine(
    _ hessian: consuming Matrix<Double>, relativeTolerance: Double,
    absoluteTolerance: Double, isDifferenced: Bool
  ) throws(Failure) -> Evidence {
    if hessian.rows > 20 {
      let norm = hessian.symmetricNorm1
      guard norm.isFinite else {
        throw isDifferenced ? .unresolved : .undefined
      }
      return try examineInertia(
        hessian, tolerance: relativeTolerance * norm + absoluteTolerance,
        norm: norm, isDifferenced: isDifferenced)
    }
    guard let spectrum = SmallSpectrum(of: hessian) else {
      throw isDifferenced ? .unresolved : .undefined
    }
    return examine(
      spectrum,
      tolerance: relativeTolerance * spectrum.norm + absoluteTolerance,
      isDifferenced: isDifferenced)
  }

  /// The evidence of all eigenvalues and eigenvectors.
  private func examine(
    _ spectrum: SmallSpectrum, tolerance: Double, isDifferenced: Bool
  ) -> Evidence {
    let n = spectrum.values.count
    let values = spectrum.values
    var inertia = Inertia(positive: 0, negative: 0, zero: 0)
    var (lowest, highest, softest) = (0, 0, 0)
    var doubt = -1.0
    // gᵢ = vᵢᵀ∇f, to no better than rounding.
    let noise = .ulpOfOne * spectrum.norm * (1 + center.x.norm)
    var components = spectrum.components(of: center.gradient)
    for i in 0..<n {
      let value = values[i]
      if value > tolerance {
        inertia.positive += 1
      } else if value < -tolerance {
        inertia.negative += 1
      } else {
        inertia.zero += 1
      }
      if value < values[lowest] { lowest = i }
      if value > values[highest] { highest = i }
      // The Newton step along vᵢ is gᵢ/λᵢ long, and what it changes λᵢ by is to
      // be compared with λᵢ. (Divided twice, since λᵢ² may overflow.)
      let doubtHere = (abs(components[i]) + noise) / abs(value) / abs(value)
      if doubtHere > doubt { (doubt, softest) = (doubtHere, i) }
    }
    // −H⁻¹∇f, of an indefinite H where it is stiff enough.
    let isDefinite = inertia.positive == n || inertia.negative == n
    for i in 0..<n {
      let counts =
        isDefinite || values[i] > tolerance && values[i] >= -values[lowest]
      components[i] = counts ? -components[i] / values[i] : 0
    }
    var evidence = Evidence(
      inertia,
      Curvature(
        source: .spectrum, isDifferenced: isDifferenced, tolerance: tolerance,
        inertia: inertia, smallest: n > 0 ? values[lowest] : nil,
        largest: n > 0 ? values[highest] : nil),
      norm: spectrum.norm, step: spectrum.combination(components))
    func direction(_ i: Int) -> Direction {
      Direction(vector: spectrum.vectors.column(i), curvature: values[i])
    }
    if isDefinite && n > 0 { evidence.doubtful = direction(softest) }
    if inertia.negative > 0 { evidence.negative = direction(lowest) }
    return evidence
  }
}

extension Examination.Evidence {
  /// Evidence of known inertia, without the directions.
  init(
    _ inertia: Inertia, _ curvature: Curvature, norm: Double,
    step: Vector<Double>
  ) {
    self.curvature = curvature
    self.norm = norm
    self.step = step
    sign =
      inertia.isPositiveDefinite
      ? .plus : inertia.isNegativeDefinite ? .minus : nil
    isIndefinite = inertia.isIndefinite
  }
}
