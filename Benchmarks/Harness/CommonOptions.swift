import ArgumentParser
import Foundation

/// The options that every subcommand has.
struct CommonOptions: ParsableArguments {
  @Flag(help: "Smaller problems and fewer repeats, for a check of all parts.")
  var quick = false

  @Option(help: "The seed of the synthetic data.")
  var seed: UInt64 = 1

  @Option(help: "Where the results go as JSON.", completion: .file())
  var json: String?

  /// The folder of reports for which no path is given.
  static let folder = URL(fileURLWithPath: ".build/benchmarks")

  /// Where the JSON of a subcommand goes: as asked, or into ``folder``.
  func jsonFile(for subcommand: String) -> URL {
    json.map { URL(fileURLWithPath: $0) }
      ?? Self.folder.appending(component: "\(subcommand).json")
  }
}
