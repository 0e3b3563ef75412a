import Foundation
import Matrix
import Testing

@Suite struct VectorCodableTests {
  @Test(arguments: scalarTypes)
  func `Lists and bytes come back bit for bit`(
    _ type: any BLASScalar.Type
  ) throws {
    func check<Scalar: BLASScalar>(_: Scalar.Type) throws {
      let numbers: [Scalar] = [
        1, -2.5, 0.1, -0.0, .pi, .leastNonzeroMagnitude,
        .greatestFiniteMagnitude,
      ]
      for vector in [Vector(numbers), [], [7]] {
        for bytes in [false, true] {
          let encoder = JSONEncoder()
          encoder.userInfo[.numbersAsBytes] = bytes
          let data = try encoder.encode(vector)
          let back = try JSONDecoder().decode(Vector<Scalar>.self, from: data)
          #expect(back == vector && back.map(\.sign) == vector.map(\.sign))
        }
      }
    }
    try check(type)
  }

  @Test func `The list form is a plain list`() throws {
    let data = try JSONEncoder().encode([1.5, -2] as Vector<Double>)
    #expect(String(decoding: data, as: UTF8.self) == "[1.5,-2]")
  }

  @Test func `Bytes keep NaN, its payload, infinities and the sign of 0`()
    throws
  {
    let odd = Double(bitPattern: 0x7ff8_0000_dead_beef)
    let vector: Vector<Double> = [odd, .infinity, -.infinity, -0.0]
    let encoder = JSONEncoder()
    encoder.userInfo[.numbersAsBytes] = true
    let data = try encoder.encode(vector)
    let back = try JSONDecoder().decode(Vector<Double>.self, from: data)
    #expect(back.map(\.bitPattern) == vector.map(\.bitPattern))
    // JSON has no number for them.
    #expect(throws: EncodingError.self) { try JSONEncoder().encode(vector) }
  }

  @Test func `A part of a number throws`() {
    // Four bytes: half a Double.
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        Vector<Double>.self, from: Data(#""AAAAAA==""#.utf8))
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        Vector<Double>.self, from: Data(#"{"a":1}"#.utf8))
    }
  }
}
