import ArgumentParser
import Matrix
import Optimization
import ProblemSets

/// What the bits of runs are, for two builds to be compared.
struct Fingerprint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fingerprint",
    abstract: "The bits that methods come to, for comparing two builds.",
    discussion: """
      A line for each method and problem: the 64-bit FNV hash of x, f and ∇f after \
      30 steps. 'Scripts/determinism' compares builds with themselves and with each \
      other. Lines are the same on one processor with one BLAS only, and so are \
      never kept.
      """)

  @OptionGroup var options: CommonOptions

  func run() throws {
    for line in Self.lines(steps: options.quick ? 5 : 30) { print(line) }
  }

  /// The lines of all methods.
  static func lines(steps: Int) -> [String] {
    [4, 60].flatMap { n in
      let f = ChainedRosenbrock(n)
      // Far enough away for nothing but the start to touch them.
      let lower = Vector<Double>(repeating: -1.1, count: n)
      let upper = Vector<Double>(repeating: 0.9, count: n)
      var runs = FingerprintRuns(start: f.start, steps: steps)
      runs.add(.gradientDescent(), f)
      runs.add(.gradientDescent(search: StrongWolfe()), f)
      runs.add(.barzilaiBorwein(), f)
      runs.add(.acceleratedGradient(), f)
      runs.add(.conjugateGradient(), f)
      runs.add(.lbfgs(), f)
      runs.add(.lbfgs(search: HagerZhang()), f)
      runs.add(.bfgs(), f)
      runs.add(.dfp(), f)
      runs.add(.newtonCG(), f)
      runs.add(.automatic(), f)
      runs.add(.trustRegion(DoglegPath(over: BFGSModel())), f)
      runs.add(.newton(), f)
      runs.add(.trustRegion(), f)
      runs.add(.trustRegion(SteihaugToint(over: ExactHessian())), f)
      runs.add(.adaptiveCubic(), f)
      if let bounds = try? Bounds(lower: lower, upper: upper) {
        let bounded: any TwiceDifferentiableBoundedProblem = f.within(bounds)
        runs.add(.lbfgsb(), bounded)
        runs.add(.projectedGradient(), bounded)
        runs.add(.projectedNewton(), bounded)
        runs.add(.boundedTrustRegion(), bounded)
      }
      return runs.lines
    }
  }
}

/// Runs of some steps, and the hashes of where they lead.
private struct FingerprintRuns {
  let start: Vector<Double>
  let steps: Int
  private(set) var lines: [String] = []

  init(start: Vector<Double>, steps: Int) {
    self.start = start
    self.steps = steps
  }

  mutating func add<M: Method>(_ method: M, _ problem: M.Problem) {
    var run = Run(problem, from: start, using: method)
    for _ in 0..<steps { run.step() }
    let point = run.state.point
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for number in Array(point.x) + [point.value] + Array(point.gradient) {
      for byte in 0..<8 {
        hash ^= (number.bitPattern >> (8 * UInt64(byte))) & 0xff
        hash = hash &* 0x100_0000_01b3
      }
    }
    let digits = String(hash, radix: 16)
    let padding = String(repeating: "0", count: 16 - digits.count)
    lines.append("\(padding)\(digits)  n = \(start.count)  \(method.name)")
  }
}
