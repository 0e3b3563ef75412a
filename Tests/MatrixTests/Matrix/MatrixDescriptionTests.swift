import Matrix
import Testing

@Suite struct MatrixDescriptionTests {
  @Test func `Columns are aligned`() {
    let a: Matrix<Double> = [[1, 20], [-3.5, 4]]
    #expect(
      "\(a)" == """
        2×2 matrix
        [ 1.0, 20.0]
        [-3.5,  4.0]
        """)
  }

  @Test func `Of a large matrix the corners`() {
    let a = Matrix<Double>(rows: 30, columns: 11) { i, j in
      Double(100 * i + j)
    }
    let lines = "\(a)".split(separator: "\n")
    #expect(lines.count == 11 && lines[0] == "30×11 matrix")
    #expect(lines[1].hasPrefix("[   0.0,") && lines[1].hasSuffix("10.0]"))
    #expect(lines[1].contains("…") && lines[6].contains("…"))
    #expect(lines[10].hasPrefix("[2900.0,") && lines[10].hasSuffix("2910.0]"))
  }

  @Test func `Of an empty matrix the shape`() {
    #expect("\(Matrix<Double>.zeros(0, 3))" == "0×3 matrix")
    #expect("\(Matrix<Double>.zeros(2, 0))" == "2×0 matrix")
  }
}
