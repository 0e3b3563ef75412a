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
