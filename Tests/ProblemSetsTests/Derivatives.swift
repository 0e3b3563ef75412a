import Matrix
import Optimization
import TestSupport
import Testing

/// Expects ∇f to agree with differences of f, ∇²f v with differences of ∇f, and
/// ∇²f with ∇²f v, at x along random directions.
///
/// Central differences with h = 1e-5 err by h²/6 times the third derivative,
/// below 1e-9 of the scale of the numbers here, and by ε/h ≈ 2e-11 of the
/// value.
func expectConsistentDerivatives(
  _ objective: some TwiceDifferentiableObjective, at x: Vector<Double>,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let n = x.count
  let h = 1e-5
  var generator = SplitMix64(seed: 7)
  var gradient = Vector<Double>.zeros(n)
  var hessian = Matrix<Double>(repeating: .nan, rows: n, columns: n)
  _ = try objective.valueAndGradient(at: x, into: &gradient)
  try objective.hessian(at: x, into: &hessian)

  for _ in 0..<3 {
    let v: Vector<Double> = randomVector(n, using: &generator)
    var ahead = Vector<Double>.zeros(n)
    var behind = Vector<Double>.zeros(n)
    let f1 = try objective.valueAndGradient(at: x + h * v, into: &ahead)
    let f0 = try objective.valueAndGradient(at: x - h * v, into: &behind)
    let slope = gradient.dot(v)
    let scale = abs(f1) + gradient.norm * v.norm
    #expect(
      abs((f1 - f0) / (2 * h) - slope) <= 1e-8 * scale,
      sourceLocation: sourceLocation)

    var product = Vector<Double>(repeating: .nan, count: n)
    try objective.hessianVectorProduct(at: x, along: v, into: &product)
    var difference = (1 / (2 * h)) * (ahead - behind)
    difference.add(product, scaledBy: -1)
    #expect(
      difference.norm <= 1e-7 * (product.norm + gradient.norm),
      sourceLocation: sourceLocation)

    var symmetric = Vector<Double>.zeros(n)
    hessian.symmetricMultiply(v, into: &symmetric)
    #expect(
      (symmetric - product).norm <= 1e-13 * product.norm,
      sourceLocation: sourceLocation)
  }
}
