public import Matrix

/// The verdict on what is claimed of a quadratic program, by code that shares
/// nothing with the methods.
///
/// All residuals are absolute, in the user's own units and order, and computed
/// from the program's numbers alone. With multipliers y of the rows and z of the
/// bounds, positive where a lower side pushes and negative where an upper one does, x
/// is a minimiser where
///
///     l ≤ A x ≤ u, bounds;   P x + q − Aᵀy − z = 0;   gap = 0
///
/// and each multiplier belongs to a side that exists. The gap is the value minus
/// that of the dual program, −½ xᵀP x + Σ yᵢ (lᵢ or uᵢ) + Σ zⱼ (bound) + r; with the
/// residuals 0 it is the sum of all |multiplier × distance from its side|.
///
/// A residual counts as 0 within the tolerance; or, where the two things that it is
/// the difference of are larger than 1, within the tolerance times those, as far as
/// the rounding of the very sum that it is computed as explains it.
public struct QuadraticCertificate: Codable, Equatable, Sendable {
  /// What was found.
  public enum Finding: String, Codable, Sendable {
    /// x is a minimiser, to the tolerance.
    case optimal
    /// y proves that no point satisfies the constraints.
    case infeasible
    /// x satisfies the constraints and the objective falls forever along a ray.
    case unbounded
    /// What was claimed does not hold.
    case refuted
  }

  /// What was found.
  public let finding: Finding
  /// The bound on the residuals and the gap.
  public let tolerance: Double
  /// ½ xᵀP x + qᵀx + r.
  public let value: Double
  /// The value of the dual program; −∞ where a multiplier has the sign of a side
  /// that does not exist.
  public let dualValue: Double
  /// How far A x and x are outside their sides, at most.
  public let primalResidual: Double
  /// ‖P x + q − Aᵀy − z‖∞.
  public let dualResidual: Double
  /// |``value`` − ``dualValue``|.
  public let gap: Double
  /// The largest |multiplier × distance from its side|.
  public let complementarity: Double
  /// The multipliers whose side does not exist, as the largest of them.
  public let wrongSign: Double
  /// Of a proof of infeasibility: no point with ‖x‖₁ below this satisfies the
  /// constraints; infinite where Aᵀy + z vanishes exactly.
  public let infeasibilityRadius: Double?
  /// Of a ray of length 1: how fast the objective falls, and how much the ray fails
  /// to be one of P d = 0 and of the constraints.
  public let ray: RayFinding?

  /// What was found of a ray d with ‖d‖∞ = 1.
  public struct RayFinding: Codable, Equatable, Sendable {
    /// qᵀd.
    public let slope: Double
    /// ‖P d‖∞.
    public let curvatureResidual: Double
    /// How far A d and d leave the cone of directions that stay inside, at most.
    public let coneResidual: Double
  }

  /// Whether the claim holds.
  public var isVerified: Bool { finding != .refuted }
}

// MARK: Optimality

extension QuadraticCertificate {
  /// The verdict on a minimiser with its multipliers.
  ///
  /// - Parameters:
  ///   - program: the program.
  ///   - x: the point.
  ///   - y: the multipliers of the rows.
  ///   - z: the multipliers of the bounds.
  ///   - tolerance: the absolute bound on residuals and gap.
  /// - Precondition: shapes agree.
  /// - Complexity: 2n² + 4mn flops about.
  public init(
    of program: QuadraticProgram, at x: Vector<Double>,
    multipliers y: Vector<Double>, boundMultipliers z: Vector<Double>,
    tolerance: Double = 1e-9
  ) {
    let sums = KKTSums(program, x, y, z, tolerance: tolerance)
    self.init(
      sums, tolerance: tolerance,
      finding: sums.hold ? .optimal : .refuted)
  }

  private init(
    _ sums: KKTSums, tolerance: Double, finding: Finding,
    radius: Double? = nil, ray: RayFinding? = nil
  ) {
    self.finding = finding
    self.tolerance = tolerance
    value = sums.value
    dualValue = sums.wrongSign > 0 ? -.infinity : sums.dualValue
    primalResidual = sums.primal.residual
    dualResidual = sums.dual.residual
    gap = sums.wrongSign > 0 ? .infinity : abs(sums.value - sums.dualValue)
    complementarity = sums.complementarity
    wrongSign = sums.wrongSign
    infeasibilityRadius = radius
    self.ray = ray
  }
}

/// The sums of the optimality conditions, each with the size of its terms.
private struct KKTSums {
  /// A largest residual, and the largest part of it that rounding does not
  /// explain.
  struct Largest {
    var residual = 0.0
    var unexplained = 0.0

