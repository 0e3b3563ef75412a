internal import CBLAS
public import Matrix
public import Optimization

/// A linear model of samples as a sum of losses: least squares, or logistic
/// regression.
///
///     f(w, b) = 1/N Σᵢ ℓ(wᵀxᵢ + b; tᵢ) + λ/2 ‖w‖²
///
/// The variables are w and, where there is an intercept, last b, which is not
/// penalised. The samples are in memory, or in a file of which a part at a time is:
/// f and ∇f are the same bits either way, for the same batch.
///
/// The scratch space is the object's own: evaluations allocate nothing, and two
/// threads must not call one object at a time.
///
/// - Complexity: for d features 4d flops a sample of a batch for f and ∇f, and for
///   ∇²f v.
public final class LinearSum: FiniteSum {
  /// What is summed of z = wᵀx + b and the target t.
  public enum Loss: String, Codable, CaseIterable, Sendable {
    /// ℓ = ½ (z − t)².
    case squares
    /// ℓ = log(1 + exp(−y z)), y = 1 for t = 1 and −1 for t = 0 or −1.
    case logistic
  }

  /// What is summed.
  public let loss: Loss
  /// The weight λ.
  public let penalty: Double
  /// Whether the last variable is an intercept.
  public let hasIntercept: Bool

  private let reader: SampleReader
  private let terms: Scratch
  private let curvatures: Scratch
  private let labels: Scratch
  static let pieceLength = 256

  /// A model of the samples of a data set.
  ///
  /// - Parameters:
  ///   - data: the samples; the targets of logistic regression are two classes, or
  ///     numbers 0 and 1, or −1 and 1.
  ///   - loss: what is summed.
  ///   - penalty: the weight λ.
  ///   - intercept: whether there is a b.
  /// - Precondition: there is a sample, λ ≥ 0, and targets are as above.
  public convenience init(
    _ data: DataSet, loss: Loss, penalty: Double = 0, intercept: Bool = true
  ) {
    let targets = data.numbers
    if loss == .logistic {
      for i in 0..<targets.count {
        precondition(
          targets[i] == 0 || abs(targets[i]) == 1,
          "target \(i) is \(targets[i]), not 0, 1 or −1")
      }
    }
    self.init(
      SampleReader(
        samples: data.samples,
        targets: Matrix(
          rows: 1, columns: data.count, columnMajor: Array(targets)),
        pieceLength: Self.pieceLength),
      loss, penalty, intercept)
  }

  /// A model of the samples of a file, of which a part at a time is in memory.
  ///
  /// - Parameters:
  ///   - file: the samples with one target each; for logistic regression one that is
  ///     not 0, 1 or −1 makes f NaN.
  ///   - loss: what is summed.
  ///   - penalty: the weight λ.
  ///   - intercept: whether there is a b.
  /// - Precondition: one target for a sample, λ ≥ 0.
  /// - Throws: a ``SampleFileError`` where the file cannot be read.
  public convenience init(
    _ file: SampleFile, loss: Loss, penalty: Double = 0, intercept: Bool = true
  ) throws(SampleFileError) {
    self.init(
      try SampleReader(file, pieceLength: Self.pieceLength), loss, penalty,
      intercept)
  }

  private init(
    _ reader: SampleReader, _ loss: Loss, _ penalty: Double, _ intercept: Bool
  ) {
    precondition(
      reader.targetCount == 1, "\(reader.targetCount) targets of a sample")
    precondition(penalty >= 0, "a penalty of \(penalty), less than 0")
    self.reader = reader
    self.loss = loss
    self.penalty = penalty
    hasIntercept = intercept
    terms = Scratch(Self.pieceLength)
    curvatures = Scratch(Self.pieceLength)
    labels = Scratch(Self.pieceLength)
  }

