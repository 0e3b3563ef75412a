import Matrix
import TestSupport
import Testing

@Suite struct TensorContractionTests {
  /// The contraction by its definition: a loop over all names.
  static func naive<Scalar: BLASScalar>(
    _ a: Tensor<Scalar>, _ namesA: String, _ b: Tensor<Scalar>,
    _ namesB: String, into names: String
  ) -> Tensor<Scalar> {
    var extents: [Character: Int] = [:]
    for (name, extent) in zip(namesA, a.shape) { extents[name] = extent }
    for (name, extent) in zip(namesB, b.shape) { extents[name] = extent }
    let all = extents.keys.sorted()
    let flatA = a.columnMajor
    let flatB = b.columnMajor
    func place(_ names: String, _ index: [Character: Int]) -> Int {
      var (place, step) = (0, 1)
      for name in names {
        place += index[name]! * step
        step *= extents[name]!
      }
      return place
    }
    let shape = names.map { extents[$0]! }
    var result = [Scalar](repeating: 0, count: shape.reduce(1, *))
    _ = Tensor<Scalar>(shape: all.map { extents[$0]! }) { indices in
      let index = Dictionary(uniqueKeysWithValues: zip(all, indices))
      result[place(names, index)] +=
        flatA[place(namesA, index)] * flatB[place(namesB, index)]
      return 0
    }
    return Tensor(shape: shape, columnMajor: result)
  }

  @Test(
    arguments: [
      ("ij", "jk", "ik"), ("ij", "jk", "ki"), ("ji", "jk", "ik"),
      ("ij", "kj", "ik"), ("ji", "kj", "ki"), ("ij", "j", "i"),
      ("i", "ij", "j"),
      ("i", "j", "ij"), ("i", "j", "ji"), ("i", "i", ""), ("ij", "ij", ""),
      ("ij", "ji", ""), ("ij", "ij", "ij"), ("ij", "ji", "ij"),
      ("ijk", "jkl", "il"), ("ijk", "kjl", "il"), ("ijk", "ljk", "li"),
      ("ijk", "jl", "ilk"), ("jik", "jl", "kli"), ("ijk", "ilk", "jl"),
      ("ijs", "jks", "iks"), ("sij", "sjk", "sik"), ("isj", "jsk", "ski"),
      ("ijs", "jk", "iks"), ("ij", "jks", "sik"), ("ijkl", "klij", ""),
      ("ijkl", "lk", "ji"), ("ijkl", "kjm", "iml"), ("ij", "k", "i"),
      ("ij", "jk", "k"), ("ij", "kl", "lj"), ("", "ij", "ji"), ("", "", ""),
    ])
  func `Named axes, against the definition`(
    _ a: String, _ b: String, _ c: String
  ) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      let extents: [Character: Int] = [
        "i": 3, "j": 4, "k": 2, "l": 5, "m": 1, "s": 3,
      ]
      var generator = SplitMix64(seed: 6)
      let shapeA = a.map { extents[$0]! }
      let shapeB = b.map { extents[$0]! }
      let left: Tensor<Scalar> = integerTensor(shapeA, using: &generator)
      let right: Tensor<Scalar> = integerTensor(shapeB, using: &generator)
      let expected = Self.naive(left, a, right, b, into: c)
      #expect(contract(left, a, right, b, into: c) == expected)
      // The same elements behind other strides.
      let leftView = left.transposed.contiguous().transposed
      let rightView = right.transposed.contiguous().transposed
      #expect(contract(leftView, a, rightView, b, into: c) == expected)
      if a.count == 2 {
        let back = stride(from: shapeA[0] - 1, through: 0, by: -1)
        let reversed = left[back, 0...].contiguous()[back, 0...]
        #expect(contract(reversed, a, right, b, into: c) == expected)
      }
    }
    check(Float.self)
    check(Double.self)
  }

  @Test(arguments: scalarTypes)
  func `Numbered axes`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var generator = SplitMix64(seed: 7)
      let a: Tensor<Scalar> = integerTensor([3, 4, 2], using: &generator)
      let b: Tensor<Scalar> = integerTensor([4, 5, 2], using: &generator)
      #expect(
        a.contracted(with: b, axes: [1], [0])
          == Self.naive(a, "ijk", b, "jlm", into: "iklm"))
      #expect(
        a.contracted(with: b, axes: [2, 1], [2, 0])
          == Self.naive(a, "ijk", b, "jlk", into: "il"))
      #expect(
        a.contracted(with: b, axes: [], [])
          == Self.naive(a, "ijk", b, "lmn", into: "ijklmn"))
      #expect(a.contracted(with: a, axes: [0, 1, 2], [0, 1, 2]).shape == [])
      let m: Matrix<Scalar> = integerMatrix(4, 3, using: &generator)
      let n: Matrix<Scalar> = integerMatrix(3, 6, using: &generator)
      #expect(
        Matrix(Tensor(m).contracted(with: Tensor(n), axes: [1], [0])) == m * n)
    }
    check(type)
  }

  @Test func `Empty axes`() {
    let a = Tensor<Double>.zeros([3, 0])
    let b = Tensor<Double>.zeros([0, 2])
    #expect(contract(a, "ij", b, "jk", into: "ik") == Tensor.zeros([3, 2]))
    #expect(contract(b, "ij", b, "ij", into: "").shape == [])
    #expect(contract(a, "ij", a, "ik", into: "jk").shape == [0, 0])
  }

  @Test func `Broadcast operands and NaN`() {
    let ones = Tensor(1.0).broadcast(to: [2, 3])
    let a: Tensor<Double> = [[1, 2], [3, .number(.nan)], [5, 6]]
    let c = contract(ones, "ij", a, "jk", into: "ik")
    #expect(c[0, 0] == 9 && c[1, 0] == 9 && c[0, 1].isNaN)
  }

  @Test func `Names and extents that do not fit trap`() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let a = Tensor<Double>.zeros([2, 3])
      _ = contract(a, "ij", a, "jk", into: "ik")
    }
    #expect(
      said(
        result,
        "axis j has extent 3 in a tensor of 2×3 and 2 in one of 2×3"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let a = Tensor<Double>.zeros([2, 3])
      _ = contract(a, "ijk", a, "ij", into: "k")
    }
    #expect(said(result, "\"ijk\" does not name the 2 axes of a tensor of 2×3"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let a = Tensor<Double>.zeros([2, 3])
      _ = contract(a, "ij", a, "ij", into: "ix")
    }
    #expect(said(result, "\"ix\" does not name axes of \"ij\" and \"ij\""))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let a = Tensor<Double>.zeros([2, 3])
      _ = a.contracted(with: a, axes: [0], [1])
    }
    #expect(said(result, "axis 0 of a tensor of 2×3 contracted with axis 1"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let a = Tensor<Double>.zeros([2, 3])
      _ = a.contracted(with: a, axes: [0, 1], [0])
    }
    #expect(said(result, "2 axes contracted with 1"))
  }
}
