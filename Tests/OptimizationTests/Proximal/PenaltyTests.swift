import Foundation
import Matrix
import Optimization
import TestSupport
import Testing

/// What every penalty has to fulfil, whatever its formulas.
@Suite struct PenaltyTests {
  /// Penalties of 12 variables.
  static let convex: [any Penalty] = [
    one(0.7 * .l1), one(0.7 * .l1(excluding: [3, 11])),
    one(2 * .l1(factors: [1, 0.5, 2, 0, 1, 1, 3, 0.25, 1, 1, 0, 1])),
    one(0.4 * .l2), one(1.5 * .l2(excluding: [0])),
    one(0.8 * .elasticNet(l1Ratio: 0.3)),
    one(0.8 * .elasticNet(l1Ratio: 0.3, excluding: [5])),
    one(0.6 * .groupLasso([[0, 3, 4], [1], [2, 7, 8, 9]])),
    GroupLasso([[11, 0], [5, 6, 7]], factors: [0.5, 2], weight: 0.3),
    one(.groupLasso([0..<4, 4..<12])),
    one(0.9 * .nuclearNorm(rows: 4, columns: 3)),
    one(0.9 * .nuclearNorm(rows: 2, columns: 6)),
    one(.l1Ball(radius: 1.3)), one(.l2Ball(radius: 1.3)),
    one(.lInfinityBall(radius: 0.4)), one(.l1Ball(radius: 100)),
    one(.l2Ball(radius: 100)), one(.simplex), one(.simplex(total: 5)),
    one(.box(.everywhere(-0.3...0.5, count: 12))),
  ]

  /// A penalty of the type that its name says.
  private static func one<P: Penalty>(_ penalty: P) -> any Penalty { penalty }

  static var samples: [Vector<Double>] {
    var generator = SplitMix64(seed: 5)
    return (0..<12).map { k in
      Double([0.1, 1, 10][k % 3])
        * (randomVector(12, using: &generator) as Vector<Double>)
    }
  }

