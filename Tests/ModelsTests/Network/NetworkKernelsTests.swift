import CBLAS
import Foundation
import Matrix
import TestSupport
import Testing

@Suite("Kernels of networks")
struct NetworkKernelsTests {
  private let kinds: [(network_activation, (Double) -> Double)] = [
    (network_relu, { max(0, $0) }),
    (network_tanh, { tanh($0) }),
    (network_sigmoid, { 1 / (1 + exp(-$0)) }),
    (network_gelu, { 0.5 * $0 * erfc(-$0 * 0.5.squareRoot()) }),
    (
      network_gelu_tanh,
      { z in
        let u = (2 / Double.pi).squareRoot() * (z + 0.044715 * z * z * z)
        return 0.5 * z * (1 + tanh(u))
      }
    ),
  ]

  @Test("activations are those of the C library, for numbers of every size")
  func activations() {
    // From 1e-300 to 1e3, both signs, with small ones between.
    var z = (-300...2).flatMap { k in
      [1.0, 2.7, 7.3].map { $0 * pow(10, Double(k)) }
    }
    z += (0..<400).map { 0.05 * Double($0) }
    z += z.map { -$0 }
    let bias = [Double](repeating: 0, count: z.count)
    for (kind, reference) in kinds {
      var a = z
      network_forward(
        Int32(kind.rawValue), z.count, 1, bias, z, &a, nil, nil)
      for (z, a) in zip(z, a) {
        let expected = reference(z)
        // 1 + tanh u cancels where u is far below 0, in either form.
        let allowed =
          kind == network_gelu_tanh
          ? 4 * Double.ulpOfOne * abs(z) : 8 * .ulpOfOne * abs(expected)
        #expect(
          abs(a - expected) <= allowed + 1e-300, "\(kind) of \(z): \(a)")
      }
    }
  }

  @Test("products are sums of products, for every tail")
  func products() {
    var random = SplitMix64(seed: 12)
    for (m, n, k) in [
      (1, 1, 1), (7, 3, 5), (8, 8, 8), (10, 9, 300), (16, 17, 33), (24, 8, 257),
      (25, 15, 2), (32, 1, 40), (33, 26, 520), (128, 64, 64),
    ] {
      for (s, t, adds) in [
        (0, 0, 0), (0, 1, 1), (1, 0, 0), (1, 1, 1), (0, 0, 1), (1, 0, 1),
      ] {
        let a: Matrix<Double> = randomMatrix(
          s == 0 ? m : k, s == 0 ? k : m, using: &random)
        let b: Matrix<Double> = randomMatrix(
          t == 0 ? k : n, t == 0 ? n : k, using: &random)
        // What C held is not read where it is not added to.
        var c = [Double](repeating: adds == 0 ? .nan : 0.5, count: m * n)
        let isDone = network_multiply(
          Int32(s), Int32(t), m, n, k, a.columnMajor, a.rows, b.columnMajor,
          b.rows, Int32(adds), &c, m)
        // A processor without AVX-512 has no such product.
        guard isDone != 0 else { return }
        for j in 0..<n {
          for i in 0..<m {
            var (sum, size) = (adds == 0 ? 0 : 0.5, 0.0)
            for l in 0..<k {
              let x = s == 0 ? a[i, l] : a[l, i]
              let y = t == 0 ? b[l, j] : b[j, l]
              sum += x * y
              size += abs(x * y)
            }
            #expect(
              abs(c[j * m + i] - sum) <= Double(k) * .ulpOfOne * (size + 1),
              "\(m) \(n) \(k) \(s) \(t) \(adds), at \(i), \(j)")
          }
        }
      }
    }
  }
}
