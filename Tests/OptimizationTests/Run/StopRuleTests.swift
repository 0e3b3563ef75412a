import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct StopRuleTests {
  private func solve(_ rule: StopRule) -> (Solution, [Progress]) {
    var seen: [Progress] = []
    let rosenbrock = ExtendedRosenbrock(2)
    let solution = minimize(
      rosenbrock, from: rosenbrock.start, using: .lbfgs(), until: rule
    ) {
      seen.append($0)
      return .proceed
    }
    return (solution, seen)
  }

  /// The rule stops at the first iteration where `holds` does.
  private func check(
    _ rule: StopRule, _ holds: (Progress, _ before: Progress?) -> Bool
  ) {
    let (solution, seen) = solve(rule)
    #expect(solution.cause == .arrived(rule))
    for (k, progress) in seen.enumerated() {
      let before = k > 0 ? seen[k - 1] : nil
      #expect(holds(progress, before) == (k == seen.count - 1), "\(rule), \(k)")
    }
  }

  @Test func eachRuleStopsWhereItHoldsFirst() {
    check(.gradientNorm(1e-3)) { now, _ in now.gradientNorm <= 1e-3 }
    check(.relativeGradientNorm(1e-4)) { now, _ in
      now.gradientNorm <= 1e-4 * 232.867_687_754_226_6
    }
    check(.functionChange(1e-5)) { now, before in
      guard let before else { return false }
      return abs(before.value - now.value) <= 1e-5
    }
    check(.relativeFunctionChange(0.01)) { now, before in
      guard let before else { return false }
      return abs(before.value - now.value)
        <= 0.01 * max(before.value, now.value)
    }
    check(.step(0.03)) { now, before in
      guard let before else { return false }
      let norm = (now.point.x - before.point.x).norm
      #expect(abs(norm - now.stepNorm) <= 1e-12)
      return now.stepNorm <= 0.03
    }
    check(.relativeStep(0.02)) { now, before in
      before != nil && now.stepNorm <= 0.02 * now.point.x.norm
    }
    check(.value(atMost: 0.5)) { now, _ in now.value <= 0.5 }
    check(.iterations(4)) { now, _ in now.iteration >= 4 }
    check(.evaluations(12)) { now, _ in now.counts.values >= 12 }
  }

  @Test func rulesOnASimplexStopWhereTheyHoldFirst() {
    for (rule, measure) in [
      (StopRule.simplexSize(1e-3), \SimplexExtent.size),
      (.simplexSpread(1e-4), \.spread),
    ] {
      let bound = rule == .simplexSize(1e-3) ? 1e-3 : 1e-4
      var seen: [Double] = []
      let solution = minimize(
        from: [-1.2, 1], using: .nelderMead(), until: rule
      ) { x in
        let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
        return a * a + 100 * b * b
      }
      #expect(solution.cause == .arrived(rule))
      _ = minimize(
        Function { x in
          let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
          return a * a + 100 * b * b
        }, from: [-1.2, 1], using: .nelderMead(), until: rule
      ) {
        seen.append($0.simplex?[keyPath: measure] ?? .nan)
        return .proceed
      }
      #expect(seen.count == solution.iterations + 1)
      #expect(seen.dropLast().allSatisfy { $0 > bound })
      #expect(seen.last! <= bound)
    }
    // A gradient method has no simplex.
    let rosenbrock = ExtendedRosenbrock(2)
    let solution = minimize(
      rosenbrock, from: rosenbrock.start, using: .lbfgs(),
      until: .simplexSize(1e9), within: Budget(iterations: 3))
    #expect(solution.cause == .iterations)
  }

  @Test func anyGivesTheRuleThatHeldAndAllNeedsEach() {
    let any = StopRule.gradientNorm(1e-12).or(.iterations(3))
    #expect(solve(any).0.cause == .arrived(.iterations(3)))
    let all = StopRule.iterations(3).and(.value(atMost: 1e-3))
    let (solution, _) = solve(all)
    #expect(solution.cause == .arrived(all))
    #expect(solution.iterations > 3 && solution.value <= 1e-3)
  }

  @Test func secondsCountFromTheStart() {
    let slow = DifferentiableFunction { x, gradient in
      let until = ContinuousClock.now.advanced(by: .milliseconds(1))
      while ContinuousClock.now < until {}
      gradient.copy(from: x)
      return 0.5 * x.dot(x)
    }
    let solution = minimize(
      slow, from: [1], using: .gradientDescent(rate: 1e-6),
      until: .seconds(0.01))
    #expect(solution.cause == .arrived(.seconds(0.01)))
    #expect(solution.seconds >= 0.01)
  }

  @Test func descriptionsReadAsConditions() {
    let rule = StopRule.gradientNorm(0.5).or(.relativeStep(0.25))
    #expect("\(rule)" == "‖∇f‖∞ ≤ 0.5 or ‖Δx‖ ≤ 0.25 ‖x‖")
  }
}
