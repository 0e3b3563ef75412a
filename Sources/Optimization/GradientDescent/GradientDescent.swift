/// Steepest descent: x ← x − t ∇f(x), with t from a line search.
///
/// With ``ConstantStep`` it is textbook (batch) gradient descent, which for an
/// L-smooth convex f converges when η < 2/L. Other searches begin with the
/// step that promises the same first-order decrease as the last one,
/// t = tₖ₋₁ ‖∇f(xₖ₋₁)‖² / ‖∇f(xₖ)‖², and at the start with 1/‖∇f(x₀)‖.
///
/// - Complexity: a step takes the evaluations of its search, one for a constant
///   step, and 6n flops; nothing is allocated.
///
/// Source: Cauchy 1847; Nocedal and Wright 2006, section 3.5 (first step).
public typealias GradientDescent<Search: LineSearch> =
  LineSearchMethod<SteepestDescent, Search>

extension LineSearchMethod where Direction == SteepestDescent {
  /// Steepest descent with a line search.
  public init(search: Search, firstStep: FirstStep = .sameDecrease) {
    self.init(SteepestDescent(), search: search, firstStep: firstStep)
  }
}

extension Method where Self == GradientDescent<ConstantStep> {
  /// Batch gradient descent, x ← x − η ∇f(x), with the constant rate η.
  public static func gradientDescent(rate: Double) -> Self {
    GradientDescent(search: ConstantStep(rate))
  }
}

extension Method where Self == GradientDescent<Armijo> {
  /// Gradient descent with backtracking.
  public static func gradientDescent() -> Self {
    GradientDescent(search: Armijo())
  }
}

extension Method {
  /// Gradient descent with a line search and a first step of choice.
  public static func gradientDescent<Search: LineSearch>(
    search: Search, firstStep: FirstStep = .sameDecrease
  ) -> Self where Self == GradientDescent<Search> {
    GradientDescent(search: search, firstStep: firstStep)
  }
}
