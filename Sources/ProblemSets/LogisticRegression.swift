public import Matrix
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
/// samples that fits the second-level cache is multiplied with w, goes through the
/// loss, and is multiplied with the derivatives before the next one is read.
/// The scratch space is the object's own: evaluations allocate nothing, and one
/// object must not be used from two threads at a time.
///
/// Source: Berkson 1944; Hastie, Tibshirani and Friedman 2009, section 4.4.
public final class LogisticRegression: TwiceDifferentiableObjective {
  /// The weight λ of the penalty.
  public let penalty: Double
  /// Whether the last variable is an intercept.
  public let hasIntercept: Bool
  /// The number of samples m.
  public var sampleCount: Int { samples.columns }

  private let samples: Matrix<Double>
  /// yᵢ = ±1.
  private let labels: Vector<Double>
  /// zᵢ = wᵀxᵢ + b.
  private var margins: Vector<Double>
  /// The derivatives ℓᵢ′ of the losses ℓᵢ = log(1 + exp(−yᵢzᵢ)) by zᵢ.
  private var slopes: Vector<Double>
  /// ℓᵢ″.
  private var curvatures: Vector<Double>
  /// The variables that the curvatures belong to; NaN at first.
  private var current: Vector<Double>
  /// Room for a chunk of samples, empty until a Hessian is asked for.
  private var scaledSamples = Matrix<Double>.zeros(0, 0)

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
    margins = .zeros(labels.count)
    slopes = .zeros(labels.count)
    curvatures = .zeros(labels.count)
    current = Vector(
      repeating: .nan, count: samples.rows + (intercept ? 1 : 0))
  }

  /// A regression of one class of a data set against the others.
  public convenience init(
    _ data: LabeledData, class k: Int, penalty: Double, intercept: Bool = true
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
    gradient.fill(with: 0)
    var loss = 0.0
    forEachChunk { chunk in
      loss += losses(of: chunk, at: x)
      samples.multiply(
        columns: chunk, slopes, alpha: 1 / Double(sampleCount),
        addingTo: &gradient)
    }
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
    if scaledSamples.columns == 0 {
      scaledSamples = .zeros(
        current.count, min(sampleCount, Self.samplesPerProduct))
    }
    hessian.setWeightedSquare(
      of: samples, weights: curvatures, alpha: 1 / Double(sampleCount),
      scratch: &scaledSamples)
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
    product.fill(with: 0)
    forEachChunk { chunk in
      samples.multiplyTransposed(
        columns: chunk, v, adding: intercept(of: v), into: &margins)
      curvatures.withUnsafeBufferPointer { curvatures in
        margins.withUnsafeMutableBufferPointer { products in
          for i in chunk { products[i] *= curvatures[i] }
        }
      }
      samples.multiply(
        columns: chunk, margins, alpha: 1 / Double(sampleCount),
        addingTo: &product)
    }
    _ = addPenalty(v, and: margins, to: &product)
  }

  /// How many samples a symmetric product takes in one go: enough for it to run
  /// at full speed, few enough to be found in a cache by it.
  private static let samplesPerProduct = 1024

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

  /// Calls `body` with ranges of samples that take 256 KiB, a part of any
  /// second-level cache.
  private func forEachChunk(_ body: (Range<Int>) -> Void) {
    let size = max(4, (1 << 15) / max(1, samples.rows))
    for start in stride(from: 0, to: sampleCount, by: size) {
      body(start..<min(start + size, sampleCount))
    }
  }

  /// Finds ℓᵢ′ and ℓᵢ″ of a chunk of samples and returns the sum of its ℓᵢ.
  private func losses(of chunk: Range<Int>, at x: Vector<Double>) -> Double {
    samples.multiplyTransposed(
      columns: chunk, x, adding: intercept(of: x), into: &margins)
    return margins.logisticLosses(
      labels: labels, in: chunk, first: &slopes, second: &curvatures)
  }

  private func findCurvatures(at x: Vector<Double>) {
    guard current != x else { return }
    forEachChunk { _ = losses(of: $0, at: x) }
    current.copy(from: x)
  }
}
