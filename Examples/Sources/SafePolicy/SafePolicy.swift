import Foundation
import Matrix
import Optimization

/// Constrained policy optimization on a small Markov decision process.
///
/// A policy is to collect as much reward as it can while its expected cost stays below
/// a limit, at every update, not only at the end. Each update maximises what the
/// reward is to first order, where the cost to first order is within its limit and the
/// policy changes by no more than a bound on its mean KL divergence:
///
///     max Σ d(s) π(a|s) Aʳ(s, a)
///     where   J + Σ d(s) π(a|s) Aᶜ(s, a) ≤ limit,   Σ d(s) KL(π ‖ πₖ) ≤ δ
///
/// a convex problem. What first order promises is checked with the exact cost, and
/// where it does not hold the limit of the next problem gets a margin.
///
/// The answer is compared with the linear program over occupancies, whose optimum is
/// that of the decision process.
///
/// Source: Achiam, Held, Tamar and Abbeel, Constrained policy optimization, 2017;
/// Altman, Constrained Markov decision processes, 1999, for the linear program.
@main
struct SafePolicy {
  static let limit = 0.04
  static let trustRegion = 0.05

  static func main() throws {
    let world = GridWorld()
    let optimum = try linearProgram(world)
    print(
      "best with a cost of at most \(limit): reward \(rounded(-optimum.value)),",
      "verified: \(optimum.isVerified)")

    // Who mostly walks into the corner is safe, and earns next to nothing.
    var policy = Vector<Double>(count: GridWorld.states * GridWorld.actions) {
      $0 % GridWorld.actions == 3 ? 0.91 : 0.03
    }
    print("update    reward      cost        KL  margin  verified")
    var policies = [policy]
    var isVerified = true
    var radius = trustRegion
    var margin = 0.0
    var update = 0
    while radius > 1e-7 && update < 500 {
      let reward = try world.evaluate(policy, paying: world.reward)
      let cost = try world.evaluate(policy, paying: world.cost)
      let solution = improve(
        policy, reward, cost, within: radius, below: limit - margin)
      let next = solution.x
      let exact = try world.evaluate(next, paying: world.cost).value
      let gained =
        try world.evaluate(next, paying: world.reward).value - reward.value
      guard exact <= limit, gained > 0 else {
        // First order promised too much: ask for less cost, and go less far.
        margin += max(0, 1.2 * (exact - limit))
        if exact <= limit || margin > radius {
          radius /= 4
          margin /= 4
        }
        continue
      }
      update += 1
      isVerified = isVerified && solution.isVerified
      margin /= 2
      if update <= 5 || update % 20 == 0 {
        print(
          String(
            format: "%6d  %8.6f  %8.6f  %8.6f  %6.0e  %@", update,
            reward.value, cost.value,
            divergence(next, policy, reward.occupancy), margin,
            "\(solution.isVerified)"))
      }
      policy = next
      policies.append(policy)
    }
    let reward = try world.evaluate(policy, paying: world.reward).value
    let cost = try world.evaluate(policy, paying: world.cost).value
    print("at the end: reward \(rounded(reward)), cost \(rounded(cost))")
    // The cost once more, by where each policy is and what that costs.
    let isSafe = try policies.allSatisfy {
      let occupancy = try world.evaluate($0, paying: world.cost).occupancy
      return occupancy.dot(world.cost) <= limit + 1e-12
    }
    let best = -optimum.value
    let isBest = reward >= (1 - 1e-4) * best && reward <= best + 1e-9
    print("the limit held at every update: \(isSafe)")
    print("every update verified: \(isVerified)")
    print("the value of the linear program, to four digits: \(isBest)")
    if !(optimum.isVerified && isSafe && isVerified && isBest) { exit(1) }
  }

  /// The next policy, within the trust region.
  static func improve(
    _ policy: Vector<Double>, _ reward: GridWorld.Evaluation,
    _ cost: GridWorld.Evaluation, within radius: Double,
    below limit: Double
  ) -> ConstrainedSolution {
    let (states, actions) = (GridWorld.states, GridWorld.actions)
    let count = states * actions
    func weighted(_ advantages: Vector<Double>) -> Vector<Double> {
      Vector(count: count) { reward.occupancy[$0 / actions] * advantages[$0] }
    }
    let gain = weighted(reward.advantages)
    let surrogate = TwiceDifferentiableFunction { x, gradient in
      gradient.copy(from: -1 * gain)
      return -gain.dot(x)
    } hessian: { _, hessian in
      hessian.fill(with: 0)
    }
    let slope = weighted(cost.advantages)
    let probabilities = Matrix<Double>(rows: states, columns: count) {
      $1 / actions == $0 ? 1 : 0
    }
    do {
      return minimize(
        try surrogate.subject(
          to: [
            .rows(probabilities, equalTo: Vector(repeating: 1, count: states)),
            .rows(
              Matrix(rows: 1, columns: count) { slope[$1] },
              atMost: [limit - cost.value + slope.dot(policy)]),
            .values(
              of: MeanDivergence(policy: policy, weights: reward.occupancy),
              atMost: [radius]),
          ], within: Bounds(1e-9...1, count: count)),
        from: policy, using: .interiorPoint())
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// max Σ r ρ over occupancies ρ(s, a) ≥ 0 that flow as the process does.
  static func linearProgram(_ world: GridWorld) throws -> QuadraticSolution {
    let (states, actions) = (GridWorld.states, GridWorld.actions)
    let count = states * actions
    // Σₐ ρ(t, a) − γ Σ ρ(s, a) P(t | s, a) = (1 − γ) μ(t).
    let flow = Matrix<Double>(rows: states, columns: count) { t, i in
      let (s, action) = (i / actions, i % actions)
      return (s == t ? 1 : 0)
        - world.discount * world.transitions[action][s, t]
    }
    let beginning = Vector<Double>(count: states) {
      $0 == world.start ? 1 - world.discount : 0
    }
    return minimize(
      try QuadraticProgram(
        linear: Vector(count: count) { -world.reward[$0 / actions] },
        subjectTo: [
          .rows(flow, equalTo: beginning),
          .rows(
            Matrix(rows: 1, columns: count) { world.cost[$1 / actions] },
            atMost: [limit]),
        ], within: Bounds(0...Double.infinity, count: count)))
  }

  static func rounded(_ number: Double) -> String {
    "\((number * 1e6).rounded() / 1e6)"
  }
}
