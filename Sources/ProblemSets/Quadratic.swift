import Foundation
public import Matrix
public import Optimization
public import RandomNumbers

/// The strictly convex quadratic f(x) = ½ xᵀA x − bᵀx.
///
/// A is dense, symmetric, with known eigenvalues; the minimiser is known.
public struct Quadratic: TwiceDifferentiableObjective, Sendable {
  /// A, in its lower triangle.
  public let matrix: Matrix<Double>
  /// b = A x*.
  public let linear: Vector<Double>
  /// The minimiser x*.
  public let minimizer: Vector<Double>

  /// How eigenvalues are spread between the smallest and the largest.
  public enum Spectrum: String, Codable, Sendable {
    /// In equal steps: λᵢ = 1 + (κ − 1) i/(n − 1).
    case arithmetic
    /// In equal ratios: λᵢ = κ^(i/(n−1)).
    case geometric

    /// n eigenvalues from 1 to κ.
    public func eigenvalues(_ n: Int, condition: Double) -> Vector<Double> {
      Vector(count: n) { i in
        let share = n > 1 ? Double(i) / Double(n - 1) : 0
        return switch self {
        case .arithmetic: 1 + (condition - 1) * share
        case .geometric: pow(condition, share)
        }
      }
    }
  }

  /// A random quadratic of n variables with condition number κ.
  ///
  /// A = Q Λ Qᵀ, where Λ holds eigenvalues from 1 to κ and Q is the product of
  /// three random Householder reflections: enough to make A dense, at O(n²)
  /// flops instead of the O(n³) of a random orthogonal matrix. The minimiser
  /// is random, with normal elements.
  ///
  /// - Precondition: n ≥ 1 and κ ≥ 1.
  /// - Complexity: about 20n² flops.
  ///
  /// Source: the reflections as in Higham 2002, section 28.3.
  public init(
    dimension n: Int, condition: Double, spectrum: Spectrum = .geometric,
    using generator: inout SplitMix64
  ) {
    precondition(
      n >= 1 && condition >= 1,
      "\(n) variables with a condition number of \(condition)")
    var a = Matrix.diagonal(spectrum.eigenvalues(n, condition: condition))
    var p = Vector<Double>.zeros(n)
    for _ in 0..<3 {
      var v = Vector(count: n) { _ in generator.nextNormal() }
      v.scale(by: 1 / v.norm)
      // (I − 2vvᵀ) A (I − 2vvᵀ) = A − 2(v wᵀ + w vᵀ) with w = p − (vᵀp) v and
      // p = A v.
      a.symmetricMultiply(v, into: &p)
      p.add(v, scaledBy: -v.dot(p))
      a.symmetricRankTwoUpdate(v, p, alpha: -2)
    }
    matrix = a
    minimizer = Vector(count: n) { _ in generator.nextNormal() }
    var b = Vector<Double>.zeros(n)
    a.symmetricMultiply(minimizer, into: &b)
    linear = b
  }

  /// The number of variables n.
  public var dimension: Int? { matrix.rows }

  /// The standard start, 0.
  public var start: Vector<Double> { .zeros(matrix.rows) }

  /// The least value, −½ bᵀx*.
  public var minimum: Double { -0.5 * linear.dot(minimizer) }

  /// 2n² flops for f and ∇f and for A v; none for ∇²f, which is copied.
  public var cost: ObjectiveCost {
    let n = Double(matrix.rows)
    return ObjectiveCost(
      valueAndGradient: 2 * n * n + 5 * n, hessian: 0,
      hessianVectorProduct: 2 * n * n)
  }

  /// Writes ∇f = A x − b and returns f = ½ xᵀ(∇f − b).
  public func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    matrix.symmetricMultiply(x, into: &gradient)
    gradient.add(linear, scaledBy: -1)
    return 0.5 * (x.dot(gradient) - x.dot(linear))
  }

  /// Copies A.
  public func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) {
    hessian.copy(from: matrix)
  }

  /// Writes A v.
  public func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) {
    matrix.symmetricMultiply(v, into: &product)
  }
}
