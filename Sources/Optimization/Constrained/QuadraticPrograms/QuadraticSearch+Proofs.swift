internal import Matrix

extension QuadraticSearch {
  /// A verified proof that there is no minimiser, if there is one.
  mutating func proof(
    _ run: InteriorPointRun, _ standing: InteriorPointRun.Standing
  ) -> QuadraticAnswer? {
    let scaled = run.program
    if standing == .infeasible {
      let (x, y, _) = scaled.unscaled(
        scaled.point(of: run.state.current), of: program)
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
    if let proof = infeasibility(by: least.y, at: x) { return proof }

    var d = Vector<Double>.zeros(n)
    if standing == .unbounded {
      d = scaled.unscaled(scaled.point(of: run.state.current), of: program).x
      let answer = QuadraticAnswer(
        unbounded: program, along: d, from: x, tolerance: tolerance)
      if answer.certificate.isVerified { return answer }
    }
    var steepest = QuadraticSearch(program.steepestRay(), exact.tolerance)
    d = steepest.optimumAlone(by: exact).x
    take(steepest)
    return unboundedness(along: d, from: x)
  }

  private static let thresholds = [1e-12, 1e-9, 1e-7, 1e-5, 1e-3]

  /// A verified proof from y, as it is or sharpened.
  func infeasibility(
    by y: Vector<Double>, at x: Vector<Double>
  ) -> QuadraticAnswer? {
    func proof(_ y: Vector<Double>) -> QuadraticAnswer? {
      let answer = QuadraticAnswer(
        infeasible: program, by: y, at: x, tolerance: tolerance)
      return answer.certificate.isVerified ? answer : nil
    }
    guard y.normInfinity > 0 else { return nil }
    if let proof = proof(y) { return proof }
    for threshold in Self.thresholds {
      let y = program.sharpened(proof: y, threshold: threshold)
      if let proof = proof(y) { return proof }
    }
    return nil
  }

  /// A verified ray from d, as it is or sharpened.
  func unboundedness(
    along d: Vector<Double>, from x: Vector<Double>
  ) -> QuadraticAnswer? {
    func ray(_ d: Vector<Double>) -> QuadraticAnswer? {
      let answer = QuadraticAnswer(
        unbounded: program, along: d, from: x, tolerance: tolerance)
      return answer.certificate.isVerified ? answer : nil
    }
    guard d.normInfinity > 0 else { return nil }
    if let ray = ray(d) { return ray }
    for threshold in Self.thresholds {
      let d = program.sharpened(ray: d, threshold: threshold)
      if d.normInfinity > 0, let ray = ray(d) { return ray }
    }
    return nil
  }

  private mutating func take(_ other: QuadraticSearch) {
    iterations += other.iterations
    factorizations += other.factorizations
  }
}
