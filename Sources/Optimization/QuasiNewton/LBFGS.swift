/// The limited-memory quasi-Newton method of Nocedal,
/// x ← x − t Hₖ ∇f(x), with the directions of ``LimitedMemoryBFGS``.
///
/// The first step is −∇f scaled to length at most 1; later ones begin with t = 1.
/// When rounding spoils the direction, or the search finds nothing along it, the
/// pairs are forgotten and the step is tried once more along −∇f.
///
/// - Complexity: a step takes the evaluations of its search, mostly one, and
///   about 8mn flops; nothing is allocated once m pairs are stored.
///
/// Source: Nocedal 1980; Liu and Nocedal 1989.
public typealias LBFGS<Search: LineSearch> =
  LineSearchMethod<LimitedMemoryBFGS, Search>

extension LineSearchMethod where Direction == LimitedMemoryBFGS {
  /// L-BFGS with m pairs.
  ///
  /// - Precondition: 1 ≤ m ≤ 50; more pairs cost more than they gain.
  public init(memory: Int, search: Search) {
    self.init(LimitedMemoryBFGS(memory: memory), search: search)
  }

  /// The number m of pairs kept.
  public var memory: Int { direction.memory }
}

extension Method where Self == LBFGS<StrongWolfe> {
  /// L-BFGS with the strong Wolfe search and m pairs, 10 unless told.
  public static func lbfgs(memory: Int = 10) -> Self {
    LBFGS(memory: memory, search: StrongWolfe())
  }
}

extension Method {
  /// L-BFGS with a line search of choice.
  public static func lbfgs<Search: LineSearch>(
    memory: Int = 10, search: Search
  ) -> Self where Self == LBFGS<Search> {
    LBFGS(memory: memory, search: search)
  }
}
