import Differentiation
import Matrix
import Optimization
import TestSupport
import Testing

/// Expects the exact ∇f and ∇²f v at x to agree with central differences along
/// random directions, as well as those can.
///
/// The differences are taken with h and 2h, and extrapolated; their error is
/// estimated by how far the two are apart, and by roundings ε |f| / h. A direction
/// is scaled with |x|, so that each variable moves by about h of itself.
func expectDerivativesLikeDifferences(
  _ f: AutomaticFunction, at x: Vector<Double>, of name: String,
  step h: Double = 1e-4
) throws {
  let n = x.count
  var generator = SplitMix64(seed: 11)
  var gradient = Vector<Double>.zeros(n)
  let value = try f.valueAndGradient(at: x, into: &gradient)
  try #require(value.isFinite, "\(name)")

  for _ in 0..<3 {
    var v: Vector<Double> = randomVector(n, using: &generator)
    for i in 0..<n { v[i] *= max(1e-3, abs(x[i])) }
    var other = Vector<Double>.zeros(n)
    var values: [Double] = []
    var slopes: [Vector<Double>] = []
    for step in [-2 * h, -h, h, 2 * h] {
      values.append(try f.valueAndGradient(at: x + step * v, into: &other))
      slopes.append(other)
    }
    let near = (values[2] - values[1]) / (2 * h)
    let far = (values[3] - values[0]) / (4 * h)
    let rounding = 1e-14 * (abs(values[1]) + abs(values[2]) + abs(value)) / h
    let slope = gradient.dot(v)
    #expect(
      abs((4 * near - far) / 3 - slope)
        <= 0.1 * abs(near - far) + rounding + 1e-9 * abs(slope),
      "\(name)")

    var product = Vector<Double>.zeros(n)
    try f.hessianVectorProduct(at: x, along: v, into: &product)
    let close = (1 / (2 * h)) * (slopes[2] - slopes[1])
    let wide = (1 / (4 * h)) * (slopes[3] - slopes[0])
    let extrapolated = (4.0 / 3) * close - (1.0 / 3) * wide
    let noise = 1e-14 * (slopes[1].norm + slopes[2].norm) / h
    #expect(
      (extrapolated - product).norm
        <= 0.1 * (close - wide).norm + 10 * noise + 1e-9 * product.norm,
      "\(name)")
  }
}
