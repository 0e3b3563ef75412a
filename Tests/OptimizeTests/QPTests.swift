import Foundation
import Optimization
import Testing

@testable import optimize

@Suite struct QPTests {
  /// The example of Maros and Mészáros 1999, section 2, whose solution by hand is
  /// x = (61, 38) / 80 with the value 3.5 + … = 8.371875 and the row r1 held.
  static let example = """
    NAME          QP example
    ROWS
     N  obj
     G  r1
     L  r2
    COLUMNS
        c1        r1                 2.0   r2                -1.0
        c1        obj                1.5
        c2        r1                 1.0   r2                 2.0
        c2        obj               -2.0
    RHS
        rhs1      obj               -4.0
        rhs1      r1                 2.0   r2                 6.0
    BOUNDS
     UP bnd1      c1                20.0
    QUADOBJ
        c1        c1                 8.0
        c1        c2                 2.0
        c2        c2                10.0
    ENDATA
    """

  /// max 3 x + 2 y where x + y ≤ 4, x, y ≥ 0.
  static let maximum = """
    NAME maximum
    OBJSENSE
        MAX
    ROWS
     N cost
     L a
    COLUMNS
     x cost 3 a 1
     y cost 2 a 1
    RHS
     rhs a 4
    ENDATA
    """

  private func withFile<Result>(
    _ text: String, _ body: (String) throws -> Result
  ) throws -> Result {
    let file = FileManager.default.temporaryDirectory.appending(
      component: "qp-\(UUID().uuidString).qps")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try body(file.path)
  }

  private func report(
    _ text: String, _ options: [String] = []
  ) throws -> ProgramReport {
    try withFile(text) { path in
      let command = try #require(
        try Optimize.parseAsRoot(["qp", path] + options) as? QP)
      return try command.report()
    }
  }

  @Test(arguments: MethodName.allCases)
  func `Every method solves the example`(method: MethodName) throws {
    let report = try report(Self.example, ["--method", method.rawValue])
    #expect(report.status == .optimal)
    #expect(report.status.exitCode == 0)
    #expect(abs(try #require(report.objective) - 8.371875) < 1e-9)
    #expect(report.variables.map(\.name) == ["c1", "c2"])
    #expect(abs(report.variables[0].value - 0.7625) < 1e-8)
    #expect(abs(report.variables[1].value - 0.475) < 1e-8)
    // 8 c1 + 2 c2 + 1.5 = 2 y of row r1.
    #expect(abs(report.rows[0].multiplier - 4.275) < 1e-7)
    #expect(report.rows[1].lower == nil && report.rows[1].upper == 6)
  }

  @Test func `A maximum has its own value and multipliers`() throws {
    let report = try report(Self.maximum)
    #expect(report.status == .optimal)
    #expect(abs(try #require(report.objective) - 12) < 1e-9)
    // A unit more of a is worth 3; a unit of y takes one of x away.
    #expect(abs(report.rows[0].multiplier - 3) < 1e-9)
    #expect(abs(report.variables[1].multiplier + 1) < 1e-9)
  }

  @Test func `No solution has a verdict and an exit code of its own`() throws {
    let unbounded = try report(Self.maximum.replacing(" L a", with: " G a"))
    #expect(unbounded.status == .unbounded)
    #expect(unbounded.status.exitCode == 2)
    #expect(unbounded.objective == nil)
    // Along the ray 3 dx + 2 dy > 0, and it leaves no side.
    let ray = try unbounded.variables.map { try #require($0.ray) }
    #expect(3 * ray[0] + 2 * ray[1] > 0.1)
    #expect(ray.allSatisfy { $0 >= -1e-8 })

    let crossed = Self.maximum
      .replacing("cost 3 a 1", with: "cost 3 a 1\n x b 1")
      .replacing("cost 2 a 1", with: "cost 2 a 1\n y b 1")
      .replacing(" L a", with: " L a\n G b")
      .replacing(" rhs a 4", with: " rhs a 4 b 5")
    let infeasible = try report(crossed)
    #expect(infeasible.status == .infeasible)
    #expect(infeasible.status.exitCode == 2)
    #expect(infeasible.description.contains("Infeasible, verified"))
  }

  @Test func `JSON is the same twice, its keys sorted`() throws {
    let texts = try withFile(Self.example) { path in
      try (0..<2).map { _ in
        try #require(try Optimize.parseAsRoot(["qp", path]) as? QP)
          .report().json()
      }
    }
    #expect(texts[0] == texts[1])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(texts[0].utf8))
        as? [String: Any])
    #expect(object["status"] as? String == "optimal")
    let rows = try #require(object["rows"] as? [[String: Any]])
    #expect(rows[0]["lower"] as? Double == 2)
    #expect(rows[0]["upper"] == nil)
    let keys = texts[0].split(separator: "\n").compactMap { line -> String? in
      line.hasPrefix("  \"")
        ? String(line.split(separator: "\"")[1]) : nil
    }
    #expect(keys == keys.sorted() && keys.count >= 10)
  }

  @Test func `The table names columns and rows`() throws {
    let text = "\(try report(Self.example))"
    #expect(text.hasPrefix("QP example: 2 variables, 2 rows, minimum\n"))
    #expect(text.contains("Optimal, verified"))
    #expect(text.contains("objective  8.371875"))
    #expect(text.contains("\nc1"))
    #expect(text.contains("\nr2"))
  }

  @Test func `A wrong file is an error with file, line and value`() throws {
    let wrong = Self.example.replacing("20.0", with: "twenty")
    try withFile(wrong) { path in
      let command = try #require(
        try Optimize.parseAsRoot(["qp", path]) as? QP)
      do throws(QPSError) {
        _ = try command.report()
        Issue.record("accepted")
      } catch {
        #expect(
          QP.message(error, of: "f.qps")
            == "f.qps:15: error: 'twenty' is not a number")
      }
    }
    let missing = QPSError(line: 0, problem: .unreadable("x"))
    #expect(
      QP.message(missing, of: "x")
        == "x: error: the file cannot be read as text")
  }

  @Test(arguments: ["0", "-1", "nan", "inf"])
  func `A tolerance that is none is refused`(tolerance: String) {
    #expect(throws: (any Error).self) {
      try Optimize.parseAsRoot(["qp", "f.qps", "--tolerance=\(tolerance)"])
    }
  }
}
