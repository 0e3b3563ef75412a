internal import Foundation
public import Matrix

/// Adafactor: mean squares of a matrix's gradients from those of its rows and
/// columns, so that n × m parameters need n + m numbers.
///
///     β = 1 − t^(−c),    t = 1, 2, …
///     r ← β r + (1 − β) mean of each row of (g² + ε₁)
///     s ← β s + (1 − β) mean of each column of (g² + ε₁)
///     v = r sᵀ / mean(r);    of a vector v ← β v + (1 − β) (g² + ε₁)
///     u = g / √v
///     x ← (1 − λ) x − ρ max(ε₂, RMS(x)) u / max(1, RMS(u) / d)
///
/// The rate ρ is relative to the size of the parameters, RMS(x), the root of
/// their mean square; the default is the paper's min(10⁻², 1 / √t).
/// `scalesByParameters: false` makes it absolute.
///
/// Libraries differ. Optax multiplies by a rate that it is given, and factors
/// matrices from 128 rows and columns on. PyTorch has no ε₁ in the mean squares
/// but max(v, ε₁²) under the root, with ε₁ the spacing of numbers at 1:
/// `epsilonPlacement: .floor, epsilon1: .ulpOfOne`; its rate is min(lr, 1 / √t),
/// `.inverseSquareRoot(from: 1).atMost(lr)`, and its decay lr times λ.
///
/// - Complexity: for matrices 3 passes, 5 reads and 3 writes of n numbers. The
///   norms have the same bits on any number of threads.
///
/// Source: Shazeer and Stern 2018, algorithms 4 and 5; without their β₁, which
/// would need as much memory as the parameters.
public struct Adafactor<Scalar: UpdateScalar>: UpdateRule {
  /// How ε₁ keeps the step from division by 0.
  public enum EpsilonPlacement: String, Codable, Sendable {
    /// It is added to squared gradients.
    case squares
    /// No mean square counts as less than ε₁², and no mean of them as less than
    /// ε₁ where it is divided by.
    case floor
  }

  /// The relative rate ρ.
  public let rate: LearningRate
  /// c, by which the decay β approaches 1.
  public let exponent: Double
  /// ε₁, which bounds the step where gradients are near 0.
  public let epsilon1: Double
  /// ε₂, the least size that parameters count as.
  public let epsilon2: Double
  /// How ε₁ enters.
  public let epsilonPlacement: EpsilonPlacement
  /// d, which the root mean square of a block's step is clipped to.
  public let clipping: Double
  /// Whether the rate is relative to the size of the parameters.
  public let scalesByParameters: Bool
  /// The decay λ of the weights, which is not multiplied by the rate.
  public let decay: Double

  /// A rule with the settings of the paper.
  ///
  /// - Precondition: c > 0, d > 0, ε₁, ε₂ ≥ 0, 0 ≤ λ.
  public init(
    rate: LearningRate = .inverseSquareRoot(from: 1).atMost(1e-2),
    exponent: Double = 0.8, epsilon1: Double = 1e-30, epsilon2: Double = 1e-3,
    epsilonPlacement: EpsilonPlacement = .squares, clipping: Double = 1,
    scalesByParameters: Bool = true, decay: Double = 0
  ) {
    precondition(exponent > 0, "an exponent of \(exponent), not above 0")
    precondition(clipping > 0, "clipping to \(clipping), not above 0")
    checkEpsilon(epsilon1, "ε₁")
    checkEpsilon(epsilon2, "ε₂")
    checkWeightDecay(decay)
    self.rate = rate
    self.exponent = exponent
    self.epsilon1 = epsilon1
    self.epsilon2 = epsilon2
    self.epsilonPlacement = epsilonPlacement
    self.clipping = clipping
    self.scalesByParameters = scalesByParameters
    self.decay = decay
  }

  /// The name.
  public var name: String { "Adafactor" }

  /// The settings, and what is not the paper's form.
  public var settings: [String] {
    var settings = [
      "rate \(rate)", "exponent \(exponent)", "ε₁ \(epsilon1)",
      "ε₂ \(epsilon2)", "clipping \(clipping)",
    ]
    if epsilonPlacement == .floor { settings.append("ε₁ a floor") }
    if !scalesByParameters { settings.append("absolute rate") }
    if decay != 0 { settings.append("decay \(decay)") }
    return settings
  }

  /// The mean squares of rows and columns.
  public struct Memory: Codable, Equatable, Sendable {
    /// For each block r and s one after the other, or v if it is a vector.
    public internal(set) var squares: Vector<Scalar>
  }

  /// Scratch space.
  public struct Workspace {
    var sums: BlockSums
    let places: BlockPlaces
    /// Sums over each row, then factors of each.
    var rows: Vector<Scalar>
    /// Sums over each column.
    var columns: [Double]
  }

