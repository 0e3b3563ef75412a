import Foundation
import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

/// A smooth function with noise of standard deviation σ in every value, the same
/// for the same bits of x, and the gradient of the smooth one.
private struct Noisy: TwiceDifferentiableObjective {
  let smooth: any TwiceDifferentiableObjective
  let sigma: Double

  var dimension: Int? { smooth.dimension }

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    try smooth.valueAndGradient(at: x, into: &gradient) + noise(at: x)
  }

  func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    try smooth.hessian(at: x, into: &hessian)
  }

  /// Uniform within ±√3 σ.
  func noise(at x: Vector<Double>) -> Double {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for number in x {
      hash = (hash ^ number.bitPattern) &* 0x9e37_79b9_7f4a_7c15
      hash ^= hash >> 29
      hash = hash &* 0xbf58_476d_1ce4_e5b9
      hash ^= hash >> 32
    }
    return 3.0.squareRoot() * sigma * Double(Int64(bitPattern: hash)) * 0x1p-63
  }
}

/// The gradient of the function without noise.
private func gradientNorm(
  of f: some DifferentiableObjective, at x: Vector<Double>
) throws -> Double {
  var gradient = Vector<Double>.zeros(x.count)
  _ = try f.valueAndGradient(at: x, into: &gradient)
  return gradient.normInfinity
}

@Suite struct NoiseFloorTests {
  /// Methods whose steps are no rule of these tests.
  private static func isUnreliable(_ name: String) -> Bool {
    // Slow where there is no noise at all.
    Unsolved.linearlyConvergent.contains(name)
      || name.hasPrefix("Barzilai-Borwein")
      // With a penalty, whose measure is another, runs do not look for noise.
      || name == "proximal Newton" || name.hasPrefix("OWL-QN")
  }

  /// With an exact gradient noise of f does not matter, but for one run in twenty that
  /// it leads astray, which then says so.
  final class Arrives: MethodVisitor {
    let sigma: Double
    private(set) var arrived = 0
    private(set) var astray: [String] = []

    init(sigma: Double) { self.sigma = sigma }

    func visit<M: Method>(_ method: M, _ problem: (Objectives) -> M.Problem)
      throws
    {
      guard !isUnreliable(method.name), M.usualRule == .gradientNorm(1e-6)
      else { return }
      for n in [2, 10] {
        let smooth = ChainedRosenbrock(n)
        let noisy = Noisy(smooth: smooth, sigma: sigma)
        let solution = minimize(
          problem(
            Objectives(noisy, residuals: RosenbrockResiduals(2), count: n)),
          from: smooth.start, using: method, within: Budget(iterations: 2000))
        let note = Comment(rawValue: "\(method.name), n = \(n)")
        let norm = try gradientNorm(of: smooth, at: solution.x)
        switch solution.cause {
        case .arrived:
          arrived += 1
          #expect(norm <= 1e-6, note)
        case .noiseFloor(_, let attainable):
          astray.append("\(method.name), n = \(n)")
          #expect(norm <= 2 * attainable && !solution.isVerified, note)
        default:
          Issue.record("\(method.name), n = \(n): \(solution.cause!)")
        }
      }
    }
  }

