public import Matrix
public import Optimization

/// Tells two classes apart by the widest margin between them.
///
///     min ½ ‖w‖² + C Σ max(0, 1 − yᵢ f(xᵢ)),   f(x) = wᵀφ(x) + b
///
/// It is found by the dual, a quadratic program in a number αᵢ for each sample:
///
///     min ½ αᵀQ α − Σ α   where   yᵀα = 0,   0 ≤ α ≤ C,   Qᵢⱼ = yᵢ yⱼ k(xᵢ, xⱼ)
///
/// so that f(x) = Σ αᵢ yᵢ k(xᵢ, x) + b, a sum over those with αᵢ > 0, the support
/// vectors. b is minus the multiplier of the equality. The certificate of the dual and
/// the ``dualityGap`` say how good the answer is, whatever found it.
///
///     let machine = try SupportVectorClassifier(
///       learning: scale(train), kernel: .gaussian(gamma: 1.0 / 30))
///     print(machine.isVerified, machine.accuracy(on: scale(test)))
///
/// - Complexity: of learning from m samples, n = m variables: the kernel's m² values and
///   what the quadratic program takes, some ten factorizations of m³/3 flops; 8m² bytes
///   for each of a few matrices. Meant for some thousand samples at most.
///
/// Source: Cortes and Vapnik, Support-vector networks, Machine Learning 20, 1995.
public struct SupportVectorClassifier: Sendable {
  /// k.
  public let kernel: Kernel
  /// C, what a violation of the margin costs.
  public let cost: Double
  /// The names of the classes with f < 0 and f > 0.
  public let classNames: [String]
  /// The solution of the dual, with α as its x and its certificate.
  public let dual: QuadraticSolution
  /// The samples with α > 0, features × vectors.
  public let supportVectors: Matrix<Double>
  /// αᵢ yᵢ of the support vectors.
  public let coefficients: Vector<Double>
  /// b.
  public let intercept: Double
  /// ½ ‖w‖² + C Σ max(0, 1 − yᵢ f(xᵢ)).
  public let primalValue: Double

  /// Learns from samples of two classes; the second is the one with f > 0.
  ///
  /// Features should be of like size; ``Standardization`` makes them so.
  ///
  /// - Parameters:
  ///   - data: the samples.
  ///   - kernel: their similarity.
  ///   - cost: C.
  ///   - method: how the quadratic program is solved.
  /// - Throws: `QuadraticProgramError` where a feature is not a finite number.
  /// - Precondition: the targets are two classes, each with a sample, C > 0, and γ > 0
  ///   where the kernel has one.
  public init(
    learning data: DataSet, kernel: Kernel = .linear, cost: Double = 1,
    using method: some QuadraticMethod = .automatic()
  ) throws(QuadraticProgramError) {
    precondition(
      data.classNames.count == 2,
      "\(data.classNames.count) classes, where two can be told apart")
    precondition(
      Set(data.classes).count == 2, "no sample of one of the two classes")
    precondition(
      cost > 0 && cost.isFinite, "a cost of \(cost), which has to be above 0")
    if case .gaussian(let gamma) = kernel {
      precondition(
        gamma > 0 && gamma.isFinite,
        "γ of \(gamma), which has to be above 0")
    }
    let signs = data.labels(of: 1)
    let m = data.count
    let similarity = kernel(data.samples, data.samples)
    let program = try QuadraticProgram(
      hessian: Matrix(rows: m, columns: m) {
        signs[$0] * signs[$1] * similarity[$0, $1]
      }, gradient: Vector(repeating: -1, count: m),
      subjectTo: [
        .rows(Matrix(rows: 1, columns: m) { signs[$1] }, equalTo: [0])
      ], within: Self.box(cost, count: m))
    let dual = minimize(program, using: method)

    // Where αᵢ is between its bounds, (Q α)ᵢ − 1 = λ yᵢ, that is yᵢ (f(xᵢ) − b) − 1 =
    // λ yᵢ, while the sample is on the margin, yᵢ f(xᵢ) = 1: hence b = −λ. Where no αᵢ
    // is, every λ that the signs allow is a multiplier, and its b optimal.
    let intercept = -dual.multipliers[0]
    let weights = Vector(count: m) { dual.x[$0] * signs[$0] }
    let values = similarity * weights
    let violation = (0..<m).reduce(0.0) {
      $0 + max(0, 1 - signs[$1] * (values[$1] + intercept))
    }
    self.kernel = kernel
    self.cost = cost
    self.dual = dual
    self.intercept = intercept
    classNames = data.classNames
    primalValue = 0.5 * weights.dot(values) + cost * violation
    // What the solver leaves of an α at its bound 0 is no support.
    let vectors = (0..<m).filter { dual.x[$0] > 1e-8 * cost }
    supportVectors = data.samples(at: vectors).samples
    coefficients = Vector(vectors.map { weights[$0] })
  }

  private static func box(_ cost: Double, count m: Int) -> Bounds {
    do {
      return try Bounds(0...cost, count: m)
    } catch { preconditionFailure("\(error)") }
  }
}

// MARK: Answers

extension SupportVectorClassifier {
  /// The primal value minus the dual one: how far from the optimum it can be at
  /// most.
  public var dualityGap: Double { primalValue + dual.value }

  /// Whether the dual's certificate confirms that it was solved.
  public var isVerified: Bool { dual.certificate.finding == .optimal }

  /// f(x) for each sample, above 0 for the second class.
  ///
  /// - Precondition: as many features as were learnt from.
  /// - Complexity: 2ds flops a sample, for d features and s support vectors.
  public func decisions(for samples: Matrix<Double>) -> Vector<Double> {
    var values = kernel(samples, supportVectors) * coefficients
    for i in 0..<values.count { values[i] += intercept }
    return values
  }

  /// For each sample the index of its class in ``classNames``.
  ///
  /// - Precondition: as many features as were learnt from.
  public func classes(of samples: Matrix<Double>) -> [Int] {
    decisions(for: samples).map { $0 > 0 ? 1 : 0 }
  }

  /// The part of the samples whose class is told right.
  ///
  /// - Precondition: the classes are those that were learnt, and there is a sample.
  public func accuracy(on data: DataSet) -> Double {
    precondition(
      data.classNames == classNames,
      "the classes \(data.classNames), learnt from \(classNames)")
    precondition(data.count > 0, "the accuracy on no samples")
    let right = zip(classes(of: data.samples), data.classes).count {
      $0 == $1
    }
    return Double(right) / Double(data.count)
  }
}
