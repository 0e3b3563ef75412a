import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite struct QuadraticTests {
  @Test func `Derivatives agree with differences`() throws {
    var generator = SplitMix64(seed: 1)
    let quadratic = Quadratic(dimension: 12, condition: 50, using: &generator)
    let x: Vector<Double> = randomVector(12, using: &generator)
    try expectConsistentDerivatives(quadratic, at: x)
  }

  @Test(arguments: [Quadratic.Spectrum.arithmetic, .geometric])
  func `The matrix is dense and has the stated trace and norm`(
    spectrum: Quadratic.Spectrum
  ) {
    var generator = SplitMix64(seed: 2)
    let n = 30
    let quadratic = Quadratic(
      dimension: n, condition: 100, spectrum: spectrum, using: &generator)
    let eigenvalues = spectrum.eigenvalues(n, condition: 100)
    #expect(eigenvalues[0] == 1)
    #expect(abs(eigenvalues[n - 1] - 100) < 1e-12)
    // Similarity keeps Σ λ = tr A and Σ λ² = ‖A‖².
    var full = quadratic.matrix
    full.symmetrizeFromLower()
    #expect(abs(full.trace - eigenvalues.sum) < 1e-11)
    #expect(abs(full.frobeniusNorm - eigenvalues.norm) < 1e-11)
    #expect(full.columnMajor.allSatisfy { $0 != 0 })
  }

  @Test func `The gradient vanishes at the minimiser, the value is least`() {
    var generator = SplitMix64(seed: 3)
    let quadratic = Quadratic(dimension: 20, condition: 10, using: &generator)
    var gradient = Vector<Double>.zeros(20)
    let value = quadratic.valueAndGradient(
      at: quadratic.minimizer, into: &gradient)
    #expect(gradient.normInfinity == 0)
    #expect(abs(value - quadratic.minimum) <= 1e-14 * abs(value))
  }

  @Test func `L-BFGS finds the minimiser`() {
    var generator = SplitMix64(seed: 4)
    let quadratic = Quadratic(dimension: 40, condition: 100, using: &generator)
    let solution = minimize(
      quadratic, from: quadratic.start, using: .lbfgs(),
      until: .gradientNorm(1e-9))
    // λ ≥ 1, so that ‖x − x*‖ ≤ ‖∇f‖ ≤ √n ‖∇f‖∞.
    #expect((solution.x - quadratic.minimizer).norm < 1e-8)
  }

  @Test func `One variable`() {
    var generator = SplitMix64(seed: 5)
    let quadratic = Quadratic(dimension: 1, condition: 7, using: &generator)
    #expect(abs(quadratic.matrix[0, 0] - 1) < 1e-15)
  }
}
