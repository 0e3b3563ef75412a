internal import Matrix

extension QuadraticProgram {
  /// The program of the least violation of the rows, which has a solution
  /// whatever the rows are.
  ///
  ///     min ½ ‖t‖²   where   l ≤ A x + R t ≤ u   and   bounds on x
  ///
  /// with R = diag(‖aᵢ‖∞). Its t vanishes where the constraints can be satisfied;
  /// where they cannot, its multipliers y are a proof: Aᵀy + z = 0, while the
  /// sides ask for yᵀA x + zᵀx ≥ ‖t‖².
  func leastViolation() -> QuadraticProgram {
    let (n, m) = (dimension, constraints.count)
    let a = constraints.matrix
    var p = Matrix<Double>.zeros(n + m, n + m)
    var wide = Matrix<Double>.zeros(m, n + m)
    for i in 0..<m {
      var size = 0.0
      for j in 0..<n {
        wide[i, j] = a[i, j]
        size = max(size, abs(a[i, j]))
      }
      wide[i, n + i] = size > 0 ? size : 1
      p[n + i, n + i] = 1
    }
    let free = Vector(repeating: Double.infinity, count: m)
    let lower = Vector(Array(bounds.lower) + Array(-free))
    let upper = Vector(Array(bounds.upper) + Array(free))
    return QuadraticProgram(
      unchecked: p, .zeros(n + m),
      LinearConstraints(wide, from: constraints.lower, to: constraints.upper),
      lower, upper)
  }

  /// The program of the steepest ray, which has a solution whatever q is.
  ///
  ///     min ½ ‖d‖² + qᵀd / ‖q‖   where   P d = 0   and d leaves no side
  ///
  /// Its d vanishes where the objective is bounded below; where it is not, d is the
  /// projection of −q / ‖q‖ on the cone of rays.
  func steepestRay() -> QuadraticProgram {
    let (n, m) = (dimension, constraints.count)
    let curved = (0..<n).filter { hessian[$0, $0] > 0 }
    var rows = Matrix<Double>.zeros(m + curved.count, n)
    var lower = Vector<Double>.zeros(m + curved.count)
    var upper = lower
    func cone(_ l: Double, _ u: Double) -> (Double, Double) {
      (l.isFinite ? 0 : -.infinity, u.isFinite ? 0 : .infinity)
    }
    for j in 0..<n {
      for i in 0..<m { rows[i, j] = constraints.matrix[i, j] }
      for (r, i) in curved.enumerated() { rows[m + r, j] = hessian[i, j] }
    }
    for i in 0..<m {
      (lower[i], upper[i]) = cone(constraints.lower[i], constraints.upper[i])
    }
    var (low, high) = (Vector<Double>.zeros(n), Vector<Double>.zeros(n))
    for j in 0..<n {
      (low[j], high[j]) = cone(bounds.lower[j], bounds.upper[j])
    }
    let size = gradient.norm
    return QuadraticProgram(
      unchecked: .identity(n), size > 0 ? (1 / size) * gradient : gradient,
      LinearConstraints(rows, from: lower, to: upper), low, high)
  }

  /// The program of the point within the constraints that is nearest to 0.
  func nearestPoint() -> QuadraticProgram {
    QuadraticProgram(
      unchecked: .identity(dimension), .zeros(dimension), constraints,
      bounds.lower, bounds.upper)
  }

  private init(
    unchecked p: Matrix<Double>, _ q: Vector<Double>,
    _ constraints: LinearConstraints, _ lower: Vector<Double>,
    _ upper: Vector<Double>
  ) {
    hessian = p
    gradient = q
    constant = 0
    self.constraints = constraints
    bounds = Bounds(unchecked: lower, upper)
  }
}
