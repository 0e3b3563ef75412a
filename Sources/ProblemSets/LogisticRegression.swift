public import Matrix
public import Models
public import Optimization

/// Logistic regression with an L2 penalty, for two classes.
///
///     f(w, b) = 1/m Σᵢ log(1 + exp(−yᵢ (wᵀxᵢ + b))) + λ/2 ‖w‖²
///
/// over m samples xᵢ of d features with labels yᵢ = ±1. The variables are w
/// and, where there is an intercept, last b, which is not penalised. f is
/// convex; with λ > 0 and samples of both classes it has one minimiser.
///
/// Samples are columns, so that f and ∇f take one pass over memory: a chunk of
/// samples that fits a cache is multiplied with w, goes through the loss, and is
/// multiplied with the derivatives before the next one is read. Up to
/// `Threads.maximum` threads share the samples of a large data set, by blocks
/// whose sums are added in order: f, ∇f and ∇²f v are the same bits on any
/// number of them, and so is ∇²f up to order 512. The scratch space is the
/// object's own: on one thread evaluations allocate nothing, and two threads must
/// not call one object at a time.
///
/// Source: Berkson 1944; Hastie, Tibshirani and Friedman 2009, section 4.4.
public final class LogisticRegression: TwiceDifferentiableObjective {
  /// The weight λ of the penalty.
  public let penalty: Double
  /// Whether the last variable is an intercept.
  public let hasIntercept: Bool
  /// The number of samples m.
  public var sampleCount: Int { samples.columns }

  let samples: Matrix<Double>
  /// yᵢ = ±1.
  let labels: Vector<Double>
  /// The derivatives ℓᵢ′ of the losses ℓᵢ = log(1 + exp(−yᵢzᵢ)) by zᵢ = wᵀxᵢ + b.
  private var slopes: Vector<Double>
  /// ℓᵢ″.
  private var curvatures: Vector<Double>
  /// The variables that the curvatures belong to; NaN at first.
  private var current: Vector<Double>
  /// ℓᵢ″ zᵢ of a product, and what a gradient that nobody asked for is written to.
  private var terms: Vector<Double>
  private var unused: Vector<Double>
  private var sweep: ColumnSweep
  // Nil until a Hessian is asked for. A lazy variable would be copied out and in.
  private var square: WeightedSquare?

  /// A regression on the columns of `samples`.
  ///
  /// - Parameters:
  ///   - samples: d×m, a column for each sample.
  ///   - labels: ±1, or 0 and 1, for each sample.
  ///   - penalty: the weight λ.
  ///   - intercept: whether there is a b.
  /// - Precondition: as many labels as samples, at least one; λ ≥ 0; no other
  ///   labels than these.
  /// - Complexity: O(m + d); the samples are shared, not copied.
  public init(
    samples: Matrix<Double>, labels: Vector<Double>, penalty: Double,
    intercept: Bool = true
  ) {
    precondition(
      labels.count == samples.columns && labels.count > 0,
      "\(labels.count) labels for \(samples.columns) samples")
    precondition(penalty >= 0, "a penalty of \(penalty), less than 0")
    self.samples = samples
    self.labels = Vector(count: labels.count) { i in
      let label = labels[i]
      precondition(
        label == 0 || abs(label) == 1, "label \(i) is \(label), not 0, 1 or −1")
      return label == 0 ? -1 : label
    }
    self.penalty = penalty
    hasIntercept = intercept
    slopes = .zeros(labels.count)
    curvatures = .zeros(labels.count)
    terms = .zeros(labels.count)
    sweep = ColumnSweep(rows: samples.rows, columns: samples.columns)
    current = Vector(
      repeating: .nan, count: samples.rows + (intercept ? 1 : 0))
    unused = .zeros(current.count)
  }

  /// A regression of one class of a data set against the others.
  public convenience init(
    _ data: DataSet, class k: Int, penalty: Double, intercept: Bool = true
  ) {
    self.init(
      samples: data.samples, labels: data.labels(of: k), penalty: penalty,
      intercept: intercept)
  }

  /// The number of variables: d, and 1 for the intercept.
  public var dimension: Int? { current.count }

  /// For d features 4dm flops for f and ∇f and for ∇²f v, d²m for ∇²f, and 40
  /// a sample for the loss.
  public var cost: ObjectiveCost {
    let (d, m) = (Double(samples.rows), Double(sampleCount))
    return ObjectiveCost(
      valueAndGradient: (4 * d + 40) * m, hessian: (d + 2) * d * m,
      hessianVectorProduct: (4 * d + 1) * m)
  }

  /// Writes ∇f, which is 1/m Σ ℓᵢ′ xᵢ + λ w by w and 1/m Σ ℓᵢ′ by b, and returns
  /// f.
  public func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    let loss = sweep.logisticLosses(
      of: samples, at: x, adding: intercept(of: x), labels: labels,
      slopes: &slopes, curvatures: &curvatures, alpha: 1 / Double(sampleCount),
      gradient: &gradient)
    current.copy(from: x)
    return loss / Double(sampleCount)
      + 0.5 * addPenalty(x, and: slopes, to: &gradient)
  }

  /// Writes ∇²f = 1/m Σ ℓᵢ″ (xᵢ, 1)(xᵢ, 1)ᵀ, lower triangle, plus λ on the
  /// diagonal of the w.
  ///
  /// Where f was evaluated last, the ℓᵢ″ are known.
  public func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) {
    findCurvatures(at: x)
    if square == nil {
      square = WeightedSquare(of: samples, order: current.count)
    }
    square?.form(
      of: samples, weights: curvatures, alpha: 1 / Double(sampleCount),
      into: &hessian)
    let (d, step) = (samples.rows, current.count + 1)
    hessian.withUnsafeMutableBufferPointer { hessian in
      for i in 0..<d { hessian[i * step] += penalty }
    }
  }

  /// Writes ∇²f v, which is 1/m Σ ℓᵢ″ zᵢ xᵢ + λ v by w and 1/m Σ ℓᵢ″ zᵢ by b, with
  /// zᵢ = vᵀ(xᵢ, 1).
  public func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) {
    findCurvatures(at: x)
    sweep.weightedProduct(
      of: samples, weights: curvatures, v, adding: intercept(of: v),
      alpha: 1 / Double(sampleCount), terms: &terms, into: &product)
    _ = addPenalty(v, and: terms, to: &product)
  }

  private func intercept(of x: Vector<Double>) -> Double {
    hasIntercept ? x[samples.rows] : 0
  }

  /// Completes a derivative to which the samples have added their parts.
  ///
  /// Adds λ w by the w of x and the mean of `terms` by b. Returns λ ‖w‖².
  private func addPenalty(
    _ x: Vector<Double>, and terms: Vector<Double>,
    to sum: inout Vector<Double>
  ) -> Double {
    let (d, penalty) = (samples.rows, penalty)
    let mean = hasIntercept ? terms.sum / Double(sampleCount) : 0
    return x.withUnsafeBufferPointer { x in
      sum.withUnsafeMutableBufferPointer { sum in
        var square = 0.0
        for i in 0..<d {
          sum[i] += penalty * x[i]
          square += x[i] * x[i]
        }
        if d < sum.count { sum[d] = mean }
        return penalty * square
      }
    }
  }

  /// Finds ℓᵢ″, in a pass that takes as long without the gradient as with it.
  private func findCurvatures(at x: Vector<Double>) {
    guard current != x else { return }
    _ = valueAndGradient(at: x, into: &unused)
  }
}
