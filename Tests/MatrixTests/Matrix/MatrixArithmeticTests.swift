import Matrix
import TestSupport
import Testing

@Suite struct MatrixArithmeticTests {
  @Test(
    arguments: [
      (0, 0), (0, 3), (3, 0), (1, 1), (2, 5), (5, 2), (7, 7), (17, 9),
    ])
  func `Against the naive loop`(_ m: Int, _ n: Int) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var generator = SplitMix64(seed: 10)
      let a: Matrix<Scalar> = integerMatrix(m, n, using: &generator)
      let b: Matrix<Scalar> = integerMatrix(m, n, using: &generator)
      func naive(_ f: (Scalar, Scalar) -> Scalar) -> Matrix<Scalar> {
        Matrix(rows: m, columns: n) { i, j in f(a[i, j], b[i, j]) }
      }
      var c = a
      c.add(b)
      #expect(c == naive(+))
      c = a
      c.add(b, scaledBy: -3)
      #expect(c == naive { $0 - 3 * $1 })
      c = a
      c.scale(by: 4)
      #expect(c == naive { x, _ in 4 * x })
      #expect(a + b == naive(+) && a - b == naive(-))
      #expect(-a == naive { x, _ in -x })
      #expect(4 * a == c && a * 4 == c)
      c = a
      c += b
      c -= a
      c *= 2
      #expect(c == naive { 2 * $1 })
      c = a
      c.addToDiagonal(10)
      #expect(
        c
          == Matrix(rows: m, columns: n) { i, j in
            a[i, j] + (i == j ? 10 : 0)
          })
      let x: Vector<Scalar> = integerVector(m, using: &generator)
      let y: Vector<Scalar> = integerVector(n, using: &generator)
      c = a
      c.rankOneUpdate(x, y, alpha: 2)
      #expect(
        c
          == Matrix(rows: m, columns: n) { i, j in a[i, j] + 2 * x[i] * y[j] })
    }
    check(Float.self)
    check(Double.self)
  }

  @Test func `Scaling by 0 keeps NaN`() {
    var a: Matrix<Double> = [[1, .nan]]
    a.scale(by: 0)
    #expect(a[0, 0] == 0 && a[0, 1].isNaN)
  }

  @Test(arguments: scalarTypes)
  func `In place forms allocate nothing`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var a = Matrix<Scalar>.zeros(6, 5)
      let b = Matrix<Scalar>(repeating: 1, rows: 6, columns: 5)
      let x = Vector<Scalar>(repeating: 1, count: 6)
      let y = Vector<Scalar>(repeating: 1, count: 5)
      func work() {
        a.add(b, scaledBy: 2)
        a.scale(by: 2)
        a.addToDiagonal(1)
        a.rankOneUpdate(x, y)
        a += b
        a -= b
        a *= 2
      }
      work()
      #expect(allocations(work) == 0)
    }
    check(type)
  }

  @Test func `Wrong shapes trap and name both`() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix<Double>.zeros(2, 3) - .zeros(3, 2) }
    #expect(said(result, "add: a 2×3 and a 3×2 matrix"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var a = Matrix<Double>.zeros(2, 3)
      a.rankOneUpdate(.zeros(3), .zeros(2))
    }
    #expect(said(result, "vectors of 3 and 2 elements for a matrix of 2×3"))
  }
}
