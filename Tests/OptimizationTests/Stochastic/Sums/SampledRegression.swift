import Matrix
import Optimization
import TestSupport

/// f(θ) = 1/N Σ ½ (xᵢᵀθ − yᵢ)² + λ/2 ‖θ‖², with the minimiser by Cholesky.
struct SampledRegression: FiniteSum {
  let samples: Matrix<Double>
  let targets: Vector<Double>
  let ridge: Double

  init(features n: Int, samples count: Int, ridge: Double, seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    samples = randomMatrix(n, count, using: &generator)
    targets = randomVector(count, using: &generator)
    self.ridge = ridge
  }

  var dimension: Int? { samples.rows }
  var sampleCount: Int { targets.count }

  func valueAndGradient(
    at x: Vector<Double>, of batch: Batch, into gradient: inout Vector<Double>
  ) -> Double {
    let n = samples.rows
    let weight = 1 / Double(batch.count)
    gradient.copy(from: x)
    gradient.scale(by: ridge)
    var value = ridge / 2 * x.dot(x)
    samples.withUnsafeBufferPointer { a in
      x.withUnsafeBufferPointer { x in
        gradient.withUnsafeMutableBufferPointer { g in
          for k in 0..<batch.count {
            let column = batch[k] * n
            var r = -targets[batch[k]]
            for i in 0..<n { r += a[column + i] * x[i] }
            value += weight * r * r / 2
            for i in 0..<n { g[i] += weight * r * a[column + i] }
          }
        }
      }
    }
    return value
  }

  /// The minimiser, from the normal equations.
  var minimiser: Vector<Double> {
    get throws {
      let n = samples.rows
      let scale = 1 / Double(sampleCount)
      var hessian = Matrix<Double>.zeros(n, n)
      for i in 0..<n {
        hessian[i, i] = ridge
        for j in 0..<n {
          for k in 0..<sampleCount {
            hessian[i, j] += scale * samples[i, k] * samples[j, k]
          }
        }
      }
      var right = Vector<Double>.zeros(n)
      for k in 0..<sampleCount {
        for i in 0..<n { right[i] += scale * targets[k] * samples[i, k] }
      }
      return try Cholesky(hessian).solve(right)
    }
  }
}
