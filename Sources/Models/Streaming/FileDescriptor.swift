internal import Foundation

/// An open file.
final class FileDescriptor {
  let path: String
  private let descriptor: Int32

  /// Opens a file to be read.
  init(reading path: String) throws(SampleFileError) {
    self.path = path
    descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw Self.failure(path, "open") }
  }

  /// Makes a file anew to be written.
  init(writing path: String) throws(SampleFileError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path, "create") }
  }

  deinit { close(descriptor) }

  static func failure(_ path: String, _ operation: String) -> SampleFileError {
    .file(path, operation: operation, reason: String(cString: strerror(errno)))
  }

  /// Reads bytes from a place, as many as there are.
  ///
  /// - Returns: the number of bytes, less than asked for at the end of the file.
  func read(
    into bytes: UnsafeMutableRawBufferPointer, at place: Int
  ) throws(SampleFileError) -> Int {
    var count = 0
    while count < bytes.count, let start = bytes.baseAddress {
      let found = pread(
        descriptor, start + count, bytes.count - count, off_t(place + count))
      if found == 0 { break }
      if found > 0 {
        count += found
      } else if errno != EINTR {
        throw Self.failure(path, "read")
      }
    }
    return count
  }

  /// Writes bytes to a place.
  func write(
    _ bytes: UnsafeRawBufferPointer, at place: Int
  ) throws(SampleFileError) {
    var count = 0
    while count < bytes.count, let start = bytes.baseAddress {
      let written = pwrite(
        descriptor, start + count, bytes.count - count, off_t(place + count))
      if written >= 0 {
        count += written
      } else if errno != EINTR {
        throw Self.failure(path, "write")
      }
    }
  }

  /// Writes bytes to a place.
  func write(_ bytes: [UInt8], at place: Int) throws(SampleFileError) {
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(SampleFileError) in try write(bytes, at: place) }
    }
    try result.get()
  }

  /// The bytes from a place on, as many as there are, at most `count`.
  func bytes(_ count: Int, at place: Int) throws(SampleFileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let result = bytes.withUnsafeMutableBytes { bytes in
      Result { () throws(SampleFileError) in try read(into: bytes, at: place) }
    }
    return Array(bytes.prefix(try result.get()))
  }

  /// Forces what was written to the disk.
  func synchronize() throws(SampleFileError) {
    guard fsync(descriptor) == 0 else {
      throw Self.failure(path, "synchronize")
    }
  }

  /// The bytes of the file.
  func size() throws(SampleFileError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw Self.failure(path, "ask for the size")
    }
    return Int(status.st_size)
  }

  /// Throws where the size is not what the head says.
  func checkSize(of head: SampleFileHead) throws(SampleFileError) {
    let (found, expected) = (try size(), head.fileSize ?? 0)
    guard found == expected else {
      throw .wrongSize(path, found: found, expected: expected)
    }
  }
}
