internal import Matrix

/// The examination of the curvature along the variables that bounds leave free.
///
/// Variables that a bound holds with a multiplier beyond doubt are left out: along
/// these f rises already, along the others it has to curve upwards. Those at a
/// bound whose multiplier may as well be 0 can go inwards only. They are free first:
/// a minimum among more directions than there are is one. Where it is none, they
/// are held; and what the first look has found downhill counts if it leads inwards,
/// or its opposite does. What is left is for higher derivatives to decide.
///
/// Source: Nocedal and Wright 2006, section 12.5 (critical cone).
struct FaceExamination {
  /// Where f and ∇f of the point came from.
  var evaluator: Evaluator
  let point: Point
  let bounds: Bounds?
  /// Typical magnitudes of the variables.
  let units: Vector<Double>?
  let examining: Verification.Curvature

  /// The verdict on a stationary point.
  mutating func classify(_ active: ActiveBounds?) -> Examination.Finding {
    guard bounds != nil || units != nil else {
      return examine(evaluator.objective, at: point, box: nil)
    }
    let weak = active?.weak ?? []
    let held = active?.elements.map(\.index) ?? []
    let strict = Set(held).subtracting(weak)
    let wide = examineFace(without: strict)
    guard !weak.isEmpty else { return wide }
    switch wide.classification {
    case .minimum, .notExamined, .undefined, .inconsistent: return wide
    default: break
    }
    if let way = wide.negativeCurvature, leadsInwards(way, weak) { return wide }
    var narrow = examineFace(without: strict.union(weak))
    if narrow.classification == .minimum { narrow.classification = .degenerate }
    return narrow
  }

  /// Whether the direction or its opposite stays within the bounds of the weakly
  /// held variables.
  private func leadsInwards(_ way: NegativeCurvature, _ weak: [Int]) -> Bool {
    guard let bounds else { return true }
    let inward = weak.map { i in
      point.x[i] <= bounds.lower[i] ? way.direction[i] : -way.direction[i]
    }
    return inward.allSatisfy { $0 >= 0 } || inward.allSatisfy { $0 <= 0 }
  }

  private mutating func examineFace(
    without held: Set<Int>
  ) -> Examination.Finding {
    let n = point.dimension
    let face = RescaledObjective(
      of: evaluator.objective, within: bounds,
      units: units ?? Vector(repeating: 1, count: n),
      free: (0..<n).filter { !held.contains($0) }, at: point.x)
    var finding = examine(face, at: face.restrict(point), box: face.box)
    finding.negativeCurvature = finding.negativeCurvature.map(face.original)
    return finding
  }

  private mutating func examine(
    _ objective: any DifferentiableObjective, at center: Point, box: Bounds?
  ) -> Examination.Finding {
    let second = examining == .never ? nil : objective.withSecondDerivatives
    guard
      let route = examining.route(
        dimension: center.dimension, hasHessian: second != nil)
    else { return Examination.Finding(classification: .notExamined) }
    var own = second.map { Evaluator($0) } ?? Evaluator(objective)
    own.counts = evaluator.counts
    own.failure = evaluator.failure
    var examination = Examination(
      evaluator: own, center: center, accuracy: objective.gradientAccuracy,
      box: box)
    let finding = examination.classify(by: route)
    evaluator.counts = examination.evaluator.counts
    evaluator.failure = examination.evaluator.failure
    return finding
  }
}
