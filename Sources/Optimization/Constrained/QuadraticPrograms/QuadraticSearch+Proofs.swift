internal import Matrix

extension QuadraticSearch {
  /// A verified proof that there is no minimiser, if there is one.
  mutating func proof(
    _ run: InteriorPointRun, _ standing: InteriorPointRun.Standing
  ) -> QuadraticAnswer? {
    let scaled = run.program
    if standing == .infeasible {
      let (x, y, _) = scaled.unscaled(
        scaled.point(of: run.state), of: program)
      let proof = QuadraticAnswer(
        infeasible: program, by: y, at: x, tolerance: tolerance)
      if proof.certificate.isVerified { return proof }
    }
    // The residuals of this program are as small as its proof is exact.
    let exact = InteriorPoint(
      tolerance: min(tolerance, 1e-10), iterations: run.method.iterations)
    var violation = QuadraticSearch(program.leastViolation(), exact.tolerance)
    let least = violation.optimumAlone(by: exact)
    take(violation)
    let n = program.dimension
    var x = Vector(least.x.prefix(n))
    program.bounds.project(&x)
    let proof = QuadraticAnswer(
      infeasible: program, by: least.y, at: x, tolerance: tolerance)
    if proof.certificate.isVerified { return proof }

    var d = Vector<Double>.zeros(n)
    if standing == .unbounded {
      d = scaled.unscaled(scaled.point(of: run.state), of: program).x
      let answer = QuadraticAnswer(
        unbounded: program, along: d, from: x, tolerance: tolerance)
      if answer.certificate.isVerified { return answer }
    }
    var steepest = QuadraticSearch(program.steepestRay(), exact.tolerance)
    d = steepest.optimumAlone(by: exact).x
    take(steepest)
    let answer = QuadraticAnswer(
      unbounded: program, along: d, from: x, tolerance: tolerance)
    return answer.certificate.isVerified ? answer : nil
  }

  private mutating func take(_ other: QuadraticSearch) {
    iterations += other.iterations
    factorizations += other.factorizations
  }
}
