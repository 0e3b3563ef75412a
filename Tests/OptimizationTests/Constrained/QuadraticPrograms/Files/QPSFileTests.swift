import Matrix
import Optimization
import Testing

@Suite struct QPSFileTests {
  /// Maros and Mészáros 1999, section 2: the example of the format.
  private let example = """
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

  @Test func readsTheExampleOfTheFormat() throws {
    let file = try QPSFile(example)
    #expect(file.name == "QP example")
    #expect(file.columns == ["c1", "c2"])
    #expect(file.rows == ["r1", "r2"])
    let program = file.program
    #expect(program.hessian == [[8, 2], [2, 10]])
    #expect(program.gradient == [1.5, -2])
    #expect(program.constant == 4)
    #expect(program.constraints.matrix == [[2, 1], [-1, 2]])
    #expect(program.constraints.lower == [2, -.infinity])
    #expect(program.constraints.upper == [.infinity, 6])
    #expect(program.bounds.lower == [0, 0])
    #expect(program.bounds.upper == [20, .infinity])
    // The value that the paper gives: 8.37187500.
    let solution = minimize(program)
    #expect(solution.isVerified)
    #expect(abs(solution.value - 8.371875) < 1e-9)
    #expect(abs(solution.x[0] - 0.7625) < 1e-9)
    #expect(abs(solution.x[1] - 0.475) < 1e-9)
  }

  @Test func readsRangesBoundsAndBothTriangles() throws {
    let file = try QPSFile(
      """
      * a comment
      NAME
      OBJSENSE
          MAX
      ROWS
       N cost
       N other
       E e1
       E e2
       L l
       G g
      COLUMNS
       x cost 1 e1 1
       x e2 1 other 7
       y l 1 g 1
       z cost -2.5D+0
       v e1 1
       w e1 1
      RHS
       e1 5 e2 5
       l 4 g 3
      RANGES
       R e1 2
       R e2 -2 l 3
       R g 1
      BOUNDS
       FR b x
       UP b y -3
       FX b z 2
       MI v
       LO b w -1
       UP b w -0.5
      QMATRIX
       x x -2
       x y 1
       y x 1
       y y -2
      ENDATA
      after the end
      """)
    #expect(file.isMaximum)
    #expect(file.columns == ["x", "y", "z", "v", "w"])
    let program = file.program
    #expect(program.gradient == [-1, 0, 2.5, 0, 0])
    #expect(program.hessian[0, 0] == 2)
    #expect(program.hessian[0, 1] == -1)
    #expect(program.constraints.lower == [5, 3, 1, 3])
    #expect(program.constraints.upper == [7, 5, 4, 4])
    #expect(
      program.bounds.lower == [-.infinity, -.infinity, 2, -.infinity, -1])
    #expect(program.bounds.upper == [.infinity, -3, 2, .infinity, -0.5])
  }

  @Test(arguments: [
    (
      "    c1        r1                 2.0",
      "    c1        r9                 2.0",
      "line 7: no row is called 'r9'"
    ),
    (
      "obj                1.5", "obj                1.5x",
      "line 8: '1.5x' is not a number"
    ),
    (
      "obj                1.5", "obj                nan",
      "line 8: 'nan' is not a number"
    ),
    (" G  r1", " G  r1 r7", "line 4: 3 fields make no entry of ROWS"),
    (" G  r1", " G  obj", "line 4: 'obj' comes twice"),
    (" G  r1", " Q  r1", "line 4: a row is N, L, G or E, not 'Q'"),
    (" N  obj", " E  obj", "line 20: no row is of kind N"),
    ("RHS\n", "RIGHT\n", "line 11: no section is called 'RIGHT'"),
    (
      " UP bnd1      c1", " UX bnd1      c1",
      "line 15: no bound is of kind 'UX'"
    ),
    (
      " UP bnd1      c1", " UP bnd1      c7",
      "line 15: no column is called 'c7'"
    ),
    (
      " UP bnd1      c1                20.0", " BV bnd1      c1",
      "line 15: 'bnd1' would have to be an integer"
    ),
    (
      " UP bnd1      c1                20.0", " FX bnd1      c1",
      "line 15: no column is called 'bnd1'"
    ),
    (
      "    c1        c2                 2.0",
      "    c1        c2                 2.0\n    c2        c1                 2.0",
      "line 19: 'c2 c1' comes twice"
    ),
    (
      "QUADOBJ", "QMATRIX",
      "line 18: the elements of 'c1' and 'c2' are not symmetric"
    ),
    (
      "10.0\nENDATA", "-10.0\nENDATA",
      "line 20: P is not positive semidefinite"
    ),
    ("ENDATA", "", "line 20: the file ends without ENDATA"),
    (
      "20.0\nQ", "20.0\n LO bnd1 c1 30\nQ",
      "line 21: no number from 30.0 to 20.0 for 'c1'"
    ),
    ("NAME", " x y\nNAME", "line 1: data outside of a section"),
  ])
  func saysWhereAFileIsWrong(
    from old: String, to new: String, error text: String
  ) {
    let wrong = example.replacing(old, with: new, maxReplacements: 1)
    do {
      _ = try QPSFile(wrong)
      Issue.record("accepted: \(text)")
    } catch {
      #expect("\(error)".hasPrefix(text), "\(error)")
    }
  }

  @Test func largeNumbersAreInfinite() throws {
    let text = example.replacing("20.0", with: "1e30")
      .replacing("r2                 6.0", with: "r2    1.0D+20")
    let program = try QPSFile(text).program
    #expect(program.bounds.upper == [.infinity, .infinity])
    #expect(program.constraints.upper == [.infinity, .infinity])
    // As a lower side it leaves no point.
    #expect(throws: QPSError.self) {
      try QPSFile(
        example.replacing(
          "r1                 2.0   r2", with: "r1 1e20   r2",
          maxReplacements: .max))
    }
  }

  @Test func everyPrefixIsAnErrorAndNoTrap() {
    for count in 0..<example.count - 6 {
      #expect(throws: QPSError.self) {
        try QPSFile(String(example.prefix(count)))
      }
    }
  }

  @Test func aMissingFileIsAnError() {
    #expect(throws: QPSError(line: 0, problem: .unreadable("/nowhere.qps"))) {
      try QPSFile(contentsOf: "/nowhere.qps")
    }
  }
}
