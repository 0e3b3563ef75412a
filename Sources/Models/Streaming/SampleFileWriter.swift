internal import Foundation
public import Matrix

/// Writes a ``SampleFile``, some samples at a time, whole or not at all.
///
///     let writer = try SampleFileWriter(
///       path: "clicks.samples", featureCount: 40, targetCount: 1)
///     while let part = nextPart() {
///       try writer.append(part.samples, targets: part.targets)
///     }
///     let file = try writer.finish()
///
/// The bytes go to a file beside it, which is forced to the disk and takes the name in
/// one step when ``finish(chunkLength:)`` is called; without that nothing is left.
public final class SampleFileWriter {
  private let path: String
  private let aside: String
  private let file: FileDescriptor
  private var head: SampleFileHead
  private var place = SampleFileHead.size
  private var isFinished = false
  private var bytes: [UInt8] = []

  /// A file to which samples are appended.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - featureCount: the features of a sample, at least 1.
  ///   - targetCount: its targets.
  ///   - number: how numbers are stored.
  /// - Throws: a ``SampleFileError`` where the file cannot be made.
  public init(
    path: String, featureCount: Int, targetCount: Int,
    number: SampleFile.Number = .double
  ) throws(SampleFileError) {
    precondition(
      featureCount >= 1 && targetCount >= 0,
      "samples of \(featureCount) features and \(targetCount) targets")
    self.path = path
    aside = "\(path).\(ProcessInfo.processInfo.processIdentifier).partial"
    head = SampleFileHead(
      number: number, featureCount: featureCount, targetCount: targetCount,
      sampleCount: 0)
    file = try FileDescriptor(writing: aside)
  }

  deinit { if !isFinished { unlink(aside) } }

  /// Appends samples with their targets, a column for each.
  ///
  /// - Precondition: as many rows as there are features and targets, as many
  ///   targets as samples, and the file is not finished.
  /// - Throws: a ``SampleFileError`` where the system refuses to write.
  public func append(
    _ samples: Matrix<Double>, targets: Matrix<Double>
  ) throws(SampleFileError) {
    precondition(!isFinished, "samples appended to a file that is finished")
    precondition(
      samples.rows == head.featureCount && targets.rows == head.targetCount,
      """
      samples of \(samples.rows) features and \(targets.rows) targets, in a file \
      of \(head.featureCount) and \(head.targetCount)
      """)
    precondition(
      samples.columns == targets.columns,
      "\(targets.columns) targets for \(samples.columns) samples")
    // Parts of a mebibyte or so, whatever is appended at once.
    let length = max(1, (1 << 20) / max(1, head.recordSize))
    for start in stride(from: 0, to: samples.columns, by: length) {
      bytes.removeAll(keepingCapacity: true)
      for j in start..<min(start + length, samples.columns) {
        for i in 0..<samples.rows { store(samples[i, j]) }
        for i in 0..<targets.rows { store(targets[i, j]) }
      }
      try file.write(bytes, at: place)
      place += bytes.count
    }
    head.sampleCount += samples.columns
  }

  private func store(_ number: Double) {
    switch head.number {
    case .double:
      withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes += $0 }
    case .float:
      withUnsafeBytes(of: Float(number).bitPattern.littleEndian) {
        bytes += $0
      }
    }
  }

  /// Gives the file its name.
  ///
  /// - Parameter chunkLength: the number of samples that are read at once.
  /// - Returns: the file.
  /// - Precondition: a sample was appended, and the file is not finished.
  /// - Throws: a ``SampleFileError`` where the system refuses to write.
  @discardableResult
  public func finish(
    chunkLength: Int = 4096
  ) throws(SampleFileError) -> SampleFile {
    precondition(!isFinished, "a file that is finished twice")
    precondition(head.sampleCount > 0, "a file of no samples")
    try file.write(head.bytes, at: 0)
    try file.synchronize()
    guard rename(aside, path) == 0 else {
      throw FileDescriptor.failure(path, "rename")
    }
    isFinished = true
    // The new name is on the disk only when the folder is.
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try? FileDescriptor(reading: folder).synchronize()
    return try SampleFile(path: path, chunkLength: chunkLength)
  }
}

extension SampleFile {
  /// Writes a data set to a file, a class as its index.
  ///
  /// - Parameters:
  ///   - data: the samples with their targets.
  ///   - path: the file.
  ///   - number: how numbers are stored.
  ///   - chunkLength: the number of samples that are read at once.
  /// - Returns: the file.
  /// - Precondition: there is a sample.
  /// - Throws: a ``SampleFileError`` where the system refuses to write.
  @discardableResult
  public static func write(
    _ data: DataSet, to path: String, as number: Number = .double,
    chunkLength: Int = 4096
  ) throws(SampleFileError) -> SampleFile {
    let writer = try SampleFileWriter(
      path: path, featureCount: data.featureCount, targetCount: 1,
      number: number)
    try writer.append(
      data.samples,
      targets: Matrix(
        rows: 1, columns: data.count, columnMajor: Array(data.numbers)))
    return try writer.finish(chunkLength: chunkLength)
  }
}
