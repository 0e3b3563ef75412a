import Matrix
import TestSupport
import Testing

@Suite struct MatrixTriangularTests {
  struct Form: CustomStringConvertible {
    let triangle: Triangle
    let transposed: Bool
    let unit: Bool

    var description: String { "\(triangle) \(transposed) \(unit)" }

    /// A matrix with NaN where the form must not read, and op(T) as a whole.
    ///
    /// With ±1 on the diagonal, so that solving divides exactly.
    func matrices<Scalar: BLASScalar>(
      _ n: Int, using generator: inout SplitMix64
    ) -> (stored: Matrix<Scalar>, meant: Matrix<Scalar>) {
      var stored: Matrix<Scalar> = integerMatrix(n, n, using: &generator)
      var meant = Matrix<Scalar>.zeros(n, n)
      for j in 0..<n {
        for i in 0..<n {
          if i == j {
            stored[i, j] = unit ? .nan : generator.next() % 2 == 0 ? 1 : -1
            meant[i, j] = unit ? 1 : stored[i, j]
          } else if (i > j) == (triangle == .lower) {
            // Sparse and small: solutions stay exact integers.
            stored[i, j] = Scalar(Int.random(in: -1...1, using: &generator))
            meant[i, j] = stored[i, j]
          } else {
            stored[i, j] = .nan
          }
        }
      }
      return (stored, transposed ? meant.transposed : meant)
    }
  }

  static let forms = [Triangle.lower, .upper].flatMap { triangle in
    [false, true].flatMap { transposed in
      [false, true].map { unit in
        Form(triangle: triangle, transposed: transposed, unit: unit)
      }
    }
  }

  @Test(arguments: forms)
  func `Products and their solutions`(_ form: Form) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var generator = SplitMix64(seed: 16)
      for n in [0, 1, 2, 5, 9] {
        let (t, meant) =
          form.matrices(n, using: &generator)
          as (stored: Matrix<Scalar>, meant: Matrix<Scalar>)
        let x: Vector<Scalar> = integerVector(n, using: &generator)
        var y = x
        t.multiplyTriangular(
          form.triangle, transposed: form.transposed, unitDiagonal: form.unit,
          &y)
        #expect(y == meant * x)
        t.solveTriangular(
          form.triangle, transposed: form.transposed, unitDiagonal: form.unit,
          &y)
        #expect(y == x)
        for k in [0, 1, 3] {
          let b: Matrix<Scalar> = integerMatrix(n, k, using: &generator)
          var c = b
          t.multiplyTriangular(
            form.triangle, transposed: form.transposed,
            unitDiagonal: form.unit, &c, alpha: 2)
          #expect(c == 2 * (meant * b))
          t.solveTriangular(
            form.triangle, transposed: form.transposed,
            unitDiagonal: form.unit, &c, alpha: 0.5)
          #expect(c == b)
          c = b.transposed
          t.multiplyTriangular(
            form.triangle, transposed: form.transposed,
            unitDiagonal: form.unit, on: .right, &c)
          #expect(c == b.transposed * meant)
          t.solveTriangular(
            form.triangle, transposed: form.transposed,
            unitDiagonal: form.unit, on: .right, &c)
          #expect(c == b.transposed)
        }
      }
    }
    check(Float.self)
    check(Double.self)
  }

  @Test func `A zero on the diagonal divides`() {
    let t: Matrix<Double> = [[0, 0], [1, 1]]
    var x: Vector<Double> = [1, 1]
    t.solveTriangular(.lower, &x)
    #expect(x[0] == .infinity && x[1] == -.infinity)
  }

  @Test(arguments: scalarTypes)
  func `In place forms allocate nothing`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      let t = Matrix<Scalar>.identity(40)
      var x = Vector<Scalar>(repeating: 1, count: 40)
      var b = Matrix<Scalar>(repeating: 1, rows: 40, columns: 40)
      func work() {
        t.solveTriangular(.lower, &x)
        t.multiplyTriangular(.upper, &x)
        t.solveTriangular(.lower, &b)
        t.multiplyTriangular(.upper, on: .right, &b)
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
      var x = Vector<Double>.zeros(2)
      Matrix<Double>.zeros(2, 3).solveTriangular(.lower, &x)
    }
    #expect(said(result, "solveTriangular: a 2×3 matrix is not square"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var x = Vector<Double>.zeros(3)
      Matrix<Double>.zeros(2, 2).solveTriangular(.lower, &x)
    }
    #expect(
      said(result, "a right-hand side of 3 elements for a matrix of order 2"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var b = Matrix<Double>.zeros(2, 3)
      Matrix<Double>.zeros(2, 2).solveTriangular(.lower, on: .right, &b)
    }
    #expect(
      said(result, "a triangle of order 2 on the right of a matrix of 2×3"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var b = Matrix<Double>.zeros(3, 3)
      Matrix<Double>.zeros(2, 2).multiplyTriangular(.lower, &b)
    }
    #expect(
      said(result, "a triangle of order 2 on the left of a matrix of 3×3"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var x = Vector<Double>.zeros(3)
      Matrix<Double>.zeros(2, 2).multiplyTriangular(.lower, &x)
    }
    #expect(said(result, "a vector of 3 elements for a matrix of order 2"))
  }
}
