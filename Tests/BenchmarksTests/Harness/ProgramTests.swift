import Foundation
import Testing

@testable import benchmarks

@Suite struct ProgramTests {
  @Test func programsAreFoundInThePath() throws {
    let shell = try #require(findProgram("sh"))
    #expect(shell.lastPathComponent == "sh")
    #expect(findProgram("no-program-has-this-name") == nil)
  }

  @Test func bothOutputsAndTheStatusComeBack() throws {
    let shell = try #require(findProgram("sh"))
    let result = try runProgram(
      shell, ["-c", "echo out; echo err >&2; exit 3"])
    #expect(result == (3, "out\n", "err\n"))
  }

  @Test func moreOutputThanAPipeHoldsComesBack() throws {
    let shell = try #require(findProgram("sh"))
    let result = try runProgram(
      shell,
      ["-c", "i=0; while [ $i -lt 20000 ]; do echo line$i; i=$((i+1)); done"])
    #expect(result.output.split(separator: "\n").count == 20000)
  }

  @Test func variablesAreSetAndRemoved() throws {
    let shell = try #require(findProgram("sh"))
    let result = try runProgram(
      shell, ["-c", "echo ${ONE-none} ${HOME-none} ${PATH:+some}"],
      environment: ["ONE": "1", "HOME": nil])
    #expect(result.output == "1 none some\n")
  }
}
