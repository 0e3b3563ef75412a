public import Matrix

/// A set over which a linear function is minimised in closed form: its linear
/// minimisation oracle.
///
///     s = argmin gᵀs   over the set
///
/// It is its own indicator, a ``Penalty`` that is 0 in it and ∞ outside. A penalty
/// that is no such set does not compile with ``ConditionalGradient``.
///
/// The oracle bounds how far f can fall: where f is convex,
///
///     f(x) − f* ≤ ∇f(x)ᵀ(x − s),
///
/// which is the gap of Frank and Wolfe, 0 where x is stationary and only there.
public protocol CompactSet: Penalty {
  /// Writes s = argmin gᵀs, an extreme point of the set; elements are infinite
  /// where the set is unbounded that way.
  ///
  /// - Precondition: two vectors of equal counts.
  func minimizeLinear(
    _ gradient: Vector<Double>, into vertex: inout Vector<Double>)
}

/// A set with finitely many vertices, whose faces are known.
///
/// Away steps and pairwise steps leave vertices of the smallest face that x is in;
/// no list of vertices, of which x would be a mean, is needed for that.
public protocol Polytope: CompactSet {
  /// Writes argmax gᵀv over the vertices of the smallest face that x is in.
  ///
  /// - Precondition: three vectors of equal counts.
  func maximizeLinear(
    _ gradient: Vector<Double>, onFaceOf x: Vector<Double>,
    into vertex: inout Vector<Double>)

  /// The largest t for which x + t d is in the set.
  ///
  /// - Precondition: two vectors of equal counts.
  func reach(
    from x: Vector<Double>, along direction: Vector<Double>
  ) -> Double

  /// Moves x on the faces that it is at to rounding.
  func snap(_ x: inout Vector<Double>)
}

extension CompactSet {
  /// ∇f(x)ᵀ(x − s), and s.
  ///
  /// - Complexity: the oracle and 3n flops.
  func linearGap(
    at x: Vector<Double>, gradient: Vector<Double>,
    vertex: inout Vector<Double>
  ) -> Double {
    minimizeLinear(gradient, into: &vertex)
    let n = x.count
    return x.read { x in
      gradient.read { g in
        vertex.read { s in
          var sum = 0.0
          // A derivative of 0 adds nothing, if s is infinite.
          for j in 0..<n where g[j] != 0 { sum += g[j] * (x[j] - s[j]) }
          return sum
        }
      }
    }
  }
}

/// A composite problem whose penalty is a set with an oracle.
public protocol SetProblem: CompositeProblem {
  /// The set.
  var set: any CompactSet { get }
}

extension CompositeObjective: SetProblem where P: CompactSet {
  /// The set.
  public var set: any CompactSet { term }
}

extension TwiceDifferentiableCompositeObjective: SetProblem
where P: CompactSet {
  /// The set.
  public var set: any CompactSet { term }
}

extension Method where Problem == any SetProblem {
  /// An evaluator of f and ∇f on a set.
  public func evaluator(for problem: any SetProblem) -> Evaluator {
    Evaluator(problem)
  }
}
