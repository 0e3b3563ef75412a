import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct EstimatedMultipliersTests {
  @Test func explainSolutions() {
    for problem in QuadraticPrograms.hockSchittkowski
      + QuadraticPrograms.constructed.prefix(4)
    {
      let solution = minimize(problem.program, using: .activeSet())
      let certificate = QuadraticCertificate(
        of: problem.program, at: solution.x, tolerance: 1e-7)
      #expect(certificate.isVerified, "\(problem.name): \(certificate)")
    }
  }

  @Test func explainNoOtherPoint() throws {
    let program = try QuadraticProgram(
      hessian: [[2, 0], [0, 2]], gradient: [-2, -5],
      subjectTo: [
        .rows([[1, -2], [-1, -2], [-1, 2]], atLeast: [-2, -6, -2])
      ],
      within: Bounds(0...Double.infinity, count: 2))
    // The minimiser; inside; two corners, where a multiplier would have to be of
    // the wrong sign; NaN.
    let points: [(Vector<Double>, Bool)] = [
      ([1.4, 1.7], true), ([1, 1], false), ([2, 2], false), ([0, 0], false),
      ([.nan, 0], false),
    ]
    for (x, isMinimum) in points {
      let certificate = QuadraticCertificate(of: program, at: x)
      #expect(certificate.isVerified == isMinimum, "\(x): \(certificate)")
    }
  }
}