  private func places(in layout: ParameterLayout) -> BlockPlaces {
    BlockPlaces(in: layout) {
      $0.isMatrix ? $0.rows + $0.columns : $0.count
    }
  }

  /// Mean squares of 0.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(squares: .zeros(places(in: layout).count))
  }

  /// Room for sums.
  public func makeWorkspace(for layout: ParameterLayout) -> Workspace {
    let matrices = layout.blocks.filter(\.isMatrix)
    return Workspace(
      sums: BlockSums(for: layout), places: places(in: layout),
      rows: .zeros(matrices.map(\.rows).max() ?? 0),
      columns: Array(
        repeating: 0, count: matrices.map(\.columns).max() ?? 0))
  }

  /// One step of Adafactor.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Workspace, at step: UpdateStep
  ) {
    check(x, gradient, step)
    precondition(
      memory.squares.count == workspace.places.count,
      "the memory of \(memory.squares.count) mean squares for "
        + "\(workspace.places.count)")
    let beta = 1 - pow(Double(step.index + 1), -exponent)
    let rate = rate(at: step.index) * step.rateScale
    var index = 0
    x.write { x in
      gradient.write { g in
        memory.squares.write { squares in
          for k in 0..<step.blocks.count where step.blocks[k].block.count > 0 {
            let scaled = step.blocks[k]
            let block = scaled.block
            let n = block.count
            let (x, g) = (x + block.offset, g + block.offset)
            let squares =
              squares + workspace.places.place(of: block, from: &index)
            var size = 1.0
            if scalesByParameters {
              let sum = workspace.sums.sum(n) { i, n in
                Scalar._squareSum(n, x + i)
              }
              // Of NaN as of what is too small; NaN is in x already.
              size = max(epsilon2, (sum / Double(n)).squareRoot())
            }
            // u takes the gradient's place.
            let sum =
              block.isMatrix
              ? scaleMatrix(block, g, squares, beta, &workspace)
              : scaleVector(n, g, squares, beta, &workspace.sums)
            let excess = (sum / Double(n)).squareRoot() / clipping
            let length = rate * scaled.rateScale * size / max(1, excess)
            let keep = 1 - decay * scaled.decayScale
            RowBlocks(n).forEach { _, rows in
              let i = rows.lowerBound
              Scalar._decayed(rows.count, x + i, g + i, length, keep)
            }
          }
        }
      }
    }
  }

  /// g ← g / √v of a vector; Σ g² of the new g.
  private func scaleVector(
    _ n: Int, _ g: UnsafeMutablePointer<Scalar>,
    _ squares: UnsafeMutablePointer<Scalar>, _ beta: Double,
    _ sums: inout BlockSums
  ) -> Double {
    let isFloor = epsilonPlacement == .floor
    let added = isFloor ? 0 : epsilon1
    let floor = isFloor ? epsilon1 * epsilon1 : 0
    return sums.sum(n) { i, n in
      Scalar._adafactorVector(n, g + i, squares + i, beta, added, floor)
    }
  }

  /// g ← g / √v of a matrix; Σ g² of the new g.
  private func scaleMatrix(
    _ block: ParameterLayout.Block, _ g: UnsafeMutablePointer<Scalar>,
    _ squares: UnsafeMutablePointer<Scalar>, _ beta: Double,
    _ workspace: inout Workspace
  ) -> Double {
    let (m, n) = (block.rows, block.columns)
    let isFloor = epsilonPlacement == .floor
    let (r, s) = (squares, squares + m)
    return workspace.rows.write { rows in
      workspace.columns.withUnsafeMutableBufferPointer { columns in
        let columns = columns.baseAddress!
        // On one thread, since every column adds to the sums of the rows.
        for i in 0..<m { rows[i] = 0 }
        for j in 0..<n {
          let sum = Scalar._adafactorSums(
            m, g + j * m, rows, isFloor ? 0 : epsilon1)
          s[j] = Scalar(
            beta * Double(s[j]) + (1 - beta) * (sum / Double(m)))
        }
        var total = 0.0
        for i in 0..<m {
          let square =
            beta * Double(r[i]) + (1 - beta) * (Double(rows[i]) / Double(n))
          r[i] = Scalar(square)
          total += square
        }
        let mean = total / Double(m)
        // The two factors apart: in float their product may be 0.
        if !isFloor {
          for i in 0..<m {
            rows[i] = Scalar((mean / Double(r[i])).squareRoot())
          }
        }
        RowBlocks(n, length: max(1, (1 << 17) / m)).forEach { _, part in
          for j in part {
            columns[j] =
              isFloor
              ? Scalar._adafactorFloor(
                m, g + j * m, r, Double(s[j]) / max(mean, epsilon1),
                epsilon1 * epsilon1)
              : Scalar._adafactorScale(
                m, g + j * m, rows, 1 / Double(s[j]).squareRoot())
          }
        }
        var sum = 0.0
        for j in 0..<n { sum += columns[j] }
        return sum
      }
    }
  }
}
