/// Nonlinear conjugate gradients, x ← x + t d with the directions of
/// ``ConjugateGradientDirection``.
///
/// The memory is a single vector, so that it goes where L-BFGS has no room for
/// pairs. The step has no natural length, and a search that comes closer to the
/// minimum along the direction than a quasi-Newton method needs is worth its
/// evaluations: `StrongWolfe(curvature: 0.1)` or ``HagerZhang``.
///
/// - Complexity: a step takes the evaluations of its search, mostly two, and 24n
///   flops; nothing is allocated.
///
/// Source: Fletcher and Reeves 1964; Hager and Zhang 2005 and 2006; Nocedal and
/// Wright 2006, section 5.2.
public typealias ConjugateGradient<Search: LineSearch> =
  LineSearchMethod<ConjugateGradientDirection, Search>

extension LineSearchMethod where Direction == ConjugateGradientDirection {
  /// Conjugate gradients with a line search.
  public init(
    _ formula: ConjugateGradientFormula,
    restart: ConjugateGradientDirection.Restart? = nil, search: Search,
    firstStep: FirstStep = .hagerZhang
  ) {
    self.init(
      ConjugateGradientDirection(formula, restart: restart), search: search,
      firstStep: firstStep)
  }
}

extension Method where Self == ConjugateGradient<HagerZhang> {
  /// Conjugate gradients with the search of Hager and Zhang; with their formula
  /// too, unless told, it is the method CG_DESCENT.
  public static func conjugateGradient(
    _ formula: ConjugateGradientFormula = .hagerZhang(),
    restart: ConjugateGradientDirection.Restart? = nil
  ) -> Self {
    ConjugateGradient(formula, restart: restart, search: HagerZhang())
  }
}

extension Method {
  /// Conjugate gradients with a line search of choice.
  public static func conjugateGradient<Search: LineSearch>(
    _ formula: ConjugateGradientFormula = .hagerZhang(),
    restart: ConjugateGradientDirection.Restart? = nil, search: Search,
    firstStep: FirstStep = .hagerZhang
  ) -> Self where Self == ConjugateGradient<Search> {
    ConjugateGradient(
      formula, restart: restart, search: search, firstStep: firstStep)
  }
}
