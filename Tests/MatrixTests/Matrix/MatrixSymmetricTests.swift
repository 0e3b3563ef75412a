import Matrix
import TestSupport
import Testing

@Suite struct MatrixSymmetricTests {
  /// A random symmetric matrix whole, and with NaN above the diagonal, which no
  /// operation may read.
  static func symmetric<Scalar: BLASScalar>(
    _ n: Int, using generator: inout SplitMix64
  ) -> (whole: Matrix<Scalar>, lower: Matrix<Scalar>) {
    var whole: Matrix<Scalar> = integerMatrix(n, n, using: &generator)
    var lower = whole
    whole.symmetrizeFromLower()
    for j in 0..<n { for i in 0..<j { lower[i, j] = .nan } }
    return (whole, lower)
  }

  /// Whether the lower triangle is that of `expected` and NaN is above it.
  static func hasLower<Scalar: BLASScalar>(
    _ a: Matrix<Scalar>, _ expected: Matrix<Scalar>
  ) -> Bool {
    (0..<a.columns).allSatisfy { j in
      (0..<a.rows).allSatisfy { i in
        i < j ? a[i, j].isNaN : a[i, j] == expected[i, j]
      }
    }
  }

  static let sizes = [0, 1, 2, 3, 8, 17]

  @Test(arguments: scalarTypes)
  func `symv and symm read the lower triangle`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var generator = SplitMix64(seed: 14)
      for n in Self.sizes {
        let (whole, lower) =
          Self.symmetric(n, using: &generator)
          as (whole: Matrix<Scalar>, lower: Matrix<Scalar>)
        let x: Vector<Scalar> = integerVector(n, using: &generator)
        let y: Vector<Scalar> = integerVector(n, using: &generator)
        for (alpha, beta) in [(1, 0), (2, 1), (-1, 3)] as [(Scalar, Scalar)] {
          var result = y
          lower.symmetricMultiply(x, into: &result, alpha: alpha, beta: beta)
          #expect(result == alpha * (whole * x) + beta * y)
          for k in [0, 1, 4] {
            let b: Matrix<Scalar> = integerMatrix(n, k, using: &generator)
            let c: Matrix<Scalar> = integerMatrix(n, k, using: &generator)
            var product = c
            lower.symmetricMultiply(
              b, into: &product, alpha: alpha, beta: beta)
            #expect(product == alpha * (whole * b) + beta * c)
            product = c.transposed
            lower.symmetricMultiply(
              b.transposed, on: .right, into: &product, alpha: alpha,
              beta: beta)
            #expect(
              product == alpha * (b.transposed * whole) + beta * c.transposed)
          }
        }
      }
    }
    check(type)
  }

  @Test(arguments: scalarTypes)
  func `syr, syr2 and syrk write the lower triangle`(
    _ type: any BLASScalar.Type
  ) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var generator = SplitMix64(seed: 15)
      for n in Self.sizes {
        let (whole, lower) =
          Self.symmetric(n, using: &generator)
          as (whole: Matrix<Scalar>, lower: Matrix<Scalar>)
        let x: Vector<Scalar> = integerVector(n, using: &generator)
        let y: Vector<Scalar> = integerVector(n, using: &generator)
        var result = lower
        result.symmetricRankOneUpdate(x, alpha: 3)
        #expect(
          Self.hasLower(
            result,
            Matrix(rows: n, columns: n) { i, j in
              whole[i, j] + 3 * x[i] * x[j]
            }))
        result = lower
        result.symmetricRankTwoUpdate(x, y, alpha: -2)
        #expect(
          Self.hasLower(
            result,
            Matrix(rows: n, columns: n) { i, j in
              whole[i, j] - 2 * (x[i] * y[j] + y[i] * x[j])
            }))
        for k in [0, 1, 5] {
          let a: Matrix<Scalar> = integerMatrix(n, k, using: &generator)
          for (alpha, beta) in [(1, 1), (2, 0), (-1, 3)] as [(Scalar, Scalar)] {
            let expected = alpha * (a * a.transposed) + beta * whole
            result = lower
            result.symmetricRankUpdate(a, alpha: alpha, beta: beta)
            #expect(Self.hasLower(result, expected), "k = \(k)")
            result = lower
            result.symmetricRankUpdate(
              a.transposed, transposed: true, alpha: alpha, beta: beta)
            #expect(Self.hasLower(result, expected), "k = \(k)")
          }
        }
      }
    }
    check(type)
  }

  @Test(arguments: scalarTypes)
  func `In place forms allocate nothing`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      let a = Matrix<Scalar>.identity(40)
      let x = Vector<Scalar>(repeating: 1, count: 40)
      var y = Vector<Scalar>(repeating: 1, count: 40)
      var c = Matrix<Scalar>.zeros(40, 40)
      func work() {
        a.symmetricMultiply(x, into: &y)
        a.symmetricMultiply(a, into: &c)
        a.symmetricMultiply(a, on: .right, into: &c)
        c.symmetricRankOneUpdate(x)
        c.symmetricRankTwoUpdate(x, y)
        c.symmetricRankUpdate(a)
        y.scale(by: 0)
      }
      work()
      #expect(allocations(work) == 0)
    }
    check(type)
  }

  @Test func `Wrong shapes trap and name both numbers`() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var y = Vector<Double>.zeros(2)
      Matrix<Double>.zeros(2, 3).symmetricMultiply(.zeros(3), into: &y)
    }
    #expect(said(result, "symmetricMultiply: a 2×3 matrix is not square"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var y = Vector<Double>.zeros(2)
      Matrix<Double>.zeros(2, 2).symmetricMultiply(.zeros(3), into: &y)
    }
    #expect(
      said(result, "a matrix of order 2 with a vector of 3 into one of 2"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var c = Matrix<Double>.zeros(3, 2)
      Matrix<Double>.zeros(2, 2).symmetricMultiply(.zeros(3, 2), into: &c)
    }
    #expect(said(result, "a matrix of order 2 on the left of one of 3×2"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var a = Matrix<Double>.zeros(2, 2)
      a.symmetricRankOneUpdate(.zeros(3))
    }
    #expect(said(result, "a vector of 3 elements for a matrix of order 2"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var a = Matrix<Double>.zeros(2, 2)
      a.symmetricRankTwoUpdate(.zeros(2), .zeros(1))
    }
    #expect(
      said(result, "vectors of 2 and 1 elements for a matrix of order 2"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var a = Matrix<Double>.zeros(2, 2)
      a.symmetricRankUpdate(.zeros(2, 3), transposed: true)
    }
    #expect(said(result, "a product of order 3 into a matrix of order 2"))
  }
}
