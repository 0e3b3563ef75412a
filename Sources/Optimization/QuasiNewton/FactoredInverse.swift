internal import Matrix

/// The dense approximation H = J Jᵀ of the inverse Hessian, kept as its factor J.
///
/// With s = xₖ₊₁ − xₖ, y = ∇f(xₖ₊₁) − ∇f(xₖ) and ρ = 1/sᵀy, either update is one
/// of rank one to J:
///
///     BFGS   J ← J − s (Jᵀw)ᵀ,            w = ρ y + Bs / √(sᵀy · sᵀBs)
///     DFP    J ← J + u (Jᵀy)ᵀ,            u = (ρ s − σ Hy) / (σ yᵀHy),
///                                         σ = 1/√(sᵀy · yᵀHy)
///
/// Before each of the first 2n updates B is made smaller if it is larger along the
/// step than f is curved, J ← √max(1, sᵀBs/sᵀy) J. One factor for all directions spares
/// steps that would each correct one: a fifth of the evaluations of published
/// problems, a third for DFP, half on quadratics. Later B has seen every direction,
/// and what it knows of one says nothing of the others.
///
/// H is positive semidefinite by its form, whatever rounding does to J, and the
/// slope of the direction is −‖Jᵀ∇f‖². The textbook's update of H itself loses
/// definiteness to rounding, and its direction may then ascend.
///
/// Nothing is solved for: the step was s = −τ H g, so that Jᵀ B s = −τ Jᵀ g is
/// known from the last direction. H begins as diag(δ²), with the magnitudes δ of
/// the variables at the start, so that their units do not matter; the first pair
/// scales it by γ = sᵀy / yᵀ diag(δ²) y before it is taken in.
///
/// Source: Davidon 1975; Brodlie, Gourlay and Greenstadt 1973, equation 2.5;
/// Nocedal and Wright 2006, equation 6.20 (γ); Al-Baali, Numerical experience with a
/// class of self-scaling quasi-Newton algorithms, 1998 (the factor).
public struct FactoredInverse: Codable, Equatable, Sendable {
  /// Which update.
  public enum Formula: String, Codable, Sendable {
    /// Broyden, Fletcher, Goldfarb and Shanno.
    case bfgs = "BFGS"
    /// Davidon, Fletcher and Powell.
    case dfp = "DFP"
  }

  /// Which update.
  public let formula: Formula
  /// Whether B is made smaller before updates.
  let isSelfScaling: Bool
  /// J without its scale σ.
  private var factor: Matrix<Double>
  /// σ, kept apart since a pass over J would be needed to multiply it in.
  private var sigma = 1.0
  /// The updates since the first pair.
  private var updates = 0
  /// p = Jᵀ g of the point where the last direction was taken.
  private var image: Vector<Double>
  /// s of the newest pair.
  private var step: Vector<Double>
  /// y of the newest pair.
  private var change: Vector<Double>
  /// sᵀy of a pair that has yet to be taken in, 0 when there is none.
  private var curvature = 0.0
  /// τ, s = −τ H g.
  private var ratio = 0.0
  /// δ, with which the first direction is −δ² g, element by element.
  private var scale: Vector<Double>
  /// Whether no pair has been seen, so that J = diag(δ), which is not stored.
  public private(set) var isInitial = true
  private var hasScale = false

  /// No pairs, and no scale yet.
  init(dimension n: Int, formula: Formula, isSelfScaling: Bool) {
    self.formula = formula
    self.isSelfScaling = isSelfScaling
    scale = .zeros(n)
    factor = .zeros(n, n)
    image = .zeros(n)
    step = .zeros(n)
    change = .zeros(n)
  }

  /// Vectors of a direction that the next does not need.
  struct Scratch {
    fileprivate var image: Vector<Double>
    fileprivate var left: Vector<Double>
    fileprivate var right: Vector<Double>

    init(dimension n: Int) {
      image = .zeros(n)
      left = .zeros(n)
      right = .zeros(n)
    }
  }

  /// Takes the magnitudes of the variables for δ, unless there is a scale.
  ///
  /// Where a variable is 0, or no more than rounding beside the largest, it is the
  /// geometric mean of the others, and 1 where all are 0.
  private mutating func setScale(_ x: Vector<Double>) {
    hasScale = true
    let smallest = 1e-12 * x.normInfinity
    var (logarithms, count) = (0.0, 0)
    for i in 0..<x.count where abs(x[i]) > smallest {
      logarithms += .log(abs(x[i]))
      count += 1
    }
    let mean = count > 0 ? Double.exp(logarithms / Double(count)) : 1
    let n = x.count
    scale.write { scale in
      x.read { x in
        for i in 0..<n {
          scale[i] = abs(x[i]) > smallest ? abs(x[i]) : mean
        }
      }
    }
  }

