import Matrix
import Optimization
import TestSupport
import Testing

/// Proximal maps beside closed forms and beside one another.
@Suite struct ProximalMapTests {
  private func mapped(
    _ penalty: some Penalty, _ v: Vector<Double>, step: Double = 1
  ) -> Vector<Double> {
    var x = v
    penalty.applyProximalMap(step: step, to: &x)
    return x
  }

  @Test func softThresholding() {
    let v: Vector<Double> = [3, -0.5, 0.5, -2, 0]
    #expect(mapped(0.5 * .l1, v) == [2.5, 0, 0, -1.5, 0])
    #expect(mapped(0.5 * .l1, v, step: 2) == [2, 0, 0, -1, 0])
    #expect(mapped(0.5 * .l1(excluding: [1]), v) == [2.5, -0.5, 0, -1.5, 0])
    #expect(mapped(3 * .l2, v) == [0.75, -0.125, 0.125, -0.5, 0])
    #expect(
      mapped(0.5 * .l1 + 3 * .l2, v) == [0.625, 0, 0, -0.375, 0])
    #expect(
      mapped(L1Norm(factors: .each([1, 0, 0, 4, 1])), v)
        == [2, -0.5, 0.5, 0, 0])
  }

  @Test func groupsShrinkTogether() {
    let group = GroupLasso([[0, 1], [2]], factors: [1, 1], weight: 2.5)
    #expect(mapped(group, [3, 4, -1, 7]) == [1.5, 2, 0, 7])
  }

  /// Moreau: v = prox_R(v) + prox_{R*}(v), where R* of a norm is the indicator of
  /// the dual ball, whose projection is other code.
  @Test func normsAndDualBallsAddUp() {
    for v in PenaltyTests.samples {
      let pairs: [(any Penalty, any Penalty)] = [
        (L1Norm(weight: 1.3), LInfinityBall(radius: 1.3)),
        (
          GroupLasso([Array(0..<12)], factors: [1], weight: 1.3),
          L2Ball(radius: 1.3)
        ),
        (
          // R* of the box [−1, 1] is ‖y‖₁.
          Bounds.everywhere(-1...1, count: 12), L1Norm()
        ),
      ]
      for (penalty, conjugate) in pairs {
        let sum = mapped(penalty, v) + mapped(conjugate, v)
        #expect((sum - v).normInfinity <= 1e-15 * (1 + v.normInfinity))
      }
    }
  }

  /// The root τ from the sorted numbers, as Held, Wolfe and Crowder had it in 1974.
  private func sortedSimplex(
    _ v: Vector<Double>, total: Double
  ) -> Vector<Double> {
    let u = v.sorted(by: >)
    var (sum, tau) = (0.0, 0.0)
    for (j, x) in u.enumerated() {
      sum += x
      let candidate = (sum - total) / Double(j + 1)
      if x > candidate { tau = candidate }
    }
    return Vector(v.map { max($0 - tau, 0) })
  }

  @Test(arguments: [1, 2, 5, 40, 1000]) func simplexBySorting(n: Int) {
    var generator = SplitMix64(seed: UInt64(n))
    for scale in [1e-3, 0.1, 1, 100] {
      let v = scale * (randomVector(n, using: &generator) as Vector<Double>)
      let expected = sortedSimplex(v, total: 1.5)
      let found = mapped(.simplex(total: 1.5), v)
      #expect((found - expected).normInfinity <= 1e-12)
      #expect(abs(found.sum - 1.5) <= 1e-14 * 1.5)
      // The L1 ball is the simplex of magnitudes.
      let ball = mapped(.l1Ball(radius: 1.5), v)
      if v.norm1 <= 1.5 {
        #expect(ball == v)
      } else {
        let magnitudes = sortedSimplex(Vector(v.map(abs)), total: 1.5)
        for j in 0..<n {
          #expect(abs(ball[j] - (v[j] < 0 ? -1 : 1) * magnitudes[j]) <= 1e-12)
        }
      }
    }
  }

  @Test func simplexOfHugeNumbers() {
    #expect(mapped(.simplex, [1e17, 1e17, 0]) == [0.5, 0.5, 0])
    #expect(mapped(.simplex, [-1e17, -1e300]) == [1, 0])
    #expect(mapped(.l1Ball(radius: 1), [-1e17, 1e17, 1]) == [-0.5, 0.5, 0])
  }

  @Test(arguments: [0, 1, 3, 17, 40]) func theLargestMagnitudesAreKept(k: Int) {
    var generator = SplitMix64(seed: 3)
    let v: Vector<Double> = randomVector(40, using: &generator)
    let found = mapped(.l0Ball(count: k), v)
    let kept = Set(
      v.indices.sorted { abs(v[$0]) > abs(v[$1]) }.prefix(k))
    for j in v.indices { #expect(found[j] == (kept.contains(j) ? v[j] : 0)) }
    #expect(L0Ball(count: k).value(at: found) == 0)
  }

  @Test func tiesAndExtremesOfMagnitudes() {
    #expect(mapped(.l0Ball(count: 2), [1, -1, 1, 0]) == [1, -1, 0, 0])
    let extremes: Vector<Double> = [
      .leastNonzeroMagnitude, -.infinity, 1e308, -1e-300, 0,
      .greatestFiniteMagnitude,
    ]
    #expect(
      mapped(.l0Ball(count: 2), extremes)
        == [0, -.infinity, 0, 0, 0, .greatestFiniteMagnitude])
    #expect(
      mapped(.l0Ball(count: 4), extremes)
        == [0, -.infinity, 1e308, -1e-300, 0, .greatestFiniteMagnitude])
  }

  @Test func singularValuesShrink() {
    // A = σ u vᵀ + τ p qᵀ of orthonormal u, p and v, q.
    let (u, p) = (Vector([0.6, 0.8]), Vector([-0.8, 0.6]))
    let (v, q) = (Vector([1.0, 0, 0]), Vector([0, 0.0, 1]))
    func matrix(_ sigma: Double, _ tau: Double) -> Vector<Double> {
      Vector(count: 6) {
        let (i, j) = ($0 % 2, $0 / 2)
        return sigma * u[i] * v[j] + tau * p[i] * q[j]
      }
    }
    let norm = NuclearNorm(rows: 2, columns: 3)
    let x = matrix(5, 1.5)
    #expect(abs(norm.value(at: x) - 6.5) < 1e-14)
    #expect((mapped(norm, x) - matrix(4, 0.5)).normInfinity < 1e-14)
    #expect((mapped(2 * norm, x) - matrix(3, 0)).normInfinity < 1e-14)
    #expect(norm.conjugate(at: matrix(0.5, 0.9)) == 0)
    #expect(norm.conjugate(at: matrix(0.5, 1.1)) == .infinity)
  }

  @Test func conjugatesInClosedForm() {
    let y: Vector<Double> = [3, -1, 0.5]
    #expect((0.5 * .l2).conjugate(at: y) == y.dot(y))
    #expect((3 * .l1).conjugate(at: y) == 0)
    #expect((2.9 * .l1).conjugate(at: y) == .infinity)
    #expect(abs((6 * .l1).conjugateScale(at: 4 * y) - 0.5) < 1e-15)
    #expect(
      ElasticNet(absoluteWeight: 1, squareWeight: 2)
        .conjugate(at: y) == 1)
    #expect(L1Ball(radius: 2).conjugate(at: y) == 6)
    #expect(LInfinityBall(radius: 2).conjugate(at: y) == 9)
    #expect(ProbabilitySimplex(total: 2).conjugate(at: y) == 6)
    #expect(Bounds.everywhere(-1...2, count: 3).conjugate(at: y) == 8)
  }
}
