// What `FloatingPoint` asks for. Whatever turns a variable into a plain number,
// its class, sign or exponent, is noted as a decision.

extension Variable: FloatingPoint {
  /// The exponents of `Double`.
  public typealias Exponent = Int
  /// A magnitude is a variable again.
  public typealias Magnitude = Variable
  /// A distance is a variable again.
  public typealias Stride = Variable

  /// 2.
  public static var radix: Int { 2 }
  /// A quiet NaN.
  public static var nan: Variable { Variable(.nan) }
  /// A signaling NaN.
  public static var signalingNaN: Variable { Variable(.signalingNaN) }
  /// +∞.
  public static var infinity: Variable { Variable(.infinity) }
  /// The largest finite number.
  public static var greatestFiniteMagnitude: Variable {
    Variable(.greatestFiniteMagnitude)
  }
  /// π, rounded toward zero.
  public static var pi: Variable { Variable(.pi) }
  /// The distance from 1 to the next number, 2⁻⁵².
  public static var ulpOfOne: Variable { Variable(.ulpOfOne) }
  /// The smallest normal number.
  public static var leastNormalMagnitude: Variable {
    Variable(.leastNormalMagnitude)
  }
  /// The smallest number above 0.
  public static var leastNonzeroMagnitude: Variable {
    Variable(.leastNonzeroMagnitude)
  }

  /// A constant.
  @inlinable
  public init(_ value: Int) { self.init(Double(value)) }

  /// A constant.
  @inlinable
  public init<Source: BinaryInteger>(_ value: Source) {
    self.init(Double(value))
  }

  /// A constant, where the integer is a `Double`.
  @inlinable
  public init?<Source: BinaryInteger>(exactly value: Source) {
    guard let exact = Double(exactly: value) else { return nil }
    self.init(exact)
  }

  /// The constant with the given parts, or `significand` scaled by a power of 2.
  public init(sign: FloatingPointSign, exponent: Int, significand: Variable) {
    let scale = Double(sign: .plus, exponent: exponent, significand: 1)
    // A power beyond the range of `Double` takes two steps.
    let scaled: Variable
    if scale.isNormal {
      scaled = significand * Variable(scale)
    } else {
      let half = exponent / 2
      scaled =
        significand
        * Variable(Double(sign: .plus, exponent: half, significand: 1))
        * Variable(
          Double(sign: .plus, exponent: exponent - half, significand: 1))
    }
    self = sign == .plus ? scaled : -scaled
  }

  /// ± the magnitude of one variable, with the sign of another.
  public init(signOf sign: Variable, magnitudeOf magnitude: Variable) {
    self = sign.sign == magnitude.sign ? magnitude : -magnitude
  }

  /// The sign of the value; a decision.
  public var sign: FloatingPointSign {
    let sign = storedValue.sign
    Variable.note(.sign, self, self, outcome: sign == .minus ? 1 : 0)
    return sign
  }

  /// The exponent of the value; a decision.
  public var exponent: Int {
    _ = guardOutcome(.exponent)
    return storedValue.exponent
  }

  /// |x| / 2ᵉ with the exponent e as it is.
  public var significand: Variable {
    guard isNormal || isSubnormal else { return magnitude }
    return Variable(sign: sign, exponent: -exponent, significand: self)
  }

  /// The distance to the next number; counts as reading the value.
  public var ulp: Variable { Variable(value.ulp) }

  /// The next number; counts as reading the value.
  public var nextUp: Variable { Variable(value.nextUp) }

  /// The number before; counts as reading the value.
  public var nextDown: Variable { Variable(value.nextDown) }

  /// Rounds to an integer; the derivative is 0 everywhere.
  public mutating func round(_ rule: FloatingPointRoundingRule) {
    let code: Double
    switch rule {
    case .toNearestOrAwayFromZero: code = 0
    case .toNearestOrEven: code = 1
    case .up: code = 2
    case .down: code = 3
    case .towardZero: code = 4
    case .awayFromZero: code = 5
    @unknown default: code = 5
    }
    self = .record(.round, self, Variable(code), storedValue.rounded(rule))
  }

  /// Replaces by the square root.
  @inlinable
  public mutating func formSquareRoot() { self = .sqrt(self) }

  /// √x.
  @inlinable
  public func squareRoot() -> Variable { .sqrt(self) }

  /// Replaces by x − k y with k = x / y rounded to the nearest integer, which
  /// counts as constant.
  public mutating func formRemainder(dividingBy other: Variable) {
    self = .record(
      .remainder, self, other,
      storedValue.remainder(dividingBy: other.storedValue))
  }

  /// Replaces by x − k y with k = x / y rounded toward 0, which counts as
  /// constant.
  public mutating func formTruncatingRemainder(dividingBy other: Variable) {
    self = .record(
      .truncatingRemainder, self, other,
      storedValue.truncatingRemainder(dividingBy: other.storedValue))
  }

  /// Adds a product, rounding twice: a product and a sum are recorded.
  @inlinable
  public mutating func addProduct(_ x: Variable, _ y: Variable) {
    self = self + x * y
  }

  /// The distance to another variable.
  @inlinable
  public func distance(to other: Variable) -> Variable { other - self }

  /// The sum with a distance.
  @inlinable
  public func advanced(by distance: Variable) -> Variable { self + distance }
}
