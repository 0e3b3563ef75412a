extension Array where Element == Variable {
  /// The sum of all, from left to right, as one operation; 0 of none.
  ///
  /// A loop that adds up is found and recorded as well as this is; this saves the
  /// recording of each addition.
  public func sum() -> Variable {
    guard count > 1 else { return first ?? 0 }
    guard let tape = lazy.compactMap(\.tape).first else {
      return Variable(
        dropFirst().reduce(self[0].storedValue) {
          $0 + $1.storedValue
        })
    }
    var total = self[0].storedValue
    for x in dropFirst() { total += x.storedValue }
    let places = map { $0.place(on: tape) }
    let start = Int32(tape.pointee.more.pointee.operands.count)
    tape.pointee.more.pointee.operands += places
    let place = tape.pointee.append(.sum, start, Int32(count), total)
    return Variable(tape, place, total)
  }
}
