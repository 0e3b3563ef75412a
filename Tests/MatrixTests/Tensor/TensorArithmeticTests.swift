import Matrix
import TestSupport
import Testing

@Suite struct TensorArithmeticTests {
  /// The element of `t` that broadcasts to `indices`.
  static func element<Scalar>(_ t: Tensor<Scalar>, _ indices: [Int]) -> Scalar {
    var (place, step) = (0, 1)
    for (index, extent) in zip(indices, t.shape) {
      place += extent == 1 ? 0 : index * step
      step *= extent
    }
    return t.columnMajor[place]
  }

  @Test(arguments: scalarTypes)
  func `Operations broadcast as the naive loop does`(
    _ type: any BLASScalar.Type
  ) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var generator = SplitMix64(seed: 3)
      let shapes = [
        ([4, 5, 3], [4, 5, 3]), ([4, 5, 3], [4]), ([4, 5, 3], [1, 5]),
        ([4, 5, 3], [1, 1, 3]), ([4, 1, 3], [1, 5, 1]), ([4], [4, 5]),
        ([1], [4, 5, 3]), ([], [2, 2]), ([2, 0, 3], [2]), ([1, 1], [1]),
      ]
      for (left, right) in shapes {
        let a: Tensor<Scalar> = integerTensor(left, using: &generator)
        let b: Tensor<Scalar> = integerTensor(right, using: &generator)
        let common = (0..<max(left.count, right.count)).map { k in
          let l = k < left.count ? left[k] : 1
          let r = k < right.count ? right[k] : 1
          return l == 1 ? r : l
        }
        let sum = Tensor<Scalar>(shape: common) {
          Self.element(a, $0) + Self.element(b, $0)
        }
        let difference = Tensor<Scalar>(shape: common) {
          Self.element(a, $0) - Self.element(b, $0)
        }
        let product = Tensor<Scalar>(shape: common) {
          Self.element(a, $0) * Self.element(b, $0)
        }
        #expect(a + b == sum)
        #expect(a - b == difference)
        #expect(a * b == product)
      }
    }
    check(type)
  }

  @Test(arguments: scalarTypes)
  func `In place, on any strides`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var generator = SplitMix64(seed: 4)
      let base: Tensor<Scalar> = integerTensor([4, 5, 3], using: &generator)
      let other: Tensor<Scalar> = integerTensor([3, 5, 4], using: &generator)
      let views: [(Tensor<Scalar>, Tensor<Scalar>)] = [
        (base, other.transposed), (base.transposed, other),
        (base.permuted([2, 1, 0]), base.transposed),
        (base[0..., 1..., 0...], other.transposed[0..., 1..., 0...]),
        (
          base[stride(from: 3, through: 0, by: -1), 0..., 0...],
          other.transposed
        ),
      ]
      for (a, b) in views {
        func naive(_ f: (Scalar, Scalar) -> Scalar) -> Tensor<Scalar> {
          Tensor(shape: a.shape) {
            f(a[$0[0], $0[1], $0[2]], b[$0[0], $0[1], $0[2]])
          }
        }
        var t = a
        t.add(b, scaledBy: 3)
        #expect(t == naive { $0 + 3 * $1 })
        t = a
        t.subtract(b)
        #expect(t == naive { $0 - $1 })
        t = a
        t.multiply(by: b)
        #expect(t == naive { $0 * $1 })
        t = a + Tensor(20)
        t.divide(by: b + Tensor(16))
        #expect(t == naive { ($0 + 20) / ($1 + 16) })
        t = a
        t.combine(b) { $0 > $1 ? $0 : -$1 }
        #expect(t == naive { $0 > $1 ? $0 : -$1 })
        t = a
        t.copy(from: b)
        #expect(t == b)
        t = a
        t.scale(by: -2)
        #expect(t == naive { x, _ in -2 * x })
        #expect(-2 * a == t && a * -2 == t && -a - a == t)
        t = a
        t.apply { $0 * $0 + 1 }
        #expect(t == naive { x, _ in x * x + 1 })
        #expect(a.map { $0 * $0 + 1 } == t)
        t.fill(with: 4)
        #expect(t == naive { _, _ in 4 })
        t = a
        t += b
        t -= a
        #expect(t == b)
        t *= a
        t *= 2
        #expect(t == naive { 2 * $0 * $1 })
      }
    }
    check(type)
  }

  @Test func `A tensor combines with itself`() {
    var a: Tensor<Double> = [[1, 2], [3, 4]]
    a.add(a.transposed)
    #expect(a == [[2, 5], [5, 8]])
    a.multiply(by: a)
    #expect(a == [[4, 25], [25, 64]])
  }

  @Test func `NaN and infinities follow IEEE 754`() {
    var a: Tensor<Double> = [1, 0, -1]
    a.divide(by: Tensor(0))
    #expect(a[0] == .infinity && a[1].isNaN && a[2] == -.infinity)
    a.scale(by: 0)
    #expect(a.columnMajor.allSatisfy { $0.isNaN })
    a.fill(with: 0)
    #expect(a == [0, 0, 0])
  }

  @Test func `map converts between scalar types`() {
    let a: Tensor<Double> = [[0.1, 2], [3, 4]]
    let b = a.transposed.map { Float($0) }
    #expect(b == [[0.1, 3], [2, 4]])
    struct Refusal: Error {}
    #expect(throws: Refusal.self) {
      try a.map { number throws -> Double in
        if number == 3 { throw Refusal() }
        return number
      }
    }
  }

  @Test(arguments: scalarTypes)
  func `In place forms allocate nothing`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var a = Tensor<Scalar>(repeating: 1, shape: [8, 9, 10])
      let b = Tensor<Scalar>(repeating: 2, shape: [10, 9, 8]).transposed
      let column = Tensor<Scalar>(repeating: 3, shape: [8])
      func work() {
        a.add(b, scaledBy: 2)
        a.subtract(column)
        a.multiply(by: b)
        a.divide(by: column)
        a.scale(by: 3)
        a.apply { $0 + 1 }
        a.copy(from: b)
        a.fill(with: 2)
      }
      work()
      #expect(allocations(work) == 0)
    }
    check(type)
  }

  @Test func `Shapes that do not broadcast trap`() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor<Double>.zeros([2, 3]) + Tensor.zeros([2, 4]) }
    #expect(
      said(result, "tensors of 2×3 and 2×4 do not broadcast: axis 1 differs"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var a = Tensor<Double>.zeros([3])
      a.add(Tensor.zeros([3, 2]))
    }
    #expect(said(result, "a tensor of 3×2 does not broadcast to one of 3"))
  }
}
