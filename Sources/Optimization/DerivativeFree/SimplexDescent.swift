internal import Foundation
internal import Matrix

/// Whether the values at the vertices fall as the gradient of the simplex says
/// they should.
///
/// Kelley asks of each step that the mean of the values fall by α‖D‖², where D is
/// the gradient of the linear function through the vertices and
/// α = 10⁻⁴ σ₊(S₀) / ‖D(S₀)‖ gives it the right units. A simplex that collapses
/// onto a line that is not along the gradient violates it. Asked once in n steps, it
/// costs no more than the steps themselves.
///
/// Source: Kelley, Detection and remediation of stagnation in the Nelder-Mead
/// algorithm using a sufficient decrease condition, SIAM J. Optim. 10, 1999.
struct SimplexDescent: Codable, Equatable, Sendable {
  /// α.
  private(set) var factor = 0.0
  /// The mean of the values n steps ago; nil after a shrink, which may raise it.
  private(set) var mean: Double?
  /// The steps since.
  private(set) var steps = 0

  /// Takes α from the first simplex.
  mutating func begin(slope: Double, size: Double) {
    factor = slope > 0 ? 1e-4 * size / slope : 0
  }

  /// Notes a step.
  mutating func count() { steps += 1 }

  /// Begins to count anew.
  mutating func forget() {
    mean = nil
    steps = 0
  }

  func isDue(dimension n: Int) -> Bool { steps >= n || mean == nil }

  /// Takes the mean of the values, and returns by how much it fell.
  mutating func fall(to mean: Double) -> Double? {
    defer {
      self.mean = mean
      steps = 0
    }
    return self.mean.map { $0 - mean }
  }
}

extension NelderMead.Workspace {
  /// Whether the simplex does not descend along its gradient, which is left in
  /// ``gradient``, in the units of the variables.
  mutating func isStalled(_ simplex: inout Simplex) -> Bool {
    let n = simplex.dimension
    let mean =
      simplex.values.withUnsafeBufferPointer { $0.reduce(0, +) }
      / Double(n + 1)
    guard mean.isFinite, let fall = simplex.descent.fall(to: mean),
      setGradient(of: simplex)
    else { return false }
    let slope = gradient.norm
    return fall < simplex.descent.factor * slope * slope
  }

  /// Writes the gradient of the linear function through the vertices.
  ///
  /// - Returns: whether there is one.
  private mutating func setGradient(of simplex: Simplex) -> Bool {
    let n = simplex.dimension
    let best = simplex.best
    simplex.vertices.withUnsafeBufferPointer { v in
      simplex.units.withUnsafeBufferPointer { units in
        edges.withUnsafeMutableBufferPointer { edges in
          for j in 0..<n {
            for i in 0..<n {
              let column = simplex.order[i + 1]
              edges[i + j * n] =
                (v[column * n + j] - v[best * n + j]) / units[j]
            }
          }
        }
      }
    }
    simplex.values.withUnsafeBufferPointer { values in
      gradient.withUnsafeMutableBufferPointer { gradient in
        for i in 0..<n {
          gradient[i] = values[simplex.order[i + 1]] - values[best]
        }
      }
    }
    do throws(FactorizationError) {
      try factor.factorize(edges)
      factor.solve(inPlace: &gradient)
      return true
    } catch {
      // Flat to rounding: the direction of least harm is any.
      gradient.fill(with: .infinity)
      return true
    }
  }

  /// Puts a small simplex about the best vertex whose edges point down the
  /// gradient, v_j = b − ½ σ₋ sign(D_j) e_j.
  mutating func orient(
    _ simplex: inout Simplex, _ evaluator: inout Evaluator
  ) {
    let n = simplex.dimension
    let best = simplex.best
    var shortest = Double.infinity
    for i in 0..<n {
      var square = 0.0
      edges.withUnsafeBufferPointer { edges in
        for j in 0..<n {
          square += edges[i + j * n] * edges[i + j * n]
        }
      }
      shortest = min(shortest, square.squareRoot())
    }
    simplex.copy(best, to: &first)
    for i in 0..<n {
      let column = simplex.order[i + 1]
      let (x, unit, slope) = (first[i], simplex.units[i], gradient[i])
      let edge = shortest / 2 * unit
      let shifted = slope > 0 ? x - edge : x + edge
      first.withUnsafeMutableBufferPointer { $0[i] = shifted }
      simplex.set(
        column, to: first, value: evaluator.finiteValue(at: first))
      first.withUnsafeMutableBufferPointer { $0[i] = x }
    }
    simplex.sort()
    simplex.descent.forget()
  }
}
