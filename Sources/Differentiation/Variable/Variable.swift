/// A number that records what is done to it, so that derivatives follow.
///
/// Variables are made by ``AutomaticFunction`` and ``AutomaticMap``, which hand
/// them to a closure; literals are constants, and so is data, `Variable(t)`.
///
///     let f = AutomaticFunction { x in
///       100 * (x[1] - x[0] * x[0]).squared + (1 - x[0]).squared
///     }
///
/// All arithmetic and every function of swift-numerics is recorded. Comparisons
/// may be used freely: what they decided is recorded as well, and where a replay
/// would decide otherwise, the function is recorded anew.
///
/// A variable is valid while its closure runs. Operations trap on one that was
/// kept longer, and on two that belong to different recordings.
///
/// - Complexity: an operation appends 24 bytes to a buffer; no reference
///   counting.
@frozen
public struct Variable {
  @usableFromInline let tape: UnsafeMutablePointer<Tape>?
  @usableFromInline let storedValue: Double
  @usableFromInline let index: Int32
  @usableFromInline let generation: UInt32

  @inlinable @inline(__always)
  init(_ tape: UnsafeMutablePointer<Tape>, _ index: Int32, _ value: Double) {
    self.tape = tape
    self.storedValue = value
    self.index = index
    self.generation = tape.pointee.generation
  }

  @inlinable @inline(__always)
  init(
    _ tape: UnsafeMutablePointer<Tape>, _ index: Int32, _ generation: UInt32,
    _ value: Double
  ) {
    self.tape = tape
    self.storedValue = value
    self.index = index
    self.generation = generation
  }

  /// A constant.
  @inlinable
  public init(_ value: Double) {
    tape = nil
    storedValue = value
    index = 0
    generation = 0
  }

  /// The plain number at which the function is being recorded.
  ///
  /// The recording then holds for this very number only, so that reading the
  /// value of a variable makes every evaluation a recording. Where a branch is
  /// all that is wanted, compare the variable itself.
  @inlinable
  public var value: Double {
    if tape != nil {
      Variable.note(
        .bits, self, self,
        outcome: Int64(bitPattern: storedValue.bitPattern))
    }
    return storedValue
  }

  /// Whether this is a constant, on which no derivative depends.
  @inlinable
  public var isConstant: Bool { tape == nil }
}

extension Variable: RealNumber {}

extension Variable: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A constant.
  @inlinable
  public init(floatLiteral value: Double) { self.init(value) }

  /// A constant.
  @inlinable
  public init(integerLiteral value: Int) { self.init(Double(value)) }
}

extension Variable: CustomStringConvertible {
  /// The number, as `Double` prints it.
  ///
  /// Printing is not noted as a decision: a replay prints nothing.
  public var description: String { storedValue.description }
}
