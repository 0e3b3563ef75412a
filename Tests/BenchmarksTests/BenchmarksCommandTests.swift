import ArgumentParser
import Foundation
import Testing

@testable import benchmarks

@Suite struct BenchmarksCommandTests {
  @Test func `The list has a line for every subcommand`() {
    let lines = Benchmarks.listing.split(separator: "\n").dropFirst(2)
    #expect(lines.count == Benchmarks.configuration.subcommands.count)
    #expect(
      lines.contains {
        $0.hasPrefix("crossover") && $0.contains("Newton against L-BFGS")
      })
    for line in lines {
      // A name, two spaces at least, what it measures.
      #expect(line.split(separator: " ").count > 2)
    }
  }

  @Test func `Asking for the list is parsed`() throws {
    let command = try #require(
      try Benchmarks.parseAsRoot(["--list"]) as? Benchmarks)
    #expect(command.list)
  }

  @Test func `Every subcommand has the common options`() throws {
    for subcommand in Benchmarks.configuration.subcommands {
      let help = subcommand.helpMessage()
      for option in ["--quick", "--seed", "--json"] {
        #expect(help.contains(option), "\(subcommand)")
      }
    }
  }

  @Test func `Common options are read`() throws {
    let command = try #require(
      try Benchmarks.parseAsRoot([
        "crossover", "--quick", "--seed", "7", "--json", "a/b.json",
        "--threads", "2",
      ]) as? Crossover)
    #expect(command.options.quick)
    #expect(command.options.seed == 7)
    #expect(command.threads == 2)
    let file = command.options.jsonFile(for: "crossover")
    #expect(file.path.hasSuffix("a/b.json"))
  }

  @Test func `Without a path, results go into the build folder`() throws {
    let options = try CommonOptions.parse([])
    #expect(options.seed == 1)
    let file = options.jsonFile(for: "crossover")
    #expect(file.path.hasSuffix(".build/benchmarks/crossover.json"))
  }

  @Test func `No threads at all are refused`() {
    #expect(throws: (any Error).self) {
      try Benchmarks.parseAsRoot(["crossover", "--threads", "0"])
    }
  }
}
