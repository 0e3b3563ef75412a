internal import Foundation

extension CodingUserInfoKey {
  /// When an encoder's `userInfo` holds `true` under this key, vectors and
  /// matrices are encoded as the bytes of their numbers, little-endian,
  /// instead of as lists.
  ///
  /// The form for checkpoints: exact for every bit pattern, NaN and −0
  /// included, and as fast as copying. Both forms are recognised when decoding.
  public static let numbersAsBytes = CodingUserInfoKey(
    rawValue: "numbersAsBytes")!
}

/// The numbers of a vector or matrix as they are encoded.
struct EncodedNumbers<Scalar: BLASScalar>: Codable {
  var numbers: [Scalar]

  init(_ numbers: [Scalar]) { self.numbers = numbers }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if encoder.userInfo[.numbersAsBytes] as? Bool == true {
      // Both supported platforms are little-endian.
      try container.encode(numbers.withUnsafeBytes { Data($0) })
    } else {
      try container.encode(numbers)
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let list = try? container.decode([Scalar].self) {
      numbers = list
      return
    }
    let bytes = try container.decode(Data.self)
    let size = MemoryLayout<Scalar>.stride
    guard bytes.count.isMultiple(of: size) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription:
          "\(bytes.count) bytes are not a whole number of \(Scalar.self)s")
    }
    numbers = Array(unsafeUninitializedCapacity: bytes.count / size) {
      buffer, filled in
      filled = buffer.count
      bytes.copyBytes(to: UnsafeMutableRawBufferPointer(buffer))
    }
  }
}

extension Vector: Codable {
  /// Decodes a list of numbers, or their bytes.
  public init(from decoder: any Decoder) throws {
    let numbers = try EncodedNumbers<Scalar>(from: decoder).numbers
    guard numbers.count <= Int(Int32.max) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "\(numbers.count) numbers are too many"))
    }
    self.init(numbers)
  }

  /// Encodes a list of numbers, or their bytes when
  /// `CodingUserInfoKey.numbersAsBytes` asks for them.
  public func encode(to encoder: any Encoder) throws {
    try EncodedNumbers(storage).encode(to: encoder)
  }
}
