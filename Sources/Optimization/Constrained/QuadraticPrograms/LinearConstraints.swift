public import Matrix

/// Linear constraints on variables: l ≤ A x ≤ u, row by row.
///
///     .rows(a, equalTo: b)                   //     A x = b
///     .rows(g, atMost: h)                    //     G x ≤ h
///     .rows(g, atLeast: h)                   // h ≤ G x
///     .rows(g, from: l, to: u)               // l ≤ G x ≤ u
///
/// Either side may be infinite, and a row with lᵢ = uᵢ is an equality.
public struct LinearConstraints: Codable, Equatable, Sendable {
  /// A, a row for each constraint and a column for each variable.
  public let matrix: Matrix<Double>
  /// l, −∞ where there is none.
  public let lower: Vector<Double>
  /// u, ∞ where there is none.
  public let upper: Vector<Double>

  /// The constraints l ≤ A x ≤ u.
  ///
  /// Whether a side is NaN or the sides cross is found out by
  /// ``QuadraticProgram``, which throws.
  ///
  /// - Precondition: l and u have as many elements as A has rows.
  public init(
    _ matrix: Matrix<Double>, from lower: Vector<Double>,
    to upper: Vector<Double>
  ) {
    precondition(
      lower.count == matrix.rows && upper.count == matrix.rows,
      """
      \(lower.count) lower and \(upper.count) upper sides for constraints of \
      \(matrix.rows) rows
      """)
    self.matrix = matrix
    self.lower = lower
    self.upper = upper
  }

  /// l ≤ A x ≤ u.
  ///
  /// - Precondition: l and u have as many elements as A has rows.
  public static func rows(
    _ matrix: Matrix<Double>, from lower: Vector<Double>,
    to upper: Vector<Double>
  ) -> LinearConstraints {
    LinearConstraints(matrix, from: lower, to: upper)
  }

  /// A x ≤ u.
  ///
  /// - Precondition: u has as many elements as A has rows.
  public static func rows(
    _ matrix: Matrix<Double>, atMost upper: Vector<Double>
  ) -> LinearConstraints {
    let lower = Vector(repeating: -Double.infinity, count: upper.count)
    return LinearConstraints(matrix, from: lower, to: upper)
  }

  /// l ≤ A x.
  ///
  /// - Precondition: l has as many elements as A has rows.
  public static func rows(
    _ matrix: Matrix<Double>, atLeast lower: Vector<Double>
  ) -> LinearConstraints {
    let upper = Vector(repeating: Double.infinity, count: lower.count)
    return LinearConstraints(matrix, from: lower, to: upper)
  }

  /// A x = b.
  ///
  /// - Precondition: b has as many elements as A has rows.
  public static func rows(
    _ matrix: Matrix<Double>, equalTo sides: Vector<Double>
  ) -> LinearConstraints {
    LinearConstraints(matrix, from: sides, to: sides)
  }

  /// The number of constraints m.
  public var count: Int { matrix.rows }

  /// All of `parts`, one below the other.
  static func stack(
    _ parts: [LinearConstraints], variables n: Int
  ) -> LinearConstraints {
    for part in parts {
      precondition(
        part.matrix.columns == n,
        "constraints on \(part.matrix.columns) variables of \(n)")
    }
    if parts.count == 1 { return parts[0] }
    let m = parts.reduce(0) { $0 + $1.count }
    var matrix = Matrix<Double>.zeros(m, n)
    var start = 0
    for part in parts {
      let rows = part.count
      for j in 0..<n {
        for i in 0..<rows { matrix[start + i, j] = part.matrix[i, j] }
      }
      start += rows
    }
    return LinearConstraints(
      matrix, from: Vector(parts.flatMap { $0.lower }),
      to: Vector(parts.flatMap { $0.upper }))
  }
}
