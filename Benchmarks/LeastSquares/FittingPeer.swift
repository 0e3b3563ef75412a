import Matrix
import ProblemSets

/// The nonlinear least squares of a C or C++ library, compiled and loaded into
/// this process.
struct FittingPeer {
  /// The libraries there are.
  static let sources = [
    CompiledPeer.Source(
      name: "GSL", file: "gsl.cpp",
      compilers: CompiledPeer.Source.compilersOfCPlusPlus,
      // Its manual's advice for speed: elements without calls and checks.
      flags: ["-DHAVE_INLINE", "-DGSL_RANGE_CHECK_OFF"],
      libraries: ["gsl", "gslcblas", "m"], package: "libgsl-dev"),
    CompiledPeer.Source(
      name: "Ceres", file: "ceres.cpp",
      compilers: CompiledPeer.Source.compilersOfCPlusPlus,
      // Where Debian has Eigen, of which Ceres' headers are made.
      flags: ["-I/usr/include/eigen3"], libraries: ["ceres", "glog"],
      package: "libceres-dev"),
  ]

  /// The layout of `peer_regression` in regression.h.
  private struct Regression {
    let name: UnsafePointer<CChar>
    let observations: Int64
    let predictors: Int64
    let parameters: Int64
    let x: UnsafePointer<Double>
    let y: UnsafePointer<Double>
  }

  /// The layout of `peer_cost` in regression.h.
  private struct Cost {
    var iterations: Int64 = 0
    var residuals: Int64 = 0
    var jacobians: Int64 = 0
  }

  /// A data set for which the peer has no model.
  struct UnknownModel: Error, CustomStringConvertible {
    let peer: String
    let regression: String

    var description: String { "\(peer) has no model for \(regression)" }
  }

  private typealias Settings = @convention(c) () -> UnsafePointer<CChar>
  private typealias Fit =
    @convention(c) (
      UnsafeRawPointer, Int32, UnsafeMutablePointer<Double>,
      UnsafeMutableRawPointer
    ) -> Int32

  private let name: String
  private let settings: [String]
  private let fit: Fit

  /// The functions of a peer that was loaded.
  ///
  /// - Throws: ``CompiledPeer/Missing``.
  init(_ peer: CompiledPeer) throws {
    name = peer.source.name
    let names = try peer.function("peer_settings", as: Settings.self)
    settings = String(cString: names()).components(separatedBy: ",")
    fit = try peer.function("peer_fit", as: Fit.self)
  }

  /// A fitter for each setting.
  var fitters: [Fitter] {
    settings.indices.map { setting in
      Fitter(name: "\(name), \(settings[setting])", isPeer: true) {
        try run($0, start: $1, setting: setting)
      }
    }
  }

  private func run(
    _ regression: NonlinearRegression, start: Int, setting: Int
  ) throws -> Fitter.Fit {
    var beta = regression.starts[start].array
    var cost = Cost()
    let x = regression.predictors.flatMap { $0 }
    let (seconds, status) = regression.name.withCString { name in
      x.withUnsafeBufferPointer { x in
        regression.response.withUnsafeBufferPointer { y in
          var layout = Regression(
            name: name, observations: Int64(regression.count),
            predictors: Int64(x.count / regression.count),
            parameters: Int64(beta.count), x: x.baseAddress!,
            y: y.baseAddress!)
          return timed { fit(&layout, Int32(setting), &beta, &cost) }
        }
      }
    }
    guard status == 0 else {
      throw UnknownModel(peer: self.name, regression: regression.name)
    }
    return Fitter.Fit(
      seconds: seconds, parameters: Vector(beta),
      residuals: Int(cost.residuals), jacobians: Int(cost.jacobians),
      isVerified: nil)
  }
}
