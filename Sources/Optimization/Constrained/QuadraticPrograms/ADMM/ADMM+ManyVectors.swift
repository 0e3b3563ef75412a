public import Matrix

extension ADMM {
  /// Solves quadratic programs that differ in their vectors alone, on one
  /// factorization.
  ///
  ///     let solutions = try ADMM().solve(program, gradients: q)
  ///
  /// The columns of what is given are the vectors of one program each, of what is not
  /// they have those of `program`. All take their steps together, as products of
  /// matrices, and leave when their own answer is verified.
  ///
  /// - Parameters:
  ///   - program: the matrices, and the vectors that all have.
  ///   - gradients: q, n×k.
  ///   - lower: l, m×k.
  ///   - upper: u, m×k.
  ///   - bounds: the bounds on x, k of them.
  /// - Returns: k solutions, in the order of the columns; the factorizations that all
  ///   share are counted in the first, and the seconds are those until an answer was
  ///   there.
  /// - Throws: ``QuadraticProgramError`` where numbers are not finite or sides cross.
  /// - Precondition: all that is given has the same number of columns, and the rows of
  ///   the program.
  /// - Complexity: as ``ADMM``; (2n² + 4mn) k flops for a step of all.
  public func solve(
    _ program: QuadraticProgram, gradients: Matrix<Double>? = nil,
    lower: Matrix<Double>? = nil, upper: Matrix<Double>? = nil,
    bounds: [Bounds]? = nil
  ) throws(QuadraticProgramError) -> [QuadraticSolution] {
    let counts = [
      gradients?.columns, lower?.columns, upper?.columns, bounds?.count,
    ].compactMap(\.self)
    let count = counts.first ?? 1
    precondition(
      counts.allSatisfy { $0 == count },
      "vectors of \(counts.map(String.init).joined(separator: ", ")) programs")
    func check(_ a: Matrix<Double>?, _ rows: Int, _ what: String) {
      guard let a else { return }
      precondition(
        a.rows == rows, "\(what) of \(a.rows) elements, not \(rows)")
    }
    check(gradients, program.dimension, "gradients")
    check(lower, program.constraints.count, "lower sides")
    check(upper, program.constraints.count, "upper sides")
    var programs: [QuadraticProgram] = []
    programs.reserveCapacity(count)
    for k in 0..<count {
      programs.append(
        try program.with(
          gradient: gradients?.column(k), lower: lower?.column(k),
          upper: upper?.column(k), bounds: bounds?[k]))
    }
    guard count > 0 else { return [] }
    guard program.dimension > 0 else {
      return programs.map { solve($0) }
    }
    var run = ADMMRun(self, program, QuadraticVectors(programs))
    return solutions(programs, &run, factorizations: 0)
  }
}
