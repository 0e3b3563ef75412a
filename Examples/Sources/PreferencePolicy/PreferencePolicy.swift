// Learning from preferences, the optimization at the heart of learning from human
// feedback, where it is small enough to be checked in closed form.
//
// 1. Rewards are fitted to pairwise preferences (Bradley and Terry 1952).
// 2. A policy is improved by them, held near a reference policy by its KL divergence:
//
//        max Σ π(i) r(i) − β KL(π ‖ π₀)   on the simplex
//
//    whose optimum is π(i) ∝ π₀(i) exp(r(i) / β).
// 3. The same policy is found from the preferences directly, without rewards
//    (Rafailov and others, Direct preference optimization, 2023).

import Differentiation
import Foundation
import Matrix
import Optimization

/// How often one was preferred to another: the games of the American League East in
/// 1987, 13 for each pair, row beats column.
///
/// Source: Agresti, Categorical Data Analysis, 2002, table 10.10.
enum Preferences {
  static let names = [
    "Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland",
    "Baltimore",
  ]
  static let wins: Matrix<Double> = [
    [0, 7, 9, 7, 7, 9, 11],
    [6, 0, 7, 5, 11, 9, 9],
    [4, 6, 0, 7, 7, 8, 12],
    [6, 8, 6, 0, 6, 7, 10],
    [6, 2, 6, 7, 0, 7, 12],
    [4, 4, 5, 6, 6, 0, 6],
    [2, 4, 1, 3, 1, 7, 0],
  ]
  static var count: Int { names.count }

  /// The rewards as they are published, to four digits, Baltimore's being 0.
  ///
  /// Source: Turner and Firth, Bradley-Terry models in R: the BradleyTerry2 package,
  /// Journal of Statistical Software 48, 2012.
  static let published = [
    1.5814, 1.4364, 1.2945, 1.2476, 1.1077, 0.6839, 0,
  ]

  /// −Σ wᵢⱼ log σ(scoreᵢ − scoreⱼ).
  static func loss(_ score: [Variable]) -> Variable {
    var sum: Variable = 0
    for i in 0..<count {
      for j in 0..<count where wins[i, j] > 0 {
        let surprise: Variable = .log(1 + .exp(score[j] - score[i]))
        sum += surprise * Variable(wins[i, j])
      }
    }
    return sum
  }
}

@main
struct PreferencePolicy {
  static let beta = 0.5
  /// A reference that has a liking for one of them.
  static let reference: [Double] = (0..<7).map { $0 == 3 ? 0.4 : 0.1 }

  static func main() throws {
    let rewards = try fitRewards()
    let deviation =
      zip(rewards.x, Preferences.published)
      .map { abs($0 - $1) }.max() ?? 1
    print("rewards, verified: \(rewards.isVerified)")
    print("as published, to four digits: \(deviation < 6e-5)")

    // π ∝ π₀ exp(r / β).
    let unscaled = (0..<Preferences.count).map {
      reference[$0] * exp(rewards.x[$0] / beta)
    }
    let total = unscaled.reduce(0, +)
    let closedForm = unscaled.map { $0 / total }

    let improved = try improve(by: rewards.x)
    print("policy, verified: \(improved.isVerified)")
    let direct = try optimizeDirectly()
    print("direct policy, verified: \(direct.isVerified)")
    let directPolicy = policy(of: direct.x)

    print("\nteam        reference  reward  improved  direct")
    for i in 0..<Preferences.count {
      print(
        Preferences.names[i].padding(
          toLength: 10, withPad: " ", startingAt: 0),
        String(
          format: " %9.3f %7.3f %9.4f %7.4f", reference[i], rewards.x[i],
          improved.x[i], directPolicy[i]))
    }
    func isClosedForm(_ policy: [Double]) -> Bool {
      zip(policy, closedForm).allSatisfy { abs($0 - $1) < 1e-6 }
    }
    print("")
    let isImproved = isClosedForm(improved.x.array)
    let isDirect = isClosedForm(directPolicy)
    print("improved policy is the closed form: \(isImproved)")
    print("direct policy is the closed form: \(isDirect)")
    let isVerified = [rewards, improved, direct].allSatisfy(\.isVerified)
    if !(isVerified && deviation < 6e-5 && isImproved && isDirect) { exit(1) }
  }

  /// The rewards under which the preferences are likeliest, the last being 0.
  static func fitRewards() throws -> ConstrainedSolution {
    let problem = try AutomaticFunction { Preferences.loss($0) }
      .subject(to: [.value(equalTo: 0) { r in r[6] }])
    return minimize(
      problem, from: .zeros(Preferences.count), using: .interiorPoint())
  }

  /// The best policy by these rewards that stays near the reference.
  static func improve(by rewards: Vector<Double>) throws -> ConstrainedSolution
  {
    let gain = AutomaticFunction { p in
      var sum: Variable = 0
      for i in p.indices {
        let divergence: Variable = p[i] * .log(p[i] / Variable(reference[i]))
        sum += Variable(beta) * divergence - Variable(rewards[i]) * p[i]
      }
      return sum
    }
    let simplex = Matrix<Double>(rows: 1, columns: Preferences.count) { _, _ in
      1
    }
    return minimize(
      try gain.subject(
        to: [.rows(simplex, equalTo: [1])],
        within: Bounds(1e-12...1, count: Preferences.count)),
      from: Vector(reference), using: .interiorPoint())
  }

  /// The policy with π(i) ∝ π₀(i) exp(θ(i)) under which the preferences are likeliest,
  /// rewards being β log(π / π₀) up to a constant, which is fixed.
  static func optimizeDirectly() throws -> ConstrainedSolution {
    let problem = try AutomaticFunction { theta in
      Preferences.loss(theta.map { Variable(beta) * $0 })
    }.subject(to: [
      .rows(Matrix(rows: 1, columns: 7) { _, _ in 1 }, equalTo: [0])
    ])
    return minimize(
      problem, from: .zeros(Preferences.count), using: .interiorPoint())
  }

  static func policy(of theta: Vector<Double>) -> [Double] {
    let unscaled = theta.indices.map { reference[$0] * exp(theta[$0]) }
    let total = unscaled.reduce(0, +)
    return unscaled.map { $0 / total }
  }
}
