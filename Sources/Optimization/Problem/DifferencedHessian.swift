public import Matrix

/// An objective with a gradient whose Hessian is made of differences of
/// gradients.
///
/// Column j is (∇f(x + hⱼeⱼ) − ∇f(x − hⱼeⱼ)) / 2hⱼ, or the forward difference,
/// and the matrix D of these columns is made symmetric, ½ (D + Dᵀ).
///
///     minimize(DifferencedHessian(of: model), from: x0, using: .newton())
///
/// Where a gradient is not finite on one side of x, the other side is used
/// alone; where it is so on both, that column is NaN. What the objective throws
/// passes through.
///
/// - Complexity: n + 1 (forward) or 2n (central) gradients for a Hessian, and
///   three vectors and a matrix are allocated.
///
/// Source: Nocedal and Wright 2006, section 8.1.
public struct DifferencedHessian: TwiceDifferentiableObjective {
  /// The objective whose gradients are differenced.
  public let base: any DifferentiableObjective
  /// Which differences are taken.
  public let scheme: DifferenceScheme
  /// The magnitude below which a variable counts as small.
  public let typicalMagnitude: Double
  /// The same for each variable, where they are known.
  private let typicalMagnitudes: Vector<Double>?

  /// Differences of the gradients of `base`.
  ///
  /// - Parameters:
  ///   - base: the objective.
  ///   - scheme: which differences are taken.
  ///   - typicalMagnitude: a magnitude that is typical of the variables. The step
  ///     of a variable is proportional to its own magnitude, but never to less
  ///     than this.
  /// - Precondition: `typicalMagnitude` is positive.
  public init(
    of base: any DifferentiableObjective, scheme: DifferenceScheme = .central,
    typicalMagnitude: Double = 1
  ) {
    precondition(
      typicalMagnitude > 0,
      "a typical magnitude of \(typicalMagnitude), which is not positive")
    self.base = base
    self.scheme = scheme
    self.typicalMagnitude = typicalMagnitude
    typicalMagnitudes = nil
  }

  /// Forward differences with a typical magnitude for each variable.
  init(
    of base: any DifferentiableObjective, magnitudes: Vector<Double>
  ) {
    self.base = base
    scheme = .forward
    typicalMagnitude = 1
    typicalMagnitudes = magnitudes
  }

  /// The gradients that a Hessian of n variables takes.
  func gradientCount(dimension n: Int) -> Int {
    scheme == .forward ? n + 1 : 2 * n
  }

  /// The number of variables of the base.
  public var dimension: Int? { base.dimension }

  /// f(x), by the base.
  public func value(at x: Vector<Double>) throws -> Double {
    try base.value(at: x)
  }

  /// f(x) and ∇f(x), by the base.
  public func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    try base.valueAndGradient(at: x, into: &gradient)
  }

  /// ∇²f(x) v, by the base.
  public func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    try base.hessianVectorProduct(at: x, along: v, into: &product)
  }

  /// Differences of gradients for ∇²f(x), both triangles.
  ///
  /// - Throws: what the base throws, or that its gradient has a wrong size.
  public func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    let n = x.count
    var shifted = x
    var ahead = Vector<Double>.zeros(n)
    var behind = Vector<Double>.zeros(n)
    func gradient(into g: inout Vector<Double>) throws -> Bool {
      let value = try base.valueAndGradient(at: shifted, into: &g)
      guard g.count == n else {
        throw WrongSize(what: "a gradient", found: g.count, expected: n)
      }
      return value.isFinite && g.isFinite
    }
    // ∇f(x), which central differences need at the edge of the domain only.
    var center = Vector<Double>.zeros(scheme == .forward ? n : 0)
    if scheme == .forward { _ = try gradient(into: &center) }

    var columns = Matrix<Double>.zeros(n, n)
    for j in 0..<n {
      let h = scheme.step(
        at: x[j], typical: typicalMagnitudes?[j] ?? typicalMagnitude,
        accuracy: base.gradientAccuracy)
      shifted[j] = x[j] + h
      let hasAhead = try gradient(into: &ahead)
      var width = h
      if scheme == .forward && hasAhead {
        ahead -= center
      } else {
        shifted[j] = x[j] - h
        let hasBehind = try gradient(into: &behind)
        if !(hasAhead && hasBehind) && center.count < n {
          shifted[j] = x[j]
          center = .zeros(n)
          _ = try gradient(into: &center)
        }
        switch (hasAhead, hasBehind) {
        case (true, true):
          ahead -= behind
          width = 2 * h
        case (true, false):
          ahead -= center
        case (false, true):
          ahead.setDifference(center, behind)
        case (false, false):
          ahead.fill(with: .nan)
        }
      }
      shifted[j] = x[j]
      ahead.scale(by: 1 / width)
      columns.setColumn(j, to: ahead)
    }
    // Both halves of D are equally good; their mean has less rounding error.
    hessian = Matrix(rows: n, columns: n) { i, j in
      columns[i, j] / 2 + columns[j, i] / 2
    }
  }

  /// Not the differences: whoever was handed a gradient and asks for more can
  /// take them himself, and then knows what they are worth.
  public var withSecondDerivatives: (any TwiceDifferentiableObjective)? {
    base.withSecondDerivatives
  }

  /// That of the base.
  public var gradientAccuracy: Double { base.gradientAccuracy }

  /// That of the base, and n + 1 or 2n gradients for a Hessian.
  public var cost: ObjectiveCost {
    var cost = base.cost
    if let n = base.dimension {
      cost.hessian =
        Double(gradientCount(dimension: n)) * cost.valueAndGradient
    }
    return cost
  }
}