  @Test(arguments: [1e-10, 1e-8, 1e-6, 1e-4, 1e-3])
  func exactGradientsLeadToTheTolerance(sigma: Double) throws {
    let arrives = Arrives(sigma: sigma)
    try forEveryMethod(arrives)
    #expect(
      20 * arrives.astray.count <= arrives.arrived, "\(arrives.astray)")
  }

  /// With differences of noisy values a run ends where they tell nothing.
  struct EndsAtTheFloor: MethodVisitor {
    let sigma: Double

    func visit<M: Method>(_ method: M, _ problem: (Objectives) -> M.Problem)
      throws
    {
      // Products ∇²f v are differences of differences, and only noise.
      guard !isUnreliable(method.name), !method.name.hasPrefix("Newton-CG"),
        !method.name.contains("Hessian products")
      else { return }
      for n in [2, 10] {
        let smooth = ChainedRosenbrock(n)
        let differences = FiniteDifferences(
          of: Noisy(smooth: smooth, sigma: sigma))
        guard let problem = differences as? M.Problem,
          M.Problem.self == (any DifferentiableObjective).self
        else { return }
        let solution = minimize(
          problem, from: smooth.start, using: method,
          within: Budget(iterations: 2000))
        let note = Comment(rawValue: "\(method.name), n = \(n)")
        let norm = try gradientNorm(of: smooth, at: solution.x)
        if case .arrived = solution.cause {
          // Differences with the error 1.44 ∛(σ² f‴), f‴ = 2400 at the minimum,
          // may be as small as asked for, where that is no more than a few times
          // larger.
          let error = 1.44 * pow(2400 * sigma * sigma, 1.0 / 3)
          #expect(sigma <= 1e-10 && norm <= 1e-6 + 2 * error, note)
          continue
        }
        #expect(!solution.isVerified, note)
        guard
          case .noiseFloor(let level, let attainable) = solution.cause
        else {
          Issue.record("\(method.name), n = \(n): \(solution.cause!)")
          continue
        }
        #expect(level > sigma / 5 && level < 5 * sigma, note)
        #expect(solution.gradient.normInfinity <= 2 * attainable, note)
        #expect(norm <= 3 * attainable, note)
      }
    }
  }

  @Test(arguments: [1e-10, 1e-8, 1e-6, 1e-4, 1e-3])
  func differencesEndAtTheAttainableGradient(sigma: Double) throws {
    try forEveryMethod(EndsAtTheFloor(sigma: sigma))
  }

  /// Where f is ½ κ x², √(8κσ) is known.
  @Test(arguments: [1e-3, 1, 1e5], [1e-9, 1e-5])
  func attainableGradientFollowsCurvatureAndNoise(
    curvature: Double, sigma: Double
  ) {
    // The gradient vanishes nowhere, so that the run cannot arrive.
    let objective = DifferentiableFunction { x, gradient in
      gradient[0] =
        curvature * (x[0] - 1) + 1e-3
        * (curvature * sigma)
        .squareRoot()
      let noise = Noisy(
        smooth: Quadratic(1, condition: 1, seed: 1), sigma: sigma)
      return 0.5 * curvature * (x[0] - 1) * (x[0] - 1) + noise.noise(at: x)
    }
    var run = Run(objective, from: [1.25], using: .lbfgs())
    run.advance(until: .gradientNorm(0))
    guard let noise = run.state.noise else {
      Issue.record("no noise")
      return
    }
    let ratio =
      noise.attainableGradient / (8 * curvature * sigma).squareRoot()
    #expect(ratio > 0.3 && ratio < 3)
  }

  /// What has no noise is solved as if nobody looked for any.
  struct NoNoise: MethodVisitor {
    func visit<M: Method>(_ method: M, _ problem: (Objectives) -> M.Problem) {
      guard !isUnreliable(method.name) else { return }
      let rosenbrock = ChainedRosenbrock(6)
      var run = Run(
        problem(Objectives(rosenbrock)), from: rosenbrock.start, using: method)
      run.advance(until: M.usualRule)
      #expect(run.state.noise == nil, "\(method.name)")
    }
  }

  @Test func noneIsFoundWhereThereIsNone() throws {
    try forEveryMethod(NoNoise())
  }

  @Test func aRunThatKnowsTheNoiseResumesBitForBit() throws {
    let smooth = ChainedRosenbrock(10)
    let noisy = Noisy(smooth: smooth, sigma: 1e-4)
    var whole = Run(noisy, from: smooth.start, using: .bfgs())
    while whole.state.noise == nil && whole.state.iteration < 500 {
      whole.advance(within: Budget(iterations: whole.state.iteration + 1))
    }
    try #require(whole.state.noise != nil)
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("noise-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try whole.checkpoint.write(to: file)
    var resumed = Run(
      noisy,
      resuming: try Checkpoint<BFGS<StrongWolfe>>(contentsOf: file))
    whole.advance()
    resumed.advance()
    #expect(resumed.state == whole.state)
    whole.restart(from: smooth.start)
    #expect(whole.state.noise == nil)
  }

  @Test func boundsAreKeptWhileNoiseIsLookedFor() throws {
    struct Outside: Error {}
    let bounds = Bounds.everywhere(-0.5...0.5, count: 4)
    let smooth = ChainedRosenbrock(4)
    let noisy = Noisy(smooth: smooth, sigma: 1e-5)
    let fenced = DifferentiableFunction { x, gradient in
      guard bounds.contains(x) else { throw Outside() }
      return try noisy.valueAndGradient(at: x, into: &gradient)
    }
    let solution = minimize(
      fenced.within(bounds), from: Vector(repeating: 0.1, count: 4),
      using: .lbfgsb())
    guard case .arrived = solution.cause else {
      Issue.record("\(solution.cause!)")
      return
    }
    #expect(solution.failure == nil)
  }

  @Test func theCauseNamesNoiseAndAttainableGradient() throws {
    let smooth = ChainedRosenbrock(2)
    let solution = minimize(
      FiniteDifferences(of: Noisy(smooth: smooth, sigma: 1e-6)),
      from: smooth.start)
    guard case .noiseFloor = solution.cause else {
      Issue.record("\(solution.cause!)")
      return
    }
    #expect(
      "\(solution)".hasPrefix("Not converged: f has noise of "))
    #expect(solution.notes.contains { $0.hasPrefix("f has noise of ") })
  }
}
