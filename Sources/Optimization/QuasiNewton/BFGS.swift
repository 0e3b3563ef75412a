/// The quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno,
/// x ← x − t Hₖ ∇f(x), with the dense directions of ``DenseQuasiNewton``.
///
///     minimize(f, from: x0, using: .bfgs())
///
/// A step begins with t = 1, the first of a run with a length of 0.3 in units of the
/// magnitudes of the variables, whose squares are the first H₀: neither the units
/// of f nor those of any variable matter, where none of them is 0 at the start. When
/// the search finds nothing along the direction, what was learnt is forgotten and
/// the step is tried once more along −H₀ ∇f.
///
/// - Complexity: a step takes the evaluations of its search, mostly one, and 6n²
///   flops; nothing is allocated.
///
/// Source: Nocedal and Wright 2006, algorithm 6.1.
public typealias BFGS<Search: LineSearch> =
  LineSearchMethod<DenseQuasiNewton, Search>

extension Method where Self == BFGS<StrongWolfe> {
  /// BFGS with the strong Wolfe search.
  public static func bfgs() -> Self { .bfgs(search: StrongWolfe()) }

  /// The method of Davidon, Fletcher and Powell with the strong Wolfe search.
  ///
  /// The dual of BFGS, which loses to it on most problems: an eigenvalue of Hₖ
  /// that is too large is corrected slowly unless the search is nearly exact, and
  /// this one is, |φ′(t)| ≤ 0.1 |φ′(0)|.
  public static func dfp() -> Self {
    .dfp(search: StrongWolfe(curvature: 0.1))
  }
}

extension Method {
  /// BFGS with a line search of choice.
  public static func bfgs<Search: LineSearch>(
    search: Search
  ) -> Self where Self == BFGS<Search> {
    LineSearchMethod(DenseQuasiNewton(.bfgs), search: search)
  }

  /// The method of Davidon, Fletcher and Powell with a line search of choice.
  public static func dfp<Search: LineSearch>(
    search: Search
  ) -> Self where Self == BFGS<Search> {
    LineSearchMethod(DenseQuasiNewton(.dfp), search: search)
  }
}
