import Matrix
import Testing

@testable import Optimization

/// A function of one variable with something wrong, descending from 0.
private enum FaultyLine: CaseIterable {
  case nanBeyond, infiniteBeyond, negativeInfinityBeyond
  case nanEverywhereElse, nanSlope, infiniteSlope
  case wrongSign, noise, noisySlope, stepUp, stepDown, comb
  case constant, unbounded, steeperForEver, huge, tiny, kink

  func callAsFunction(_ t: Double) -> (Double, Double) {
    let (value, slope) = (0.5 * (t - 1) * (t - 1), t - 1)
    switch self {
    case .nanBeyond: return t > 0.7 ? (.nan, .nan) : (value, slope)
    case .infiniteBeyond: return t > 0.7 ? (.infinity, slope) : (value, slope)
    case .negativeInfinityBeyond:
      return t > 0.7 ? (-.infinity, slope) : (value, slope)
    case .nanEverywhereElse: return t == 0 ? (value, slope) : (.nan, .nan)
    case .nanSlope: return (value, t > 0.3 ? .nan : slope)
    case .infiniteSlope: return (value, t > 0.3 ? .infinity : slope)
    case .wrongSign: return t == 0 ? (value, slope) : (value, -slope)
    case .noise: return (value * (1 + 1e-3 * noise(t)), slope)
    case .noisySlope: return (value, t == 0 ? slope : slope + noise(t))
    case .stepUp: return (t > 0.2 ? value + 1 : value, slope)
    case .stepDown: return (t > 0.2 ? value - 1 : value, slope)
    case .comb: return (t.bitPattern % 3 == 1 ? .nan : value, slope)
    case .constant: return (1, t == 0 ? -1 : 0)
    case .unbounded: return (-t, -1)
    case .steeperForEver: return (-t * t - t, -2 * t - 1)
    case .huge: return (1e300 * value, 1e300 * slope)
    case .tiny: return (1e-300 * value, 1e-300 * slope)
    case .kink: return (abs(t - 1), t < 1 ? -1 : 1)
    }
  }

  private func noise(_ t: Double) -> Double {
    let hash = t.bitPattern &* 0x9e37_79b9_7f4a_7c15
    return Double(Int64(bitPattern: hash ^ (hash >> 29))) * 0x1p-63
  }
}

private let firstSteps = [
  1, 0.1, 1e-8, 1e-300, 10, 1e8, 1e300, .infinity, .nan, 0, -1,
]

@Suite struct LineSearchFaultTests {
  /// Searches, and holds the outcome against the function.
  ///
  /// - Parameter limit: what a value may be at most, φ(0) for searches that
  ///   descend.
  private func check<S: LineSearch>(
    _ line: S, evaluations: Int, limit: (Double) -> Double?
  ) {
    for phi in FaultyLine.allCases {
      for first in firstSteps {
        let objective = DifferentiableFunction { x, gradient in
          let (value, slope) = phi(x[0])
          gradient[0] = slope
          return value
        }
        var evaluator = Evaluator(objective)
        var origin = Point([0])
        evaluator.evaluate(&origin)
        var trial = Point([0])
        var memory = line.makeMemory()
        let start = origin
        let outcome = line.search(
          from: origin, along: [1], slope: origin.gradient[0],
          firstStep: first, memory: &memory, evaluator: &evaluator,
          trial: &trial)
        let note = Comment(rawValue: "\(line.name), \(phi), from \(first)")
        #expect(origin == start, note)
        #expect(evaluator.counts.values - 1 <= evaluations, note)
        guard case .found(let step) = outcome else { continue }
        // What was accepted is the point that the trial holds, is finite, and
        // lies ahead.
        #expect(step > 0 && step.isFinite, note)
        #expect(trial.x[0] == step, note)
        #expect(trial.value == phi(step).0, note)
        #expect(trial.gradient[0] == phi(step).1, note)
        #expect(trial.value.isFinite && trial.gradient[0].isFinite, note)
        if let limit = limit(start.value) {
          #expect(trial.value <= limit, note)
        }
      }
    }
  }

  private func descends(_ value: Double) -> Double {
    value + roundingNoise(of: value)
  }

  @Test func armijo() { check(Armijo(), evaluations: 60, limit: descends) }

  @Test func nonmonotoneArmijo() {
    for line in [
      NonmonotoneArmijo(), NonmonotoneArmijo(.average(decay: 0.85)),
    ] {
      // The first search of a run knows no value but φ(0).
      check(line, evaluations: 60, limit: descends)
    }
  }

  @Test func strongWolfe() {
    check(StrongWolfe(), evaluations: 41, limit: descends)
    check(StrongWolfe(curvature: 0.1), evaluations: 41, limit: descends)
  }

  @Test func hagerZhang() {
    check(HagerZhang(), evaluations: 61, limit: descends)
    check(HagerZhang(curvature: 0.1), evaluations: 61, limit: descends)
  }

  @Test func constantStep() {
    check(ConstantStep(0.5), evaluations: 1) { _ in nil }
  }
}
