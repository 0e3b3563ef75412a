import ArgumentParser
import Foundation
import Matrix
import Presentation

/// Automatic derivatives beside hand-written ones and those of other libraries.
struct Derivatives: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "derivatives",
    abstract: "Automatic derivatives beside ADOL-C, CasADi and JAX.",
    discussion: """
      The chained Rosenbrock function. 'f and ∇f' and '∇²f v' are by what was \
      recorded, built or compiled before; 'from the formula' includes that. \
      All take turns, each after one computation that is not counted, and have \
      to agree to 1e-12. ADOL-C runs in this process, compiled by clang -O2; \
      CasADi (its virtual machine, called through buffers) and JAX (compiled, \
      64 bits) run in loops of their own in Python. 'make peers' installs \
      them; one that is missing is reported as missing.
      """)

  @OptionGroup var options: CommonOptions

  @Option(parsing: .upToNextOption, help: "The numbers of variables.")
  var sizes: [Int] = []

  func validate() throws {
    for n in sizes where n < 2 {
      throw ValidationError("a chain of \(n) variables, less than 2")
    }
  }

  /// What is written as JSON.
  struct Results: Codable {
    let derivatives: [DerivativeResult]
    let writings: [WritingResult]
  }

  func run() throws {
    print(Environment.current.summary)
    let tape = Self.present { try load(TapePeer.adolC) }
    let python = DerivativeWay.pythonLibraries.compactMap { name in
      Self.present { (name, try start(name)) }
    }
    for (name, peer) in python {
      print("\(name) \(peer.versions.joined(separator: ", "))")
    }

    let race = DerivativeRace(quick: options.quick)
    let defaults = options.quick ? [10, 1000] : [10, 100, 1000, 10_000]
    var table = Table(columns: DerivativeResult.columns, textColumns: 3)
    var results: [DerivativeResult] = []
    for n in sizes.isEmpty ? defaults : sizes {
      print("n = \(n) …")
      let ways =
        DerivativeWay.ours(n)
        + (try tape.map { try TapePeer($0, n).ways } ?? [])
        + python.flatMap { DerivativeWay.python($0.0, $0.1, n) }
      let found = DerivativeResult.all(n, ways, try race.run(ways))
      for derivative in Derivative.allCases {
        for result in found where result.derivative == derivative {
          table.append(result.row)
        }
      }
      results += found
    }
    print("\n\(table)\n")
    let writings = try [2, 1000].flatMap { try WritingResult.measure($0, race) }
    print("f and ∇f of an objective: the first one, then each\n")
    print(WritingResult.table(writings))

    let file = options.jsonFile(for: "derivatives")
    try Report(
      benchmark: "derivatives",
      results: Results(derivatives: results, writings: writings)
    ).write(to: file)
    print("\nwritten to \(file.path)")
  }

  /// What is made, or nil where it is missing, which is said.
  private static func present<Peer>(_ make: () throws -> Peer) -> Peer? {
    do { return try make() } catch {
      print("\(error)")
      return nil
    }
  }

  private func load(_ source: CompiledPeer.Source) throws -> CompiledPeer {
    try CompiledPeer(source, from: try CompiledPeer.folder())
  }

  private func start(_ name: String) throws -> PythonPeer {
    try PythonPeer(
      name,
      program: try CompiledPeer.folder().appending(
        component: "derivatives.py"),
      arguments: [name], threads: 1)
  }
}
