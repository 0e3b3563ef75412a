import ArgumentParser

/// Newton's method against L-BFGS.
struct Crossover: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crossover",
    abstract: "Newton against L-BFGS: which is faster, and from what n on.")

  @OptionGroup var options: CommonOptions

  func run() throws {
  }
}