  /// p = prox_{tR}(v) if and only if (v − p)/t is a subgradient at p, which is
  /// R(p) + R*(y) = pᵀy for y = (v − p)/t.
  @Test(arguments: convex.indices) func proximalMapFulfilsFenchelsEquality(
    _ index: Int
  ) {
    let penalty = Self.convex[index]
    for v in Self.samples {
      for t in [0.25, 1, 3] {
        var p = v
        penalty.applyProximalMap(step: t, to: &p)
        var y = (1 / t) * (v - p)
        // Whether ‖y‖ ≤ λ holds to the last digit is a matter of rounding.
        let scale = penalty.conjugateScale(at: y)
        #expect(scale > 1 - 1e-13, "\(penalty.name)")
        y.scale(by: scale)
        let gap = penalty.value(at: p) + penalty.conjugate(at: y) - p.dot(y)
        #expect(
          abs(gap) <= 1e-13 * (1 + v.dot(v) / t), "\(penalty.name), t = \(t)")
      }
    }
  }

  /// R(z) ≥ R(x) + sᵀ(z − x) for all z.
  @Test(arguments: convex.indices) func subgradientSupportsThePenalty(
    _ index: Int
  ) {
    let penalty = Self.convex[index]
    var s = Vector<Double>.zeros(12)
    for v in Self.samples {
      var x = v
      penalty.applyProximalMap(step: 1, to: &x)
      penalty.subgradient(at: x, into: &s)
      let value = penalty.value(at: x)
      #expect(value.isFinite)
      for z in Self.samples {
        for t in [1e-3, 1] {
          var z = x + t * (z - x)
          if penalty.value(at: z) == .infinity {
            penalty.applyProximalMap(step: 1, to: &z)
          }
          #expect(
            penalty.value(at: z) >= value + s.dot(z - x) - 1e-12
              * (1 + value), "\(penalty.name)")
        }
      }
    }
  }

  /// The distance of −∇f from ∂R and the residual of the proximal map vanish
  /// together: at p = prox_R(v) for f = ½ ‖x − v‖².
  @Test(arguments: convex.indices) func proximalPointIsStationary(
    _ index: Int
  ) {
    let penalty = Self.convex[index]
    var scratch = Vector<Double>.zeros(12)
    for v in Self.samples {
      var p = v
      penalty.applyProximalMap(step: 1, to: &p)
      let size = 1e-13 * (1 + v.normInfinity)
      let gradient = p - v
      #expect(
        penalty.stationarity(at: p, gradient: gradient, scratch: &scratch)
          <= size, "\(penalty.name)")
      #expect(
        penalty.proximalResidual(at: p, gradient: gradient, scratch: &scratch)
          <= size, "\(penalty.name)")
      // And not at another point, unless the map is constant along the way.
      var other = gradient
      other.scale(by: 1.5)
      other[0] += 30
      let residual = penalty.proximalResidual(
        at: p, gradient: other, scratch: &scratch)
      let distance = penalty.stationarity(
        at: p, gradient: other, scratch: &scratch)
      #expect((residual > 1e-9) == (distance > 1e-9), "\(penalty.name)")
    }
  }

  @Test(arguments: convex.indices) func notANumberStaysAndNothingTraps(
    _ index: Int
  ) {
    let penalty = Self.convex[index]
    var s = Vector<Double>.zeros(12)
    for bad in [Double.nan, .infinity, -.infinity] {
      var v = Self.samples[1]
      v[4] = bad
      penalty.subgradient(at: v, into: &s)
      _ = penalty.conjugate(at: v)
      _ = penalty.conjugateScale(at: v)
      let value = penalty.value(at: v)
      _ = penalty.stationarity(at: v, gradient: v, scratch: &s)
      var p = v
      penalty.applyProximalMap(step: 1, to: &p)
      if bad.isNaN && !penalty.unpenalized(at: v).contains(4) {
        #expect(value.isNaN, "\(penalty.name)")
        #expect(p.normInfinity.isNaN, "\(penalty.name)")
      }
    }
  }

  @Test(arguments: convex.indices) func isItselfAfterCoding(
    _ index: Int
  ) throws {
    func check<P: Penalty>(_ penalty: P) throws {
      let data = try JSONEncoder().encode(penalty)
      #expect(try JSONDecoder().decode(P.self, from: data) == penalty)
    }
    try check(Self.convex[index])
  }

  @Test(arguments: convex.indices) func multiplesAreOfTheFunction(
    _ index: Int
  ) {
    func check<P: Penalty>(_ penalty: P) {
      for v in Self.samples {
        var x = v
        penalty.applyProximalMap(step: 1, to: &x)
        let multiple = (2.5 * penalty).value(at: x)
        #expect(abs(multiple - 2.5 * penalty.value(at: x)) <= 1e-12 * multiple)
        // prox of t λ R is prox of λ R with step t.
        var (a, b) = (v, v)
        (2.5 * penalty).applyProximalMap(step: 0.5, to: &a)
        penalty.applyProximalMap(step: 1.25, to: &b)
        #expect((a - b).normInfinity <= 1e-14 * (1 + v.normInfinity))
      }
    }
    check(Self.convex[index])
  }

  @Test(arguments: convex.indices) func operationsAllocateNothing(
    _ index: Int
  ) {
    let penalty = Self.convex[index]
    guard !(penalty is NuclearNorm) else { return }
    var v = Self.samples[2]
    let x = v
    var scratch = Vector<Double>.zeros(12)
    v.scale(by: 2)
    func operate() {
      _ = penalty.value(at: v)
      penalty.subgradient(at: x, into: &scratch)
      penalty.applyProximalMap(step: 1, to: &v)
      _ = penalty.stationarity(at: v, gradient: x, scratch: &scratch)
    }
    operate()
    v.add(x, scaledBy: 3)
    let count = allocations { operate() }
    #expect(count == 0, "\(penalty.name)")
  }
}