  /// Forgets all pairs.
  mutating func removeAll() {
    isInitial = true
    curvature = 0
  }

  /// Takes in the pair of a step along the last direction, if its curvature is
  /// positive beyond rounding.
  ///
  /// - Complexity: 8n flops; no allocation.
  mutating func append(from old: Point, to new: Point) {
    step.setDifference(new.x, old.x)
    change.setDifference(new.gradient, old.gradient)
    let sTy = step.dot(change)
    // Beside Σ |sᵢyᵢ|, which like sᵀy does not depend on the units of variables.
    let size = absoluteProduct
    guard sTy > 1e-10 * size && size.isFinite else { return }
    if isInitial {
      // γ = sᵀy / yᵀδ²y, of the variables in units of δ.
      let n = step.count
      let gamma = scale.read { scale in
        change.read { y in
          var sum = 0.0
          for i in 0..<n { sum += scale[i] * y[i] * (scale[i] * y[i]) }
          return sTy / sum
        }
      }
      guard gamma > 0 && gamma.isFinite else { return }
      let root = gamma.squareRoot()
      scale.read { scale in
        factor.write { factor in
          image.write { image in
            old.gradient.read { g in
              factor.update(repeating: 0, count: n * n)
              for i in 0..<n {
                factor[i * (n + 1)] = root * scale[i]
                image[i] = root * scale[i] * g[i]
              }
            }
          }
        }
      }
      isInitial = false
      sigma = 1
      updates = 0
      curvature = sTy
      ratio = -step.dot(old.gradient) / image.dot(image)
      return
    }
    curvature = sTy
    let square = image.dot(image)
    ratio = -step.dot(old.gradient) / square
    updates += 1
    let excess = ratio * ratio * square / sTy
    if isSelfScaling && updates <= 2 * step.count && excess > 1
      && excess.isFinite
    {
      magnify(by: excess)
    }
  }

  /// Σ |sᵢyᵢ|.
  private var absoluteProduct: Double {
    let n = step.count
    return step.read { s in
      change.read { y in
        var sum = 0.0
        for i in 0..<n { sum += abs(s[i] * y[i]) }
        return sum
      }
    }
  }

  /// H ← c H, with what is known of the last direction.
  private mutating func magnify(by c: Double) {
    sigma *= c.squareRoot()
    image.scale(by: c.squareRoot())
    ratio /= c
    guard sigma > 0x1p400 else { return }
    factor.scale(by: sigma)
    sigma = 1
  }

  /// Writes d = −H g and returns gᵀd = −‖Jᵀg‖² and ‖d‖₂.
  ///
  /// - Complexity: 6n² flops over J read once and once read and written, for
  ///   DFP read once more; no allocation.
  mutating func direction(
    at point: Point, into d: inout Vector<Double>,
    scratch: inout Scratch
  ) -> (slope: Double, length: Double) {
    let gradient = point.gradient
    guard !isInitial else {
      if !hasScale { setScale(point.x) }
      let n = d.count
      scale.read { scale in
        gradient.read { g in
          d.write { d in
            for i in 0..<n { d[i] = -scale[i] * g[i] * scale[i] }
          }
        }
      }
      return (gradient.dot(d), d.norm)
    }
    factor.multiply(gradient, transposed: true, into: &scratch.image)
    scratch.image.scale(by: sigma)
    if curvature > 0 {
      setUpdate(&scratch)
      image.setSum(
        scratch.image, scratch.right, scaledBy: scratch.left.dot(gradient))
      scratch.right.scale(by: 1 / sigma)
      factor.update(
        adding: scratch.left, scratch.right, multiplying: image, into: &d)
      curvature = 0
    } else {
      image.copy(from: scratch.image)
      factor.multiply(image, into: &d)
    }
    d.scale(by: -sigma)
    return (-image.dot(image), d.norm)
  }

  /// Writes the columns u and v of the update J + u vᵀ.
  private func setUpdate(_ scratch: inout Scratch) {
    switch formula {
    case .bfgs:
      // sᵀBs = ‖Jᵀ B s‖² = τ² pᵀp.
      let squared = ratio * ratio * image.dot(image)
      let root = 1 / (curvature * squared).squareRoot()
      scratch.left.copy(from: step)
      scratch.right.setDifference(image, scratch.image)
      scratch.right.scale(by: 1 / curvature)
      scratch.right.add(image, scaledBy: -root * ratio)
    case .dfp:
      scratch.right.setDifference(scratch.image, image)
      let squared = scratch.right.dot(scratch.right)
      let root = 1 / (curvature * squared).squareRoot()
      factor.multiply(scratch.right, into: &scratch.left)
      scratch.left.scale(by: -sigma / squared)
      scratch.left.add(step, scaledBy: 1 / (curvature * root * squared))
    }
  }
}
