import ArgumentParser
import Presentation

/// The command line `swift run -c release benchmarks …`.
@main
struct Benchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmarks",
    abstract: "Measures this package, each answer verified.",
    discussion: """
      Build with optimization: swift run -c release benchmarks SUBCOMMAND. \
      Every subcommand has --quick, --seed and --json.
      """,
    subcommands: [
      Bounded.self, Crossover.self, Derivatives.self, Fingerprint.self,
      Kernels.self,
      LBFGSPeers.self, LeastSquares.self, Logistic.self,
      NonlinearPrograms.self,
      QuadraticBenchmark.self,
      Searches.self,
      Stochastic.self, Unconstrained.self,
    ])

  @Flag(help: "List the benchmarks.")
  var list = false

  func run() throws {
    guard list else { throw CleanExit.helpRequest(self) }
    print(Self.listing)
  }

  /// A line for each subcommand: its name, which its configuration states, and
  /// what it measures.
  static var listing: String {
    var table = Table(columns: ["benchmark", "what it measures"])
    for command in configuration.subcommands {
      table.append([
        command.configuration.commandName ?? "",
        command.configuration.abstract,
      ])
    }
    return table.description
  }
}
