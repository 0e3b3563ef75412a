/// A dense vector of `Float` or `Double`.
///
/// A value: a copy is independent of its original and shares the storage until
/// one of the two is changed. The storage is a Swift array, which
/// ``init(_:)-([Scalar])`` takes over and ``array`` gives back without
/// copying a number.
///
///     var x: Vector<Double> = [1, 2, 3]
///     x.add(x, scaledBy: 0.5)      // [1.5, 3, 4.5], in place
///     print(x.norm, x.dot(x))
///
/// Operators (`+ - *`) make a new vector each; the methods that change a vector
/// in place allocate nothing, provided that nobody else shares its storage.
public struct Vector<Scalar: BLASScalar>: Sendable {
  @usableFromInline
  var storage: [Scalar]

  /// Takes over the numbers of an array, sharing its storage.
  ///
  /// - Precondition: at most `Int32.max` numbers, the dimensions BLAS counts.
  /// - Complexity: O(1), no allocation.
  @inlinable
  public init(_ array: [Scalar]) {
    checkDimension(array.count, "the count of a vector")
    storage = array
  }

  /// Copies the numbers of a sequence.
  @inlinable
  public init(_ numbers: some Sequence<Scalar>) {
    self.init(Array(numbers))
  }

  /// A vector of one repeated number.
  ///
  /// - Precondition: 0 ≤ count ≤ `Int32.max`.
  @inlinable
  public init(repeating number: Scalar, count: Int) {
    checkDimension(count, "the count of a vector")
    storage = Array(repeating: number, count: count)
  }

  /// A vector of zeros.
  @inlinable
  public static func zeros(_ count: Int) -> Vector {
    Vector(repeating: 0, count: count)
  }

  /// A vector whose i-th element is `element(i)`.
  @inlinable
  public init(count: Int, _ element: (Int) throws -> Scalar) rethrows {
    checkDimension(count, "the count of a vector")
    storage = try Array(unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        buffer.initializeElement(at: filled, to: try element(filled))
        filled += 1
      }
    }
  }

  /// The numbers as an array that shares the vector's storage.
  ///
  /// - Complexity: O(1), no allocation.
  @inlinable
  public var array: [Scalar] { storage }
}

extension Vector: RandomAccessCollection, MutableCollection {
  /// The index of the first element: 0.
  @inlinable
  public var startIndex: Int { 0 }

  /// The number of elements.
  @inlinable
  public var endIndex: Int { storage.count }

  /// The element at an index, from 0.
  ///
  /// - Precondition: 0 ≤ index < count.
  @inlinable
  public subscript(index: Int) -> Scalar {
    @inline(__always)
    get { storage[index] }
    @inline(__always)
    _modify { yield &storage[index] }
  }
}

extension Vector: ExpressibleByArrayLiteral {
  /// The vector of the listed numbers.
  @inlinable
  public init(arrayLiteral elements: Scalar...) {
    self.init(elements)
  }
}

extension Vector: Equatable {}
extension Vector: Hashable {}

extension Vector: CustomStringConvertible {
  /// The numbers in brackets; of a long vector the first and last five.
  public var description: String {
    guard count > 12 else {
      return "[" + map { "\($0)" }.joined(separator: ", ") + "]"
    }
    let head = prefix(5).map { "\($0)" }.joined(separator: ", ")
    let tail = suffix(5).map { "\($0)" }.joined(separator: ", ")
    return "[\(head), …, \(tail)] (\(count) elements)"
  }
}
