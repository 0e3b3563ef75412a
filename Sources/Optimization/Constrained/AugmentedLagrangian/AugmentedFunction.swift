internal import Matrix

/// The augmented Lagrangian of Powell, Hestenes and Rockafellar, as a function of x.
///
///     Φ(x) = f(x) + Σᵢ ½ ρᵢ dist(tᵢ, [lᵢ, uᵢ])² − yᵢ² / 2ρᵢ,   t = c(x) − y / ρ
///
/// with P the projection on [l, u], its gradient and Hessian are those of the
/// Lagrangian with the multipliers ŷ, plus the curvature of the penalties:
///
///     ŷᵢ = ρᵢ (P(tᵢ) − tᵢ),   ∇Φ = ∇f − Jᵀŷ,
///     ∇²Φ = ∇²f − Σ ŷᵢ ∇²cᵢ + Σ ρᵢ ∇cᵢ ∇cᵢᵀ   over the i with tᵢ outside.
///
/// A range of two sides is one term, with no slack. In the second phase of a run, that
/// looks for a point where the constraints hold, f is left out, ρ = 1 and y = 0.
///
/// What is evaluated goes through the run's own ``Evaluator``, which a step lends to
/// this object while it lasts.
final class AugmentedFunction: TwiceDifferentiableObjective {
  /// The evaluator of the run during a step, and an idle one between steps.
  var evaluator: Evaluator
  var terms: PenaltyTerms
  /// c and J at the point that a step starts from, where a Hessian is asked for.
  var values: Vector<Double>
  var jacobian: Matrix<Double>
  /// The point evaluated last, with f and ∇f, c and J.
  var trial: Point
  var trialValues: Vector<Double>
  var trialJacobian: Matrix<Double>
  /// ŷ at the point asked about last.
  var estimate: Vector<Double>
  private var weighted: Matrix<Double>
  private var curvature: Matrix<Double>

  init(_ evaluator: Evaluator, dimension n: Int, isTwice: Bool) {
    self.evaluator = evaluator
    self.evaluator.constraintScratch = nil
    let m = evaluator.constraintCount
    terms = PenaltyTerms(constraints: 0)
    values = .zeros(m)
    jacobian = .zeros(m, n)
    trial = Point(dimension: n)
    trialValues = .zeros(m)
    trialJacobian = .zeros(m, n)
    estimate = .zeros(m)
    weighted = isTwice ? .zeros(m, n) : .zeros(0, 0)
    curvature = isTwice ? .zeros(n, n) : .zeros(0, 0)
  }

  var dimension: Int? { trial.dimension }

  var withSecondDerivatives: (any TwiceDifferentiableObjective)? {
    evaluator.secondDerivatives == nil ? nil : self
  }

  /// Φ and ∇Φ; NaN where f or a constraint is undefined.
  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    trial.x.copy(from: x)
    evaluator.evaluate(&trial)
    guard
      trial.value.isFinite,
      evaluator.constraintValues(at: trial.x, into: &trialValues),
      evaluator.constraintJacobian(at: trial.x, into: &trialJacobian)
    else {
      gradient.fill(with: .nan)
      return .nan
    }
    return compose(trial, trialValues, trialJacobian, into: &gradient)
  }

  /// Φ and ∇Φ of f, ∇f, c and J that are known.
  func compose(
    _ point: Point, _ c: Vector<Double>, _ jacobian: Matrix<Double>,
    into gradient: inout Vector<Double>
  ) -> Double {
    guard let system = evaluator.constraints else { return .nan }
    var value = terms.isWithoutObjective ? 0 : point.value
    value += terms.value(c, system.lower, system.upper, into: &estimate)
    if terms.isWithoutObjective {
      gradient.fill(with: 0)
    } else {
      gradient.copy(from: point.gradient)
    }
    if c.count > 0 {
      jacobian.multiply(
        estimate, transposed: true, into: &gradient, alpha: -1, beta: 1)
    }
    return value
  }

  /// ∇²Φ, at the point that the step starts from.
  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) throws
  {
    guard let system = evaluator.constraints else { return }
    let (m, n) = (values.count, x.count)
    _ = terms.value(values, system.lower, system.upper, into: &estimate)
    let isKnown =
      evaluator.lagrangianHessian(
        at: x, multipliers: estimate, into: &hessian)
      && (!terms.isWithoutObjective
        || evaluator.hessian(at: x, into: &curvature))
    guard isKnown else { throw MissingDerivative(what: "∇²L") }
    if terms.isWithoutObjective { hessian.add(curvature, scaledBy: -1) }
    guard m > 0 else { return }
    let (jacobian, estimate, penalties) = (jacobian, estimate, terms.penalties)
    let (lower, upper) = (system.lower, system.upper)
    weighted.write { w in
      jacobian.read { j in
        for i in 0..<m {
          // On a side with no multiplier the term curves on one side of it.
          let isActive = estimate[i] != 0 || lower[i] == upper[i]
          let weight = isActive ? penalties[i].squareRoot() : 0
          for k in 0..<n { w[i + k * m] = weight * j[i + k * m] }
        }
      }
    }
    hessian.symmetricRankUpdate(weighted, transposed: true)
  }
}

/// The terms of the constraints in an augmented Lagrangian.
struct PenaltyTerms: Codable, Equatable, Sendable {
  /// y, the multipliers that the sides are shifted by.
  var multipliers: Vector<Double>
  /// ρ.
  var penalties: Vector<Double>
  /// Whether f is left out.
  var isWithoutObjective = false

  init(constraints m: Int) {
    multipliers = .zeros(m)
    penalties = Vector(repeating: 1, count: m)
  }

  /// Σ of the terms, and ŷ.
  ///
  /// Of a constraint on its side e = c − side the term is −y e + ½ ρ e², in which
  /// nothing cancels near a solution; of one inside, −y² / 2ρ.
  func value(
    _ c: Vector<Double>, _ lower: Vector<Double>, _ upper: Vector<Double>,
    into estimate: inout Vector<Double>
  ) -> Double {
    let m = c.count
    return c.read { c in
      lower.read { l in
        upper.read { u in
          multipliers.read { y in
            penalties.read { rho in
              estimate.write { estimate in
                var sum = 0.0
                for i in 0..<m {
                  let t = c[i] - y[i] / rho[i]
                  if t < l[i] || t > u[i] || l[i] == u[i] {
                    let e = c[i] - (t > u[i] ? u[i] : l[i])
                    sum += e * (0.5 * rho[i] * e - y[i])
                    estimate[i] = y[i] - rho[i] * e
                  } else {
                    sum -= 0.5 * y[i] * y[i] / rho[i]
                    estimate[i] = 0
                  }
                }
                return sum
              }
            }
          }
        }
      }
    }
  }
}
