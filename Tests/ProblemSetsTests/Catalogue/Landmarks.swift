import Differentiation
import Matrix
import ProblemSets
import Testing

/// Expects f to have the known values at the known points, to ten digits, and
/// to be no lower nearby where it is a minimum.
///
/// A point is rounded to Double, which moves f by the square of the rounding
/// only, since ∇f = 0; what remains are roundings in f itself. A residual that is
/// made of terms up to 100 is off by about 3e-14, which moves f = ‖r‖² by √f times
/// that; and f is about 1e-20 instead of 0 where it is made of terms of 10⁶.
func expectLandmarks(
  _ landmarks: [Landmark], of name: String,
  _ f: ([Double]) -> Double
) {
  for landmark in landmarks {
    guard let point = landmark.point?.array else { continue }
    let found = f(point)
    #expect(
      abs(found - landmark.value) <= 1e-10 * abs(landmark.value)
        + 3e-14 * abs(landmark.value).squareRoot() + 1e-20,
      "\(name): \(found) instead of \(landmark.value)")
    guard landmark.kind == .globalMinimum || landmark.kind == .localMinimum
    else { continue }
    for i in point.indices {
      for step in [-1e-4, 1e-4] {
        var x = point
        x[i] += step * max(1, abs(x[i]))
        let nearby = f(x)
        #expect(
          !(nearby < found * (1 - 1e-12)),
          "\(name): \(nearby) near \(landmark.value)")
      }
    }
  }
}

/// Expects ∇f to vanish at the known points, and ∇²f to be of the kind that is
/// known: without negative eigenvalue at a minimum, with one at a saddle that is
/// not degenerate.
///
/// The point is rounded, by up to ε/2 |xᵢ|, so that ∇f is up to ε |∇²f| |x| and
/// not 0; and cancellation leaves ε times its terms, for which the same measure
/// with max(1, |xᵢ|) stands.
func expectCritical(
  _ landmarks: [Landmark], of f: AutomaticFunction, name: String
) throws {
  for landmark in landmarks {
    guard let point = landmark.point else { continue }
    let n = point.count
    var gradient = Vector<Double>.zeros(n)
    var hessian = Matrix<Double>.zeros(n, n)
    let value = try f.valueAndGradient(at: point, into: &gradient)
    try f.hessian(at: point, into: &hessian)
    var scale = 0.0
    for i in 0..<n {
      var row = 0.0
      for j in 0..<n { row += abs(hessian[i, j]) * max(1, abs(point[j])) }
      scale += row
      #expect(
        abs(gradient[i]) <= 8 * .ulpOfOne * (row + abs(value)),
        "\(name): ∂f/∂x\(i + 1) = \(gradient[i]) at \(landmark.value)")
    }
    let smallest = try SymmetricEigen(hessian).eigenvalues[0]
    switch landmark.kind {
    case .saddle where landmark.note != "degenerate":
      #expect(smallest < -1e-10 * scale, "\(name): \(smallest)")
    case .globalMinimum, .localMinimum:
      #expect(smallest >= -1e-14 * scale, "\(name): \(smallest)")
    default: break
    }
  }
}
