import Foundation
import Matrix
import TestSupport
import Testing

@testable import Optimization

private struct Refusal: Error {}

@Suite struct CertificateTests {
  @Test func `Confirms the minimum of Rosenbrock's function`() throws {
    let certificate = Certificate(
      of: Rosenbrock2(), at: [1, 1], claimedValue: 0)
    #expect(certificate.classification == .minimum)
    #expect(certificate.isVerified)
    let curvature = try #require(certificate.curvature)
    #expect(curvature.source == .spectrum)
    #expect(curvature.inertia == Inertia(positive: 2, negative: 0, zero: 0))
    // Trace 1002, determinant 400.
    let root = (1002.0 * 1002 - 1600).squareRoot()
    #expect(abs(try #require(curvature.largest) - (1002 + root) / 2) < 1e-10)
    #expect(abs(try #require(curvature.smallest) - 800 / (1002 + root)) < 1e-10)
    #expect(certificate.negativeCurvature == nil)
    #expect(certificate.counts.hessians == 1)
    #expect(certificate.counts.gradients == 2)
  }

  @Test(arguments: [
    (3.0, 2.0, Classification.minimum), (-2.805118, 3.131312, .minimum),
    (-3.779310, -3.283186, .minimum), (3.584428, -1.848126, .minimum),
    (-0.270845, -0.923039, .maximum), (3.385154, 0.073852, .saddle),
    (0.086678, 2.884255, .saddle), (-3.073026, -0.081353, .saddle),
    (-0.127961, -1.953715, .saddle),
  ])
  func `Tells Himmelblau's nine critical points apart`(
    x: Double, y: Double, expected: Classification
  ) throws {
    for objective: any DifferentiableObjective in [
      Himmelblau(), GradientOnly(Himmelblau()),
    ] {
      // Published to six digits: ‖∇²f‖ is below 100.
      let certificate = Certificate(
        of: objective, at: [x, y], gradientTolerance: 1e-4)
      #expect(certificate.classification == expected)
      #expect(certificate.isVerified == (expected == .minimum))
      let critical = Certificate(
        of: objective, at: [x, y], goal: .criticalPoint,
        gradientTolerance: 1e-4)
      #expect(critical.isVerified)
      #expect(
        (certificate.negativeCurvature != nil) == (expected != .minimum))
      #expect(
        certificate.curvature?.isDifferenced == (objective is GradientOnly))
    }
  }

  @Test func `The direction at a saddle leads downhill`() throws {
    let x: Vector<Double> = [0.086678, 2.884255]
    let certificate = Certificate(
      of: Himmelblau(), at: x, gradientTolerance: 1e-4)
    let way = try #require(certificate.negativeCurvature)
    #expect(abs(way.direction.norm - 1) < 1e-14)
    var gradient = Vector<Double>.zeros(2)
    for t in [0.01, -0.01] {
      var beside = x
      beside.add(way.direction, scaledBy: t)
      let value = Himmelblau().valueAndGradient(at: beside, into: &gradient)
      let expected = certificate.value + way.curvature * t * t / 2
      #expect(abs(value - expected) < 0.05 * abs(expected - certificate.value))
    }
  }

  @Test func `Believes no sign that is lost before the gradient is`() {
    let cubic = curve({ $0 * $0 * $0 }, { 3 * $0 * $0 }, { 6 * $0 })
    let quartic = curve(
      { pow($0, 4) }, { 4 * pow($0, 3) }, { 12 * $0 * $0 })
    for x in [1e-4, -1e-4, 1e-7, -1e-7, 0] {
      let expected: Classification = x == 0 ? .degenerate : .unresolved
      for objective in [cubic, quartic] {
        let certificate = Certificate(of: objective, at: [x])
        #expect(certificate.classification == expected)
        #expect(certificate.negativeCurvature == nil)
        #expect(certificate.isVerified)
      }
      #expect(
        Certificate(of: GradientOnly(cubic), at: [x]).classification
          == expected)
    }
    // The same beside a variable that is settled.
    let trough = surface(
      { $0 * $0 * $0 + $1 * $1 }, { (3 * $0 * $0, 2 * $1) },
      { x, _ in (6 * x, 0, 2) })
    for x in [1e-4, -1e-4] {
      #expect(
        Certificate(of: trough, at: [x, 1e-9]).classification == .unresolved)
    }
  }

  @Test func `A curved valley of minima is no saddle`() {
    // (xy − 1)²: minimal on a hyperbola. Off it, at xy − 1 = r, the Hessian has
    // an eigenvalue near −2r.
    let valley = surface(
      { ($0 * $1 - 1) * ($0 * $1 - 1) },
      { (2 * ($0 * $1 - 1) * $1, 2 * ($0 * $1 - 1) * $0) },
      { (2 * $1 * $1, 4 * $0 * $1 - 2, 2 * $0 * $0) })
    for r in [1e-7, -1e-7, 1e-9, 0] {
      for objective: any DifferentiableObjective in [
        valley, GradientOnly(valley),
      ] {
        let certificate = Certificate(of: objective, at: [2, (1 + r) / 2])
        #expect(
          certificate.classification
            // 10⁻⁹ is within the error of differences.
            == (r == 0 || r == 1e-9 && objective is GradientOnly
              ? .degenerate : .unresolved))
        #expect(certificate.isVerified)
      }
    }
  }

  @Test func `The monkey saddle is degenerate at its centre`() {
    // x³ − 3xy².
    let monkey = surface(
      { $0 * $0 * $0 - 3 * $0 * $1 * $1 },
      { (3 * ($0 * $0 - $1 * $1), -6 * $0 * $1) },
      { (6 * $0, -6 * $1, -6 * $0) }
    )
    #expect(
      Certificate(of: monkey, at: [0, 0]).classification == .degenerate)
    #expect(
      Certificate(of: monkey, at: [1e-4, 1e-4]).classification == .unresolved)
  }

  @Test(arguments: [1e-3, 1e-8, 1e-11])
  func `Sees a tilted saddle with a tiny negative eigenvalue`(tiny: Double)
    throws
  {
    let (c, s) = (cos(0.6), sin(0.6))
    let form = QuadraticForm(matrix: [
      [c * c - tiny * s * s, 0], [c * s * (1 + tiny), s * s - tiny * c * c],
    ])
    let certificate = Certificate(of: form, at: [0, 0])
    #expect(certificate.classification == .saddle)
    #expect(!certificate.isVerified)
    let way = try #require(certificate.negativeCurvature)
    #expect(abs(way.curvature + tiny) < 1e-15)
    #expect(abs(abs(way.direction[0]) - s) < 1e-10)
  }

  @Test(arguments: [0.0, 6, 12], [false, true])
  func `Tells a minimum from a saddle at every condition`(
    digits: Double, isSaddle: Bool
  ) {
    var generator = SplitMix64(seed: 5)
    for n in [2, 3, 10, 20, 25, 40] {
      var eigenvalues = Vector<Double>(count: n) {
        pow(10, -digits * Double($0) / Double(n - 1))
      }
      if isSaddle { eigenvalues[n - 1] = -eigenvalues[n - 1] }
      let spectrum = ReflectedSpectrum(eigenvalues, seed: UInt64(n))
      var matrix = Matrix<Double>.zeros(n, n)
      spectrum.hessian(at: [], into: &matrix)
      // A critical point that is not the origin, reached to 10⁻⁹.
      var x: Vector<Double> = randomVector(n, using: &generator)
      var linear = Vector<Double>.zeros(n)
      matrix.symmetricMultiply(x, into: &linear, alpha: -1)
      x[0] += 1e-9
      var form = QuadraticForm(matrix: matrix, linear: linear)
      #expect(
        Certificate(of: form, at: x).classification
          == (isSaddle ? .saddle : .minimum))
      // Differences resolve eigenvalues down to 10⁻⁹ of the largest.
      form.hidesHessian = true
      if n <= 20 {
        #expect(
          Certificate(of: form, at: x).classification
            == (digits > 8 ? .degenerate : isSaddle ? .saddle : .minimum))
      }
    }
  }

  @Test func `Counts as zero what rounding could have made`() throws {
    for tiny in [1e-17, -1e-17, 0] {
      let certificate = Certificate(
        of: QuadraticForm(matrix: [[1, 0], [0, tiny]]), at: [0, 0])
      #expect(certificate.classification == .degenerate)
      #expect(certificate.isVerified)
      #expect(try #require(certificate.curvature).tolerance > 1e-17)
    }
  }

  @Test func `A semidefinite Hessian that curves downwards refutes a minimum`()
  {
    let certificate = Certificate(
      of: QuadraticForm(matrix: [[-1, 0], [0, 0]]), at: [0, 0])
    #expect(certificate.classification == .degenerate)
    #expect(certificate.negativeCurvature?.curvature == -1)
    #expect(!certificate.isVerified)
  }

  @Test(arguments: [21, 60])
  func `Tells inertia by factorization`(n: Int) {
    var generator = SplitMix64(seed: 7)
    let shift: Vector<Double> = randomVector(n, using: &generator)
    for negatives in [0, 1, n / 2, n] {
      for zeros in [0, 1] where negatives + zeros <= n {
        let spectrum = ReflectedSpectrum(
          Vector(count: n) { i in
            i < negatives ? -1 - Double(i) : i < negatives + zeros ? 0 : 0.01
          })
        var matrix = Matrix<Double>.zeros(n, n)
        spectrum.hessian(at: shift, into: &matrix)
        var form = QuadraticForm(matrix: matrix)
        for hides in [false, true] {
          form.hidesHessian = hides
          let certificate = Certificate(
            of: form, at: .zeros(n), examining: .always)
          #expect(
            certificate.curvature?.inertia
              == Inertia(
                positive: n - negatives - zeros, negative: negatives,
                zero: zeros))
          #expect(certificate.curvature?.source == .inertia)
          let expected: Classification =
            negatives == n
            ? .maximum
            : negatives + zeros == 0
              ? .minimum
              : negatives > 0 && negatives + zeros < n ? .saddle : .degenerate
          #expect(certificate.classification == expected)
          #expect((certificate.negativeCurvature != nil) == (negatives > 0))
          #expect(certificate.isVerified == (negatives == 0))
        }
      }
    }
  }

  @Test func `Believes no false sign of a factorized Hessian either`() {
    // Σ xᵢ² with x₀³ and with (x₀x₁ − 1)² in place of the first terms.
    func padded(_ base: TwiceDifferentiableFunction, _ k: Int)
      -> TwiceDifferentiableFunction
    {
      TwiceDifferentiableFunction { x, gradient in
        var part = Vector<Double>.zeros(k)
        let value = try base.valueAndGradient(
          at: Vector(x.prefix(k)), into: &part)
        gradient.copy(from: x)
        for i in 0..<k { gradient[i] = part[i] }
        let rest = x.dropFirst(k).reduce(0) { $0 + $1 * $1 }
        return value + rest / 2
      } hessian: { x, hessian in
        var part = Matrix<Double>.zeros(k, k)
        try base.hessian(at: Vector(x.prefix(k)), into: &part)
        hessian = .identity(x.count)
        for j in 0..<k { for i in j..<k { hessian[i, j] = part[i, j] } }
      }
    }
    let cubic = padded(
      curve({ $0 * $0 * $0 }, { 3 * $0 * $0 }, { 6 * $0 }), 1)
    let valley = padded(
      surface(
        { ($0 * $1 - 1) * ($0 * $1 - 1) },
        { (2 * ($0 * $1 - 1) * $1, 2 * ($0 * $1 - 1) * $0) },
        { (2 * $1 * $1, 4 * $0 * $1 - 2, 2 * $0 * $0) }), 2)
    var x = Vector<Double>.zeros(30)
    for start in [1e-4, -1e-4] {
      x[0] = start
      let certificate = Certificate(of: cubic, at: x)
      #expect(certificate.classification == .unresolved)
      #expect(certificate.negativeCurvature == nil)
    }
    for r in [1e-7, -1e-7] {
      (x[0], x[1]) = (2, (1 + r) / 2)
      let certificate = Certificate(of: valley, at: x)
      #expect(certificate.classification == .unresolved)
      #expect(certificate.isVerified)
    }
  }
}

