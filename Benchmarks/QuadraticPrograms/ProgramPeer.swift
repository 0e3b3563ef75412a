import Foundation
import Matrix
import Optimization

/// The solvers of Python's packages, which are called themselves, without wrappers of
/// several.
struct ProgramPeer {
  private struct Reply: Codable {
    let claim: ProgramSolver.Claim?
    let word: String
    let seconds: Double
  }

  private struct Request: Codable {
    let solver: String
    let program: Int
    let tolerance: Double
  }

  private let peer: PythonPeer

  /// The solvers with their versions, as the peer tells them.
  var versions: [String] { peer.versions }

  /// Starts the peer with these programs, whose numbers it is asked by.
  ///
  /// - Throws: ``PythonPeer/Missing``.
  init(
    _ programs: [QuadraticProgram], program: URL? = nil,
    python: URL = PythonPeer.python, threads: Int = 1
  ) throws {
    let file = CommonOptions.folder.appending(path: "peers/programs.doubles")
    try writeFile(Self.data(of: programs), to: file)
    let source =
      try program
      ?? CompiledPeer.folder().appending(component: "quadratic.py")
    peer = try PythonPeer(
      "The peers in Python", python: python, program: source,
      arguments: [file.path], threads: threads)
  }

  /// A solver for each package that is installed.
  var solvers: [ProgramSolver] {
    versions.map { version in
      let name = String(version.prefix { $0 != " " })
      return ProgramSolver(library: name) { number, program, tolerance in
        try ask(name, number, program, tolerance)
      }
    }
  }

  private func ask(
    _ solver: String, _ number: Int, _ program: QuadraticProgram,
    _ tolerance: Double
  ) throws -> ProgramSolver.Answer {
    let request = try JSONEncoder().encode(
      Request(solver: solver, program: number, tolerance: tolerance))
    let reply: Reply = try peer.ask(String(decoding: request, as: UTF8.self))
    let (n, m) = (program.dimension, program.constraints.count)
    let bytes = try peer.bytes(8 * (2 * n + m))
    let numbers = bytes.withUnsafeBytes { bytes in
      (0..<2 * n + m).map {
        bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self)
      }
    }
    return ProgramSolver.Answer(
      claim: reply.claim, word: reply.word, x: Vector(numbers[..<n]),
      multipliers: Vector(numbers[n..<n + m]),
      boundMultipliers: Vector(numbers[(n + m)...]), seconds: reply.seconds)
  }

  /// The number of programs; of each n, m, P, A by columns, q, l, u and bounds.
  static func data(of programs: [QuadraticProgram]) -> Data {
    var data = Data()
    func append(_ numbers: [Double]) {
      numbers.withUnsafeBytes { data.append(contentsOf: $0) }
    }
    append([Double(programs.count)])
    for program in programs {
      let rows = program.constraints
      append([Double(program.dimension), Double(rows.count)])
      append(Array(elements: program.hessian))
      append(Array(elements: rows.matrix))
      for part in [
        program.gradient, rows.lower, rows.upper, program.bounds.lower,
        program.bounds.upper,
      ] {
        append(part.array)
      }
    }
    return data
  }
}

extension [Double] {
  /// The elements of a matrix, by columns.
  fileprivate init(elements matrix: Matrix<Double>) {
    self = (0..<matrix.columns).flatMap { matrix.column($0).array }
  }
}
