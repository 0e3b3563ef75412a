/// Everything that the next step of a run depends on.
///
/// Two runs with equal states go on equally, bit for bit. No time is in it, so
/// that a run and its repetition have equal states.
public struct RunState<Memory: Codable & Equatable & Sendable>: Codable,
  Equatable, Sendable
{
  /// The current point.
  public internal(set) var point: Point
  /// What the method carries from step to step.
  public internal(set) var memory: Memory
  /// The steps taken.
  public internal(set) var iteration = 0
  /// ‖∇f(x)‖∞, NaN where the method evaluates no gradient.
  public internal(set) var gradientNorm: Double {
    get { knownGradientNorm ?? .nan }
    set { knownGradientNorm = newValue.unlessNaN }
  }
  private var knownGradientNorm: Double?
  /// ‖∇f(x₀)‖∞, NaN likewise.
  public internal(set) var initialGradientNorm: Double {
    get { knownInitialNorm ?? .nan }
    set { knownInitialNorm = newValue.unlessNaN }
  }
  private var knownInitialNorm: Double?
  /// ‖P r‖ / ‖r‖ of a least-squares problem, NaN for others.
  public internal(set) var relativeOffset: Double {
    get { offset ?? .nan }
    set { offset = newValue.unlessNaN }
  }
  private var offset: Double?
  /// By how much constraints are violated, at most; 0 where there are none.
  public internal(set) var infeasibility: Double {
    get { knownInfeasibility ?? .nan }
    set { knownInfeasibility = newValue.unlessNaN }
  }
  private var knownInfeasibility: Double? = 0
  /// The extent of the simplex, nil for methods without one.
  public internal(set) var simplex: SimplexExtent?
  /// Whether f and ∇f of the point are those of a batch of samples alone.
  public internal(set) var isEstimated = false
  /// The value before the last step.
  public internal(set) var previousValue = Double.nan
  /// The length of the last step along its direction.
  public internal(set) var stepLength = 0.0
  /// The Euclidean norm of the last step.
  public internal(set) var stepNorm = 0.0
  /// How often a saddle or maximum was left along negative curvature.
  public internal(set) var saddlesLeft = 0
  /// The noise of f, once the run has met it.
  public internal(set) var noise: NoiseFloor?
  /// What methods had to say before the driver made them start again.
  var earlierNotes: [String] = []
  /// What the run has cost.
  public internal(set) var counts = Counts()

  init(point: Point, memory: Memory) {
    self.point = point
    self.memory = memory
  }

  /// Whether f and, where there is one, ∇f are finite.
  var isDefined: Bool {
    point.value.isFinite
      && (gradientNorm.isFinite || simplex != nil || isEstimated)
  }

  /// Whether constraints, if there are any, hold to 10⁻⁶.
  var isFeasible: Bool { infeasibility <= 1e-6 }

  /// What the driver has done beside the method's steps, in sentences.
  var notes: [String] {
    var notes: [String] = []
    if saddlesLeft == 1 {
      notes.append("a saddle was left along negative curvature")
    } else if saddlesLeft > 1 {
      notes.append("\(saddlesLeft) saddles were left along negative curvature")
    }
    if let noise, noise.isBeyondRounding {
      notes.append(
        "f has noise of \(noise.level.rounded(digits: 2)), so that steps were "
          + "judged by gradients from \(noise.foundAt) steps on")
    }
    return notes
  }

  func progress(seconds: Double) -> Progress {
    Progress(
      iteration: iteration, point: point, gradientNorm: gradientNorm,
      relativeOffset: relativeOffset, infeasibility: infeasibility,
      simplex: simplex,
      stepLength: stepLength, stepNorm: stepNorm, counts: counts,
      seconds: seconds)
  }
}

extension Double {
  /// The number, or nil for NaN, which is not equal to itself: states are
  /// compared.
  fileprivate var unlessNaN: Double? { isNaN ? nil : self }
}
