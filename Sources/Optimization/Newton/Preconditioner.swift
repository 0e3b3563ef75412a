public import Matrix

/// A symmetric positive definite matrix M, near the Hessian in some sense, whose
/// systems are cheap to solve.
///
/// Conjugate gradients on M⁻¹H take few iterations where that has few clusters of
/// eigenvalues. A type with nothing to prepare has one function to write:
///
///     struct Halves: Preconditioner {
///       func apply(to r: inout Vector<Double>, _ state: inout Void) {
///         r.scale(by: 0.5)
///       }
///     }
public protocol Preconditioner: Codable, Equatable, Sendable {
  /// What is prepared at a point, scratch space included.
  associatedtype State = Void

  /// The name, as reports print it.
  var name: String { get }

  /// Room for n variables.
  func makeState(dimension n: Int) -> State

  /// Makes M for the current point, which the next applications are for.
  func prepare(at point: Point, _ state: inout State)

  /// r ← M⁻¹ r.
  ///
  /// M has to be the same symmetric positive definite matrix until the next call of
  /// ``prepare(at:_:)``.
  func apply(to r: inout Vector<Double>, _ state: inout State)
}

extension Preconditioner {
  /// The name of the type.
  public var name: String { "\(Self.self)" }

  /// Nothing is prepared.
  public func prepare(at point: Point, _ state: inout State) {}
}

extension Preconditioner where State == Void {
  /// Nothing.
  public func makeState(dimension n: Int) {}
}

/// No preconditioner, M = I.
public struct NoPreconditioner: Preconditioner {
  /// M = I.
  public init() {}

  /// Leaves r as it is.
  public func apply(to r: inout Vector<Double>, _ state: inout Void) {}
}

/// M = diag(d), for variables of known and different scales.
///
/// With dᵢ near the second derivative ∂²f/∂xᵢ² it undoes what bad units of the
/// variables do to conjugate gradients and to a spherical region.
public struct DiagonalPreconditioner: Preconditioner {
  /// d.
  public let diagonal: Vector<Double>

  /// The matrix of a diagonal.
  ///
  /// - Precondition: all elements are positive and finite.
  public init(_ diagonal: Vector<Double>) {
    for (i, number) in diagonal.enumerated() {
      precondition(
        number > 0 && number.isFinite,
        "element \(i) of a diagonal is \(number), which is not positive")
    }
    self.diagonal = diagonal
  }

  /// The name.
  public var name: String { "diagonal" }

  /// rᵢ ← rᵢ / dᵢ.
  ///
  /// - Precondition: r has as many elements as the diagonal.
  /// - Complexity: n flops, no allocation.
  public func apply(to r: inout Vector<Double>, _ state: inout Void) {
    let n = r.count
    precondition(
      n == diagonal.count,
      "a diagonal of \(diagonal.count) elements for \(n) variables")
    diagonal.read { d in
      r.write { r in
        for i in 0..<n { r[i] /= d[i] }
      }
    }
  }
}