@Suite struct CertificateLanczosTests {
  private let n = 2000

  @Test func `Finds the ends of a known spectrum`() throws {
    let objective = ReflectedSpectrum(
      Vector(count: n) { 1 + 99 * Double($0) / 1999 })
    let certificate = Certificate(of: objective, at: .zeros(n))
    #expect(certificate.classification == .minimum)
    #expect(certificate.isVerified)
    let curvature = try #require(certificate.curvature)
    // Ritz values lie inside the spectrum.
    let smallest = try #require(curvature.smallest)
    let largest = try #require(curvature.largest)
    #expect(smallest >= 1 - 1e-12 && smallest < 1.2)
    #expect(largest <= 100 + 1e-12 && largest > 99)
    #expect(certificate.counts.hessians == 0)
    #expect(certificate.counts.hessianVectorProducts <= 100)
    #expect(
      curvature.source
        == .lanczos(
          products: certificate.counts.hessianVectorProducts - 1))
  }

  @Test(arguments: [-1e-3, -1.0, -50])
  func `Finds one negative eigenvalue among 2000`(negative: Double) throws {
    let objective = ReflectedSpectrum(
      Vector(count: n) { $0 == 700 ? negative : 1 + Double($0 % 10) })
    let certificate = Certificate(of: objective, at: .zeros(n))
    #expect(certificate.classification == .saddle)
    #expect(!certificate.isVerified)
    let way = try #require(certificate.negativeCurvature)
    #expect(abs(way.curvature - negative) < 1e-8)
    #expect(abs(way.direction.dot(objective.eigenvector(700))) > 0.99)
  }

  @Test func `Tells a maximum and a degenerate point`() {
    let maximum = ReflectedSpectrum(Vector(count: n) { -2 - Double($0 % 5) })
    let atMaximum = Certificate(of: maximum, at: .zeros(n))
    #expect(atMaximum.classification == .maximum)
    #expect(!atMaximum.isVerified)
    let flat = ReflectedSpectrum(Vector(count: n) { $0 == 3 ? 0 : 1 })
    let atFlat = Certificate(of: flat, at: .zeros(n))
    #expect(atFlat.classification == .degenerate)
    #expect(atFlat.isVerified)
  }

  @Test func `Says so when a hundred products do not suffice`() {
    // Condition 10⁸, spread evenly over the magnitudes.
    let objective = ReflectedSpectrum(
      Vector(count: n) { pow(10, -8 * Double($0) / 1999) })
    let certificate = Certificate(of: objective, at: .zeros(n))
    #expect(certificate.classification == .unresolved)
    #expect(certificate.counts.hessianVectorProducts == 100)
  }

  @Test func `Always forms the Hessian of moderate order`() {
    let objective = ReflectedSpectrum(
      Vector(count: 1100) { pow(10, -8 * Double($0) / 1099) })
    let certificate = Certificate(
      of: objective, at: .zeros(1100), examining: .always)
    #expect(certificate.classification == .minimum)
    #expect(certificate.curvature?.source == .inertia)
  }

  @Test func `Takes differences of gradients for products when it must`() {
    let objective = GradientOnly(
      ReflectedSpectrum(Vector(count: 300) { $0 == 0 ? -1 : 3 }))
    #expect(
      Certificate(of: objective, at: .zeros(300)).classification
        == .notExamined)
    let certificate = Certificate(
      of: objective, at: .zeros(300), examining: .always)
    #expect(certificate.classification == .saddle)
    #expect(
      abs((certificate.negativeCurvature?.curvature ?? 0) + 1) < 1e-7)
  }

  @Test func `A long valley of minima is no saddle`() {
    // (x₀x₁ − 1)² + ½ Σ xᵢ², i ≥ 2.
    let objective = TwiceDifferentiableFunction { x, gradient in
      let r = x[0] * x[1] - 1
      gradient.copy(from: x)
      (gradient[0], gradient[1]) = (2 * r * x[1], 2 * r * x[0])
      return r * r + x.dropFirst(2).reduce(0) { $0 + $1 * $1 } / 2
    } hessian: { x, hessian in
      hessian = .identity(x.count)
      hessian[0, 0] = 2 * x[1] * x[1]
      hessian[1, 0] = 4 * x[0] * x[1] - 2
      hessian[1, 1] = 2 * x[0] * x[0]
    }
    var x = Vector<Double>.zeros(1500)
    for r in [1e-7, -1e-7] {
      (x[0], x[1]) = (2, (1 + r) / 2)
      let certificate = Certificate(of: objective, at: x)
      #expect(certificate.classification == .unresolved)
      #expect(certificate.isVerified)
    }
  }
}

