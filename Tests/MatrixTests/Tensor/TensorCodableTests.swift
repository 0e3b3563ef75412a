import Foundation
import Matrix
import Testing

@Suite struct TensorCodableTests {
  @Test(arguments: scalarTypes)
  func `Lists and bytes come back`(_ type: any BLASScalar.Type) throws {
    func check<Scalar: BLASScalar>(_: Scalar.Type) throws {
      let t = Tensor<Scalar>(
        shape: [2, 1, 3], columnMajor: [1, -2, 0.1, 3e30, -0.0, 1e-40])
      for tensor in [t, t.transposed, t[0, 0..., 1...], .zeros([0, 2])] {
        for bytes in [false, true] {
          let encoder = JSONEncoder()
          encoder.userInfo[.numbersAsBytes] = bytes
          let data = try encoder.encode(tensor)
          let back = try JSONDecoder().decode(Tensor<Scalar>.self, from: data)
          #expect(back == tensor && back.isContiguous)
          #expect(
            back.columnMajor.map(\.sign) == tensor.columnMajor.map(\.sign))
        }
      }
    }
    try check(type)
  }

  @Test func `Bytes keep NaN and its payload`() throws {
    let odd = Double(bitPattern: 0x7ff8_0000_dead_beef)
    let encoder = JSONEncoder()
    encoder.userInfo[.numbersAsBytes] = true
    let data = try encoder.encode(
      Tensor(shape: [2], columnMajor: [odd, -.infinity]))
    let back = try JSONDecoder().decode(Tensor<Double>.self, from: data)
    #expect(back[0].bitPattern == odd.bitPattern && back[1] == -.infinity)
  }

  @Test(
    arguments: [
      #"{"shape":[2,2],"columnMajor":[1,2,3]}"#,
      #"{"shape":[-1,-1],"columnMajor":[1]}"#,
      #"{"shape":[4294967296,4294967296,0],"columnMajor":[]}"#,
      #"{"shape":[2147483647,2147483647,2147483647],"columnMajor":[]}"#,
      #"{"shape":[1],"columnMajor":"AAAA"}"#,
      #"{"columnMajor":[1]}"#,
    ])
  func `A shape that does not fit its numbers throws`(_ text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Tensor<Double>.self, from: Data(text.utf8))
    }
  }
}
