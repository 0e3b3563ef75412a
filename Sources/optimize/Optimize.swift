import ArgumentParser

/// The command line `optimize …`.
@main
struct Optimize: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimize",
    abstract: "Solves optimization problems from files, each answer verified.",
    subcommands: [QP.self])
}
