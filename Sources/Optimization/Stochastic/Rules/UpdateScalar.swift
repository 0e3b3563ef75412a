internal import CBLAS
public import Matrix

/// A floating-point type that the fused kernels of update rules are written for:
/// `Float` or `Double`.
///
/// Each requirement is one pass over n elements, in place; none of them checks
/// anything. Hyperparameters come as `Double` and are rounded to the type once.
public protocol UpdateScalar: BLASScalar {
  /// m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
  /// x ← (1 − decay) x − rate m / (√v / rootScale + ε).
  static func _adam(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ beta1: Double, _ beta2: Double, _ rate: Double, _ rootScale: Double,
    _ epsilon: Double, _ decay: Double)
}

extension Double: UpdateScalar {
  /// One pass of the C kernel.
  public static func _adam(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ beta1: Double, _ beta2: Double, _ rate: Double, _ rootScale: Double,
    _ epsilon: Double, _ decay: Double
  ) {
    update_adam_double(
      n, x, g, m, v, beta1, beta2, rate, rootScale, epsilon, decay)
  }
}

extension Float: UpdateScalar {
  /// One pass of the C kernel.
  public static func _adam(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ beta1: Double, _ beta2: Double, _ rate: Double, _ rootScale: Double,
    _ epsilon: Double, _ decay: Double
  ) {
    update_adam_float(
      n, x, g, m, v, beta1, beta2, rate, rootScale, epsilon, decay)
  }
}
