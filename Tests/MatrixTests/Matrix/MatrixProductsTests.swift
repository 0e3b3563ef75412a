import Matrix
import TestSupport
import Testing

@Suite struct MatrixProductsTests {
  /// α op(A) op(B) + β C by the definition.
  static func naive<Scalar: BLASScalar>(
    _ a: Matrix<Scalar>, _ b: Matrix<Scalar>, alpha: Scalar,
    plus beta: Scalar = 0, _ c: Matrix<Scalar>
  ) -> Matrix<Scalar> {
    Matrix(rows: c.rows, columns: c.columns) { i, j in
      var sum: Scalar = 0
      for k in 0..<a.columns { sum += a[i, k] * b[k, j] }
      return alpha * sum + (beta == 0 ? 0 : beta * c[i, j])
    }
  }

  static let sizes = [0, 1, 2, 5, 8, 17]

  @Test(arguments: scalarTypes)
  func `gemm in every form`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var generator = SplitMix64(seed: 12)
      for (m, n, k) in Self.sizes.flatMap({ m in
        Self.sizes.flatMap { n in Self.sizes.map { k in (m, n, k) } }
      }) {
        let a: Matrix<Scalar> = integerMatrix(m, k, using: &generator)
        let b: Matrix<Scalar> = integerMatrix(k, n, using: &generator)
        let c: Matrix<Scalar> = integerMatrix(m, n, using: &generator)
        #expect(a * b == Self.naive(a, b, alpha: 1, c))
        for (alpha, beta) in [(1, 0), (2, 1), (-1, 3)] as [(Scalar, Scalar)] {
          let expected = Self.naive(a, b, alpha: alpha, plus: beta, c)
          let (at, bt) = (a.transposed, b.transposed)
          var result = c
          a.multiply(b, into: &result, alpha: alpha, beta: beta)
          #expect(result == expected)
          result = c
          at.multiply(
            b, transposingSelf: true, into: &result, alpha: alpha, beta: beta)
          #expect(result == expected)
          result = c
          a.multiply(
            bt, transposingOther: true, into: &result, alpha: alpha, beta: beta)
          #expect(result == expected)
          result = c
          at.multiply(
            bt, transposingSelf: true, transposingOther: true, into: &result,
            alpha: alpha, beta: beta)
          #expect(result == expected)
        }
      }
    }
    check(type)
  }

  @Test(arguments: scalarTypes)
  func `gemv in every form`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var generator = SplitMix64(seed: 13)
      for (m, n) in Self.sizes.flatMap({ m in Self.sizes.map { (m, $0) } }) {
        let a: Matrix<Scalar> = integerMatrix(m, n, using: &generator)
        let x: Vector<Scalar> = integerVector(n, using: &generator)
        let y: Vector<Scalar> = integerVector(m, using: &generator)
        let product = Vector<Scalar>(count: m) { i in
          (0..<n).reduce(0) { $0 + a[i, $1] * x[$1] }
        }
        #expect(a * x == product)
        for (alpha, beta) in [(1, 0), (2, 1), (-1, 3)] as [(Scalar, Scalar)] {
          let expected = alpha * product + beta * y
          var result = y
          a.multiply(x, into: &result, alpha: alpha, beta: beta)
          #expect(result == expected)
          result = y
          a.transposed.multiply(
            x, transposed: true, into: &result, alpha: alpha, beta: beta)
          #expect(result == expected)
        }
      }
    }
    check(type)
  }

  @Test(arguments: scalarTypes, [1, 4, 33])
  func `With β = 0 the old result is not read`(
    _ type: any BLASScalar.Type, _ n: Int
  ) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var a = Matrix<Scalar>(repeating: 1, rows: n, columns: n)
      let x = Vector<Scalar>(repeating: 1, count: n)
      var y = Vector<Scalar>(repeating: .nan, count: n)
      let sums = Vector(repeating: Scalar(n), count: n)
      a.multiply(x, into: &y)
      #expect(y == sums)
      y.fill(with: .nan)
      a.multiply(x, transposed: true, into: &y)
      #expect(y == sums)
      y.fill(with: .nan)
      a.symmetricMultiply(x, into: &y)
      #expect(y == sums)
      var c = Matrix<Scalar>(repeating: .nan, rows: n, columns: n)
      let expected = Matrix(repeating: Scalar(n), rows: n, columns: n)
      a.multiply(a, into: &c)
      #expect(c == expected)
      c.fill(with: .infinity)
      a.symmetricMultiply(a, into: &c)
      #expect(c == expected)
      c.fill(with: .nan)
      c.symmetricRankUpdate(a, beta: 0)
      c.symmetrizeFromLower()
      #expect(c == expected)
      // Neither when there is nothing to sum, nor when α = 0.
      y.fill(with: .nan)
      Matrix<Scalar>.zeros(n, 0).multiply([], into: &y)
      #expect(y == Vector.zeros(n))
      y.fill(with: .nan)
      a.multiply(x, into: &y, alpha: 0)
      #expect(y == Vector.zeros(n))
      c.fill(with: .nan)
      Matrix<Scalar>.zeros(n, 0).multiply(.zeros(0, n), into: &c)
      #expect(c == Matrix.zeros(n, n))
      // A NaN of the operand does come out.
      a[0, 0] = .nan
      #expect((a * x)[0].isNaN && (a * a)[0, 0].isNaN)
    }
    check(type)
  }

  @Test(arguments: scalarTypes)
  func `In place forms allocate nothing`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      // Beyond the sizes for which OpenBLAS has kernels of their own: some of
      // those for Float allocate a buffer in every call.
      let n = 128
      let a = Matrix<Scalar>.identity(n)
      let x = Vector<Scalar>(repeating: 1, count: n)
      var y = Vector<Scalar>(repeating: 1, count: n)
      var c = Matrix<Scalar>.zeros(n, n)
      func work() {
        a.multiply(x, into: &y)
        a.multiply(x, transposed: true, into: &y, beta: 2)
        a.multiply(a, into: &c)
        a.multiply(a, transposingSelf: true, into: &c, beta: 1)
      }
      work()
      #expect(allocations(work) == 0)
    }
    check(type)
  }

  @Test func `Wrong shapes trap and name them`() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix<Double>.zeros(2, 3) * Matrix<Double>.zeros(2, 3) }
    #expect(said(result, "a product of 2×3 and 2×3"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix<Double>.zeros(2, 3) * Vector<Double>.zeros(2) }
    #expect(said(result, "a product of 2×3 with 2 elements"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var c = Matrix<Double>.zeros(2, 2)
      Matrix<Double>.zeros(2, 3).multiply(
        .zeros(4, 2), transposingOther: true, into: &c)
    }
    #expect(
      said(
        result, "multiply: a matrix of 2×3 with one of 2×4 into one of 2×2"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var y = Vector<Double>.zeros(2)
      Matrix<Double>.zeros(2, 3).multiply(
        .zeros(2), transposed: true, into: &y)
    }
    #expect(
      said(
        result,
        "multiply: a matrix of 3×2 with a vector of 2 into one of 2 elements"))
  }
}
