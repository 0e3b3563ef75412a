public import Matrix

/// A separable problem, min ‖Φ(α) c − y‖ over c and α, as one in α alone.
///
/// For each α the best coefficients are c(α) = Φ(α)⁺ y, so that
///
///     r(α) = Φ(α) c(α) − y = −P⊥ y,
///     ∂r/∂αⱼ = P⊥ Φⱼ c − (Φ⁺)ᵀ Φⱼᵀ r,   Φⱼ = ∂Φ/∂αⱼ,
///
/// with P⊥ the projection off the columns of Φ. There are fewer variables, none of
/// them needs a starting value for c, and iterations are fewer. (Kaufman leaves
/// out the second term, which the gradient does not depend on, and saves little
/// by it where Φ is factorized anyway.)
///
///     let fit = VariableProjection(of: decays, data: y)
///     let solution = minimize(
///       fit, from: [1, 0.1], using: .levenbergMarquardt())
///     let c = try fit.coefficients(at: solution.x)
///
/// Where columns of Φ depend on others, c is the solution that leaves these out.
///
/// - Complexity: for r a factorization of Φ, 2mp² flops; for J as well
///   4mpn more; a few allocations each.
///
/// Source: Golub and Pereyra 1973, The differentiation of pseudo-inverses and
/// nonlinear least squares problems whose variables separate; Kaufman 1975.
public struct VariableProjection: DifferentiableResiduals {
  /// The model.
  public let model: any SeparableModel
  /// The data y.
  public let data: Vector<Double>

  /// The problem of fitting `model` to `data`.
  ///
  /// - Precondition: as many data as the model has rows.
  public init(of model: any SeparableModel, data: Vector<Double>) {
    precondition(
      data.count == model.rows,
      "\(data.count) data for a model of \(model.rows) rows")
    self.model = model
    self.data = data
  }

  /// The number of data.
  public var count: Int { data.count }

  /// The best coefficients c(α).
  ///
  /// - Throws: what the model throws, or a `FactorizationError` where Φ is not
  ///   finite.
  public func coefficients(at alpha: Vector<Double>) throws -> Vector<Double> {
    try projection(at: alpha).coefficients
  }

  /// r(α).
  ///
  /// - Throws: what the model throws, or a `FactorizationError` where Φ is not
  ///   finite.
  public func residuals(
    at alpha: Vector<Double>, into residuals: inout Vector<Double>
  ) throws { residuals.copy(from: try projection(at: alpha).residuals) }

  /// ∂r/∂α, with both terms.
  ///
  /// - Throws: what the model throws, or a `FactorizationError` where Φ is not
  ///   finite.
  public func jacobian(
    at alpha: Vector<Double>, into jacobian: inout Matrix<Double>
  ) throws {
    let (m, p, n) = (count, model.columns, alpha.count)
    let at = try projection(at: alpha)
    var derivatives = Matrix<Double>.zeros(m * p, n)
    try model.basisDerivatives(at: alpha, into: &derivatives)
    try checkJacobian(derivatives, rows: m * p, columns: n)
    let rank = at.qr.rank
    let triangle = at.qr.r[0..<rank, 0..<rank]
    let permutation = at.qr.permutation
    for j in 0..<n {
      let slice = Matrix(
        rows: m, columns: p,
        columnMajor: derivatives.column(j).array)
      // In the basis of Q: the part off the columns of Φ of Φⱼ c, and on them
      // −R⁻ᵀ Πᵀ Φⱼᵀ r.
      var column = slice * at.coefficients
      at.qr.multiplyTransposedQ(&column)
      var product = Vector<Double>.zeros(p)
      slice.multiply(at.residuals, transposed: true, into: &product)
      var inner = Vector(count: rank) { -product[permutation[$0]] }
      triangle.solveTriangular(.upper, transposed: true, &inner)
      for k in 0..<rank { column[k] = inner[k] }
      at.qr.multiplyQ(&column)
      jacobian.setColumn(j, to: column)
    }
  }

  private struct Projection {
    let qr: QR<Double>
    let coefficients: Vector<Double>
    let residuals: Vector<Double>
  }

  private func projection(at alpha: Vector<Double>) throws -> Projection {
    var basis = Matrix<Double>.zeros(count, model.columns)
    try model.basis(at: alpha, into: &basis)
    try checkJacobian(basis, rows: count, columns: model.columns)
    let qr = try QR(basis)
    // −P⊥ y as it is, not as the difference Φ c − y, which would be rounded like
    // the data.
    var image = data
    qr.multiplyTransposedQ(&image)
    for k in 0..<qr.rank { image[k] = 0 }
    qr.multiplyQ(&image)
    image.scale(by: -1)
    return Projection(
      qr: qr, coefficients: qr.solve(data), residuals: image)
  }
}
