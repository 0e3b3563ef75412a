import Matrix
import TestSupport
import Testing

@Suite struct TensorReductionsTests {
  static let axisSets = [
    [], [0], [1], [2], [0, 1], [2, 0], [1, 2], [0, 1, 2],
  ]

  /// The lists of elements that a reduction along `axes` folds, in the order of
  /// the cells of the result.
  static func lists<Scalar>(_ t: Tensor<Scalar>, _ axes: [Int]) -> [[Scalar]] {
    let kept = (0..<t.rank).filter { !axes.contains($0) }
    // The reduced axes first, so that each cell's elements are consecutive.
    let numbers = t.permuted(axes + kept).columnMajor
    let size = axes.reduce(1) { $0 * t.shape[$1] }
    let cells = kept.reduce(1) { $0 * t.shape[$1] }
    return (0..<cells).map { Array(numbers[$0 * size..<($0 + 1) * size]) }
  }

  @Test(arguments: scalarTypes)
  func `Along every set of axes, as the naive loop`(
    _ type: any BLASScalar.Type
  ) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var generator = SplitMix64(seed: 5)
      let base: Tensor<Scalar> = integerTensor([6, 5, 7], using: &generator)
      let views = [
        base, base.transposed, base.permuted([1, 2, 0]),
        base[1..., stride(from: 4, through: 0, by: -2), 0...],
        base[0..<1, 0..., 0...],
      ]
      for t in views {
        for axes in Self.axisSets {
          let lists = Self.lists(t, axes)
          let n = Scalar(lists[0].count)
          let kept = (0..<3).filter { !axes.contains($0) }.map { t.shape[$0] }
          let sum = t.sum(along: axes)
          #expect(sum.shape == kept)
          #expect(sum.columnMajor == lists.map { $0.reduce(0, +) })
          #expect(
            t.mean(along: axes).columnMajor
              == lists.map { $0.reduce(0, +) / n })
          #expect(t.maximum(along: axes).columnMajor == lists.map { $0.max()! })
          #expect(t.minimum(along: axes).columnMajor == lists.map { $0.min()! })
          #expect(
            t.norm(along: axes).columnMajor
              == lists.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() })
          let flat = (0..<3).map { axes.contains($0) ? 1 : t.shape[$0] }
          let wide = t.sum(along: axes, keepingAxes: true)
          #expect(wide.shape == flat && wide.columnMajor == sum.columnMajor)
          #expect(t.mean(along: axes, keepingAxes: true).shape == flat)
          #expect(t.maximum(along: axes, keepingAxes: true).shape == flat)
          #expect(t.minimum(along: axes, keepingAxes: true).shape == flat)
          #expect(t.norm(along: axes, keepingAxes: true).shape == flat)
        }
        #expect(t.sum == t.columnMajor.reduce(0, +))
        #expect(t.mean == t.sum / Scalar(t.count))
        #expect(t.maximum == t.columnMajor.max())
        #expect(t.minimum == t.columnMajor.min())
        #expect(t.norm == Vector(t.columnMajor).norm)
      }
    }
    check(type)
  }

  @Test func `Kept axes broadcast back`() {
    let t: Tensor<Double> = [[1, 2, 3], [4, 5, 9]]
    let centred = t - t.mean(along: [1], keepingAxes: true)
    #expect(centred == [[-1, 0, 1], [-2, -1, 3]])
  }

  @Test func `Nothing to reduce`() {
    let t = Tensor<Double>.zeros([0, 2])
    #expect(t.sum(along: [0]) == [0, 0] && t.sum == 0)
    #expect(
      t.mean(along: [0]).columnMajor.allSatisfy { $0.isNaN } && t.mean.isNaN)
    #expect(t.maximum(along: [0]) == [-.infinity, -.infinity].tensor)
    #expect(t.minimum == .infinity && t.norm == 0)
    #expect(t.sum(along: [1]).shape == [0])
    #expect(t.norm(along: [1]).shape == [0])
    #expect(Tensor(3.0).sum == 3 && Tensor(-3.0).norm == 3)
  }

  @Test(arguments: [0, 1, 6, 8])
  func `One NaN is never lost`(_ place: Int) {
    var numbers = (0..<9).map { Double($0) }
    numbers[place] = .nan
    let t = Tensor(shape: [9], columnMajor: numbers)
    #expect(t.maximum.isNaN && t.minimum.isNaN && t.norm.isNaN && t.sum.isNaN)
    let pairs = Tensor(shape: [1, 9], columnMajor: numbers)
      .broadcast(to: [2, 9])
    #expect(pairs.maximum(along: [1]).columnMajor.allSatisfy { $0.isNaN })
    // Along the other axis it stays in its own column.
    let columns = pairs.minimum(along: [0])
    #expect(columns[place].isNaN && columns[(place + 1) % 9] != 9)
    #expect(columns.columnMajor.count { $0.isNaN } == 1)
  }

  @Test func `Norms neither overflow nor underflow`() {
    let huge = Tensor(
      shape: [2, 3], columnMajor: [3e300, 4e300, 3, 4, 3e-300, 4e-300])
    let norms = huge.norm(along: [0])
    #expect(abs(norms[0] / 5e300 - 1) < 1e-15)
    #expect(abs(norms[1] - 5) < 1e-15)
    #expect(abs(norms[2] / 5e-300 - 1) < 1e-15)
    let tiny = Double.leastNonzeroMagnitude
    #expect(
      Tensor(shape: [2], columnMajor: [3 * tiny, 4 * tiny]).norm == 5 * tiny)
    #expect(
      Tensor(shape: [2], columnMajor: [1, -Double.infinity]).norm == .infinity)
    #expect(
      Tensor(shape: [2], columnMajor: [.nan, Double.infinity]).norm.isNaN)
    #expect(Tensor<Double>.zeros([3]).norm == 0)
    #expect(Tensor<Float>(shape: [2], columnMajor: [2e38, 2e38]).norm.isFinite)
  }

  @Test func `Axes that are none trap`() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor<Double>.zeros([2, 3]).sum(along: [2]) }
    #expect(said(result, "axes [2] are not different axes of a tensor of 2×3"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor<Double>.zeros([2, 3]).norm(along: [0, 0]) }
    #expect(
      said(result, "axes [0, 0] are not different axes of a tensor of 2×3"))
  }
}

extension [Double] {
  fileprivate var tensor: Tensor<Double> {
    Tensor(shape: [count], columnMajor: self)
  }
}
