/// Newton's method with a line search: x ← x − t B⁻¹ ∇f(x), with the directions of
/// ``NewtonDirection``.
///
/// The full step t = 1 is tried first. Near a minimum with a positive definite
/// Hessian it is taken and convergence is quadratic.
///
/// - Complexity: a step takes a Hessian, the evaluations of its search, mostly
///   one, and n³/3 + 2n² flops, n³/3 more where the Hessian is not positive
///   definite. It allocates nothing, but once when it first meets such a Hessian.
///
/// Source: Nocedal and Wright 2006, section 3.4.
public typealias Newton<Search: LineSearch> =
  LineSearchMethod<NewtonDirection, Search>

extension LineSearchMethod where Direction == NewtonDirection {
  /// Newton's method with a line search.
  public init(search: Search) {
    self.init(NewtonDirection(), search: search)
  }
}

extension Method where Self == Newton<Armijo> {
  /// Newton's method with backtracking from the full step.
  public static func newton() -> Self { Newton(search: Armijo()) }
}

extension Method {
  /// Newton's method with a line search of choice.
  public static func newton<Search: LineSearch>(
    search: Search
  ) -> Self where Self == Newton<Search> {
    Newton(search: search)
  }
}
