import Matrix

/// The minimizers of a C or C++ library, compiled and loaded into this process.
struct MinimizingPeer {
  /// The libraries there are.
  static let sources = [
    CompiledPeer.Source(
      name: "NLopt", file: "nlopt.c", compilers: ["clang", "gcc", "cc"],
      libraries: ["nlopt", "m"], package: "libnlopt-dev"),
    CompiledPeer.Source(
      name: "liblbfgs", file: "liblbfgs_unconstrained.c",
      compilers: ["clang", "gcc", "cc"], libraries: ["lbfgs", "m"],
      package: "liblbfgs-dev"),
    CompiledPeer.Source(
      name: "dlib", file: "dlib_unconstrained.cpp",
      compilers: CompiledPeer.Source.compilersOfCPlusPlus,
      libraries: ["dlib", "openblas"], package: "libdlib-dev", usesBLAS: true),
    CompiledPeer.Source(
      name: "Ceres", file: "ceres_unconstrained.cpp",
      compilers: CompiledPeer.Source.compilersOfCPlusPlus,
      flags: ["-I/usr/include/eigen3"], libraries: ["ceres", "glog"],
      package: "libceres-dev"),
  ]

  /// The layout of `peer_objective` in objective.h.
  private struct Objective {
    let n: Int64
    let context: UnsafeMutableRawPointer
    let value: Value
    let gradient: Derivative
    let hessian: Derivative
    let lower: UnsafePointer<Double>
    let upper: UnsafePointer<Double>
    let tolerance: Double
    let evaluations: Int64
  }

  private typealias Value =
    @convention(c) (UnsafeMutableRawPointer, UnsafePointer<Double>) -> Double
  private typealias Derivative =
    @convention(c) (
      UnsafeMutableRawPointer, UnsafePointer<Double>,
      UnsafeMutablePointer<Double>
    ) -> Void
  private typealias Settings = @convention(c) () -> UnsafePointer<CChar>
  private typealias Minimize =
    @convention(c) (
      UnsafeRawPointer, Int32, UnsafeMutablePointer<Double>,
      UnsafeMutablePointer<CChar>
    ) -> Int32

  private let library: String
  /// The names of its methods.
  let settings: [String]
  private let minimize: Minimize

  /// The functions of a peer that was loaded.
  ///
  /// - Throws: ``CompiledPeer/Missing``.
  init(_ peer: CompiledPeer) throws {
    library = peer.source.name
    let names = try peer.function("peer_settings", as: Settings.self)
    settings = String(cString: names()).components(separatedBy: ",")
    minimize = try peer.function("peer_minimize", as: Minimize.self)
  }

  /// A minimizer for each method.
  var minimizers: [Minimizer] {
    settings.indices.map { setting in
      Minimizer(
        library: library, method: settings[setting],
        derivatives: Self.derivatives(of: settings[setting])
      ) { function, problem, limits in
        run(function, problem, limits, setting: setting)
      }
    }
  }

  /// NLopt's names begin with LN where a method wants no gradient.
  private static func derivatives(of name: String) -> Minimizer.Derivatives {
    if name.hasPrefix("LN_") { return .none }
    return name == "trust region" ? .second : .first
  }

  private func run(
    _ function: Witness, _ problem: Challenge, _ limits: Minimizer.Limits,
    setting: Int
  ) -> Minimizer.Answer {
    let n = problem.dimension
    let callbacks = Callbacks(function: function, dimension: n)
    var x = problem.start.array
    let lower =
      problem.bounds?.lower.array ?? [Double](repeating: -.infinity, count: n)
    let upper =
      problem.bounds?.upper.array ?? [Double](repeating: .infinity, count: n)
    var message = [CChar](repeating: 0, count: 128)
    let (seconds, status) = withExtendedLifetime(callbacks) {
      lower.withUnsafeBufferPointer { lower in
        upper.withUnsafeBufferPointer { upper in
          var objective = Objective(
            n: Int64(n),
            context: Unmanaged.passUnretained(callbacks).toOpaque(),
            value: { Callbacks.of($0).value($1) },
            gradient: { Callbacks.of($0).gradient($1, $2) },
            hessian: { Callbacks.of($0).hessian($1, $2) },
            lower: lower.baseAddress!, upper: upper.baseAddress!,
            tolerance: limits.gradientNorm,
            evaluations: Int64(limits.evaluations))
          return timed { minimize(&objective, Int32(setting), &x, &message) }
        }
      }
    }
    let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return Minimizer.Answer(
      x: Vector(x), claimsSuccess: status != 0,
      message: String(decoding: text, as: UTF8.self),
      seconds: seconds - function.seconds)
  }
}

/// A function for C, with what an error is to C: NaN.
private final class Callbacks {
  let function: Witness
  private var x: Vector<Double>
  private var derivative: Vector<Double>
  private var matrix: Matrix<Double>

  init(function: Witness, dimension n: Int) {
    self.function = function
    x = .zeros(n)
    derivative = .zeros(n)
    matrix = .zeros(n, n)
  }

  static func of(_ context: UnsafeMutableRawPointer) -> Callbacks {
    Unmanaged<Callbacks>.fromOpaque(context).takeUnretainedValue()
  }

  private func take(_ numbers: UnsafePointer<Double>) {
    x.withUnsafeMutableBufferPointer { x in
      x.baseAddress?.update(from: numbers, count: x.count)
    }
  }

  func value(_ numbers: UnsafePointer<Double>) -> Double {
    take(numbers)
    return (try? function.value(at: x)) ?? .nan
  }

  func gradient(
    _ numbers: UnsafePointer<Double>, _ result: UnsafeMutablePointer<Double>
  ) {
    take(numbers)
    if (try? function.gradient(at: x, into: &derivative)) == nil {
      derivative = Vector(repeating: .nan, count: x.count)
    }
    derivative.withUnsafeBufferPointer {
      result.update(from: $0.baseAddress!, count: $0.count)
    }
  }

  func hessian(
    _ numbers: UnsafePointer<Double>, _ result: UnsafeMutablePointer<Double>
  ) {
    take(numbers)
    if (try? function.hessian(at: x, into: &matrix)) == nil {
      matrix.fill(with: .nan)
    }
    matrix.withUnsafeBufferPointer {
      result.update(from: $0.baseAddress!, count: $0.count)
    }
  }
}
