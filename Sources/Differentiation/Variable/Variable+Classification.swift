internal import CBLAS

extension Variable {
  /// Notes a decision about this variable alone.
  func guardOutcome(_ decision: Decision) -> Int64 {
    let outcome = derivative_guard_outcome(
      decision.rawValue, storedValue, storedValue)
    Variable.note(decision, self, self, outcome: outcome)
    return outcome
  }

  /// The class of the value; a decision, as is each of the following.
  public var floatingPointClass: FloatingPointClassification {
    _ = guardOutcome(.floatingPointClass)
    return storedValue.floatingPointClass
  }

  /// Whether the value is normal.
  public var isNormal: Bool {
    switch floatingPointClass {
    case .negativeNormal, .positiveNormal: true
    default: false
    }
  }

  /// Whether the value is finite.
  public var isFinite: Bool {
    switch floatingPointClass {
    case .negativeInfinity, .positiveInfinity, .quietNaN, .signalingNaN: false
    default: true
    }
  }

  /// Whether the value is 0 or −0.
  public var isZero: Bool { self == 0 }

  /// Whether the value is subnormal.
  public var isSubnormal: Bool {
    switch floatingPointClass {
    case .negativeSubnormal, .positiveSubnormal: true
    default: false
    }
  }

  /// Whether the value is infinite.
  public var isInfinite: Bool {
    switch floatingPointClass {
    case .negativeInfinity, .positiveInfinity: true
    default: false
    }
  }

  /// Whether the value is NaN.
  public var isNaN: Bool { self != self }

  /// Whether the value is a signaling NaN.
  public var isSignalingNaN: Bool {
    isNaN && storedValue.isSignalingNaN
  }

  /// Whether the value is in its only representation: always.
  public var isCanonical: Bool { true }
}
