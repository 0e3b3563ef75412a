public import RealModule

// Values are those of swift-numerics on `Double`; derivatives are listed in C,
// `derivative_operations.h`, each once.

extension Variable: ElementaryFunctions {
  /// eˣ.
  @inlinable
  public static func exp(_ x: Variable) -> Variable {
    record(.exp, x, .exp(x.storedValue))
  }

  /// eˣ − 1.
  @inlinable
  public static func expMinusOne(_ x: Variable) -> Variable {
    record(.expMinusOne, x, .expMinusOne(x.storedValue))
  }

  /// cosh x.
  @inlinable
  public static func cosh(_ x: Variable) -> Variable {
    record(.cosh, x, .cosh(x.storedValue))
  }

  /// sinh x.
  @inlinable
  public static func sinh(_ x: Variable) -> Variable {
    record(.sinh, x, .sinh(x.storedValue))
  }

  /// tanh x.
  @inlinable
  public static func tanh(_ x: Variable) -> Variable {
    record(.tanh, x, .tanh(x.storedValue))
  }

  /// cos x.
  @inlinable
  public static func cos(_ x: Variable) -> Variable {
    record(.cos, x, .cos(x.storedValue))
  }

  /// sin x.
  @inlinable
  public static func sin(_ x: Variable) -> Variable {
    record(.sin, x, .sin(x.storedValue))
  }

  /// tan x.
  @inlinable
  public static func tan(_ x: Variable) -> Variable {
    record(.tan, x, .tan(x.storedValue))
  }

  /// ln x.
  @inlinable
  public static func log(_ x: Variable) -> Variable {
    record(.log, x, .log(x.storedValue))
  }

  /// arcosh x.
  @inlinable
  public static func acosh(_ x: Variable) -> Variable {
    record(.acosh, x, .acosh(x.storedValue))
  }

  /// arsinh x.
  @inlinable
  public static func asinh(_ x: Variable) -> Variable {
    record(.asinh, x, .asinh(x.storedValue))
  }

  /// artanh x.
  @inlinable
  public static func atanh(_ x: Variable) -> Variable {
    record(.atanh, x, .atanh(x.storedValue))
  }

  /// arccos x.
  @inlinable
  public static func acos(_ x: Variable) -> Variable {
    record(.acos, x, .acos(x.storedValue))
  }

  /// arcsin x.
  @inlinable
  public static func asin(_ x: Variable) -> Variable {
    record(.asin, x, .asin(x.storedValue))
  }

  /// arctan x.
  @inlinable
  public static func atan(_ x: Variable) -> Variable {
    record(.atan, x, .atan(x.storedValue))
  }

  /// ln(1 + x).
  @inlinable
  public static func log(onePlus x: Variable) -> Variable {
    record(.logOnePlus, x, .log(onePlus: x.storedValue))
  }

  /// √x; its derivative at 0 is infinite.
  @inlinable
  public static func sqrt(_ x: Variable) -> Variable {
    record(.sqrt, x, x.storedValue.squareRoot())
  }

  /// xʸ, as swift-numerics has it: NaN for x < 0 and for 0⁰.
  ///
  /// At x = 0 with y > 0 the derivative by y is its limit, 0.
  @inlinable
  public static func pow(_ x: Variable, _ y: Variable) -> Variable {
    record(.pow, x, y, .pow(x.storedValue, y.storedValue))
  }

  /// xⁿ for any x; x⁰ = 1 with derivative 0.
  @inlinable
  public static func pow(_ x: Variable, _ n: Int) -> Variable {
    guard let exponent = Double(exactly: n) else {
      // An exponent beyond 2⁵³ in two parts, each a `Double`.
      let low = n % (1 << 32)
      return pow(x, n - low) * pow(x, low)
    }
    return record(
      .integerPow, x, Variable(exponent), .pow(x.storedValue, n))
  }

  /// The n-th root of x, for odd n of negative x too.
  ///
  /// Its derivative at 0 is infinite.
  @inlinable
  public static func root(_ x: Variable, _ n: Int) -> Variable {
    record(.root, x, Variable(Double(n)), .root(x.storedValue, n))
  }
}
