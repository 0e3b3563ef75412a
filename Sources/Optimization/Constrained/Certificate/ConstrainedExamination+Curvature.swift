internal import Matrix

extension ConstrainedExamination {
  /// What the second derivatives of the Lagrangian say on the critical cone.
  ///
  /// On the plane along all equalities and sides with a multiplier: positive definite,
  /// x is a minimum. On the smaller plane along all active sides, all of it in the
  /// cone: negative, x is none, if the normals are independent. A cone that is no
  /// plane lies between them.
  mutating func classify(
    _ choice: Choice, _ active: ActiveConstraints,
    _ examining: Verification.Curvature
  ) -> (
    classification: Classification, curvature: Curvature?,
    negative: NegativeCurvature?
  ) {
    let n = point.dimension
    let route = examining.route(dimension: n, hasHessian: isTwiceDifferentiable)
    let isDifferenced: Bool
    switch route {
    case .hessian: isDifferenced = false
    case .differences: isDifferenced = true
    // The products of Lanczos's process leave the plane.
    case .products, nil: return (.notExamined, nil, nil)
    }
    guard let hessian = lagrangianHessian(choice, differenced: isDifferenced)
    else { return (.undefined, nil, nil) }
    let norm = hessian.symmetricNorm1
    let tolerance = (isDifferenced ? 1e-5 : 1e-8) * norm

    let sides = activeSides()
    let limit = weakLimit(choice)
    let m = c.count
    let strong = sides.filter {
      $0.sign == 0
        || abs($0.place < m ? choice.y[$0.place] : choice.z[$0.place - m])
          > limit
    }
    let plane = ReducedHessian(
      hessian, along: normals(of: strong), tolerance: tolerance)
    guard let plane else { return (.unresolved, nil, nil) }
    let curvature = plane.curvature(isDifferenced: isDifferenced)
    let found = plane.smallest
    if found > tolerance || plane.dimension == 0 {
      return (.minimum, curvature, nil)
    }
    if strong.count == sides.count {
      guard found < -tolerance else { return (.degenerate, curvature, nil) }
      return isDecisive(active)
        ? (.saddle, curvature, plane.negativeCurvature)
        : (.unresolved, curvature, nil)
    }
    let inner = ReducedHessian(
      hessian, along: normals(of: sides), tolerance: tolerance)
    if let inner, inner.smallest < -tolerance, isDecisive(active) {
      return (.saddle, curvature, inner.negativeCurvature)
    }
    if found < -tolerance, isDecisive(active),
      let way = plane.negativeCurvature,
      let direction = inCone(way.direction, sides, strong)
    {
      return (
        .saddle, curvature,
        NegativeCurvature(direction: direction, curvature: way.curvature)
      )
    }
    return (
      found < -tolerance ? .unresolved : .degenerate, curvature, nil
    )
  }

  /// Whether a direction of negative curvature can be followed along the active
  /// sides: their normals are independent, or all of them linear.
  private func isDecisive(_ active: ActiveConstraints) -> Bool {
    active.areIndependent
      || active.constraints.allSatisfy { system.isLinear[$0] }
  }

  /// d or −d, where it leaves no side that has no multiplier.
  private func inCone(
    _ d: Vector<Double>, _ sides: [Side], _ strong: [Side]
  ) -> Vector<Double>? {
    let kept = Set(strong.map(\.place))
    let weak = sides.filter { !kept.contains($0.place) }
    let normals = normals(of: weak)
    for sign in [1.0, -1.0] {
      let isInside = weak.indices.allSatisfy { k in
        sign * weak[k].sign * normals.column(k).dot(d)
          >= -1e-9 * normals.column(k).norm
      }
      if isInside { return sign * d }
    }
    return nil
  }

  /// Both triangles of ∇²L; nil where it is not finite.
  private mutating func lagrangianHessian(
    _ choice: Choice, differenced: Bool
  ) -> Matrix<Double>? {
    let n = point.dimension
    var hessian = Matrix<Double>.zeros(n, n)
    if differenced {
      evaluator.takeDifferences(
        magnitudes: Vector(count: n) { max(1, abs(point.x[$0])) })
    }
    guard
      evaluator.lagrangianHessian(
        at: point.x, multipliers: choice.y, into: &hessian)
    else { return nil }
    hessian.symmetrizeFromLower()
    return hessian
  }
}

/// A Hessian on the plane that is orthogonal to normals.
struct ReducedHessian {
  private let eigen: SymmetricEigen<Double>?
  private let basis: Matrix<Double>
  private let tolerance: Double

  /// The number of independent directions.
  var dimension: Int { basis.columns }

  /// - Returns: nil where a decomposition failed.
  init?(
    _ hessian: Matrix<Double>, along normals: Matrix<Double>, tolerance: Double
  ) {
    self.tolerance = tolerance
    let n = hessian.rows
    if normals.columns == 0 {
      basis = .identity(n)
    } else {
      var unit = normals
      for k in 0..<unit.columns {
        var column = unit.column(k)
        let length = column.norm
        if length > 0 { column.scale(by: 1 / length) }
        unit.setColumn(k, to: column)
      }
      guard let svd = try? SVD(unit, vectors: .full) else { return nil }
      let rank = svd.singularValues.count { $0 > 1e-8 }
      basis = Matrix(rows: n, columns: n - rank) { svd.u[$0, rank + $1] }
    }
    guard basis.columns > 0 else {
      eigen = nil
      return
    }
    var product = Matrix<Double>.zeros(n, basis.columns)
    hessian.multiply(basis, into: &product)
    var reduced = Matrix<Double>.zeros(basis.columns, basis.columns)
    basis.multiply(product, transposingSelf: true, into: &reduced)
    guard let eigen = try? SymmetricEigen(reduced) else { return nil }
    self.eigen = eigen
  }

  /// The smallest eigenvalue; ∞ where there is no direction.
  var smallest: Double { eigen?.eigenvalues[0] ?? .infinity }

  /// Where it is negative, its direction.
  var negativeCurvature: NegativeCurvature? {
    guard let eigen, smallest < -tolerance else { return nil }
    return NegativeCurvature(
      direction: basis * eigen.eigenvectors.column(0), curvature: smallest)
  }

  func curvature(isDifferenced: Bool) -> Curvature? {
    guard let eigen else { return nil }
    let count = eigen.eigenvalues.count
    return Curvature(
      source: .spectrum, isDifferenced: isDifferenced, tolerance: tolerance,
      inertia: eigen.inertia(tolerance: tolerance), smallest: smallest,
      largest: eigen.eigenvalues[count - 1])
  }
}
