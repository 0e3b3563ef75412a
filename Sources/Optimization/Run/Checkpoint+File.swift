package import Foundation
internal import Matrix

// The file: a head of three lines, an empty line, and the checkpoint as JSON
// with sorted keys, so that equal checkpoints are equal files.
//
//     swift-optimization checkpoint 1
//     method LineSearchMethod<LimitedMemoryBFGS, StrongWolfe>
//     body 1234 bytes, FNV-1a 0123456789abcdef
//
// Vectors and matrices are in it as the bytes of their numbers, and other
// numbers in the shortest decimal form that reads back as the same bits.
extension Checkpoint {
  /// Writes the checkpoint to a file, whole or not at all.
  ///
  /// The bytes go to a file beside it, are forced to the disk, and take the
  /// name of `path` in one step: whatever happens meanwhile, `path` holds either
  /// the old checkpoint or the new one.
  ///
  /// - Throws: ``CheckpointError/file(_:operation:reason:)``.
  public func write(to path: String) throws(CheckpointError) {
    try writeAside(bytes(), to: path)
  }

  /// Reads a checkpoint of a run with this method.
  ///
  /// - Throws: a ``CheckpointError`` that names the file and what is wrong with
  ///   it: not a checkpoint, of a future version, of another method, cut short,
  ///   or damaged.
  public init(contentsOf path: String) throws(CheckpointError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .file(path, operation: "read", reason: "\(error)")
    }
    let body = try CheckpointHead.check(data, of: path, method: "\(M.self)")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      self = try decoder.decode(Checkpoint.self, from: body)
    } catch {
      throw .damaged(path, reason: "\(error)")
    }
  }

  private func bytes() throws(CheckpointError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    encoder.userInfo[.numbersAsBytes] = true
    do {
      let body = try encoder.encode(self)
      return CheckpointHead.lines(for: body, method: "\(M.self)") + body
    } catch {
      throw .file("", operation: "encode", reason: "\(error)")
    }
  }
}

/// Why a checkpoint could not be written or read.
public enum CheckpointError: Error, Equatable, Sendable {
  /// The system refused an operation on the file.
  case file(_ path: String, operation: String, reason: String)
  /// The file is not a checkpoint of this package.
  case foreign(_ path: String)
  /// The file was written by a later version of this package.
  case future(_ path: String, version: Int)
  /// The file holds a run of another method.
  case otherMethod(_ path: String, found: String, expected: String)
  /// The file ends early, or goes on too long.
  case truncated(_ path: String, found: Int, expected: Int)
  /// The file's bytes are not the ones that were written.
  case damaged(_ path: String, reason: String)
}

extension CheckpointError: CustomStringConvertible {
  /// One sentence that names the file.
  public var description: String {
    switch self {
    case .file(let path, let operation, let reason):
      "\(path): cannot \(operation): \(reason)"
    case .foreign(let path):
      "\(path): not a checkpoint of swift-optimization"
    case .future(let path, let version):
      """
      \(path): written in format \(version), this version reads up to \
      \(CheckpointHead.version)
      """
    case .otherMethod(let path, let found, let expected):
      "\(path): a run of \(found), not of \(expected)"
    case .truncated(let path, let found, let expected):
      "\(path): \(found) bytes where \(expected) were written"
    case .damaged(let path, let reason):
      "\(path): damaged: \(reason)"
    }
  }
}

/// The lines in front of a checkpoint's body.
enum CheckpointHead {
  static let version = 1
  private static let title = "swift-optimization checkpoint "

  static func lines(for body: Data, method: String) -> Data {
    Data(
      """
      \(title)\(version)
      method \(method)
      body \(body.count) bytes, FNV-1a \(hexadecimal(hash(body)))


      """.utf8)
  }

  /// The body of a file whose head and checksum are right.
  static func check(
    _ data: Data, of path: String, method: String
  ) throws(CheckpointError) -> Data {
    guard data.starts(with: Data(title.utf8)) else { throw .foreign(path) }
    guard let end = data.firstRange(of: Data("\n\n".utf8)) else {
      throw .truncated(path, found: data.count, expected: data.count + 1)
    }
    let head = String(decoding: data[..<end.lowerBound], as: UTF8.self)
    let lines = head.split(separator: "\n")
    guard let found = Int(lines[0].dropFirst(title.count)) else {
      throw .foreign(path)
    }
    guard found <= version else { throw .future(path, version: found) }
    guard lines.count == 3 else {
      throw .damaged(path, reason: "a head of \(lines.count) lines")
    }
    let itsMethod = String(lines[1].dropFirst("method ".count))
    guard itsMethod == method else {
      throw .otherMethod(path, found: itsMethod, expected: method)
    }
    let words = lines[2].split(separator: " ")
    guard words.count == 5, let count = Int(words[1]) else {
      throw .damaged(path, reason: "the line \"\(lines[2])\" of its head")
    }
    let body = data[end.upperBound...]
    guard body.count == count else {
      throw .truncated(
        path, found: data.count, expected: data.count - body.count + count)
    }
    guard hexadecimal(hash(body)) == words[4] else {
      throw .damaged(path, reason: "its checksum does not fit its bytes")
    }
    return Data(body)
  }

  private static func hexadecimal(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The 64-bit FNV-1a hash (Fowler, Noll and Vo): it finds accidents, and is
  /// not meant against intent.
  private static func hash(_ data: Data) -> UInt64 {
    data.withUnsafeBytes { bytes in
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      return hash
    }
  }
}

/// Replaces the file at `path` by one with these bytes, whole or not at all.
package func writeAside(
  _ data: Data, to path: String
) throws(CheckpointError) {
  let aside = "\(path).\(ProcessInfo.processInfo.processIdentifier).partial"
  var operation = "create"
  do {
    guard FileManager.default.createFile(atPath: aside, contents: nil) else {
      throw CocoaError(.fileWriteNoPermission)
    }
    operation = "write"
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: aside))
    defer { try? file.close() }
    try file.write(contentsOf: data)
    try file.synchronize()
    operation = "rename"
    guard rename(aside, path) == 0 else {
      throw CocoaError(.fileWriteUnknown)
    }
    // The new name is on the disk only when the folder is.
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let descriptor = open(folder, O_RDONLY)
    if descriptor >= 0 {
      fsync(descriptor)
      close(descriptor)
    }
  } catch {
    try? FileManager.default.removeItem(atPath: aside)
    throw .file(path, operation: operation, reason: "\(error)")
  }
}
