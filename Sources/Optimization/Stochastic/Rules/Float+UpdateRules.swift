internal import CBLAS
public import Matrix

extension Float: UpdateScalar {
  /// One pass of the C kernel.
  public static func _gradient(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ rate: Double
  ) {
    update_gradient_float(
      n, x, g, rate)
  }

  /// One pass of the C kernel.
  public static func _momentum(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ v: UnsafeMutablePointer<Self>, _ momentum: Double, _ gain: Double,
    _ rate: Double
  ) {
    update_momentum_float(
      n, x, g, v, momentum, gain, rate)
  }

  /// One pass of the C kernel.
  public static func _nesterov(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ v: UnsafeMutablePointer<Self>, _ momentum: Double, _ gain: Double,
    _ rate: Double
  ) {
    update_nesterov_float(
      n, x, g, v, momentum, gain, rate)
  }

  /// One pass of the C kernel.
  public static func _adagrad(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ s: UnsafeMutablePointer<Self>, _ rate: Double, _ inside: Double,
    _ outside: Double
  ) {
    update_adagrad_float(
      n, x, g, s, rate, inside, outside)
  }

  /// One pass of the C kernel.
  public static func _rmsprop(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ s: UnsafeMutablePointer<Self>, _ decay: Double, _ rate: Double,
    _ inside: Double, _ outside: Double
  ) {
    update_rmsprop_float(
      n, x, g, s, decay, rate, inside, outside)
  }

  /// One pass of the C kernel.
  public static func _rmspropCentred(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ s: UnsafeMutablePointer<Self>, _ m: UnsafeMutablePointer<Self>,
    _ decay: Double, _ rate: Double, _ inside: Double, _ outside: Double
  ) {
    update_rmsprop_centred_float(
      n, x, g, s, m, decay, rate, inside, outside)
  }

  /// One pass of the C kernel.
  public static func _rmspropMomentum(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ s: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ decay: Double, _ momentum: Double, _ gain: Double, _ rate: Double,
    _ inside: Double, _ outside: Double
  ) {
    update_rmsprop_momentum_float(
      n, x, g, s, v, decay, momentum, gain, rate, inside, outside)
  }

  /// One pass of the C kernel.
  public static func _rmspropCentredMomentum(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ s: UnsafeMutablePointer<Self>, _ m: UnsafeMutablePointer<Self>,
    _ v: UnsafeMutablePointer<Self>, _ decay: Double, _ momentum: Double,
    _ gain: Double, _ rate: Double, _ inside: Double, _ outside: Double
  ) {
    update_rmsprop_centred_momentum_float(
      n, x, g, s, m, v, decay, momentum, gain, rate, inside, outside)
  }

  /// One pass of the C kernel.
  public static func _adadelta(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ s: UnsafeMutablePointer<Self>, _ u: UnsafeMutablePointer<Self>,
    _ decay: Double, _ rate: Double, _ epsilon: Double
  ) {
    update_adadelta_float(
      n, x, g, s, u, decay, rate, epsilon)
  }

  /// One pass of the C kernel.
  public static func _adam(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ beta1: Double, _ beta2: Double, _ rate: Double, _ rootScale: Double,
    _ epsilon: Double, _ keep: Double
  ) {
    update_adam_float(
      n, x, g, m, v, beta1, beta2, rate, rootScale, epsilon, keep)
  }

  /// One pass of the C kernel.
  public static func _amsgrad(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ w: UnsafeMutablePointer<Self>, _ beta1: Double, _ beta2: Double,
    _ rate: Double, _ squareScale: Double, _ rootScale: Double,
    _ epsilon: Double
  ) {
    update_amsgrad_float(
      n, x, g, m, v, w, beta1, beta2, rate, squareScale, rootScale, epsilon)
  }

  /// One pass of the C kernel.
  public static func _adamax(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ u: UnsafeMutablePointer<Self>,
    _ beta1: Double, _ beta2: Double, _ rate: Double, _ epsilon: Double
  ) {
    update_adamax_float(
      n, x, g, m, u, beta1, beta2, rate, epsilon)
  }

  /// One pass of the C kernel.
  public static func _nadam(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ beta1: Double, _ beta2: Double, _ rateOfMean: Double,
    _ rateOfGradient: Double, _ rootScale: Double, _ epsilon: Double
  ) {
    update_nadam_float(
      n, x, g, m, v, beta1, beta2, rateOfMean, rateOfGradient, rootScale,
      epsilon)
  }

