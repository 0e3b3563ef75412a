internal import CBLAS

/// All that a step of a least-squares method needs to know of the Jacobian J and
/// the residuals r: n² + n numbers, however many rows there are.
///
/// In variables scaled by D, with columns permuted by Π,
///
///     J D⁻¹ Π = Q R,    q = Qᵀ r,    so that    ‖J p + r‖² = ‖R z + q‖² + c
///
/// for p = D⁻¹ Π z and a constant c. The pivoting looks at columns of unit
/// length, so that the rank does not depend on the units of the variables: a
/// column counts as dependent when 10 (m + n) ε of its length or less is
/// left beside the ones before it, a bound on what rounding leaves. Rows of R and
/// elements of q from the rank on are 0.
///
/// From 48 variables on, reflections are applied in panels, by products of
/// matrices. Where rows outnumber columns by far, R can also come from JᵀJ; see
/// ``factorize(_:_:raising:scratch:squaring:)``.
///
/// Source: Golub and Van Loan 2013, section 5.4.2; rows block by block into a
/// triangle as in Lawson and Hanson 1974, chapter 27.
package struct ResidualFactor: Codable, Equatable, Sendable {
  /// The number of variables.
  package let order: Int
  /// The number of columns that do not depend on the others.
  package internal(set) var rank = 0
  /// R, row by row.
  var r: Vector<Double>
  /// Qᵀ r.
  package internal(set) var image: Vector<Double>
  /// The norms of the columns of J.
  package internal(set) var columnNorms: Vector<Double>
  /// A bound on the condition of J with columns of unit length, where it was
  /// asked for, otherwise 0.
  package internal(set) var condition = 0.0
  /// Whether R is from JᵀJ.
  package internal(set) var isSquared = false
  /// The column of J that is in each place.
  var permutation: [Int32]

  /// The factor of a Jacobian of zeros.
  package init(order n: Int) {
    order = n
    r = .zeros(n * n)
    image = .zeros(n)
    columnNorms = .zeros(n)
    permutation = (0..<n).map { Int32($0) }
  }

  /// Scratch of the factor's operations.
  package struct Scratch {
    var numbers: [Double]

    /// Scratch for n variables.
    package init(order n: Int) {
      let count =
        n < Int(kernel_panels_from)
        ? n * n + 2 * n : n * n + kernel_panels_scratch(n)
      numbers = Array(repeating: 0, count: count)
    }
  }

  /// Factorizes a Jacobian, which is overwritten, as the residuals are.
  ///
  /// - Parameters:
  ///   - jacobian: J, m×n, finite.
  ///   - residuals: r, m elements.
  ///   - scale: D, which is first raised to the norms of the columns where they
  ///     are larger (Moré 1978); the 0 of a variable that has never had an
  ///     influence becomes 1.
  ///   - squaring: the condition that is expected, which lets R come from JᵀJ
  ///     where that is safe; nil for reflections.
  /// - Complexity: 2mn² + 2n³ flops, half of it from JᵀJ; no allocation.
  package mutating func factorize(
    _ jacobian: inout Matrix<Double>, _ residuals: inout Vector<Double>,
    raising scale: inout Vector<Double>, scratch: inout Scratch,
    squaring expected: Double? = nil
  ) {
    let (m, n) = (jacobian.rows, order)
    precondition(
      jacobian.columns == n && residuals.count == m && scale.count == n,
      """
      a \(m)×\(jacobian.columns) Jacobian with \(residuals.count) residuals and \
      \(scale.count) scales for a factor of order \(n)
      """)
    isSquared = false
    condition = 0
    guard n > 0 else { return }
    if let expected {
      if expected <= Self.safeCondition
        && square(jacobian, residuals, raising: &scale, &scratch)
      {
        isSquared = true
        return
      }
      defer { boundCondition(scale, &scratch) }
      return reflect(&jacobian, &residuals, raising: &scale, &scratch)
    }
    reflect(&jacobian, &residuals, raising: &scale, &scratch)
  }

  /// Factorizes by reflections.
  private mutating func reflect(
    _ jacobian: inout Matrix<Double>, _ residuals: inout Vector<Double>,
    raising scale: inout Vector<Double>, _ scratch: inout Scratch
  ) {
    let (m, n) = (jacobian.rows, order)
    let tolerance = 10 * Double(m + n) * Double.ulpOfOne
    let hasPanels = n >= Int(kernel_panels_from)
    // What is left to LAPACK is too narrow for a second thread.
    if hasPanels { Threads.useOne() }
    image.fill(with: 0)
    r.fill(with: 0)
    r.write { r in
      image.write { q in
        jacobian.write { j in
          residuals.write { b in
            if hasPanels {
              kernel_panels_append(r, n, q, j, m, m, b)
            } else {
              kernel_triangle_append(r, n, q, j, m, m, b)
            }
          }
        }
        columnNorms.write { c in
          kernel_triangle_norms(r, n, c)
          scale.write { d in
            Self.raise(d, to: c, count: n)
            permutation.withUnsafeMutableBufferPointer { p in
              scratch.numbers.withUnsafeMutableBufferPointer { w in
                let (p, w) = (p.baseAddress!, w.baseAddress!)
                rank =
                  hasPanels
                  ? kernel_panels_pivot(
                    r, n, q, c, d, tolerance, p, w)
                  : kernel_triangle_pivot(r, n, q, c, d, tolerance, p, w)
              }
            }
          }
        }
      }
    }
  }

  /// dᵢ ← the larger of dᵢ and cᵢ, 1 where both are 0.
  static func raise(
    _ d: UnsafeMutablePointer<Double>, to c: UnsafePointer<Double>, count n: Int
  ) {
    for i in 0..<n {
      d[i] = max(d[i], c[i])
      if d[i] == 0 { d[i] = 1 }
    }
  }

  /// The length of the projection of r on the columns of J.
  package var projectedNorm: Double { image.norm }

  /// Whether all numbers are finite: no sum of squares overflowed.
  package var isFinite: Bool {
    image.isFinite && columnNorms.isFinite && r.isFinite
  }
}
