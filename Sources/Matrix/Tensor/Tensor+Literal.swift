extension Tensor: ExpressibleByArrayLiteral {
  /// A number or a list of them, of lists of them, and so on, in a literal.
  public enum Literal: ExpressibleByArrayLiteral, ExpressibleByFloatLiteral,
    ExpressibleByIntegerLiteral
  {
    /// One element.
    case number(Scalar)
    /// The parts along the next axis.
    case list([Literal])

    /// The parts along the next axis.
    public init(arrayLiteral elements: Literal...) { self = .list(elements) }

    /// One element.
    public init(floatLiteral value: Scalar.FloatLiteralType) {
      self = .number(Scalar(floatLiteral: value))
    }

    /// One element.
    public init(integerLiteral value: Scalar.IntegerLiteralType) {
      self = .number(Scalar(integerLiteral: value))
    }

    /// The extents, as the first part of each list has them.
    var shape: [Int] {
      switch self {
      case .number: []
      case .list(let parts): [parts.count] + (parts.first?.shape ?? [])
      }
    }

    func element(_ indices: ArraySlice<Int>) -> Scalar {
      switch self {
      case .number(let number): number
      case .list(let parts):
        parts[indices.first!].element(indices.dropFirst())
      }
    }

    /// Traps unless every part has the given shape.
    func check(_ shape: ArraySlice<Int>) {
      precondition(
        self.shape == Array(shape),
        "a part of \(self.shape.text) beside one of \(Array(shape).text)")
      if case .list(let parts) = self {
        for part in parts { part.check(shape.dropFirst()) }
      }
    }
  }

  /// The tensor of the listed numbers; the outermost list runs along axis 0.
  ///
  /// Rank 2 lists rows, as a literal of ``Matrix`` does. A number that is not a
  /// literal itself is written `.number(x)`.
  ///
  /// - Precondition: the parts of each list have one shape.
  public init(arrayLiteral parts: Literal...) {
    let whole = Literal.list(parts)
    whole.check(whole.shape[...])
    self.init(shape: whole.shape) { whole.element($0[...]) }
  }
}
