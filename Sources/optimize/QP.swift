import ArgumentParser
import Foundation
import Optimization

/// Solves the quadratic program of a file.
struct QP: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "qp",
    abstract: "Solves the quadratic or linear program of a QPS or MPS file.",
    discussion: """
      Prints the verdict of a certificate that shares no code with the method, \
      the objective, the residuals in the file's own units, and each variable \
      and row with its multiplier: how much the objective changes when the side \
      that holds moves by 1.

      Exits with 0 where the solution is verified; with 1 where the file is not \
      one, saying which line; with 2 where it is verified that there is no \
      solution, infeasible or unbounded; with 3 where nothing could be verified.
      """)

  @Argument(help: "The file.", completion: .file(extensions: ["qps", "mps"]))
  var file: String

  @Option(help: "How it is solved.")
  var method = MethodName.automatic

  @Option(help: "The bound on residuals and gap, absolute.")
  var tolerance = 1e-9

  @Flag(help: "Print JSON: the same bytes for the same file and options.")
  var json = false

  func validate() throws {
    guard tolerance > 0 && tolerance < .infinity else {
      throw ValidationError("a tolerance of \(tolerance) is not positive")
    }
  }

  func run() throws {
    let report: ProgramReport
    do {
      report = try self.report()
    } catch {
      let message = Self.message(error, of: file)
      FileHandle.standardError.write(Data("\(message)\n".utf8))
      throw ExitCode(1)
    }
    print(json ? try report.json() : report.description)
    let code = report.status.exitCode
    if code != 0 { throw ExitCode(code) }
  }

  /// The solution of the file's program.
  ///
  /// - Throws: `QPSError` where the file is none.
  func report() throws(QPSError) -> ProgramReport {
    let program = try QPSFile(contentsOf: file)
    let method = method.method(tolerance: tolerance)
    return ProgramReport(
      program, in: file, solvedBy: method.solve(program.program))
  }

  /// An error of a file as compilers print it: the file, the line, what is wrong.
  static func message(_ error: QPSError, of file: String) -> String {
    if case .unreadable = error.problem {
      return "\(file): error: the file cannot be read as text"
    }
    return "\(file):\(error.line): error: \(error.problem)"
  }
}
