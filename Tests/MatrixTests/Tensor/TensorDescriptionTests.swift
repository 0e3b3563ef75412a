import Matrix
import Testing

@Suite struct TensorDescriptionTests {
  @Test func `Low ranks read as numbers, vectors and matrices`() {
    #expect("\(Tensor(1.5))" == "1.5")
    #expect("\(Tensor(shape: [2], columnMajor: [1.0, 2]))" == "[1.0, 2.0]")
    let rows: Tensor<Double> = [[1, 20], [3, 4]]
    #expect(
      "\(rows)" == """
        2×2 tensor
        [1.0, 20.0]
        [3.0,  4.0]
        """)
  }

  @Test func `Higher ranks read matrix by matrix`() {
    let t = Tensor(shape: [1, 2, 2, 2], columnMajor: (0..<8).map(Double.init))
    #expect(
      "\(t)" == """
        1×2×2×2 tensor
        [:, :, 0, 0]
        [0.0, 1.0]
        [:, :, 1, 0]
        [2.0, 3.0]
        [:, :, 0, 1]
        [4.0, 5.0]
        [:, :, 1, 1]
        [6.0, 7.0]
        """)
    let many = Tensor<Double>.zeros([1, 1, 20])
    #expect("\(many)".hasSuffix("[:, :, 7]\n[0.0]\n… (12 more)"))
    #expect("\(Tensor<Double>.zeros([2, 0, 3]))" == "2×0×3 tensor")
  }
}
