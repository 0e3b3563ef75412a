public import Matrix

/// Newton's method with a penalty.
///
///     z = argmin ∇f(x)ᵀ(z − x) + ½ (z − x)ᵀ H (z − x) + R(z),   x ← x + t (z − x)
///
/// with H = ∇²f(x), to which a multiple of I is added until it is positive definite.
/// t is halved until f + R falls by 10⁻⁴ t of what the model without its quadratic
/// term promises. Around a minimum t = 1, and the error is squared in each step.
///
/// Where R is a sum over the variables the subproblem is solved by coordinate
/// descent, until the signs of the variables are known, and a Cholesky factorization
/// for the rest; elsewhere by fast proximal gradients, to an accuracy that grows with
/// that of x.
///
/// - Complexity: a step takes a Hessian, n³/3 flops, 2n² for each sweep over the
///   variables, of which there are mostly some tens, and the evaluations of its
///   search, mostly one; nothing is allocated unless by R.
///
/// Source: Lee, Sun and Saunders 2014; Friedman, Hastie and Tibshirani 2010
/// (coordinate descent).
public struct ProximalNewton: CompositeMethod {
  /// What can be minimised.
  public typealias Problem = any TwiceDifferentiableCompositeProblem

  /// Newton's method with a penalty.
  public init() {}

  /// The name.
  public var name: String { "proximal Newton" }

  /// Where the run is, and how far it was from what is looked for.
  public struct Memory: CompositeMemory {
    /// Value, penalty and distance from what is looked for.
    public var progress = CompositeProgress()
    /// The distance at the start, 0 before the first step.
    var firstDistance = 0.0
  }

  /// The Hessian, its factor, the subproblem and a trial point.
  public struct Workspace: CompositeWorkspace {
    /// A vector.
    public var scratch: Vector<Double>
    var hessian: Matrix<Double>
    var cholesky: Cholesky<Double>
    var subproblem: QuadraticSubproblem
    var trial: Point
  }

  /// Nothing but where the run is.
  public func makeMemory(dimension n: Int) -> Memory { Memory() }

  /// Room for four matrices of order n.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      scratch: .zeros(n), hessian: .zeros(n, n), cholesky: Cholesky(order: n),
      subproblem: QuadraticSubproblem(dimension: n),
      trial: Point(dimension: n))
  }

  /// One step towards the minimum of the model.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    guard let penalty = evaluator.penalty else { return .failed(.lineSearch) }
    guard point.value.isFinite && point.gradient.isFinite else {
      return .failed(.undefined)
    }
    guard
      evaluator.hessian(at: point.x, into: &workspace.hessian),
      makePositiveDefinite(&evaluator, &workspace)
    else { return .failed(.hessian) }
    // Far away the model is not worth more than a tenth; nearby, for the error to be
    // squared, a share that goes to 0 with the distance.
    let distance = memory.progress.stationarity
    if memory.firstDistance == 0 { memory.firstDistance = distance }
    let accuracy = distance * min(0.1, distance / memory.firstDistance)
    workspace.subproblem.solve(
      at: point, hessian: workspace.hessian, penalty,
      evaluator.separablePenalty, accuracy: accuracy, &evaluator.counts)
    return search(&point, &memory, penalty, &evaluator, &workspace)
  }

  /// Adds to the diagonal what is missing, and copies the lower triangle to the
  /// upper.
  private func makePositiveDefinite(
    _ evaluator: inout Evaluator, _ workspace: inout Workspace
  ) -> Bool {
    let n = workspace.hessian.rows
    let size = workspace.hessian.lowerMaximumMagnitude
    guard size.isFinite else { return false }
    var shift = 0.0
    while true {
      evaluator.countFactorization(ofOrder: n)
      do throws(FactorizationError) {
        try workspace.cholesky.factorize(workspace.hessian)
        break
      } catch {
        guard case .notPositiveDefinite = error else { return false }
      }
      let next =
        shift == 0 ? (size > 0 ? 1e-10 * size : 1) : 100 * shift
      guard next.isFinite else { return false }
      for j in 0..<n { workspace.hessian[j, j] += next - shift }
      shift = next
    }
    workspace.hessian.write { h in
      for j in 0..<n {
        for i in j + 1..<max(n, j + 1) { h[j + i * n] = h[i + j * n] }
      }
    }
    return true
  }

  private func search(
    _ point: inout Point, _ memory: inout Memory, _ penalty: any Penalty,
    _ evaluator: inout Evaluator, _ workspace: inout Workspace
  ) -> StepOutcome {
    workspace.scratch.setDifference(workspace.subproblem.solution, point.x)
    let norm = workspace.scratch.norm
    let promised =
      point.gradient.dot(workspace.scratch)
      + penalty.value(at: workspace.subproblem.solution)
      - memory.progress.penaltyValue
    guard norm > 0 else { return .failed(.lineSearch) }
    guard norm.isFinite && promised.isFinite else { return .failed(.hessian) }
    let noise = evaluator.noise(of: point.value)
    var failure = StepFailure.undefined
    var t = 1.0
    for _ in 0..<60 {
      if t == 1 {
        // Not x + (z − x), whose rounding would undo zeros.
        workspace.trial.x.copy(from: workspace.subproblem.solution)
      } else {
        workspace.scratch.setDifference(
          workspace.subproblem.solution, point.x)
        workspace.trial.x.setSum(point.x, workspace.scratch, scaledBy: t)
      }
      if workspace.trial.x == point.x { return .failed(.lineSearch) }
      evaluator.evaluate(&workspace.trial)
      let smooth = workspace.trial.value
      if smooth.isFinite && workspace.trial.gradient.isFinite {
        failure = .lineSearch
        var progress = memory.progress
        evaluator.addPenalty(
          to: &workspace.trial, &progress, scratch: &workspace.scratch)
        let change = workspace.trial.value - point.value
        if change <= 1e-4 * t * promised
          || abs(change) <= noise
            && progress.stationarity < memory.progress.stationarity
        {
          memory.progress = progress
          swap(&point, &workspace.trial)
          return .moved(length: t, norm: t * norm)
        }
      }
      t *= smooth.isFinite ? 0.5 : 0.1
    }
    return .failed(failure)
  }
}

extension Method where Self == ProximalNewton {
  /// Newton's method with a penalty.
  public static func proximalNewton() -> Self { ProximalNewton() }
}
