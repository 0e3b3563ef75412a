import Matrix
import Optimization

struct Rosen: DifferentiableObjective {
  func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
    var f = 0.0
    x.withUnsafeBufferPointer { x in
      g.withUnsafeMutableBufferPointer { g in
        for i in stride(from: 0, to: x.count - 1, by: 2) {
          let a = 1 - x[i], b = 10 * (x[i + 1] - x[i] * x[i])
          g[i + 1] = 20 * b
          g[i] = -2 * (x[i] * g[i + 1] + a)
          f += a * a + b * b
        }
      }
    }
    return f
  }
}
let clock = ContinuousClock()
for n in CommandLine.arguments.count > 1 ? [Int(CommandLine.arguments[1])!] : [2, 100, 10_000, 1_000_000] {
  let start = Vector<Double>(count: n) { $0 % 2 == 0 ? -1.2 : 1 }
  let repeats = max(1, min(20000, 2_000_000 / n))
  var best = Duration.seconds(1000)
  var s = minimize(Rosen(), from: start, using: .lbfgs())
  for _ in 0..<5 {
    let t = clock.measure {
      for _ in 0..<repeats { s = minimize(Rosen(), from: start, using: .lbfgs()) }
    }
    best = min(best, t / repeats)
  }
  print(n, best, s.iterations, s.counts.values, s.value, s.certificate.gradientNorm, s.cause!)
}
