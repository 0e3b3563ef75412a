extension Tensor: Codable {
  private enum CodingKeys: String, CodingKey {
    case shape
    case columnMajor
  }

  /// Decodes the shape and the numbers, the first index running fastest.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let shape = try container.decode([Int].self, forKey: .shape)
    let numbers = try container.decode(
      EncodedNumbers<Scalar>.self, forKey: .columnMajor
    ).numbers
    guard Layout.countIfValid(shape) == numbers.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .columnMajor, in: container,
        debugDescription: "\(numbers.count) numbers for a tensor of \(shape)")
    }
    self.init(shape: shape, columnMajor: numbers)
  }

  /// Encodes the shape and the numbers, the first index running fastest, as a
  /// list or as bytes when `CodingUserInfoKey.numbersAsBytes` asks for them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(shape, forKey: .shape)
    try container.encode(EncodedNumbers(columnMajor), forKey: .columnMajor)
  }
}