  /// The number of variables: d, and 1 for the intercept.
  public var dimension: Int? { reader.featureCount + (hasIntercept ? 1 : 0) }
  /// The number of samples N.
  public var sampleCount: Int { reader.sampleCount }
  /// The samples of a part that is read at once; nil where all are in memory.
  public var chunkLength: Int? { reader.chunkLength }

  /// For d features 4dN flops for f and ∇f and for ∇²f v, and some for the loss.
  public var cost: ObjectiveCost {
    let (d, n) = (Double(reader.featureCount), Double(sampleCount))
    let each = loss == .logistic ? 40.0 : 4
    return ObjectiveCost(
      valueAndGradient: (4 * d + each) * n,
      hessianVectorProduct: (8 * d + each) * n)
  }

  /// Writes the mean of the terms' gradients over a batch, and returns that of the
  /// terms.
  ///
  /// - Throws: a ``SampleFileError`` where samples of a file cannot be read.
  public func valueAndGradient(
    at x: Vector<Double>, of batch: Batch, into gradient: inout Vector<Double>
  ) throws -> Double {
    check(x)
    check(gradient)
    let (d, count) = (reader.featureCount, Double(batch.count))
    var sum = 0.0
    try x.read { w in
      try gradient.write { g in
        g.update(repeating: 0, count: x.count)
        try reader.forEachPiece(of: batch) { samples, targets, n, _ in
          sum += lose(w, samples, targets, n)
          kernel_columns_add(samples, d, n, terms.start, g)
          if hasIntercept { for i in 0..<n { g[d] += terms.start[i] } }
        }
        for i in 0..<x.count { g[i] /= count }
        var square = 0.0
        for i in 0..<d {
          g[i] += penalty * w[i]
          square += w[i] * w[i]
        }
        sum = sum / count + 0.5 * penalty * square
      }
    }
    return sum
  }

  /// Writes ∇²f v over all samples.
  ///
  /// - Throws: a ``SampleFileError`` where samples of a file cannot be read.
  public func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    check(x)
    check(v)
    check(product)
    let (d, count) = (reader.featureCount, Double(sampleCount))
    try x.read { w in
      try v.read { v in
        try product.write { h in
          h.update(repeating: 0, count: x.count)
          try reader.forEachPiece(of: Batch(0..<sampleCount)) {
            samples, targets, n, _ in
            if loss == .logistic { _ = lose(w, samples, targets, n) }
            kernel_columns_dot(
              samples, d, n, v, hasIntercept ? v[d] : 0, terms.start)
            if loss == .logistic {
              for i in 0..<n { terms.start[i] *= curvatures.start[i] }
            }
            kernel_columns_add(samples, d, n, terms.start, h)
            if hasIntercept { for i in 0..<n { h[d] += terms.start[i] } }
          }
          for i in 0..<x.count { h[i] /= count }
          for i in 0..<d { h[i] += penalty * v[i] }
        }
      }
    }
  }

  /// Returns the sum of the losses of n samples; their derivatives by z become the
  /// terms.
  private func lose(
    _ w: UnsafePointer<Double>, _ samples: UnsafePointer<Double>,
    _ targets: UnsafePointer<Double>, _ n: Int
  ) -> Double {
    let d = reader.featureCount
    let (z, labels) = (terms.start, labels.start)
    kernel_columns_dot(samples, d, n, w, hasIntercept ? w[d] : 0, z)
    switch loss {
    case .squares:
      var sum = 0.0
      for i in 0..<n {
        z[i] -= targets[i]
        sum += z[i] * z[i]
      }
      return 0.5 * sum
    case .logistic:
      for i in 0..<n {
        let t = targets[i]
        labels[i] = t == 1 ? 1 : t == 0 || t == -1 ? -1 : .nan
      }
      return kernel_logistic_losses(z, labels, n, z, curvatures.start)
    }
  }

  private func check(_ vector: Vector<Double>) {
    let count = reader.featureCount + (hasIntercept ? 1 : 0)
    precondition(
      vector.count == count, "\(vector.count) numbers for \(count) variables")
  }
}
