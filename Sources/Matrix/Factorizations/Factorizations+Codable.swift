// A factorization is encoded as its factors. Decoding checks whatever the
// algorithms rely on, for they follow the exchanges through raw memory; work
// space is made anew.

extension Cholesky: Codable {
  private enum CodingKeys: String, CodingKey {
    case factor
    case norm
  }

  /// Decodes L, checking that it is square and lower triangular.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let factor = try container.decode(Matrix<Scalar>.self, forKey: .factor)
    try container.require(
      factor.isSquare && factor.isLowerTriangular, .factor,
      "a factor that is not square and lower triangular")
    self.init(order: factor.rows)
    triangle = factor
    norm = try container.decodeIfPresent(Scalar.self, forKey: .norm)
  }

  /// Encodes L and what is known of ‖A‖₁.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(triangle, forKey: .factor)
    try container.encodeIfPresent(norm, forKey: .norm)
  }
}

extension LU: Codable {
  private enum CodingKeys: String, CodingKey {
    case factors
    case exchanges
    case norm
  }

  /// Decodes L, U and the exchanges of rows, checking their counts and range.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let factors = try container.decode(Matrix<Scalar>.self, forKey: .factors)
    let exchanges = try container.decode([Int32].self, forKey: .exchanges)
    try container.require(
      factors.isSquare, .factors, "factors that are not square")
    try container.require(
      exchanges.areExchanges(of: factors.rows), .exchanges,
      "exchanges that do not fit a matrix of order \(factors.rows)")
    self.factors = factors
    pivots = exchanges
    norm = try container.decode(Scalar.self, forKey: .norm)
  }

  /// Encodes L, U, the exchanges of rows and ‖A‖₁.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(factors, forKey: .factors)
    try container.encode(pivots, forKey: .exchanges)
    try container.encode(norm, forKey: .norm)
  }
}

extension LDLT: Codable {
  private enum CodingKeys: String, CodingKey {
    case factor
    case diagonal
    case subdiagonal
    case exchanges
    case norm
  }

  /// Decodes L, D and the exchanges, checking their counts, range and that the
  /// blocks of D do not overlap.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let factor = try container.decode(Matrix<Scalar>.self, forKey: .factor)
    let diagonal = try container.decode(Vector<Scalar>.self, forKey: .diagonal)
    let subdiagonal = try container.decode(
      Vector<Scalar>.self, forKey: .subdiagonal)
    let exchanges = try container.decode([Int32].self, forKey: .exchanges)
    let n = factor.rows
    try container.require(
      factor.isSquare && factor.isLowerTriangular, .factor,
      "a factor that is not square and lower triangular")
    try container.require(
      diagonal.count == n, .diagonal,
      "\(diagonal.count) numbers on a diagonal of \(n)")
    let blocks = subdiagonal.array
    try container.require(
      blocks.count == n && (blocks.last ?? 0) == 0
        && !zip(blocks, blocks.dropFirst()).contains { $0 != 0 && $1 != 0 },
      .subdiagonal, "blocks that do not fit a matrix of order \(n)")
    try container.require(
      exchanges.areExchanges(of: n), .exchanges,
      "exchanges that do not fit a matrix of order \(n)")
    self.init(order: n)
    triangle = factor
    self.diagonal = diagonal.array
    self.subdiagonal = blocks
    self.exchanges = exchanges
    norm = try container.decodeIfPresent(Scalar.self, forKey: .norm)
  }

  /// Encodes L, D, the exchanges and what is known of ‖A‖₁.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(triangle, forKey: .factor)
    try container.encode(Vector(diagonal), forKey: .diagonal)
    try container.encode(Vector(subdiagonal), forKey: .subdiagonal)
    try container.encode(exchanges, forKey: .exchanges)
    try container.encodeIfPresent(norm, forKey: .norm)
  }
}

extension KeyedDecodingContainer {
  fileprivate func require(
    _ condition: Bool, _ key: Key, _ found: String
  ) throws {
    guard condition else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: self, debugDescription: found)
    }
  }
}

extension [Int32] {
  /// Whether step k exchanges k with a place from k on, counted from 1.
  fileprivate func areExchanges(of n: Int) -> Bool {
    count == n && indices.allSatisfy { self[$0] > $0 && self[$0] <= n }
  }
}

extension Matrix {
  /// Whether all elements above the diagonal are zero.
  fileprivate var isLowerTriangular: Bool {
    (0..<columns).allSatisfy { j in
      storage[j * rows..<j * rows + Swift.min(j, rows)].allSatisfy { $0 == 0 }
    }
  }
}