@Suite struct CertificateBadInputTests {
  @Test func `No variables make a minimum of everything`() {
    let constant = QuadraticForm(matrix: .zeros(0, 0))
    let certificate = Certificate(of: constant, at: [])
    #expect(certificate.classification == .minimum)
    #expect(certificate.isVerified)
  }

  @Test func `A claim of another value is refuted`() {
    for claim in [1e-300, 1, -Double.infinity, .nan] {
      #expect(
        !Certificate(
          of: Rosenbrock2(), at: [1, 1], claimedValue: claim
        ).isVerified)
    }
    let form = QuadraticForm(matrix: [[1]], linear: [2])
    for (claim, holds) in [
      (-2.0, true), (-2.000000001, true), (-2.0001, false),
    ] {
      let certificate = Certificate(of: form, at: [-2], claimedValue: claim)
      #expect(certificate.hasClaimedValue == holds)
      #expect(certificate.isVerified == holds)
    }
  }

  @Test func `A gradient above its tolerance is not examined further`() {
    let certificate = Certificate(of: Rosenbrock2(), at: [1.1, 1])
    #expect(certificate.classification == .notStationary)
    #expect(!certificate.isVerified)
    #expect(certificate.counts.hessians == 0)
    for tolerance in [-1, .nan, Double.infinity] {
      let certificate = Certificate(
        of: Rosenbrock2(), at: [1, 1], gradientTolerance: tolerance)
      #expect(!certificate.isVerified)
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `Values and gradients that are not finite are undefined`(bad: Double) {
    let values = DifferentiableFunction { _, gradient in
      gradient.fill(with: 0)
      return bad
    }
    let gradients = DifferentiableFunction { _, gradient in
      gradient.fill(with: 0)
      gradient[1] = bad
      return 0
    }
    for objective in [values, gradients] {
      let certificate = Certificate(
        of: objective, at: [1, 2], claimedValue: bad)
      #expect(certificate.classification == .undefined)
      #expect(!certificate.isVerified)
    }
  }

  @Test func `Errors and wrong sizes are undefined, with the reason`() {
    let refusing = DifferentiableFunction { _, _ in throw Refusal() }
    let careless = DifferentiableFunction { _, gradient in
      gradient = []
      return 0
    }
    for (objective, reason) in [
      (refusing, "Refusal()"),
      (careless, "the objective returned a gradient of size 0 for 2 variables"),
    ] {
      let certificate = Certificate(of: objective, at: [1, 2])
      #expect(certificate.classification == .undefined)
      #expect(!certificate.isVerified)
      #expect(certificate.failure == reason)
    }
  }

  @Test(arguments: [2, 30, 1200])
  func `A Hessian that is NaN, thrown or of wrong size verifies nothing`(n: Int)
  {
    func bowl(
      _ hessian: @escaping (Vector<Double>, inout Matrix<Double>) throws -> Void
    ) -> TwiceDifferentiableFunction {
      TwiceDifferentiableFunction(
        { x, gradient in
          gradient.copy(from: x)
          return x.dot(x) / 2
        }, hessian: hessian)
    }
    let x = Vector<Double>.zeros(n)
    let objectives = [
      bowl { $1 = Matrix(repeating: .nan, rows: $0.count, columns: $0.count) },
      bowl { _, _ in throw Refusal() },
      bowl { $1 = .identity($0.count + 1) },
      bowl { $1 = .zeros($0.count, 0) },
    ]
    for objective in objectives {
      let certificate = Certificate(of: objective, at: x)
      if n <= 1000 {
        #expect(certificate.classification == .undefined)
        #expect(!certificate.isVerified)
      } else {
        // Products are differences of gradients, which are right.
        #expect(certificate.classification == .minimum)
        #expect(certificate.counts.hessians == 0)
      }
    }
  }

  @Test func `A product that is thrown verifies nothing`() {
    struct Broken: TwiceDifferentiableObjective {
      func valueAndGradient(
        at x: Vector<Double>, into gradient: inout Vector<Double>
      ) -> Double {
        gradient.copy(from: x)
        return x.dot(x) / 2
      }
      func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {}
      func hessianVectorProduct(
        at x: Vector<Double>, along v: Vector<Double>,
        into product: inout Vector<Double>
      ) throws { throw Refusal() }
    }
    let certificate = Certificate(of: Broken(), at: .zeros(1200))
    #expect(certificate.classification == .undefined)
    #expect(!certificate.isVerified)
  }

  @Test func `At the edge of the domain the inner side decides`() {
    let half = DifferentiableFunction { x, gradient in
      gradient[0] = 2 * x[0]
      return x[0] >= 0 ? x[0] * x[0] : .nan
    }
    #expect(Certificate(of: half, at: [0]).classification == .minimum)
    let point = DifferentiableFunction { x, gradient in
      gradient[0] = 0
      return x[0] == 0 ? 0 : .nan
    }
    let certificate = Certificate(of: point, at: [0])
    #expect(certificate.classification == .unresolved)
    #expect(certificate.isVerified)
  }

  @Test func `A gradient of the wrong sign is found out`() {
    // The "minimum" that descent along the wrong gradient of 1 − ½‖x‖² finds.
    let hill = DifferentiableFunction { x, gradient in
      gradient.copy(from: x)
      return 1 - x.dot(x) / 2
    }
    for x: Vector<Double> in [[0], [1e-7, -1e-8, 0]] {
      let certificate = Certificate(of: hill, at: x)
      #expect(certificate.classification == .inconsistent)
      #expect(!certificate.isVerified)
    }
    // Gradient and Hessian both of the wrong sign.
    let consistentlyWrong = TwiceDifferentiableFunction { x, gradient in
      gradient.copy(from: x)
      return 1 - x.dot(x) / 2
    } hessian: { x, hessian in
      hessian = .identity(x.count)
    }
    for n in [2, 40] {
      #expect(
        Certificate(of: consistentlyWrong, at: .zeros(n)).classification
          == .inconsistent)
    }
  }

  @Test(arguments: [1e-250, 1e-150, 1, 1e150, 1e250])
  func `Works on every scale of the values`(scale: Double) {
    for (n, expected) in [
      (2, Classification.minimum), (2, .saddle), (30, .minimum), (30, .saddle),
      (1100, .minimum), (1100, .saddle),
    ] {
      let objective = ReflectedSpectrum(
        Vector(count: n) {
          scale * ($0 == 0 && expected == .saddle ? -1 : 1 + Double($0 % 3))
        })
      #expect(
        Certificate(of: objective, at: .zeros(n)).classification == expected)
    }
  }

  @Test func `Values of differences alone are enough`() {
    let values = Function { x in
      let (a, b) = (x[1] - x[0] * x[0], 1 - x[0])
      return 100 * a * a + b * b
    }
    let saddle = Function { 5 + $0[0] * $0[0] - 0.1 * $0[1] * $0[1] }
    for scheme in [DifferenceScheme.forward, .central] {
      let minimum = Certificate(
        of: FiniteDifferences(of: values, scheme: scheme), at: [1, 1],
        gradientTolerance: 1e-4)
      #expect(minimum.isVerified)
      let refuted = Certificate(
        of: FiniteDifferences(of: saddle, scheme: scheme), at: [0, 0])
      #expect(refuted.classification == .saddle)
    }
  }

  @Test func `Survives coding`() throws {
    let certificate = Certificate(
      of: QuadraticForm(matrix: [[1, 0], [0, -2]]), at: [0, 0])
    let copy = try JSONDecoder().decode(
      Certificate.self, from: JSONEncoder().encode(certificate))
    #expect(copy == certificate)
  }

  @Test func `The first-order verdict allocates one vector`() {
    let objective: any DifferentiableObjective = DifferentiableFunction {
      x, gradient in
      gradient.copy(from: x)
      return x.dot(x) / 2
    }
    let x: Vector<Double> = [0, 0]
    _ = Certificate(of: objective, at: x, examining: .never)
    #expect(
      allocations {
        _ = Certificate(of: objective, at: x, examining: .never)
      } == 1)
  }
}
