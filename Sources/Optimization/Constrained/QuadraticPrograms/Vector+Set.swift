internal import Matrix

extension Vector<Double> {
  /// Sets an element.
  ///
  /// The subscript does the same, but without optimization it allocates a frame
  /// for each access, and a step is to allocate nothing in any build.
  @inline(__always)
  mutating func set(_ i: Int, to number: Double) {
    precondition(i >= 0 && i < count, "element \(i) of \(count)")
    write { $0[i] = number }
  }
}

extension Matrix<Double> {
  /// A ← A + diag(w), in place.
  mutating func addToDiagonal(_ w: Vector<Double>) {
    let n = rows
    write { a in
      for j in 0..<n { a[j + j * n] += w[j] }
    }
  }
}
