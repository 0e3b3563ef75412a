internal import Matrix

/// The linear system of a step of the filter interior point, with the slacks
/// eliminated.
///
///     ( H + Σₓ + δ    Jᵀ    ) ( dx)   (a)
///     ( J            −D − M ) (−dy) = (b)
///
/// D = 1/(Σₛ + δ) for an inequality and 0 for an equality, M belongs to the
/// restoration. Its inertia has to be (n, m, 0): then H with the barrier is
/// positive definite where the constraints leave room, and dx goes downhill. If
/// it is not, δ is raised until it is. A fixed variable keeps a row of the
/// identity.
///
/// −10⁻¹⁰ is added for equalities from the beginning, so that dependent ones
/// have a factorization and the right inertia whatever rounding does;
/// refinement against the system without it takes that back where they are not
/// dependent.
///
/// Source: Wächter and Biegler 2006, equations 13 and algorithm IC.
struct BarrierSystem {
  private let n: Int
  private let m: Int
  private var matrix: Matrix<Double>
  private var ldlt: LDLT<Double>
  /// H + Σₓ on the diagonal, and −M below, without what is added.
  private var diagonal: Vector<Double>
  /// Σ of the slacks, ∞ for those of equalities.
  private var slackWeights: Vector<Double>
  private var regularization: Vector<Double>
  private var isFixed: [Bool]
  private var residual: Vector<Double>
  private var correction: Vector<Double>
  /// δ of the factorization.
  private(set) var shift = 0.0

  init(dimension n: Int, constraints m: Int) {
    self.n = n
    self.m = m
    let order = n + m
    matrix = .zeros(order, order)
    ldlt = LDLT(order: order)
    diagonal = .zeros(order)
    slackWeights = .zeros(m)
    regularization = .zeros(m)
    isFixed = Array(repeating: false, count: n)
    residual = .zeros(order)
    correction = .zeros(order)
  }

  /// Writes the matrix without its shift.
  ///
  /// - Parameters:
  ///   - hessian: H, its lower triangle.
  ///   - variables: whose Σ is added.
  ///   - jacobian: J, m×n.
  ///   - rowWeights: M.
  mutating func assemble(
    hessian: Matrix<Double>, _ variables: BarrierVariables,
    _ jacobian: Matrix<Double>, rowWeights: Vector<Double>
  ) {
    let (n, m, order) = (n, m, n + m)
    slackWeights.fill(with: .infinity)
    diagonal.fill(with: 0)
    isFixed.withUnsafeMutableBufferPointer { isFixed in
      for j in 0..<n { isFixed[j] = true }
      diagonal.write { d in
        slackWeights.write { s in
          variables.forEachFree { k, v in
            if k < n {
              isFixed[k] = false
              d[k] = v.weight
            } else {
              s[k - n] = v.weight
            }
          }
          hessian.read { h in
            jacobian.read { jacobian in
              matrix.write { a in
                regularization.write { r in
                  for i in 0..<m { r[i] = 0 }
                  for j in 0..<n {
                    let column = a + j * order
                    if isFixed[j] {
                      for i in j..<order { column[i] = 0 }
                      d[j] = 1
                      continue
                    }
                    let from = h + j * n
                    for i in j..<n { column[i] = isFixed[i] ? 0 : from[i] }
                    d[j] += from[j]
                    for i in 0..<m {
                      let element = jacobian[i + j * m]
                      column[n + i] = element
                      r[i] = max(r[i], abs(element))
                    }
                  }
                  for i in 0..<m {
                    // In proportion to the square of a row that is small.
                    let size = min(1, r[i] * r[i])
                    r[i] = s[i] == .infinity ? max(1e-10 * size, 1e-18) : 0
                    for k in i..<m { a[(n + i) * order + n + k] = 0 }
                  }
                }
              }
            }
          }
          rowWeights.read { w in
            for i in 0..<m { d[n + i] = -w[i] }
          }
        }
      }
    }
  }

  /// Writes the matrix with identities in place of H + Σ.
  mutating func assembleIdentity(
    _ variables: BarrierVariables, _ jacobian: Matrix<Double>,
    rowWeights: Vector<Double>, hessian: Matrix<Double>
  ) {
    assemble(
      hessian: hessian, variables, jacobian, rowWeights: rowWeights)
    let (n, m) = (n, m)
    diagonal.write { d in
      for j in 0..<n { d[j] = 1 }
    }
    slackWeights.write { s in
      for i in 0..<m where s[i] < .infinity { s[i] = 1 }
    }
  }

  /// Factorizes with the least δ of a sequence that gives the right inertia.
  ///
  /// - Parameters:
  ///   - lastShift: the δ that was last needed, 0 if none was; updated.
  ///   - mu: μ.
  /// - Returns: false where there is none.
  mutating func factorize(
    lastShift: inout Double, _ mu: Double, _ evaluator: inout Evaluator
  ) -> Bool {
    shift = 0
    if attempt(&evaluator) { return true }
    shift = lastShift == 0 ? 1e-4 : max(1e-20, lastShift / 3)
    let factor = lastShift == 0 ? 100.0 : 8
    while shift <= 1e40 {
      if attempt(&evaluator) {
        lastShift = shift
        return true
      }
      shift *= factor
    }
    return false
  }

  private mutating func attempt(_ evaluator: inout Evaluator) -> Bool {
    let (n, m, order, shift) = (n, m, n + m, shift)
    matrix.write { a in
      diagonal.read { d in
        slackWeights.read { s in
          regularization.read { r in
            isFixed.withUnsafeBufferPointer { isFixed in
              for j in 0..<n {
                a[j + j * order] = isFixed[j] ? 1 : d[j] + shift
              }
              for i in 0..<m {
                let k = n + i
                let slack = s[i] == .infinity ? r[i] : 1 / (s[i] + shift)
                a[k + k * order] = d[k] - slack
              }
            }
          }
        }
      }
    }
    evaluator.countFactorization(ofOrder: order)
    do throws(FactorizationError) {
      try ldlt.factorize(matrix)
    } catch {
      return false
    }
    // Signs alone: what is small beside a weight of 10¹² is not zero for that.
    let inertia = ldlt.inertia(tolerance: 0)
    return inertia.negative == m && inertia.zero == 0
  }

  /// D of a slack; 0 for an equality.
  func slackInverse(_ i: Int) -> Double {
    let s = slackWeights[i]
    return s == .infinity ? 0 : 1 / (s + shift)
  }

  /// Solves for (dx, −dy), refined.
  ///
  /// - Returns: whether the solution is finite.
  mutating func solve(
    _ right: Vector<Double>, into solution: inout Vector<Double>
  ) -> Bool {
    let (n, m) = (n, m)
    solution.copy(from: right)
    ldlt.solve(inPlace: &solution)
    guard solution.isFinite else { return false }
    let size = right.normInfinity
    var norm = Double.infinity
    for _ in 0..<4 {
      residual.copy(from: right)
      matrix.symmetricMultiply(solution, into: &residual, alpha: -1, beta: 1)
      regularization.read { r in
        solution.read { x in
          residual.write { e in
            for i in 0..<m { e[n + i] -= r[i] * x[n + i] }
          }
        }
      }
      let rest = residual.normInfinity
      guard rest < 0.5 * norm else {
        // Not better for the last correction, which is taken back.
        if !(rest < norm) { solution -= correction }
        break
      }
      norm = rest
      if rest <= 1e-14 * size { break }
      correction.copy(from: residual)
      ldlt.solve(inPlace: &correction)
      guard correction.isFinite else { break }
      solution += correction
    }
    return solution.isFinite
  }
}
