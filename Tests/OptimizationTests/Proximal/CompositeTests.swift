import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite struct CompositeTests {
  /// With AᵀA = I the lasso is soft thresholding of Aᵀb.
  @Test func lassoOfAnOrthonormalDesign() throws {
    var generator = SplitMix64(seed: 11)
    let q = try QR(randomMatrix(40, 8, using: &generator) as Matrix<Double>).q
    let b: Vector<Double> = randomVector(40, using: &generator)
    var expected = Vector<Double>.zeros(8)
    q.multiply(b, transposed: true, into: &expected)
    (0.4 * L1Norm()).applyProximalMap(step: 1, to: &expected)
    let problem = LeastSquaresObjective(q, b) + 0.4 * .l1
    for solution in CompositeMethods.solutions(
      of: problem, from: .zeros(8), to: 1e-13, within: Budget())
    {
      #expect((solution.x - expected).normInfinity <= 1e-12)
      #expect(solution.isVerified)
      for j in 0..<8 { #expect((solution.x[j] == 0) == (expected[j] == 0)) }
    }
  }

  /// More variables than samples, some of them copies of others and some 0: the
  /// minimiser is not unique, the minimum is, and the gap tells it.
  @Test func designsWithoutFullRank() throws {
    var generator = SplitMix64(seed: 12)
    var a: Matrix<Double> = randomMatrix(30, 80, using: &generator)
    for i in 0..<30 {
      a[i, 1] = a[i, 0]
      a[i, 2] = a[i, 0] + 1e-7 * a[i, 3]
      a[i, 4] = 0
    }
    let b: Vector<Double> = randomVector(30, using: &generator)
    let labels = Vector(b.map { $0 > 0 ? 1.0 : -1 })
    let squares = LeastSquaresObjective(a, b)
    let losses = LogisticObjective(a, labels)
    for solution in CompositeMethods.solutions(
      of: squares + 3 * .l1, from: .zeros(80), to: 1e-8,
      within: Budget(iterations: 20_000))
      + CompositeMethods.solutions(
        of: losses + .l1, from: .zeros(80), to: 1e-8,
        within: Budget(iterations: 20_000))
    {
      #expect(solution.isVerified, "\(solution)")
      let gap = solution.certificate.composite?.dualityGap ?? .infinity
      #expect(gap <= 1e-6, "\(solution)")
      #expect(solution.x[4] == 0)
      #expect(solution.x.count { $0 != 0 } <= 32, "\(solution)")
    }
  }

  @Test func operatorsComposeByType() {
    let f = Quadratic(3, condition: 10, seed: 1)
    let lasso = f + 0.5 * .l1
    let net = f + 0.5 * .l1 + 0.25 * .l2
    #expect(lasso.term == L1Norm(weight: 0.5))
    #expect(net.term == ElasticNet(absoluteWeight: 0.5, squareWeight: 0.25))
    let ratio = f + 2 * .elasticNet(l1Ratio: 0.5)
    let sum = f + .l1 + .l2
    #expect(ratio.term == sum.term)
    let simplex = f + .simplex
    #expect(simplex.term == ProbabilitySimplex())
    // Without a Hessian, and with nothing but the protocol known.
    let g: any DifferentiableObjective = ChainedRosenbrock(3)
    let problem = g + 0.5 * .l1 + 0.25 * .l2
    #expect(problem.term == net.term)
  }

  /// A quadratic has its minimum over the simplex where the derivatives along its
  /// positive variables agree, and nowhere else are lower.
  @Test func minimumOverTheSimplex() {
    let f = Quadratic(6, condition: 20, seed: 2)
    for solution in CompositeMethods.generalSolutions(
      of: f + .simplex, from: .zeros(6), to: 1e-11, within: Budget())
    {
      #expect(solution.isVerified, "\(solution)")
      #expect(abs(solution.x.sum - 1) <= 1e-14)
      #expect(solution.notes.contains { $0.contains("moved") })
      var g = Vector<Double>.zeros(6)
      _ = f.valueAndGradient(at: solution.x, into: &g)
      let level = g.min()!
      for j in 0..<6 where solution.x[j] > 0 {
        #expect(abs(g[j] - level) <= 1e-9)
      }
    }
  }

  /// Bounds as a penalty and bounds as bounds have one minimum.
  @Test func boundsAsAPenalty() throws {
    let f = Quadratic(10, condition: 50, seed: 3)
    let box = try Bounds(-0.1...0.2, count: 10)
    let expected = minimize(
      f.within(box), from: .zeros(10), using: .lbfgsb(),
      until: .gradientNorm(1e-10))
    for solution in CompositeMethods.generalSolutions(
      of: f + .box(box), from: .zeros(10), to: 1e-11, within: Budget())
    {
      #expect((solution.x - expected.x).normInfinity <= 1e-9)
      #expect(solution.isVerified)
      #expect(solution.certificate.classification == .minimum)
    }
  }

  /// A diagonal matrix with a threshold on its singular values, closed form.
  @Test func matrixOfLowRank() {
    let target: Vector<Double> = [3, 0, 0, 0.5, 0, 0]
    let f = Distance(to: target)
    let solution = minimize(
      f + .nuclearNorm(rows: 2, columns: 3), from: .zeros(6), using: .fista(),
      until: .gradientNorm(1e-12))
    #expect((solution.x - [2, 0, 0, 0, 0, 0]).normInfinity <= 1e-11)
    #expect(solution.isVerified)
  }

  @Test func groupsVanishTogether() {
    let target: Vector<Double> = [3, 4, 0.5, -0.5, 7]
    let solution = minimize(
      Distance(to: target)
        + GroupLasso([[0, 1], [2, 3]], factors: [1, 1], weight: 2.5),
      from: .zeros(5), using: .fista(), until: .gradientNorm(1e-12))
    #expect((solution.x - [1.5, 2, 0, 0, 7]).normInfinity <= 1e-11)
    #expect(solution.x[2] == 0 && solution.x[3] == 0)
    #expect(solution.isVerified)
  }

  @Test func theSparsestOfTwo() {
    let target: Vector<Double> = [3, -4, 0.5]
    let solution = minimize(
      Distance(to: target) + .l0Ball(count: 1), from: [0, 0, 1],
      using: .proximalGradient(length: .constant(1)))
    #expect(solution.x == [0, -4, 0])
    #expect(solution.isVerified)
    #expect(solution.certificate.classification == .notExamined)
  }

  /// ½ ‖x − target‖².
  struct Distance: TwiceDifferentiableObjective {
    let target: Vector<Double>
    init(to target: Vector<Double>) { self.target = target }
    func valueAndGradient(
      at x: Vector<Double>, into gradient: inout Vector<Double>
    ) -> Double {
      gradient.setDifference(x, target)
      return 0.5 * gradient.dot(gradient)
    }
    func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
      hessian.fill(with: 0)
      for j in 0..<x.count { hessian[j, j] = 1 }
    }
  }
}
