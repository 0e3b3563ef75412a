public import RealModule

extension Variable: RealFunctions {
  /// The error function, 2/√π ∫₀ˣ exp(−t²) dt.
  @inlinable
  public static func erf(_ x: Variable) -> Variable {
    record(.erf, x, .erf(x.storedValue))
  }

  /// 1 − erf x, without cancellation.
  @inlinable
  public static func erfc(_ x: Variable) -> Variable {
    record(.erfc, x, .erfc(x.storedValue))
  }

  /// 2ˣ.
  @inlinable
  public static func exp2(_ x: Variable) -> Variable {
    record(.exp2, x, .exp2(x.storedValue))
  }

  /// Γ(x), with Γ′ = Γ ψ.
  @inlinable
  public static func gamma(_ x: Variable) -> Variable {
    record(.gamma, x, .gamma(x.storedValue))
  }

  /// The logarithm to base 2.
  @inlinable
  public static func log2(_ x: Variable) -> Variable {
    record(.log2, x, .log2(x.storedValue))
  }

  /// The logarithm to base 10.
  @inlinable
  public static func log10(_ x: Variable) -> Variable {
    record(.log10, x, .log10(x.storedValue))
  }

  /// 10ˣ, the power of a constant.
  @inlinable
  public static func exp10(_ x: Variable) -> Variable {
    pow(Variable(10), x)
  }

  /// The angle of the point (x, y).
  @inlinable
  public static func atan2(y: Variable, x: Variable) -> Variable {
    record(.atan2, y, x, .atan2(y: y.storedValue, x: x.storedValue))
  }

  /// √(x² + y²) without overflow; its derivative at the origin is 0, a
  /// subgradient.
  @inlinable
  public static func hypot(_ x: Variable, _ y: Variable) -> Variable {
    record(.hypot, x, y, .hypot(x.storedValue, y.storedValue))
  }

  #if !os(Windows)
  /// ln |Γ(x)|, whose derivatives are the digamma and the trigamma function.
  @inlinable
  public static func logGamma(_ x: Variable) -> Variable {
    record(.logGamma, x, .logGamma(x.storedValue))
  }
  #endif
}
