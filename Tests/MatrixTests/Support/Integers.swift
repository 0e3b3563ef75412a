import Matrix
import TestSupport
import Testing

/// The scalar types that a test is run for.
let scalarTypes: [any BLASScalar.Type] = [Float.self, Double.self]

// Small integers: their sums of products are exact in either type and in any
// order, so that results are compared with == and need no tolerance.

func randomInteger<Scalar: BLASScalar>(
  using generator: inout SplitMix64
) -> Scalar {
  Scalar(Int.random(in: -9...9, using: &generator))
}

func integerVector<Scalar: BLASScalar>(
  _ count: Int, using generator: inout SplitMix64
) -> Vector<Scalar> {
  Vector(count: count) { _ in randomInteger(using: &generator) }
}

func integerMatrix<Scalar: BLASScalar>(
  _ rows: Int, _ columns: Int, using generator: inout SplitMix64
) -> Matrix<Scalar> {
  Matrix(rows: rows, columns: columns) { _, _ in
    randomInteger(using: &generator)
  }
}

func integerTensor<Scalar: BLASScalar>(
  _ shape: [Int], using generator: inout SplitMix64
) -> Tensor<Scalar> {
  Tensor(shape: shape) { _ in randomInteger(using: &generator) }
}

/// Whether the process that an exit test ran ended with a message of this text.
func said(_ result: ExitTest.Result?, _ text: String) -> Bool {
  guard let result else { return false }
  return String(decoding: result.standardErrorContent, as: UTF8.self)
    .contains(text)
}
