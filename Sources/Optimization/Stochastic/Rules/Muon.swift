internal import Foundation
public import Matrix

/// Muon: steps along the momentum of each matrix, made orthogonal.
///
///     m ← μ m + (1 − μ) g
///     d = μ m + (1 − μ) g  with Nesterov's momentum, else m
///     O = orthogonal factor of d, about
///     x ← (1 − η λ) x − η c O
///
/// All singular values of a step are about 1, so that no direction of a matrix
/// is left behind. O comes from a few steps of X ← aX + (bA + cA²) X, A = XXᵀ, from
/// X = d / (‖d‖ + ε). The coefficients are chosen for speed: they send singular
/// values from (0, 1] to about 0.7 to 1.2, not to 1.
///
/// Blocks that are not matrices take the steps of ``AdamW``.
///
/// Libraries differ. The source has m ← μ m + g, which is the same direction.
/// PyTorch is this, with the iteration in 16 bits and max(‖d‖, ε) for ‖d‖ + ε, which
/// is `epsilonPlacement: .floor`; its `match_rms_adamw` is `scale: .matchingAdamW`.
/// Optax corrects m and g for m
/// having begun at 0, which changes d with Nesterov's momentum:
/// `correctsBias: true`; its matrices are the transposes of PyTorch's, so that
/// `scale: .transposed` is its default.
///
/// - Complexity: for an m × n matrix, m ≤ n, 2m²(2n + m) flops in each of the steps
///   of the iteration; 4 reads and 3 writes beside them.
///
/// Source: Jordan et al. 2024; Liu et al. 2025, eq. (4), for `matchingAdamW`.
public struct Muon<Scalar: UpdateScalar>: UpdateRule {
  /// c, how long the step of an m × n matrix is.
  public enum Scale: String, Codable, Sendable {
    /// √max(1, m / n), where the matrix multiplies columns: m is what comes out.
    case original
    /// √max(1, n / m), where the matrix is multiplied by rows: n is what comes
    /// out.
    case transposed
    /// 0.2 √max(m, n), as long as steps of AdamW usually are.
    case matchingAdamW
    /// 1.
    case none

    func factor(_ block: ParameterLayout.Block) -> Double {
      let (m, n) = (Double(block.rows), Double(block.columns))
      return switch self {
      case .original: max(1, m / n).squareRoot()
      case .transposed: max(1, n / m).squareRoot()
      case .matchingAdamW: 0.2 * max(m, n).squareRoot()
      case .none: 1
      }
    }
  }

  /// How ε keeps the iteration from division by 0.
  public enum EpsilonPlacement: String, Codable, Sendable {
    /// It is added to the norm: ‖d‖ + ε.
    case added
    /// No norm counts as less: max(‖d‖, ε).
    case floor
  }

  /// The learning rate η.
  public let rate: LearningRate
  /// The decay μ of the momentum.
  public let momentum: Double
  /// Whether the momentum is Nesterov's.
  public let isNesterov: Bool
  /// The decay λ of the weights of matrices.
  public let decay: Double
  /// ε, which keeps the norm that the iteration begins by dividing by from 0.
  public let epsilon: Double
  /// How ε enters.
  public let epsilonPlacement: EpsilonPlacement
  /// The steps of the iteration.
  public let iterations: Int
  /// a, b and c of the iteration.
  public let coefficients: [Double]
  /// How long a step is.
  public let scale: Scale
  /// Whether momentum and gradient are corrected for m having begun at 0.
  public let correctsBias: Bool
  /// The rule for what is not a matrix.
  public let others: AdamW<Scalar>

  /// A rule with the settings of the source.
  ///
  /// - Precondition: 0 ≤ μ < 1, ε, λ ≥ 0, 1 ≤ iterations, three coefficients.
  public init(
    rate: LearningRate = 2e-2, momentum: Double = 0.95, nesterov: Bool = true,
    decay: Double = 0, epsilon: Double = 1e-7,
    epsilonPlacement: EpsilonPlacement = .added, iterations: Int = 5,
    coefficients: [Double] = [3.4445, -4.7750, 2.0315],
    scale: Scale = .original, correctsBias: Bool = false,
    others: AdamW<Scalar> = AdamW(decay: 0)
  ) {
    checkDecays(("momentum", momentum))
    checkWeightDecay(decay)
    checkEpsilon(epsilon)
    precondition(iterations >= 1, "\(iterations) iterations, less than 1")
    precondition(
      coefficients.count == 3, "\(coefficients.count) coefficients, not 3")
    self.rate = rate
    self.momentum = momentum
    self.isNesterov = nesterov
    self.decay = decay
    self.epsilon = epsilon
    self.epsilonPlacement = epsilonPlacement
    self.iterations = iterations
    self.coefficients = coefficients
    self.scale = scale
    self.correctsBias = correctsBias
    self.others = others
  }

