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
/// The samples are kept as columns, each multiplied by its label, so that f and
/// ∇f take one pass over memory: a chunk of samples that fits the second-level
/// cache is multiplied with w, goes through the loss, and is multiplied with the
/// derivatives before the next one is read. The scratch space is the object's
/// own: evaluations allocate nothing, and one object must not be used
/// from two threads at a time.
///
/// Source: Berkson 1944; Hastie, Tibshirani and Friedman 2009, section 4.4.
public final class LogisticRegression: TwiceDifferentiableObjective {
  /// The weight λ of the penalty.
  public let penalty: Double
  /// Whether the last variable is an intercept.
  public let hasIntercept: Bool
  /// The number of samples m.
  public var sampleCount: Int { signedSamples.columns }

  /// A column yᵢ xᵢ for each sample, yᵢ (xᵢ, 1) with an intercept.
  private let signedSamples: Matrix<Double>
  /// uᵢ = yᵢ (wᵀxᵢ + b).
  private var margins: Vector<Double>
  /// ℓ′(uᵢ) for the loss ℓ(u) = log(1 + exp(−u)).
  private var slopes: Vector<Double>
  /// ℓ″(uᵢ).
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
  /// - Complexity: copies the samples.
  public init(
    samples: Matrix<Double>, labels: Vector<Double>, penalty: Double,
    intercept: Bool = true
  ) {
    precondition(
      labels.count == samples.columns && labels.count > 0,
      "\(labels.count) labels for \(samples.columns) samples")
    precondition(penalty >= 0, "a penalty of \(penalty), less than 0")
    let (d, rows) = (samples.rows, samples.rows + (intercept ? 1 : 0))
    var signed = Matrix<Double>.zeros(rows, samples.columns)
    samples.withUnsafeBufferPointer { source in
      signed.withUnsafeMutableBufferPointer { target in
        for (j, given) in labels.enumerated() {
          let label = given == 0 ? -1 : given
          precondition(
            abs(label) == 1, "label \(j) is \(given), not 0, 1 or −1")
          for i in 0..<d { target[i + j * rows] = label * source[i + j * d] }
          if intercept { target[d + j * rows] = label }
        }
      }
    }
    signedSamples = signed
    self.penalty = penalty
    hasIntercept = intercept
    margins = .zeros(labels.count)
    slopes = .zeros(labels.count)
    curvatures = .zeros(labels.count)
    current = Vector(repeating: .nan, count: rows)
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
  public var dimension: Int? { signedSamples.rows }

  /// For d variables 4dm flops for f and ∇f and for ∇²f v, d²m for ∇²f, and 40
  /// a sample for the loss.
  public var cost: ObjectiveCost {
    let (d, m) = (Double(signedSamples.rows), Double(sampleCount))
    return ObjectiveCost(
      valueAndGradient: (4 * d + 40) * m, hessian: (d + 2) * d * m,
      hessianVectorProduct: (4 * d + 1) * m)
  }

  /// Writes ∇f = 1/m Σ ℓ′(uᵢ) yᵢxᵢ + λ w and returns f.
  public func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    let scale = 1 / Double(sampleCount)
    gradient.fill(with: 0)
    var loss = 0.0
    forEachChunk { chunk in
      loss += losses(of: chunk, at: x)
      signedSamples.multiply(
        columns: chunk, slopes, alpha: scale, addingTo: &gradient)
    }
    current.copy(from: x)
    return scale * loss + 0.5 * addPenalty(x, to: &gradient)
  }

  /// Writes ∇²f = 1/m Σ ℓ″(uᵢ) xᵢxᵢᵀ + λ I, lower triangle, where the last
  /// element of the diagonal has no λ when it is the intercept's.
  ///
  /// Where f was evaluated last, the ℓ″(uᵢ) are known.
  public func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) {
    findCurvatures(at: x)
    if scaledSamples.columns == 0 {
      scaledSamples = .zeros(
        signedSamples.rows, min(sampleCount, Self.samplesPerProduct))
    }
    hessian.setWeightedSquare(
      of: signedSamples, weights: curvatures, alpha: 1 / Double(sampleCount),
      scratch: &scaledSamples)
    let (count, step) = (penalizedCount, signedSamples.rows + 1)
    hessian.withUnsafeMutableBufferPointer { hessian in
      for i in 0..<count { hessian[i * step] += penalty }
    }
  }

  /// Writes ∇²f v = 1/m Σ ℓ″(uᵢ) (xᵢᵀv) xᵢ + λ v.
  public func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) {
    findCurvatures(at: x)
    let scale = 1 / Double(sampleCount)
    product.fill(with: 0)
    forEachChunk { chunk in
      signedSamples.multiplyTransposed(columns: chunk, v, into: &margins)
      curvatures.withUnsafeBufferPointer { curvatures in
        margins.withUnsafeMutableBufferPointer { products in
          for i in chunk { products[i] *= curvatures[i] }
        }
      }
      signedSamples.multiply(
        columns: chunk, margins, alpha: scale, addingTo: &product)
    }
    _ = addPenalty(v, to: &product)
  }

  /// How many samples a symmetric product takes in one go: enough for it to run
  /// at full speed, few enough to be found in a cache by it.
  private static let samplesPerProduct = 512

  /// The variables that are penalised: all but the intercept.
  private var penalizedCount: Int {
    signedSamples.rows - (hasIntercept ? 1 : 0)
  }

  /// Adds λ w to `sum` and returns λ ‖w‖², with the w of the variables x.
  private func addPenalty(
    _ x: Vector<Double>, to sum: inout Vector<Double>
  ) -> Double {
    let (count, penalty) = (penalizedCount, penalty)
    return x.withUnsafeBufferPointer { x in
      sum.withUnsafeMutableBufferPointer { sum in
        var square = 0.0
        for i in 0..<count {
          sum[i] += penalty * x[i]
          square += x[i] * x[i]
        }
        return penalty * square
      }
    }
  }

  /// Calls `body` with ranges of samples that take 256 KiB, a part of any
  /// second-level cache.
  private func forEachChunk(_ body: (Range<Int>) -> Void) {
    let size = max(4, (1 << 15) / signedSamples.rows)
    for start in stride(from: 0, to: sampleCount, by: size) {
      body(start..<min(start + size, sampleCount))
    }
  }

  /// Finds ℓ′(uᵢ) and ℓ″(uᵢ) of a chunk of samples and returns the sum of ℓ(uᵢ).
  private func losses(of chunk: Range<Int>, at x: Vector<Double>) -> Double {
    signedSamples.multiplyTransposed(columns: chunk, x, into: &margins)
    return margins.logisticLosses(
      in: chunk, first: &slopes, second: &curvatures)
  }

  private func findCurvatures(at x: Vector<Double>) {
    guard current != x else { return }
    forEachChunk { _ = losses(of: $0, at: x) }
    current.copy(from: x)
  }
}
