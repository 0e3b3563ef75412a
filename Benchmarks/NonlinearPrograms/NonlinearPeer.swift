import Matrix

/// The solvers of a C library, compiled and loaded into this process.
struct NonlinearPeer {
  /// The libraries there are.
  static let sources = [
    CompiledPeer.Source(
      name: "NLopt", file: "nlopt_constrained.c",
      compilers: ["clang", "gcc", "cc"], libraries: ["nlopt", "m"],
      package: "libnlopt-dev"),
    CompiledPeer.Source(
      name: "Ipopt", file: "ipopt.c", compilers: ["clang", "gcc", "cc"],
      flags: ["-I/usr/include/coin", "-I/usr/include/coin-or"],
      libraries: ["ipopt", "m"], package: "coinor-libipopt-dev",
      usesBLAS: true),
  ]

  /// The layout of `peer_program` in program.h.
  struct Program {
    let n: Int64
    let m: Int64
    let context: UnsafeMutableRawPointer?
    let value: Value
    let gradient: Function
    let constraints: Function
    let jacobian: Function
    let hessian: WeightedHessian
    let lower: UnsafePointer<Double>
    let upper: UnsafePointer<Double>
    let lowerSide: UnsafePointer<Double>
    let upperSide: UnsafePointer<Double>
    let tolerance: Double
    let evaluations: Int64
    let seconds: Double
  }

  typealias Value =
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<Double>) -> Double
  typealias Function =
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafePointer<Double>,
      UnsafeMutablePointer<Double>
    ) -> Void
  typealias WeightedHessian =
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafePointer<Double>, Double,
      UnsafePointer<Double>, UnsafeMutablePointer<Double>
    ) -> Void
  private typealias Settings = @convention(c) () -> UnsafePointer<CChar>
  private typealias Solve =
    @convention(c) (
      UnsafeRawPointer, Int32, UnsafeMutablePointer<Double>,
      UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>,
      UnsafeMutablePointer<CChar>
    ) -> Int32

  let library: String
  /// The names of its methods.
  let settings: [String]
  private let solve: Solve

  /// The functions of a peer that was loaded.
  ///
  /// - Throws: ``CompiledPeer/Missing``.
  init(_ peer: CompiledPeer) throws {
    library = peer.source.name
    let names = try peer.function("peer_settings", as: Settings.self)
    settings = String(cString: names()).components(separatedBy: ",")
    solve = try peer.function("peer_solve", as: Solve.self)
  }

  /// The peers that are installed; of the others it is said why not.
  static func load() -> [NonlinearPeer] {
    sources.compactMap { source in
      do {
        return try NonlinearPeer(
          CompiledPeer(source, from: CompiledPeer.folder()))
      } catch {
        print("\(error)")
        return nil
      }
    }
  }

  /// A solver for each method.
  var solvers: [NonlinearSolver] {
    settings.indices.map { setting in
      NonlinearSolver(
        library: library, method: settings[setting],
        asksForHessians: settings[setting] == "exact Hessian"
      ) { witness, problem, limits in
        run(witness, problem, limits, setting: setting)
      }
    }
  }

  /// Calls the library, with x, y and z in place.
  ///
  /// - Returns: what it returns.
  func call(
    _ program: inout Program, setting: Int, _ x: inout [Double],
    _ y: inout [Double], _ z: inout [Double], _ message: inout [CChar]
  ) -> Int32 { solve(&program, Int32(setting), &x, &y, &z, &message) }

  private func run(
    _ witness: NonlinearWitness, _ problem: NonlinearChallenge,
    _ limits: NonlinearSolver.Limits, setting: Int
  ) -> NonlinearSolver.Answer {
    let n = problem.dimension
    let m = witness.constraintCount
    let callbacks = NonlinearCallbacks(witness, dimension: n)
    var x = problem.start.array
    // One number more, so that there is an address where there are none.
    var y = [Double](repeating: 0, count: m + 1)
    var z = [Double](repeating: 0, count: n + 1)
    var message = [CChar](repeating: 0, count: 128)
    let infinite = [Double](repeating: .infinity, count: n)
    let sides = [
      witness.bounds?.lower.array ?? infinite.map { -$0 },
      witness.bounds?.upper.array ?? infinite,
      witness.lower.array + [0], witness.upper.array + [0],
    ]
    let (seconds, status) = withExtendedLifetime(callbacks) {
      sides[0].withUnsafeBufferPointer { lower in
        sides[1].withUnsafeBufferPointer { upper in
          sides[2].withUnsafeBufferPointer { lowerSide in
            sides[3].withUnsafeBufferPointer { upperSide in
              var program = Program(
                n: Int64(n), m: Int64(m),
                context: Unmanaged.passUnretained(callbacks).toOpaque(),
                value: { NonlinearCallbacks.of($0).value($1) },
                gradient: { NonlinearCallbacks.of($0).gradient($1, $2) },
                constraints: { NonlinearCallbacks.of($0).constraints($1, $2) },
                jacobian: { NonlinearCallbacks.of($0).jacobian($1, $2) },
                hessian: { NonlinearCallbacks.of($0).hessian($1, $2, $3, $4) },
                lower: lower.baseAddress!, upper: upper.baseAddress!,
                lowerSide: lowerSide.baseAddress!,
                upperSide: upperSide.baseAddress!,
                tolerance: limits.residual,
                evaluations: Int64(limits.evaluations),
                seconds: limits.seconds)
              return timed {
                call(&program, setting: setting, &x, &y, &z, &message)
              }
            }
          }
        }
      }
    }
    let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return NonlinearSolver.Answer(
      x: Vector(x),
      multipliers: status & 2 != 0
        ? (Vector(Array(y.prefix(m))), Vector(Array(z.prefix(n)))) : nil,
      claimsSuccess: status & 1 != 0,
      message: String(decoding: text, as: UTF8.self),
      seconds: seconds - witness.seconds)
  }
}

