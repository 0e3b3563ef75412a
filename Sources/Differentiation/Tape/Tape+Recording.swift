extension Variable {
  /// The result of an operation on one variable.
  @inlinable @inline(__always)
  static func record(
    _ operation: Operation, _ x: Variable, _ value: Double
  ) -> Variable {
    guard let tape = x.tape else { return Variable(value) }
    x.checkRecording()
    // An operand that is not looked at still has to exist.
    let place = tape.pointee.append(operation, x.index, x.index, value)
    return Variable(tape, place, x.generation, value)
  }

  /// The result of an operation on two variables, one of which may be constant.
  ///
  /// What is known of the first operand is not read again from the tape: what
  /// was written there in between might have been anything to the compiler.
  @inlinable @inline(__always)
  static func record(
    _ operation: Operation, _ x: Variable, _ y: Variable, _ value: Double
  ) -> Variable {
    if let tape = x.tape {
      x.checkRecording()
      var b = y.index
      if y.tape == nil {
        b = tape.pointee.constant(y.storedValue)
      } else if y.tape != tape || y.generation != x.generation {
        y.refuse(on: tape)
      }
      let place = tape.pointee.append(operation, x.index, b, value)
      return Variable(tape, place, x.generation, value)
    }
    guard let tape = y.tape else { return Variable(value) }
    y.checkRecording()
    let a = tape.pointee.constant(x.storedValue)
    let place = tape.pointee.append(operation, a, y.index, value)
    return Variable(tape, place, y.generation, value)
  }

  /// Where this variable stands on a tape; constants are put there.
  @inlinable @inline(__always)
  func place(on tape: UnsafeMutablePointer<Tape>) -> Int32 {
    guard let own = self.tape else {
      return tape.pointee.constant(storedValue)
    }
    if own != tape || own.pointee.generation != generation {
      refuse(on: tape)
    }
    return index
  }

  @inlinable @inline(__always)
  func checkRecording() {
    if let tape, tape.pointee.generation != generation { refuse(on: tape) }
  }

  @usableFromInline @inline(never)
  func refuse(on other: UnsafeMutablePointer<Tape>) -> Never {
    guard let tape, tape.pointee.generation == generation else {
      preconditionFailure(
        """
        a variable of value \(storedValue) is used outside the recording that \
        made it; keep plain numbers instead
        """)
    }
    preconditionFailure(
      """
      two variables of values \(storedValue) and others belong to different \
      recordings: an automatic function inside another one has to be called \
      with plain numbers
      """)
  }

  /// Notes what was decided by the values of two variables, so that a replay
  /// which would decide otherwise is found out.
  @usableFromInline @inline(never)
  static func note(
    _ decision: Decision, _ x: Variable, _ y: Variable, outcome: Int64
  ) {
    guard let tape = x.tape ?? y.tape else { return }
    let a = x.place(on: tape)
    let b = y.place(on: tape)
    tape.pointee.more.pointee.guards.append(
      TapeGuard(
        expected: outcome, a: a, b: b, decision: decision.rawValue))
  }
}
