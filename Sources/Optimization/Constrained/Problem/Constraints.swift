public import Differentiation
public import Matrix

/// Constraints on variables: l ≤ c(x) ≤ u, one or several that belong together.
///
///     .value(atLeast: 25) { x in x[0] * x[1] * x[2] * x[3] }
///     .values(equalTo: [40, 1]) { x in [x[0] * x[0] + x[1], x[2] * x[3]] }
///     .values(of: residuals, from: l, to: u)
///     .rows(a, atMost: b)                    // A x ≤ b
///
/// Closures are derived automatically; functions with derivatives of their own come
/// as ``DifferentiableResiduals``, others as ``DifferencedJacobian`` of
/// ``ResidualFunction``. Either side may be infinite, and where lᵢ = uᵢ the
/// constraint is an equality.
public struct Constraints {
  /// What is constrained.
  enum Function {
    /// A x.
    case linear(Matrix<Double>)
    /// c(x).
    case nonlinear(any DifferentiableResiduals)
  }

  let function: Function
  /// l, −∞ where there is none.
  public let lower: Vector<Double>
  /// u, ∞ where there is none.
  public let upper: Vector<Double>

  /// The number of constraints.
  public var count: Int { lower.count }

  /// Whether they are rows of A x.
  public var isLinear: Bool {
    if case .linear = function { true } else { false }
  }
}

// MARK: Rows

extension Constraints {
  /// l ≤ A x ≤ u.
  public init(_ rows: LinearConstraints) {
    function = .linear(rows.matrix)
    lower = rows.lower
    upper = rows.upper
  }

  /// l ≤ A x ≤ u.
  ///
  /// - Precondition: l and u have as many elements as A has rows.
  public static func rows(
    _ matrix: Matrix<Double>, from lower: Vector<Double>,
    to upper: Vector<Double>
  ) -> Constraints { Constraints(.rows(matrix, from: lower, to: upper)) }

  /// A x ≤ u.
  ///
  /// - Precondition: u has as many elements as A has rows.
  public static func rows(
    _ matrix: Matrix<Double>, atMost upper: Vector<Double>
  ) -> Constraints { Constraints(.rows(matrix, atMost: upper)) }

  /// l ≤ A x.
  ///
  /// - Precondition: l has as many elements as A has rows.
  public static func rows(
    _ matrix: Matrix<Double>, atLeast lower: Vector<Double>
  ) -> Constraints { Constraints(.rows(matrix, atLeast: lower)) }

  /// A x = b.
  ///
  /// - Precondition: b has as many elements as A has rows.
  public static func rows(
    _ matrix: Matrix<Double>, equalTo sides: Vector<Double>
  ) -> Constraints { Constraints(.rows(matrix, equalTo: sides)) }
}

// MARK: Functions

extension Constraints {
  /// l ≤ c(x) ≤ u.
  ///
  /// Of c its values, Jacobian and second derivatives are used; a loss or bounds of
  /// its own have no meaning here.
  ///
  /// - Precondition: l and u have as many elements as c has values.
  public static func values(
    of function: any DifferentiableResiduals, from lower: Vector<Double>,
    to upper: Vector<Double>
  ) -> Constraints {
    precondition(
      lower.count == function.count && upper.count == function.count,
      """
      \(lower.count) lower and \(upper.count) upper sides for \
      \(function.count) constraints
      """)
    precondition(
      function.loss == nil && function.bounds == nil,
      "residuals with a loss or bounds of their own as constraints")
    return Constraints(
      function: .nonlinear(function), lower: lower, upper: upper)
  }

  /// l ≤ c(x).
  ///
  /// - Precondition: l has as many elements as c has values.
  public static func values(
    of function: any DifferentiableResiduals, atLeast lower: Vector<Double>
  ) -> Constraints {
    .values(
      of: function, from: lower,
      to: Vector(repeating: .infinity, count: lower.count))
  }

  /// c(x) ≤ u.
  ///
  /// - Precondition: u has as many elements as c has values.
  public static func values(
    of function: any DifferentiableResiduals, atMost upper: Vector<Double>
  ) -> Constraints {
    .values(
      of: function, from: Vector(repeating: -.infinity, count: upper.count),
      to: upper)
  }

  /// c(x) = b.
  ///
  /// - Precondition: b has as many elements as c has values.
  public static func values(
    of function: any DifferentiableResiduals, equalTo sides: Vector<Double>
  ) -> Constraints { .values(of: function, from: sides, to: sides) }
}

// MARK: Closures

extension Constraints {
  /// l ≤ c(x) ≤ u, where a closure computes c.
  ///
  /// - Precondition: as many lower as upper sides.
  public static func values(
    from lower: Vector<Double>, to upper: Vector<Double>,
    _ values: @escaping ([Variable]) throws -> [Variable]
  ) -> Constraints {
    .values(
      of: AutomaticResiduals(count: lower.count, values), from: lower,
      to: upper)
  }

  /// l ≤ c(x), where a closure computes c.
  public static func values(
    atLeast lower: Vector<Double>,
    _ values: @escaping ([Variable]) throws -> [Variable]
  ) -> Constraints {
    .values(
      of: AutomaticResiduals(count: lower.count, values), atLeast: lower)
  }

  /// c(x) ≤ u, where a closure computes c.
  public static func values(
    atMost upper: Vector<Double>,
    _ values: @escaping ([Variable]) throws -> [Variable]
  ) -> Constraints {
    .values(
      of: AutomaticResiduals(count: upper.count, values), atMost: upper)
  }

  /// c(x) = b, where a closure computes c.
  public static func values(
    equalTo sides: Vector<Double>,
    _ values: @escaping ([Variable]) throws -> [Variable]
  ) -> Constraints {
    .values(
      of: AutomaticResiduals(count: sides.count, values), equalTo: sides)
  }

  /// l ≤ c(x) ≤ u of a single value.
  public static func value(
    in range: ClosedRange<Double>,
    _ value: @escaping ([Variable]) throws -> Variable
  ) -> Constraints {
    .values(from: [range.lowerBound], to: [range.upperBound]) {
      [try value($0)]
    }
  }

  /// l ≤ c(x) of a single value.
  public static func value(
    atLeast lower: Double,
    _ value: @escaping ([Variable]) throws -> Variable
  ) -> Constraints { .values(atLeast: [lower]) { [try value($0)] } }

  /// c(x) ≤ u of a single value.
  public static func value(
    atMost upper: Double,
    _ value: @escaping ([Variable]) throws -> Variable
  ) -> Constraints { .values(atMost: [upper]) { [try value($0)] } }

  /// c(x) = b of a single value.
  public static func value(
    equalTo side: Double,
    _ value: @escaping ([Variable]) throws -> Variable
  ) -> Constraints { .values(equalTo: [side]) { [try value($0)] } }
}