    /// Takes a residual whose terms add up to this in magnitude, and that is a
    /// difference of numbers of the size `own`.
    ///
    /// Multipliers of dependent rows, and points along flat directions, may be as
    /// large as they like: their rounding must not excuse anything.
    mutating func take(
      _ r: Double, terms: Double, own: Double, count: Int, tolerance: Double
    ) {
      // NaN stays.
      residual = r.isNaN || residual.isNaN ? .nan : max(residual, r)
      let rounding = Double(count + 2) * 0x1p-53 * terms
      let rest = r <= min(rounding, tolerance * own) ? 0 : r
      unexplained =
        rest.isNaN || unexplained.isNaN ? .nan : max(unexplained, rest)
    }
  }

  var value = 0.0
  var dualValue = 0.0
  var valueTerms = 0.0
  var primal = Largest()
  var dual = Largest()
  var complementarity = 0.0
  var wrongSign = 0.0
  private var ownTerms = 0.0
  private let count: Int
  private let tolerance: Double

  init(
    _ program: QuadraticProgram, _ x: Vector<Double>, _ y: Vector<Double>,
    _ z: Vector<Double>, tolerance: Double
  ) {
    let (n, m) = (program.dimension, program.constraints.count)
    precondition(
      x.count == n && y.count == m && z.count == n,
      """
      a point of \(x.count) elements with \(y.count) and \(z.count) \
      multipliers for \(n) variables and \(m) rows
      """)
    count = n + m
    self.tolerance = tolerance
    let (p, q, a) = (
      program.hessian, program.gradient, program.constraints.matrix
    )
    var (square, linear, terms) = (0.0, 0.0, abs(program.constant))
    var rows = [Double](repeating: 0, count: m)
    var rowTerms = rows
    for j in 0..<n {
      var (product, size) = (0.0, 0.0)
      for i in 0..<n {
        product += p[i, j] * x[i]
        size += abs(p[i, j] * x[i])
      }
      square += product * x[j]
      linear += q[j] * x[j]
      let own = max(abs(product), abs(q[j]))
      terms += abs(x[j]) * (size + abs(q[j]))
      var pull = 0.0
      for i in 0..<m {
        let element = a[i, j]
        pull += element * y[i]
        size += abs(element * y[i])
        rows[i] += element * x[j]
        rowTerms[i] += abs(element * x[j])
      }
      let residual = product + q[j] - pull - z[j]
      dual.take(
        abs(residual), terms: size + abs(q[j]) + abs(z[j]), own: own,
        count: n + m, tolerance: tolerance)
    }
    value = 0.5 * square + linear + program.constant
    dualValue = program.constant - 0.5 * square
    ownTerms = abs(square) + abs(linear) + abs(program.constant)
    let (bounds, sides) = (program.bounds, program.constraints)
    for i in 0..<m {
      takeSide(
        rows[i], terms: rowTerms[i], y[i], sides.lower[i], sides.upper[i],
        &terms)
    }
    for j in 0..<n {
      takeSide(
        x[j], terms: 0, z[j], bounds.lower[j], bounds.upper[j], &terms)
    }
    valueTerms = terms
  }

  private mutating func takeSide(
    _ v: Double, terms: Double, _ multiplier: Double, _ lower: Double,
    _ upper: Double, _ all: inout Double
  ) {
    if !(v >= lower) {
      primal.take(
        lower - v, terms: terms + abs(lower), own: abs(lower), count: count,
        tolerance: tolerance)
    }
    if !(v <= upper) {
      primal.take(
        v - upper, terms: terms + abs(upper), own: abs(upper), count: count,
        tolerance: tolerance)
    }
    guard multiplier != 0 else { return }
    let side = multiplier > 0 ? lower : upper
    guard side.isFinite, multiplier.isFinite else {
      wrongSign = multiplier.isNaN ? .infinity : max(wrongSign, abs(multiplier))
      return
    }
    dualValue += multiplier * side
    all += abs(multiplier * side)
    complementarity = max(complementarity, abs(multiplier * (v - side)))
  }

  var hold: Bool {
    guard wrongSign == 0 else { return false }
    let gap = abs(value - dualValue)
    let rounding = min(
      Double(count + 2) * 0x1p-53 * valueTerms, tolerance * ownTerms)
    return primal.unexplained <= tolerance && dual.unexplained <= tolerance
      && value.isFinite && (gap <= tolerance || gap <= rounding)
      && complementarity <= max(tolerance, rounding)
  }
}

// MARK: Infeasibility