  /// The name.
  public var name: String { "Muon" }

  /// The settings, and those of the rule for what is not a matrix.
  public var settings: [String] {
    var settings = [
      "rate \(rate)", "momentum \(momentum)", "decay \(decay)",
      "\(iterations) iterations", "scale \(scale.rawValue)",
    ]
    if !isNesterov { settings.append("not Nesterov's") }
    if correctsBias { settings.append("bias corrected") }
    if epsilonPlacement == .floor { settings.append("ε a floor") }
    let rest = others.settings.joined(separator: ", ")
    return settings + ["others by AdamW (\(rest))"]
  }

  /// The momentum, and the mean squares of what is not a matrix.
  public struct Memory: Codable, Equatable, Sendable {
    /// m, of all parameters.
    public internal(set) var mean: Vector<Scalar>
    /// The mean squares of blocks that are not matrices, one after another.
    public internal(set) var square: Vector<Scalar>
  }

  /// Scratch space.
  public struct Workspace {
    var sums: BlockSums
    let places: BlockPlaces
    var iteration: Orthogonalization<Scalar>
  }

  private func places(in layout: ParameterLayout) -> BlockPlaces {
    BlockPlaces(in: layout) { $0.isMatrix ? 0 : $0.count }
  }

  /// Moments of 0.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(
      mean: .zeros(layout.count),
      square: .zeros(places(in: layout).count))
  }

  /// Room for the iteration.
  public func makeWorkspace(for layout: ParameterLayout) -> Workspace {
    Workspace(
      sums: BlockSums(for: layout), places: places(in: layout),
      iteration: Orthogonalization(for: layout))
  }

  /// One step of Muon.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Workspace, at step: UpdateStep
  ) {
    check(x, gradient, step)
    step.checkMemory(memory.mean, x)
    precondition(
      memory.square.count == workspace.places.count,
      "the memory of \(memory.square.count) mean squares for "
        + "\(workspace.places.count)")
    let rate = rate(at: step.index) * step.rateScale
    let (ofMean, ofGradient) = direction(at: step.index)
    var index = 0
    x.write { x in
      gradient.write { g in
        memory.mean.write { m in
          memory.square.write { v in
            for k in 0..<step.blocks.count
            where step.blocks[k].block.count > 0 {
              let scaled = step.blocks[k]
              let block = scaled.block
              let start = block.offset
              let (x, g, m) = (x + start, g + start, m + start)
              guard block.isMatrix else {
                let v = v + workspace.places.place(of: block, from: &index)
                RowBlocks(block.count).forEach { _, rows in
                  let i = rows.lowerBound
                  others.step(
                    rows.count, x + i, g + i, m + i, v + i, at: step.index,
                    rateScale: step.rateScale * scaled.rateScale,
                    decayScale: scaled.decayScale)
                }
                continue
              }
              // d, and then O, take the gradient's place.
              let sum = workspace.sums.sum(block.count) { i, n in
                Scalar._muon(
                  n, g + i, m + i, momentum, 1 - momentum, ofMean, ofGradient)
              }
              let norm = sum.squareRoot()
              workspace.iteration.orthogonalize(
                g, block.rows, block.columns,
                dividingBy: epsilonPlacement == .added
                  ? norm + epsilon : max(norm, epsilon),
                coefficients, iterations)
              let rate = rate * scaled.rateScale
              let keep = 1 - rate * decay * scaled.decayScale
              RowBlocks(block.count).forEach { _, rows in
                let i = rows.lowerBound
                Scalar._decayed(
                  rows.count, x + i, g + i, rate * scale.factor(block), keep)
              }
            }
          }
        }
      }
    }
  }

  /// The parts of momentum and gradient in d.
  private func direction(
    at index: Int
  ) -> (ofMean: Double, ofGradient: Double) {
    let now = correctsBias ? 1 - power(index + 1) : 1
    guard isNesterov else { return (1 / now, 0) }
    // The next step's correction, as in NAdam.
    let next = correctsBias ? 1 - power(index + 2) : 1
    return (momentum / next, (1 - momentum) / now)
  }

  private func power(_ t: Int) -> Double { pow(momentum, Double(t)) }
}
