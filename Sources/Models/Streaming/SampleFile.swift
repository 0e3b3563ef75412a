internal import Foundation

/// A file of samples with their targets, of which a part at a time is in memory.
///
///     let file = try SampleFile(path: "clicks.samples", chunkLength: 4096)
///     let objective = MultilayerPerceptron(architecture, file: file)
///
/// Batches are of samples of one chunk, whose order is shuffled as is that within
/// each; see `FiniteSum.chunkLength`. The file is written by a
/// ``SampleFileWriter``.
///
/// The format: 64 bytes of head, then for each sample its features and its targets,
/// all numbers little-endian. In the head stand the eight bytes `SOSAMPLE`, the
/// version 1 and the bytes of a number, 8 or 4, as 32-bit integers, and the numbers
/// of features, of targets and of samples as 64-bit integers; the rest is 0.
public struct SampleFile: Equatable, Sendable {
  /// How the numbers are stored.
  public enum Number: String, Codable, CaseIterable, Sendable {
    /// 8 bytes, without loss.
    case double
    /// 4 bytes, rounded to about 7 digits.
    case float

    /// The bytes of a number.
    var size: Int { self == .double ? 8 : 4 }
  }

  /// The file.
  public let path: String
  /// The number of features of a sample.
  public let featureCount: Int
  /// The number of targets of a sample.
  public let targetCount: Int
  /// The number of samples.
  public let sampleCount: Int
  /// How the numbers are stored.
  public let number: Number
  /// The number of samples that are read at once.
  public let chunkLength: Int

  /// The file of this path, whose head is read and compared with its size.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - chunkLength: the number of samples that are read at once.
  /// - Precondition: `chunkLength` ≥ 1.
  /// - Throws: a ``SampleFileError``.
  public init(
    path: String, chunkLength: Int = 4096
  ) throws(SampleFileError) {
    precondition(chunkLength >= 1, "chunks of \(chunkLength) samples")
    let source = try FileDescriptor(reading: path)
    let head = try SampleFileHead(from: source)
    self.path = path
    featureCount = head.featureCount
    targetCount = head.targetCount
    sampleCount = head.sampleCount
    number = head.number
    self.chunkLength = chunkLength
    try source.checkSize(of: head)
  }

  var head: SampleFileHead {
    SampleFileHead(
      number: number, featureCount: featureCount, targetCount: targetCount,
      sampleCount: sampleCount)
  }
}

/// What is wrong with a file of samples.
public enum SampleFileError: Error, Equatable, Sendable {
  /// The system refused an operation on the file.
  case file(_ path: String, operation: String, reason: String)
  /// The file is not one of samples.
  case foreign(_ path: String)
  /// The file was written by a later version of this package.
  case future(_ path: String, version: Int)
  /// The head of the file makes no sense.
  case damaged(_ path: String, reason: String)
  /// The file ends early, goes on too long, or was changed since it was opened.
  case wrongSize(_ path: String, found: Int, expected: Int)
}

extension SampleFileError: CustomStringConvertible {
  /// One sentence that names the file.
  public var description: String {
    switch self {
    case .file(let path, let operation, let reason):
      "\(path): cannot \(operation): \(reason)"
    case .foreign(let path):
      "\(path): not a file of samples"
    case .future(let path, let version):
      """
      \(path): written in format \(version), this version reads up to \
      \(SampleFileHead.version)
      """
    case .damaged(let path, let reason):
      "\(path): damaged: \(reason)"
    case .wrongSize(let path, let found, let expected):
      "\(path): \(found) bytes where there have to be \(expected)"
    }
  }
}

/// The head of a file of samples.
struct SampleFileHead: Equatable {
  static let size = 64
  static let version = 1
  private static let magic = Array("SOSAMPLE".utf8)

  let number: SampleFile.Number
  let featureCount: Int
  let targetCount: Int
  var sampleCount: Int

  /// The numbers of a sample.
  var recordLength: Int { featureCount + targetCount }
  /// The bytes of a sample.
  var recordSize: Int { recordLength * number.size }

  /// The bytes of the whole file; nil where they are too many.
  var fileSize: Int? {
    let (bytes, overflows) = recordSize.multipliedReportingOverflow(
      by: sampleCount)
    let (size, again) = bytes.addingReportingOverflow(Self.size)
    return overflows || again ? nil : size
  }

  var bytes: [UInt8] {
    var bytes = Self.magic
    func append(_ integer: some FixedWidthInteger) {
      withUnsafeBytes(of: integer.littleEndian) { bytes += $0 }
    }
    append(UInt32(Self.version))
    append(UInt32(number.size))
    for count in [featureCount, targetCount, sampleCount] {
      append(UInt64(count))
    }
    return bytes + Array(repeating: 0, count: Self.size - bytes.count)
  }

  init(
    number: SampleFile.Number, featureCount: Int, targetCount: Int,
    sampleCount: Int
  ) {
    self.number = number
    self.featureCount = featureCount
    self.targetCount = targetCount
    self.sampleCount = sampleCount
  }

  init(from file: FileDescriptor) throws(SampleFileError) {
    let path = file.path
    let bytes = try file.bytes(Self.size, at: 0)
    guard bytes.starts(with: Self.magic) else { throw .foreign(path) }
    guard bytes.count == Self.size else {
      throw .wrongSize(path, found: bytes.count, expected: Self.size)
    }
    func integer<T: FixedWidthInteger>(at place: Int, _: T.Type) -> T {
      bytes.withUnsafeBytes {
        T(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: T.self))
      }
    }
    let version = integer(at: 8, UInt32.self)
    guard version <= Self.version else {
      throw .future(path, version: Int(version))
    }
    let size = integer(at: 12, UInt32.self)
    guard
      let number = SampleFile.Number.allCases.first(where: {
        $0.size == size
      })
    else {
      throw .damaged(path, reason: "numbers of \(size) bytes")
    }
    let counts = [16, 24, 32].map { integer(at: $0, UInt64.self) }
    for (count, what) in zip(counts, ["features", "targets", "samples"]) {
      let most = what == "samples" ? UInt64(Int.max) : UInt64(Int32.max)
      guard count <= most, count >= (what == "targets" ? 0 : 1) else {
        throw .damaged(path, reason: "\(count) \(what)")
      }
    }
    self.init(
      number: number, featureCount: Int(counts[0]),
      targetCount: Int(counts[1]), sampleCount: Int(counts[2]))
    guard fileSize != nil else {
      throw .damaged(path, reason: "\(sampleCount) samples")
    }
  }
}
