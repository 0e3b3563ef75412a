/// A chunk of a file of samples in memory, and the way to any other sample.
final class ChunkReader {
  private let head: SampleFileHead
  private let file: FileDescriptor
  let chunkLength: Int
  /// The samples of the chunk, and their targets.
  let samples: Scratch
  let targets: Scratch
  /// The chunk's samples; empty at first.
  private(set) var range = 0..<0
  private let bytes: UnsafeMutableRawBufferPointer

  /// A reader that holds no chunk yet.
  ///
  /// - Throws: a ``SampleFileError`` where the file has changed.
  init(_ source: SampleFile) throws(SampleFileError) {
    head = source.head
    file = try FileDescriptor(reading: source.path)
    chunkLength = min(source.chunkLength, source.sampleCount)
    samples = Scratch(chunkLength * head.featureCount)
    targets = Scratch(chunkLength * head.targetCount)
    // Read in parts that a cache holds, so that taking them apart is not another
    // pass over memory.
    let records = max(1, min(chunkLength, (1 << 17) / max(1, head.recordSize)))
    bytes = .allocate(byteCount: records * head.recordSize, alignment: 16)
    guard try SampleFileHead(from: file) == head else {
      throw .damaged(file.path, reason: "it is not the file that was opened")
    }
  }

  deinit { bytes.deallocate() }

  /// Reads the chunk in which a sample is, unless it is there.
  func load(chunkOf i: Int) throws(SampleFileError) {
    guard !range.contains(i) else { return }
    let start = i / chunkLength * chunkLength
    let count = min(chunkLength, head.sampleCount - start)
    range = 0..<0
    try file.checkSize(of: head)
    try read(start, count, samples.start, targets.start)
    range = start..<start + count
  }

  /// Reads samples to a place.
  func read(
    _ start: Int, _ count: Int, _ x: UnsafeMutablePointer<Double>,
    _ t: UnsafeMutablePointer<Double>
  ) throws(SampleFileError) {
    let (d, k) = (head.featureCount, head.targetCount)
    let records = bytes.count / head.recordSize
    var done = 0
    while done < count {
      let part = min(records, count - done)
      let place = SampleFileHead.size + (start + done) * head.recordSize
      let partBytes = UnsafeMutableRawBufferPointer(
        rebasing: bytes[..<(part * head.recordSize)])
      let found = try file.read(into: partBytes, at: place)
      guard found == partBytes.count else {
        throw .wrongSize(
          file.path, found: place + found, expected: head.fileSize ?? 0)
      }
      for j in 0..<part {
        let record =
          UnsafeRawPointer(partBytes.baseAddress!)
          + j * head.recordSize
        take(record, d, to: x + (done + j) * d)
        take(record + d * head.number.size, k, to: t + (done + j) * k)
      }
      done += part
    }
  }

  /// Takes numbers out of bytes.
  private func take(
    _ record: UnsafeRawPointer, _ count: Int,
    to numbers: UnsafeMutablePointer<Double>
  ) {
    // Both supported platforms are little-endian.
    switch head.number {
    case .double:
      UnsafeMutableRawPointer(numbers).copyMemory(
        from: record, byteCount: count * 8)
    case .float:
      for i in 0..<count {
        numbers[i] = Double(
          record.loadUnaligned(fromByteOffset: i * 4, as: Float.self))
      }
    }
  }
}