  /// One pass of the C kernel.
  public static func _yogi(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ beta1: Double, _ beta2: Double, _ rate: Double, _ rootScale: Double,
    _ epsilon: Double
  ) {
    update_yogi_float(
      n, x, g, m, v, beta1, beta2, rate, rootScale, epsilon)
  }

  /// One pass of the C kernel.
  public static func _lion(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ beta1: Double, _ beta2: Double,
    _ rate: Double, _ keep: Double
  ) {
    update_lion_float(
      n, x, g, m, beta1, beta2, rate, keep)
  }

  /// One pass of the C kernel.
  public static func _rprop(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ p: UnsafeMutablePointer<Self>, _ d: UnsafeMutablePointer<Self>,
    _ shrink: Double, _ grow: Double, _ least: Double, _ most: Double,
    _ scale: Double
  ) {
    update_rprop_float(
      n, x, g, p, d, shrink, grow, least, most, scale)
  }

  /// One pass of the C kernel.
  public static func _rpropReverting(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>,
    _ p: UnsafeMutablePointer<Self>, _ d: UnsafeMutablePointer<Self>,
    _ w: UnsafeMutablePointer<Self>, _ shrink: Double, _ grow: Double,
    _ least: Double, _ most: Double, _ scale: Double
  ) {
    update_rprop_reverting_float(
      n, x, g, p, d, w, shrink, grow, least, most, scale)
  }

  /// One pass of the C kernel.
  public static func _squareSum(
    _ n: Int, _ x: UnsafePointer<Self>
  ) -> Double {
    update_square_sum_float(
      n, x)
  }

  /// One pass of the C kernel.
  public static func _decayed(
    _ n: Int, _ x: UnsafeMutablePointer<Self>, _ u: UnsafePointer<Self>,
    _ rate: Double, _ keep: Double
  ) {
    update_decayed_float(
      n, x, u, rate, keep)
  }

  /// One pass of the C kernel.
  public static func _lamb(
    _ n: Int, _ x: UnsafePointer<Self>, _ g: UnsafeMutablePointer<Self>,
    _ m: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ beta1: Double, _ beta2: Double, _ meanScale: Double, _ rootScale: Double,
    _ epsilon: Double, _ decay: Double, _ sums: UnsafeMutablePointer<Double>
  ) {
    update_lamb_float(
      n, x, g, m, v, beta1, beta2, meanScale, rootScale, epsilon, decay, sums)
  }

  /// One pass of the C kernel.
  public static func _adafactorSums(
    _ n: Int, _ g: UnsafePointer<Self>, _ rows: UnsafeMutablePointer<Self>,
    _ epsilon: Double
  ) -> Double {
    update_adafactor_sums_float(
      n, g, rows, epsilon)
  }

  /// One pass of the C kernel.
  public static func _adafactorScale(
    _ n: Int, _ g: UnsafeMutablePointer<Self>, _ rows: UnsafePointer<Self>,
    _ factor: Double
  ) -> Double {
    update_adafactor_scale_float(
      n, g, rows, factor)
  }

  /// One pass of the C kernel.
  public static func _adafactorFloor(
    _ n: Int, _ g: UnsafeMutablePointer<Self>, _ rows: UnsafePointer<Self>,
    _ factor: Double, _ floor: Double
  ) -> Double {
    update_adafactor_floor_float(
      n, g, rows, factor, floor)
  }

  /// One pass of the C kernel.
  public static func _adafactorVector(
    _ n: Int, _ g: UnsafeMutablePointer<Self>, _ v: UnsafeMutablePointer<Self>,
    _ beta: Double, _ epsilon: Double, _ floor: Double
  ) -> Double {
    update_adafactor_vector_float(
      n, g, v, beta, epsilon, floor)
  }

  /// One pass of the C kernel.
  public static func _muon(
    _ n: Int, _ g: UnsafeMutablePointer<Self>, _ m: UnsafeMutablePointer<Self>,
    _ momentum: Double, _ gain: Double, _ ofMean: Double, _ ofGradient: Double
  ) -> Double {
    update_muon_float(
      n, g, m, momentum, gain, ofMean, ofGradient)
  }
}
