internal import Foundation
internal import Matrix
internal import Optimization

// The file is JSON with sorted keys, so that equal networks are equal files. The
// parameters are the bytes of their numbers in base64, exact for every bit, and
// stand beside a checksum, since a weight that was changed by accident is a weight
// like any other.
extension NeuralNetwork {
  /// Writes the network to a file, whole or not at all.
  ///
  /// The bytes go to a file beside it, are forced to the disk, and take the name of
  /// `path` in one step.
  ///
  /// - Throws: ``NetworkFileError/file(_:operation:reason:)``.
  public func write(to path: String) throws(NetworkFileError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.userInfo[.numbersAsBytes] = true
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      try writeAside(encoder.encode(Stored(self)), to: path)
    } catch let error as CheckpointError {
      guard case .file(_, let operation, let reason) = error else {
        throw .file(path, operation: "write", reason: "\(error)")
      }
      throw .file(path, operation: operation, reason: reason)
    } catch {
      throw .file(path, operation: "encode", reason: "\(error)")
    }
  }

  /// Reads a network from a file.
  ///
  /// - Throws: a ``NetworkFileError`` that names the file and what is wrong with it:
  ///   not a network, of a future version, damaged, or with another number of
  ///   parameters than its widths have.
  public init(contentsOf path: String) throws(NetworkFileError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .file(path, operation: "read", reason: error.localizedDescription)
    }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard data.first == UInt8(ascii: "{") else { throw .foreign(path) }
    let head: Head
    do {
      head = try decoder.decode(Head.self, from: data)
    } catch DecodingError.keyNotFound(_, _) {
      throw .foreign(path)
    } catch {
      throw .damaged(path, reason: "\(error)")
    }
    guard head.format == Head.format else { throw .foreign(path) }
    guard head.version <= Head.version else {
      throw .future(path, version: head.version)
    }
    let stored: Stored
    do {
      stored = try decoder.decode(Stored.self, from: data)
    } catch {
      throw .damaged(path, reason: "\(error)")
    }
    self = try stored.network(from: path)
  }
}

/// What is wrong with a file of a network.
public enum NetworkFileError: Error, Equatable, Sendable {
  /// The system refused an operation on the file.
  case file(_ path: String, operation: String, reason: String)
  /// The file does not hold a network.
  case foreign(_ path: String)
  /// The file was written by a later version of this package.
  case future(_ path: String, version: Int)
  /// The file's bytes are not the ones that were written.
  case damaged(_ path: String, reason: String)
  /// The parameters are not as many as those of the widths.
  case wrongCount(_ path: String, found: Int, expected: Int, widths: [Int])
}

extension NetworkFileError: CustomStringConvertible {
  /// One sentence that names the file.
  public var description: String {
    switch self {
    case .file(let path, let operation, let reason):
      "\(path): cannot \(operation): \(reason)"
    case .foreign(let path):
      "\(path): not a network"
    case .future(let path, let version):
      """
      \(path): written in format \(version), this version reads up to \
      \(Head.version)
      """
    case .damaged(let path, let reason):
      "\(path): damaged: \(reason)"
    case .wrongCount(let path, let found, let expected, let widths):
      """
      \(path): \(found) parameters, where a network of widths \(widths) has \
      \(expected)
      """
    }
  }
}

/// What tells a network from other files.
private struct Head: Decodable {
  static let format = "swift-optimization network"
  static let version = 1

  let format: String
  let version: Int
}

/// A network as it is stored.
private struct Stored: Codable {
  var format = Head.format
  var version = Head.version
  let architecture: NetworkArchitecture
  let parameters: Vector<Double>
  let checksum: String
  let standardization: Standardization?
  let classNames: [String]

  init(_ network: NeuralNetwork) {
    architecture = network.architecture
    parameters = network.parameters
    checksum = Self.checksum(network.parameters)
    standardization = network.standardization
    classNames = network.classNames
  }

  func network(from path: String) throws(NetworkFileError) -> NeuralNetwork {
    guard parameters.count == architecture.parameterCount else {
      throw .wrongCount(
        path, found: parameters.count, expected: architecture.parameterCount,
        widths: architecture.widths)
    }
    guard checksum == Self.checksum(parameters) else {
      throw .damaged(path, reason: "the checksum does not fit the parameters")
    }
    if let standardization {
      for numbers in [standardization.means, standardization.scales] {
        guard numbers.count == architecture.featureCount else {
          throw .damaged(
            path,
            reason: """
              standardised for \(numbers.count) features, with \
              \(architecture.featureCount) inputs
              """)
        }
      }
    }
    guard classNames.isEmpty || classNames.count == architecture.outputCount
    else {
      throw .damaged(
        path,
        reason: """
          \(classNames.count) names for \(architecture.outputCount) outputs
          """)
    }
    return NeuralNetwork(
      architecture, parameters: parameters, standardization: standardization,
      classNames: classNames)
  }

  /// The 64-bit FNV-1a hash (Fowler, Noll and Vo) of the bytes.
  private static func checksum(_ numbers: Vector<Double>) -> String {
    numbers.withUnsafeBufferPointer { numbers in
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for byte in UnsafeRawBufferPointer(numbers) {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      }
      return String(hash, radix: 16)
    }
  }
}
