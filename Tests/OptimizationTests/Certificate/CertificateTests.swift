import Foundation
import Matrix
import TestSupport
import Testing

@testable import Optimization

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