/// What a C library calls, as methods of an object.
private final class NonlinearCallbacks {
  private let witness: NonlinearWitness
  private let n: Int
  private var gradientOfF: Vector<Double>

  init(_ witness: NonlinearWitness, dimension n: Int) {
    self.witness = witness
    self.n = n
    gradientOfF = .zeros(n)
  }

  static func of(_ context: UnsafeMutableRawPointer?) -> NonlinearCallbacks {
    Unmanaged<NonlinearCallbacks>.fromOpaque(context!).takeUnretainedValue()
  }

  private func vector(_ x: UnsafePointer<Double>, _ count: Int) -> Vector<
    Double
  > { Vector(Array(UnsafeBufferPointer(start: x, count: count))) }

  func value(_ x: UnsafePointer<Double>) -> Double {
    (try? witness.value(at: vector(x, n))) ?? .nan
  }

  func gradient(_ x: UnsafePointer<Double>, _ g: UnsafeMutablePointer<Double>) {
    let isThere =
      (try? witness.gradient(at: vector(x, n), into: &gradientOfF)) != nil
    for i in 0..<n { g[i] = isThere ? gradientOfF[i] : .nan }
  }

  func constraints(
    _ x: UnsafePointer<Double>, _ c: UnsafeMutablePointer<Double>
  ) {
    let values = try? witness.constraints(at: vector(x, n))
    for i in 0..<witness.constraintCount { c[i] = values?[i] ?? .nan }
  }

  func jacobian(
    _ x: UnsafePointer<Double>, _ j: UnsafeMutablePointer<Double>
  ) {
    let matrix = try? witness.jacobian(at: vector(x, n))
    for i in 0..<witness.constraintCount {
      for k in 0..<n { j[i * n + k] = matrix?[i, k] ?? .nan }
    }
  }

  func hessian(
    _ x: UnsafePointer<Double>, _ sigma: Double, _ y: UnsafePointer<Double>,
    _ h: UnsafeMutablePointer<Double>
  ) {
    let matrix = try? witness.hessian(
      at: vector(x, n), sigma, vector(y, witness.constraintCount))
    for j in 0..<n {
      for i in 0..<n { h[i + j * n] = matrix?[i, j] ?? .nan }
    }
  }
}
