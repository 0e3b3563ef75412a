internal import Foundation
public import Matrix

/// The logistic loss of two classes, f(x) = c Σᵢ log(1 + exp(−yᵢ aᵢᵀx)), as an
/// objective, without a penalty.
///
/// aᵢᵀ are the m rows of A, yᵢ = ±1. c is 1, or 1/m where the losses are averaged.
/// With an intercept there is one variable more, the last, whose column of A is all
/// ones; exclude it from penalties.
///
///     let f = LogisticObjective(a, y, averaged: true, intercept: true)
///     let solution = minimize(
///       f + 0.01 * .l1(excluding: [a.columns]), from: .zeros(a.columns + 1))
///
/// φ*(u) = c Σ p log p + (1 − p) log(1 − p) for p = −yᵢuᵢ / c in [0, 1], else ∞. A is
/// kept transposed, so that f and ∇f take one pass over it. The scratch space is the
/// object's own: on one thread evaluations allocate nothing, and two threads must
/// not call one object at a time.
///
/// - Complexity: f and ∇f 4mn + 40m flops, ∇²f mn², a product ∇²f v 4mn.
///
/// Source: Hastie, Tibshirani and Wainwright 2015, section 3.2.
public final class LogisticObjective: TwiceDifferentiableObjective,
  ConjugateObjective
{
  /// Whether the last variable is an intercept.
  public let hasIntercept: Bool
  /// Aᵀ, with a row of ones at its end where there is an intercept.
  let samples: Matrix<Double>
  let labels: Vector<Double>
  /// c.
  let weight: Double
  /// The first and second derivatives of the losses by aᵢᵀx.
  private var slopes: Vector<Double>
  private var curvatures: Vector<Double>
  /// The variables that they belong to; NaN at first.
  private var current: Vector<Double>
  private var terms: Vector<Double>
  private var unused: Vector<Double>
  private var sweep: ColumnSweep
  private var square: WeightedSquare?

  /// c Σᵢ log(1 + exp(−yᵢ aᵢᵀx)).
  ///
  /// - Parameters:
  ///   - a: m×n, a row for each sample.
  ///   - labels: ±1, or 0 and 1, for each sample.
  ///   - averaged: whether c is 1/m, not 1.
  ///   - intercept: whether there is a variable more.
  /// - Precondition: as many labels as rows of A, at least one; no other labels than
  ///   these.
  /// - Complexity: O(mn): A is copied.
  public init(
    _ a: Matrix<Double>, _ labels: Vector<Double>, averaged: Bool = false,
    intercept: Bool = false
  ) {
    precondition(
      labels.count == a.rows && a.rows > 0,
      "\(labels.count) labels for \(a.rows) rows")
    hasIntercept = intercept
    samples = (intercept ? a.withOnes : a).transposed
    self.labels = Vector(count: labels.count) { i in
      let label = labels[i]
      precondition(
        label == 0 || abs(label) == 1, "label \(i) is \(label), not 0, 1 or −1")
      return label == 0 ? -1 : label
    }
    weight = averaged ? 1 / Double(a.rows) : 1
    let (m, n) = (samples.columns, samples.rows)
    slopes = .zeros(m)
    curvatures = .zeros(m)
    terms = .zeros(m)
    unused = .zeros(n)
    current = Vector(repeating: .nan, count: n)
    sweep = ColumnSweep(rows: n, columns: m)
  }

  /// n, and 1 for the intercept.
  public var dimension: Int? { samples.rows }

  /// m.
  public var imageCount: Int { samples.columns }

  /// 4mn flops for f and ∇f and for ∇²f v, mn² for ∇²f, and 40 a sample for the
  /// loss.
  public var cost: ObjectiveCost {
    let (n, m) = (Double(samples.rows), Double(samples.columns))
    return ObjectiveCost(
      valueAndGradient: (4 * n + 40) * m, hessian: (n + 2) * n * m,
      hessianVectorProduct: (4 * n + 1) * m)
  }

  /// Writes c Σ ℓᵢ′ aᵢ and returns f.
  public func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    current.copy(from: x)
    return weight
      * sweep.logisticLosses(
        of: samples, at: x, labels: labels, slopes: &slopes,
        curvatures: &curvatures, alpha: weight, gradient: &gradient)
  }

  /// Writes c Σ ℓᵢ″ aᵢaᵢᵀ, lower triangle.
  public func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>)
  {
    findDerivatives(at: x)
    if square == nil {
      square = WeightedSquare(of: samples, order: samples.rows)
    }
    square?.form(
      of: samples, weights: curvatures, alpha: weight, into: &hessian)
  }

  /// Writes c Σ ℓᵢ″ (aᵢᵀv) aᵢ.
  public func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) {
    findDerivatives(at: x)
    sweep.weightedProduct(
      of: samples, weights: curvatures, v, alpha: weight, terms: &terms,
      into: &product)
  }

  private func findDerivatives(at x: Vector<Double>) {
    guard current != x else { return }
    _ = valueAndGradient(at: x, into: &unused)
  }

  /// Writes c ℓᵢ′.
  public func imageGradient(
    at x: Vector<Double>, into u: inout Vector<Double>
  ) {
    findDerivatives(at: x)
    u.copy(from: slopes)
    u.scale(by: weight)
  }

  /// Writes Aᵀu.
  public func transposedProduct(
    of u: Vector<Double>, into y: inout Vector<Double>
  ) {
    samples.multiply(u, into: &y)
  }

  /// c Σ p log p + (1 − p) log(1 − p), p = −yᵢuᵢ / c.
  public func imageConjugate(at u: Vector<Double>) -> Double {
    var sum = 0.0
    for i in 0..<u.count {
      let p = -labels[i] * u[i] / weight
      guard p >= 0 && p <= 1 else { return p.isNaN ? .nan : .infinity }
      if p > 0 { sum += p * log(p) }
      if p < 1 { sum += (1 - p) * log1p(-p) }
    }
    return weight * sum
  }

  /// Subtracts W B (BᵀWB)⁻¹ Bᵀu, with B the columns that no penalty counts and W the
  /// ℓᵢ″.
  ///
  /// It is a step of Newton's method in these variables, and changes little what is
  /// next to the limits of p.
  public func adjust(
    _ u: inout Vector<Double>, at x: Vector<Double>, against free: [Int]
  ) -> Bool {
    findDerivatives(at: x)
    let b = Matrix(rows: samples.columns, columns: free.count) {
      samples[free[$1], $0]
    }
    return removeImage(of: b, weights: curvatures, from: &u)
  }
}
