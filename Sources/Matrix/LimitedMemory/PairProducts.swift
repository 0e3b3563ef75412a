internal import CBLAS

/// The products of the pairs of a limited-memory quasi-Newton history with one
/// another, by slot: R⁻¹, YᵀY and the curvatures sᵀy, where R is the triangle of
/// SᵀY in which the newer y meets the older s.
///
/// The order is padded to a multiple of four, and the rows and columns of empty
/// slots are zero, so that products with them need no account of which slots
/// are filled.
package struct PairProducts: Codable, Equatable, Sendable {
  /// sᵀy / yᵀy of the newest pair.
  package private(set) var gamma = 1.0
  private var curvature: Vector<Double>
  private var inverse: Matrix<Double>
  private var yy: Matrix<Double>

  package init(capacity m: Int) {
    precondition(m <= 52, "\(m) pairs, more than 52")
    let order = Self.paddedOrder(m)
    curvature = .zeros(order)
    inverse = .zeros(order, order)
    yy = .zeros(order, order)
  }

  /// The number of slots for m pairs, the padding included.
  package static func paddedOrder(_ m: Int) -> Int { (m + 3) & ~3 }

  /// Empties all slots.
  package mutating func removeAll() {
    curvature.fill(with: 0)
    inverse.fill(with: 0)
    yy.fill(with: 0)
  }

  /// Empties one slot, that of the oldest pair.
  package mutating func remove(_ slot: Int) {
    curvature.write { $0[slot] = 0 }
    let order = inverse.rows
    inverse.write { inverse in
      yy.write { yy in
        for i in 0..<order {
          inverse[i + slot * order] = 0
          inverse[slot + i * order] = 0
          yy[i + slot * order] = 0
          yy[slot + i * order] = 0
        }
      }
    }
  }

  /// Room for the products of every column of the panel with a gradient and with
  /// the newest y, as ``Panel/setDifferences(at:_:_:_:_:products:)`` forms them;
  /// zero beyond the last column.
  package static func room(capacity m: Int) -> Vector<Double> {
    .zeros(4 * paddedOrder(m))
  }

  /// Notes sᵀy and sᵀy / yᵀy of a new pair; its other products follow with the
  /// next ``coefficients(_:newest:into:)``.
  package mutating func setCurvature(
    _ sTy: Double, of slot: Int, gamma: Double
  ) {
    curvature.write { $0[slot] = sTy }
    self.gamma = gamma
  }

  /// Writes the coefficients c of −H g + γ g in the columns of the panel.
  ///
  /// With a = Sᵀg and b = Yᵀg they are −q for S and γ p for Y, where
  ///
  ///     p = R⁻¹ a,   q = R⁻ᵀ(D p + γ (YᵀY p − b)).
  ///
  /// - Parameters:
  ///   - products: for the padded order of slots, sᵀg, sᵀy, yᵀg and yᵀy of every slot with the gradient g and
  ///     the newest y.
  ///   - newest: the slot whose row and column are to be filled in first.
  /// - Complexity: O(m²), no allocation.
  package mutating func coefficients(
    _ products: Vector<Double>, newest: Int?,
    into coefficients: inout Vector<Double>
  ) {
    let order = inverse.rows
    precondition(
      products.count == 4 * order && coefficients.count == 2 * order,
      """
      \(products.count) products and \(coefficients.count) coefficients for \
      \(order) slots
      """)
    let gamma = gamma
    products.read { products in
      curvature.read { curvature in
        inverse.write { inverse in
          yy.write { yy in
            coefficients.write { c in
              kernel_compact_coefficients(
                order, products, newest ?? -1, gamma, curvature, inverse, yy, c)
            }
          }
        }
      }
    }
  }
}
