public import Matrix

/// A point x with the value and the gradient of the objective there.
///
/// Points are made by the ``Evaluator`` alone, so that the three cannot
/// disagree.
public struct Point: Codable, Equatable, Sendable {
  /// The variables.
  public internal(set) var x: Vector<Double>
  /// f(x); NaN where f is undefined.
  public internal(set) var value: Double
  /// ∇f(x); empty where the method needs values alone.
  public internal(set) var gradient: Vector<Double>

  /// A place for a point of n variables, with f yet to be evaluated.
  init(dimension n: Int) {
    x = .zeros(n)
    value = .nan
    gradient = .zeros(n)
  }

  /// The point x, with f yet to be evaluated.
  init(_ x: Vector<Double>) {
    self.x = x
    value = .nan
    gradient = .zeros(x.count)
  }

  /// The number of variables.
  public var dimension: Int { x.count }
}
