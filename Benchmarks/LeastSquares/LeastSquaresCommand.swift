import ArgumentParser
import Foundation
import Presentation
import ProblemSets

/// The NIST regressions beside other libraries.
struct LeastSquares: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leastsquares",
    abstract: "NIST's nonlinear regressions beside GSL, Ceres and SciPy.",
    discussion: """
      The 27 nonlinear regressions of NIST's Statistical Reference Datasets \
      from both starts. A fit is solved when every parameter has 6 of the \
      certified digits. Our time has everything from formula and data to the \
      certificate. The peers have exact Jacobians (GSL by dual numbers, Ceres \
      by its own, SciPy by code that SymPy makes) and tolerances of 1e-15; GSL \
      and Ceres run in this process, compiled by clang -O2, SciPy in Python. \
      'make peers' installs them; one that is missing is reported as missing.
      """)

  @OptionGroup var options: CommonOptions

  @Flag(help: "A table of all fits besides.")
  var verbose = false

  @Option(
    parsing: .upToNextOption,
    help: "The regressions, such as Misra1a MGH10; all unless told.")
  var only: [String] = []

  func validate() throws {
    for name in only where !NIST.nonlinearNames.contains(name) {
      throw ValidationError(
        "no regression '\(name)'; there are "
          + NIST.nonlinearNames.joined(separator: ", "))
    }
  }

  func run() throws {
    print(Environment.current.summary)
    let regressions = try NIST.nonlinear().filter {
      only.isEmpty || only.contains($0.name)
    }
    let fitters = Fitter.ours + Self.compiled() + sciPy(regressions)
    let race = LeastSquaresRace(
      regressions: regressions, turns: options.quick ? 1 : 15)
    let results = try race.run(fitters)
    if verbose { print("\n\(LeastSquaresResult.fitTable(results))") }
    print("\n\(LeastSquaresResult.table(results))")

    let file = options.jsonFile(for: "leastsquares")
    try Report(benchmark: "leastsquares", results: results).write(to: file)
    print("\nwritten to \(file.path)")
  }

  /// The compiled peers that are installed; of the others it is said why not.
  private static func compiled() -> [Fitter] {
    FittingPeer.sources.flatMap { source in
      do {
        let folder = try CompiledPeer.folder()
        return try FittingPeer(CompiledPeer(source, from: folder)).fitters
      } catch {
        print("\(error)")
        return []
      }
    }
  }

  /// SciPy's fitters, or none when it is missing, which is said.
  private func sciPy(_ regressions: [NonlinearRegression]) -> [Fitter] {
    do {
      let file = CommonOptions.folder.appending(path: "peers/regressions.json")
      try writeFile(try Fitter.file(of: regressions), to: file)
      let peer = try PythonPeer(
        "SciPy",
        program: try CompiledPeer.folder().appending(
          component: "leastsquares.py"),
        arguments: [file.path], threads: 1)
      print("SciPy \(peer.versions.joined(separator: ", "))")
      return Fitter.sciPy(peer)
    } catch {
      print("\(error)")
      return []
    }
  }
}
