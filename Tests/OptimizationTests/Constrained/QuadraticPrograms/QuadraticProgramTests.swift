import Matrix
import Optimization
import Testing

@Suite struct QuadraticProgramTests {
  private let identity = Matrix<Double>.identity(2)

  private func error(
    _ body: () throws(QuadraticProgramError) -> QuadraticProgram
  ) -> QuadraticProgramError? {
    do {
      _ = try body()
      return nil
    } catch {
      return error
    }
  }

  @Test func stacksConstraints() throws {
    let program = try QuadraticProgram(
      hessian: identity, gradient: [1, 2],
      subjectTo: [
        .rows([[1, 1]], equalTo: [3]),
        .rows([[1, 0], [0, 1]], atMost: [4, 5]),
        .rows([[1, -1]], from: [-1], to: [1]),
      ])
    #expect(program.dimension == 2)
    #expect(
      program.constraints.matrix == [[1, 1], [1, 0], [0, 1], [1, -1]])
    #expect(program.constraints.lower == [3, -.infinity, -.infinity, -1])
    #expect(program.constraints.upper == [3, 4, 5, 1])
    #expect(program.value(at: [1, 2]) == 7.5)
  }

  @Test func refusesCrossedSides() {
    let crossed = error { () throws(QuadraticProgramError) in
      try QuadraticProgram(
        hessian: identity, gradient: [0, 0],
        subjectTo: [.rows([[1, 0], [0, 1]], from: [0, 2], to: [1, 1])])
    }
    #expect(crossed == .crossedSides(row: 1, lower: 2, upper: 1))
    #expect("\(crossed!)" == "constraint 1: no number from 2.0 to 1.0")
    #expect(throws: BoundsError.self) {
      try Bounds(lower: [1], upper: [0])
    }
  }

  @Test func refusesNumbersThatAreNone() {
    let hessian = error { () throws(QuadraticProgramError) in
      try QuadraticProgram(
        hessian: [[1, 0], [0, .nan]], gradient: [0, 0])
    }
    #expect(hessian == .hessianNotFinite(row: 1, column: 1))
    let gradient = error { () throws(QuadraticProgramError) in
      try QuadraticProgram(hessian: identity, gradient: [0, .infinity])
    }
    #expect(gradient == .gradientNotFinite(variable: 1))
    let row = error { () throws(QuadraticProgramError) in
      try QuadraticProgram(
        hessian: identity, gradient: [0, 0],
        subjectTo: [.rows([[1, .infinity]], atMost: [1])])
    }
    #expect(row == .constraintNotFinite(row: 0, column: 1))
    let side = error { () throws(QuadraticProgramError) in
      try QuadraticProgram(
        hessian: identity, gradient: [0, 0],
        subjectTo: [.rows([[1, 1]], atMost: [.nan])])
    }
    guard case .crossedSides(row: 0, _, _) = side else {
      Issue.record("NaN as a side: \(side.map { "\($0)" } ?? "accepted")")
      return
    }
  }

  @Test func refusesNegativeCurvatureAndShowsIt() {
    let p: Matrix<Double> = [[1, 2, 0], [2, 1, 0], [0, 0, 3]]
    let refusal = error { () throws(QuadraticProgramError) in
      try QuadraticProgram(hessian: p, gradient: [0, 0, 0])
    }
    guard case .notConvex(let curvature, let d) = refusal else {
      Issue.record("\(refusal.map { "\($0)" } ?? "accepted")")
      return
    }
    // Eigenvalues −1, 3, 3.
    #expect(abs(curvature + 1) < 1e-14)
    #expect(abs(d.norm - 1) < 1e-14)
    #expect(abs((p * d).dot(d) - curvature) < 1e-14)
  }

  @Test func refusesAnUnsymmetricMatrix() {
    let refusal = error { () throws(QuadraticProgramError) in
      try QuadraticProgram(
        hessian: [[1, 0.5], [0, 1]], gradient: [0, 0])
    }
    #expect(refusal == .hessianNotSymmetric(row: 1, column: 0))
  }

  @Test func acceptsSingularMatrices() throws {
    // Rank 1, with rounding: eigenvalues of some −1e-16.
    let v: Vector<Double> = [0.1, 0.7, 1.3, -2.1]
    let p = Matrix<Double>(rows: 4, columns: 4) { v[$0] * v[$1] }
    let program = try QuadraticProgram(hessian: p, gradient: .zeros(4))
    #expect(program.hessian == p)
    let linear = try QuadraticProgram(linear: [1, 2])
    #expect(linear.hessian == .zeros(2, 2))
  }

  @Test func changesVectors() throws {
    let program = try QuadraticProgram(
      hessian: identity, gradient: [1, 2],
      subjectTo: [.rows([[1, 1]], atLeast: [3])])
    let other = try program.with(gradient: [0, 0], upper: [5])
    #expect(other.gradient == [0, 0])
    #expect(other.constraints.lower == [3])
    #expect(other.constraints.upper == [5])
    #expect(throws: QuadraticProgramError.self) {
      try program.with(upper: [2])
    }
  }
}