extension QuadraticCertificate {
  /// The verdict on a proof that no point satisfies the constraints.
  ///
  /// Whatever x within all sides, yᵀA x + zᵀx is at least
  /// S = Σ yᵢ (lᵢ or uᵢ) + Σ zⱼ (bound). With z = −Aᵀy on the variables that have
  /// the bound for it, the left side is rᵀx where r is what of Aᵀy is left on the
  /// others: with S > 0 there is no such x with ‖x‖₁ < S / ‖r‖∞. The proof holds
  /// where that is beyond 1 / tolerance times the largest finite bound and 1.
  ///
  /// - Precondition: y has an element for each row, x one for each variable.
  /// - Complexity: 4mn flops about.
  ///
  /// Source: Farkas 1902.
  public init(
    ofInfeasible program: QuadraticProgram, by y: Vector<Double>,
    at x: Vector<Double>, tolerance: Double = 1e-9
  ) {
    let (n, m) = (program.dimension, program.constraints.count)
    precondition(
      y.count == m, "\(y.count) multipliers for \(m) rows")
    let (a, bounds, sides) = (
      program.constraints.matrix, program.bounds, program.constraints
    )
    var (support, terms, rest, size) = (0.0, 0.0, 0.0, 1.0)
    func take(_ multiplier: Double, _ lower: Double, _ upper: Double) {
      guard multiplier != 0 else { return }
      let side = multiplier > 0 ? lower : upper
      // A side that does not exist, or NaN, leaves no proof.
      support += side.isFinite ? multiplier * side : -.infinity
      terms += abs(multiplier * side)
      if side.isFinite { size = max(size, abs(side)) }
    }
    for i in 0..<m { take(y[i], sides.lower[i], sides.upper[i]) }
    for j in 0..<n {
      var (pull, pullTerms) = (0.0, 0.0)
      for i in 0..<m {
        pull += a[i, j] * y[i]
        pullTerms += abs(a[i, j] * y[i])
      }
      let side = pull < 0 ? bounds.lower[j] : bounds.upper[j]
      if side.isFinite {
        take(-pull, bounds.lower[j], bounds.upper[j])
      } else if abs(pull) > Double(m + 2) * 0x1p-53 * pullTerms {
        rest = max(rest, abs(pull))
      } else if pull.isNaN {
        rest = .nan
      }
    }
    let rounding = Double(n + m + 2) * 0x1p-52 * terms
    let radius = support > rounding ? support / rest : 0
    self.init(
      KKTSums(program, x, .zeros(m), .zeros(n), tolerance: tolerance),
      tolerance: tolerance,
      finding: radius * tolerance >= size ? .infeasible : .refuted,
      radius: radius)
  }
}

// MARK: Unboundedness

extension QuadraticCertificate {
  /// The verdict on a ray d from a point x, along which the objective falls
  /// forever.
  ///
  /// It holds where x satisfies the constraints and, for d of length ‖d‖∞ = 1,
  /// qᵀd < 0 while P d and what leaves the constraints are within the tolerance
  /// times |qᵀd|.
  ///
  /// - Precondition: d and x have n elements.
  /// - Complexity: 2n² + 4mn flops about.
  public init(
    ofUnbounded program: QuadraticProgram, along d: Vector<Double>,
    from x: Vector<Double>, tolerance: Double = 1e-9
  ) {
    let (n, m) = (program.dimension, program.constraints.count)
    precondition(
      d.count == n && x.count == n,
      "a ray of \(d.count) elements from a point of \(x.count) for \(n)")
    let (p, a) = (program.hessian, program.constraints.matrix)
    let (bounds, sides) = (program.bounds, program.constraints)
    var length = 0.0
    for j in 0..<n { length = max(length, abs(d[j])) }
    var (slope, curved, outside) = (0.0, 0.0, 0.0)
    func leave(_ v: Double, terms: Double, _ lower: Double, _ upper: Double) {
      let r = max(lower.isFinite ? -v : 0, upper.isFinite ? v : 0)
      if r > Double(n + 2) * 0x1p-53 * terms { outside = max(outside, r) }
    }
    for i in 0..<m {
      var (v, terms) = (0.0, 0.0)
      for j in 0..<n {
        v += a[i, j] * (d[j] / length)
        terms += abs(a[i, j] * (d[j] / length))
      }
      leave(v, terms: terms, sides.lower[i], sides.upper[i])
    }
    for j in 0..<n {
      leave(d[j] / length, terms: 0, bounds.lower[j], bounds.upper[j])
      slope += program.gradient[j] * (d[j] / length)
      var (product, terms) = (0.0, 0.0)
      for i in 0..<n {
        product += p[i, j] * (d[i] / length)
        terms += abs(p[i, j] * (d[i] / length))
      }
      if abs(product) > Double(n + 2) * 0x1p-53 * terms {
        curved = max(curved, abs(product))
      }
    }
    let point = KKTSums(program, x, .zeros(m), .zeros(n), tolerance: tolerance)
    let isRay =
      slope < 0 && slope.isFinite && max(curved, outside) <= -slope * tolerance
    self.init(
      point, tolerance: tolerance,
      finding: isRay && point.primal.unexplained <= tolerance
        ? .unbounded : .refuted,
      ray: RayFinding(
        slope: slope, curvatureResidual: curved, coneResidual: outside))
  }
}
