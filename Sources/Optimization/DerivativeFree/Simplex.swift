public import Matrix

/// n + 1 points with their values, the memory of a simplex method.
///
/// The vertices stay where they are in storage; their order, from the lowest value
/// to the highest, is a permutation. Among equals the older vertex comes first
/// (Lagarias, Reeds, Wright and Wright 1998, section 2).
public struct Simplex: Codable, Equatable, Sendable {
  /// The vertices, one in each column.
  public internal(set) var vertices: Matrix<Double>
  /// f at the vertices, ∞ where it is undefined.
  public internal(set) var values: Vector<Double>
  /// The columns from the lowest value to the highest.
  public internal(set) var order: [Int]
  /// A magnitude that is typical of each variable: that of the start.
  public internal(set) var units: Vector<Double>
  /// The difference of the values at the first vertices.
  var firstSpread = 0.0
  /// The steepest slope from the start to another first vertex, in f per variable.
  var firstSlope = 0.0
  /// What tells a simplex that has collapsed; see ``NelderMead``.
  var descent = SimplexDescent()

  /// Room for n + 1 vertices.
  init(dimension n: Int) {
    vertices = .zeros(n, n + 1)
    values = Vector(repeating: .infinity, count: n + 1)
    order = Array(0...n)
    units = Vector(repeating: 1, count: n)
  }

  /// The number of variables n.
  public var dimension: Int { units.count }

  /// The column of the vertex with the lowest value.
  public var best: Int { order[0] }

  /// The column of the vertex with the highest value.
  public var worst: Int { order[dimension] }

  /// How far the simplex extends.
  ///
  /// - Complexity: O(n²).
  public var extent: SimplexExtent {
    let (low, high) = (values[best], values[worst])
    let spread = high - low
    let isEqual = high == low || spread <= 2 * .ulpOfOne * abs(low)
    return SimplexExtent(
      size: relativeSize, spread: isEqual ? 0 : spread / firstSpread)
  }

  private var relativeSize: Double {
    let n = dimension
    var size = 0.0
    vertices.withUnsafeBufferPointer { vertices in
      units.withUnsafeBufferPointer { units in
        for j in 0..<n {
          let center = vertices[best * n + j]
          var largest = 0.0
          for k in 0...n {
            largest = max(largest, abs(vertices[k * n + j] - center))
          }
          size = max(size, largest / max(abs(center), units[j]))
        }
      }
    }
    return size
  }

  /// Puts the vertices in order of their values, equal ones as they were.
  mutating func sort() {
    // By insertion, which is stable and allocates nothing; after a shrink, the
    // only time when all are new, n evaluations have been made.
    order.withUnsafeMutableBufferPointer { order in
      values.withUnsafeBufferPointer { values in
        for i in 1..<order.count {
          let vertex = order[i]
          var k = i
          while k > 0 && values[vertex] < values[order[k - 1]] {
            order[k] = order[k - 1]
            k -= 1
          }
          order[k] = vertex
        }
      }
    }
  }

  /// Puts a point in place of the worst vertex, behind those of equal value.
  mutating func replaceWorst(by x: Vector<Double>, value: Double) {
    let n = dimension
    let column = worst
    set(column, to: x, value: value)
    order.withUnsafeMutableBufferPointer { order in
      values.withUnsafeBufferPointer { values in
        var k = n
        while k > 0 && value < values[order[k - 1]] {
          order[k] = order[k - 1]
          k -= 1
        }
        order[k] = column
      }
    }
  }

  /// Puts a point in a column, without regard to the order.
  mutating func set(_ column: Int, to x: Vector<Double>, value: Double) {
    let n = dimension
    vertices.withUnsafeMutableBufferPointer { vertices in
      x.withUnsafeBufferPointer { x in
        for j in 0..<n { vertices[column * n + j] = x[j] }
      }
    }
    values.withUnsafeMutableBufferPointer { $0[column] = value }
  }

  /// Writes a vertex into x.
  func copy(_ column: Int, to x: inout Vector<Double>) {
    let n = dimension
    vertices.withUnsafeBufferPointer { vertices in
      x.withUnsafeMutableBufferPointer { x in
        for j in 0..<n { x[j] = vertices[column * n + j] }
      }
    }
  }
}

/// How far a simplex extends, in units of its own.
public struct SimplexExtent: Codable, Equatable, Sendable {
  /// maxᵢⱼ |vᵢⱼ − bⱼ| / max(|bⱼ|, uⱼ), where b is the best vertex and u the scale
  /// of the variables, which is |x₀| where that is not zero.
  public let size: Double
  /// (max fᵢ − min fᵢ) over what that was at the start; 0 where the values are
  /// equal to rounding.
  public let spread: Double
}
