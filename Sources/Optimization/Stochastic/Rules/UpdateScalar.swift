public import Matrix

/// A floating-point type that the fused kernels of update rules are written for:
/// `Float` or `Double`.
///
/// Each requirement is one pass over n elements, in place; none of them checks
/// anything. Hyperparameters come as `Double` and are rounded to the type once.
/// Sums are taken in double.
public protocol UpdateScalar: BLASScalar {
  /// x ← x − rate g.
  static func _gradient(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ rate: Double)

  /// v ← momentum v + gain g, x ← x − rate v.
  static func _momentum(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ v: UnsafeMutablePointer<Self>, _ momentum: Double, _ gain: Double,
    _ rate: Double)

  /// v ← momentum v + gain g, x ← x − rate (gain g + momentum v).
  static func _nesterov(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ v: UnsafeMutablePointer<Self>, _ momentum: Double, _ gain: Double,
    _ rate: Double)

  /// s ← s + g², x ← x − rate g / (√(s + inside) + outside).
  static func _adagrad(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ s: UnsafeMutablePointer<Self>, _ rate: Double, _ inside: Double,
    _ outside: Double)

  /// s ← decay s + (1 − decay) g², x ← x − rate g / (√(s + inside) + outside).
  static func _rmsprop(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ s: UnsafeMutablePointer<Self>, _ decay: Double, _ rate: Double,
    _ inside: Double, _ outside: Double)

  /// As `_rmsprop`, with m ← decay m + (1 − decay) g and s − m² for s.
  static func _rmspropCentred(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ s: UnsafeMutablePointer<Self>, _ m: UnsafeMutablePointer<Self>,
    _ decay: Double, _ rate: Double, _ inside: Double, _ outside: Double)

  /// As `_rmsprop`, its step w in v ← momentum v + gain w, x ← x − rate v.
  static func _rmspropMomentum(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ s: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ decay: Double, _ momentum: Double, _ gain: Double, _ rate: Double,
    _ inside: Double, _ outside: Double)

  /// Both `_rmspropCentred` and `_rmspropMomentum`.
  static func _rmspropCentredMomentum(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ s: UnsafeMutablePointer<Self>, _ m: UnsafeMutablePointer<Self>,
    _ v: UnsafeMutablePointer<Self>, _ decay: Double, _ momentum: Double,
    _ gain: Double, _ rate: Double, _ inside: Double, _ outside: Double)

  /// s ← decay s + (1 − decay) g², d = √(u + ε) / √(s + ε) g,
  /// u ← decay u + (1 − decay) d², x ← x − rate d.
  static func _adadelta(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ s: UnsafeMutablePointer<Self>, _ u: UnsafeMutablePointer<Self>,
    _ decay: Double, _ rate: Double, _ epsilon: Double)

  /// m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
  /// x ← keep x − rate m / (√v / rootScale + ε).
  static func _adam(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ beta1: Double, _ beta2: Double, _ rate: Double, _ rootScale: Double,
    _ epsilon: Double, _ keep: Double)

  /// The moments of `_adam`, w ← max(w, squareScale v),
  /// x ← x − rate m / (√w / rootScale + ε).
  static func _amsgrad(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ w: UnsafeMutablePointer<Self>, _ beta1: Double, _ beta2: Double,
    _ rate: Double, _ squareScale: Double, _ rootScale: Double,
    _ epsilon: Double)

  /// m ← β₁ m + (1 − β₁) g, u ← max(β₂ u, |g| + ε), x ← x − rate m / u.
  static func _adamax(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ u: UnsafeMutablePointer<Self>,
    _ beta1: Double, _ beta2: Double, _ rate: Double, _ epsilon: Double)

  /// The moments of `_adam`,
  /// x ← x − (rateOfMean m + rateOfGradient g) / (√v / rootScale + ε).
  static func _nadam(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ beta1: Double, _ beta2: Double, _ rateOfMean: Double,
    _ rateOfGradient: Double, _ rootScale: Double, _ epsilon: Double)

  /// m as in `_adam`, v ← v − (1 − β₂) sign(v − g²) g²,
  /// x ← x − rate m / (√v / rootScale + ε).
  static func _yogi(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ beta1: Double, _ beta2: Double, _ rate: Double, _ rootScale: Double,
    _ epsilon: Double)

  /// x ← keep x − rate sign(β₁ m + (1 − β₁) g), m ← β₂ m + (1 − β₂) g.
  static func _lion(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ beta1: Double, _ beta2: Double,
    _ rate: Double, _ keep: Double)

  /// Steps d that grow where g and p agree in sign and shrink where they do not,
  /// where g counts as 0; x ← x − scale d sign(g), p ← g.
  static func _rprop(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ p: UnsafeMutablePointer<Self>, _ d: UnsafeMutablePointer<Self>,
    _ shrink: Double, _ grow: Double, _ least: Double, _ most: Double,
    _ scale: Double)

  /// As `_rprop`, but where the signs differ the last change w is taken back.
  static func _rpropReverting(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ p: UnsafeMutablePointer<Self>, _ d: UnsafeMutablePointer<Self>,
    _ w: UnsafeMutablePointer<Self>, _ shrink: Double, _ grow: Double,
    _ least: Double, _ most: Double, _ scale: Double)

  /// Σ x², in double.
  static func _squareSum(
    _ n: Int, _ x: UnsafePointer<Self>
  ) -> Double

  /// x ← keep x − rate u.
  static func _decayed(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ u: UnsafePointer<Self>,
    _ rate: Double, _ keep: Double)

  /// The moments of `_adam`, g ← meanScale m / (√v / rootScale + ε) + decay x,
  /// and in `sums` Σ x² and Σ g² of the new g.
  static func _lamb(
    _ n: Int, _ x: UnsafePointer<Self>, _ g: UnsafeMutablePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ beta1: Double, _ beta2: Double, _ meanScale: Double, _ rootScale: Double,
    _ epsilon: Double, _ decay: Double, _ sums: UnsafeMutablePointer<Double>)

  /// rows ← rows + g² + ε for a column g; Σ (g² + ε).
  static func _adafactorSums(
    _ n: Int, _ g: UnsafePointer<Self>, _ rows: UnsafeMutablePointer<Self>,
    _ epsilon: Double
  ) -> Double

  /// g ← g · factor · rows for a column g; Σ g² of the new g.
  static func _adafactorScale(
    _ n: Int, _ g: UnsafeMutablePointer<Self>, _ rows: UnsafePointer<Self>,
    _ factor: Double
  ) -> Double

  /// g ← g / √max(factor · rows, floor) for a column g; Σ g² of the new g.
  static func _adafactorFloor(
    _ n: Int, _ g: UnsafeMutablePointer<Self>, _ rows: UnsafePointer<Self>,
    _ factor: Double, _ floor: Double
  ) -> Double

  /// v ← beta v + (1 − beta) (g² + ε), g ← g / √max(v, floor);
  /// Σ g² of the new g.
  static func _adafactorVector(
    _ n: Int, _ g: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ beta: Double, _ epsilon: Double, _ floor: Double
  ) -> Double

  /// m ← momentum m + gain g, g ← ofMean m + ofGradient g; Σ g² of the new g.
  static func _muon(
    _ n: Int, _ g: UnsafeMutablePointer<Self>, _ m: UnsafeMutablePointer<Self>,
    _ momentum: Double, _ gain: Double, _ ofMean: Double, _ ofGradient: Double
  ) -> Double
}
