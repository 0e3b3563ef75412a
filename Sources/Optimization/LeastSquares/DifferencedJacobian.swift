public import Matrix

/// Residuals whose Jacobian is made of differences of their values.
///
/// Column j is (r(x + hⱼeⱼ) − r(x)) / hⱼ, or the central difference
/// (r(x + hⱼeⱼ) − r(x − hⱼeⱼ)) / 2hⱼ, with hⱼ in proportion to |xⱼ|.
///
/// Where the residuals are not finite on one side of x, the other side is used
/// alone; where they are so on both, that column is NaN. What the residuals throw
/// passes through.
///
/// - Complexity: n (forward) or 2n (central) evaluations for a Jacobian; three
///   vectors are allocated.
///
/// Source: Nocedal and Wright 2006, section 8.1.
public struct DifferencedJacobian: DifferentiableResiduals {
  /// The residuals whose values are differenced.
  public let base: any Residuals
  /// Which differences are taken.
  public let scheme: DifferenceScheme
  /// The magnitude below which a variable counts as small.
  public let typicalMagnitude: Double

  /// Differences of the values of `base`.
  ///
  /// - Parameters:
  ///   - base: the residuals.
  ///   - scheme: which differences are taken.
  ///   - typicalMagnitude: a magnitude that is typical of the variables. The step
  ///     of a variable is proportional to its own magnitude, but never to less
  ///     than this; nil for the step of a variable to be proportional to itself
  ///     however small it is, and 1 only at 0.
  /// - Precondition: `typicalMagnitude` is positive.
  public init(
    of base: any Residuals, scheme: DifferenceScheme = .central,
    typicalMagnitude: Double? = nil
  ) {
    if let typicalMagnitude {
      precondition(
        typicalMagnitude > 0,
        "a typical magnitude of \(typicalMagnitude), which is not positive")
    }
    self.base = base
    self.scheme = scheme
    self.typicalMagnitude = typicalMagnitude ?? 0
  }

  /// The number of variables of the base.
  public var dimension: Int? { base.dimension }

  /// The number of residuals of the base.
  public var count: Int { base.count }

  /// r(x), by the base.
  public func residuals(
    at x: Vector<Double>, into residuals: inout Vector<Double>
  ) throws { try base.residuals(at: x, into: &residuals) }

  /// Differences for J(x).
  ///
  /// - Throws: what the base throws, at x or at a shifted point, or that it
  ///   returned another number of residuals than it promised.
  public func jacobian(
    at x: Vector<Double>, into jacobian: inout Matrix<Double>
  ) throws {
    let m = count
    func residuals(_ x: Vector<Double>, into r: inout Vector<Double>) throws {
      try base.residuals(at: x, into: &r)
      guard r.count == m else {
        throw WrongCount(found: r.count, expected: m)
      }
    }
    var center = Vector<Double>.zeros(m)
    var ahead = center
    var behind = center
    var shifted = x
    var hasCenter = false
    for j in 0..<x.count {
      // The parameters of one model are often of very different magnitudes,
      // 1e-7 beside 1e3, so that an absolute step suits none but those at 0.
      let typical =
        typicalMagnitude > 0 ? typicalMagnitude : (x[j] == 0 ? 1 : 0)
      let h = scheme.step(at: x[j], typical: typical, accuracy: .ulpOfOne)
      shifted[j] = x[j] + h
      try residuals(shifted, into: &ahead)
      let hasAhead = ahead.isFinite
      var hasBehind = false
      if scheme == .central || !hasAhead {
        shifted[j] = x[j] - h
        try residuals(shifted, into: &behind)
        hasBehind = behind.isFinite
      }
      if !(hasAhead && hasBehind) && !hasCenter {
        try residuals(x, into: &center)
        hasCenter = true
      }
      shifted[j] = x[j]
      switch (hasAhead, hasBehind) {
      case (true, true):
        ahead -= behind
        ahead.scale(by: 1 / (2 * h))
      case (true, false):
        ahead -= center
        ahead.scale(by: 1 / h)
      case (false, true):
        ahead.setDifference(center, behind)
        ahead.scale(by: 1 / h)
      case (false, false):
        ahead.fill(with: .nan)
      }
      jacobian.setColumn(j, to: ahead)
    }
  }

  /// √ε for forward and ε^⅔ for central differences.
  public var jacobianAccuracy: Double { scheme.accuracy(of: .ulpOfOne) }
}

/// Another number of residuals than was promised.
public struct WrongCount: Error, Equatable, CustomStringConvertible {
  let found: Int
  let expected: Int

  /// A sentence with both numbers.
  public var description: String {
    "\(found) residuals where \(expected) were promised"
  }
}
