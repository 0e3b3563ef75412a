public import DataFiles
internal import Foundation
internal import Matrix

extension DataSet {
  /// What the first number of a line of LIBSVM text is.
  public enum LIBSVMTarget: Equatable, Sendable {
    /// A class, named by the number.
    case classes
    /// What is to be predicted.
    case numbers
  }

  /// Reads samples in the sparse text format of LIBSVM.
  ///
  ///     -1 3:0.5 7:1.25
  ///     +1 1:2 # a comment
  ///
  /// A line is a sample: its target, and for each feature that is not 0 the index,
  /// from 1 and ascending, and the value. The classes are numbered in the order of
  /// their numbers. The samples are stored dense.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - target: whether targets are classes or numbers.
  ///   - featureCount: the number of features; nil for the largest index, which in
  ///     a file of a few samples may be less.
  /// - Throws: a ``DataError`` that names file, line, column and value.
  ///
  /// Source: Chang and Lin 2011.
  public init(
    libsvm path: String, target: LIBSVMTarget = .classes,
    featureCount: Int? = nil
  ) throws(DataError) {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(file: path, reason: error.localizedDescription)
    }
    try self.init(
      libsvm: Array(bytes), file: path, target: target,
      featureCount: featureCount)
  }

  init(
    libsvm bytes: [UInt8], file: String, target: LIBSVMTarget,
    featureCount: Int?
  ) throws(DataError) {
    var reader = SparseReader(file: file, featureCount: featureCount)
    try reader.read(bytes)
    let count = reader.targets.count
    guard count > 0 else { throw .noSamples(file: file) }
    let features = featureCount ?? reader.largest
    let (numbers, overflows) = features.multipliedReportingOverflow(by: count)
    // 2³⁴ numbers are 128 GiB; what asks for more is a mistake in an index.
    guard !overflows, numbers <= 1 << 34, count <= Int32.max else {
      throw .unreadable(
        file: file,
        reason: "\(features) features of \(count) samples, too many numbers")
    }
    var samples = Matrix<Double>.zeros(features, count)
    samples.withUnsafeMutableBufferPointer { samples in
      for entry in reader.entries {
        samples[entry.sample * features + entry.feature] = entry.value
      }
    }
    let targets: Targets =
      switch target {
      case .numbers:
        .numbers(Vector(reader.targets))
      case .classes:
        Self.classes(
          reader.targets.map {
            Int(exactly: $0).map(String.init) ?? String($0)
          })
      }
    self.init(
      name: file, samples: samples, targets: targets,
      featureNames: (0..<features).map { "feature \($0 + 1)" })
  }
}

/// The numbers of LIBSVM text.
private struct SparseReader {
  let file: String
  let featureCount: Int?
  var targets: [Double] = []
  var entries: [(sample: Int, feature: Int, value: Double)] = []
  /// The largest index, counted from 1.
  var largest = 0

  init(file: String, featureCount: Int?) {
    self.file = file
    self.featureCount = featureCount
  }

  mutating func read(_ bytes: [UInt8]) throws(DataError) {
    var (start, line) = (0, 1)
    while start < bytes.count {
      let end =
        bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
        ?? bytes.count
      try readLine(bytes[start..<end], line)
      start = end + 1
      line += 1
    }
  }

  private mutating func readLine(
    _ bytes: ArraySlice<UInt8>, _ line: Int
  ) throws(DataError) {
    let content = bytes.prefix { $0 != UInt8(ascii: "#") }
    var words = content.split { $0 == 32 || $0 == 9 || $0 == 13 }[...]
    guard let first = words.popFirst() else { return }
    targets.append(try number(first, in: first, bytes, line))
    var last = 0
    for word in words {
      guard let colon = word.firstIndex(of: UInt8(ascii: ":")) else {
        throw malformed(word, bytes, line, "is not index:value")
      }
      let digits = word[..<colon]
      guard !digits.isEmpty, digits.allSatisfy({ $0 >= 48 && $0 <= 57 }),
        let index = Int(String(decoding: digits, as: UTF8.self)),
        index >= 1
      else {
        throw malformed(word, bytes, line, "has no index of at least 1")
      }
      guard index > last else {
        throw malformed(word, bytes, line, "does not follow index \(last)")
      }
      let most = featureCount ?? Int(Int32.max)
      guard index <= most else {
        throw malformed(word, bytes, line, "has an index above \(most)")
      }
      last = index
      let value = try number(word[(colon + 1)...], in: word, bytes, line)
      if value != 0 { entries.append((targets.count - 1, index - 1, value)) }
    }
    largest = max(largest, last)
  }

  private func number(
    _ text: ArraySlice<UInt8>, in word: ArraySlice<UInt8>,
    _ bytes: ArraySlice<UInt8>, _ line: Int
  ) throws(DataError) -> Double {
    guard let number = Double(String(decoding: text, as: UTF8.self)),
      number.isFinite
    else {
      throw malformed(word, bytes, line, "is not a finite number")
    }
    return number
  }

  private func malformed(
    _ word: ArraySlice<UInt8>, _ bytes: ArraySlice<UInt8>, _ line: Int,
    _ problem: String
  ) -> DataError {
    .malformed(
      file: file, line: line, position: word.startIndex - bytes.startIndex + 1,
      value: String(decoding: word, as: UTF8.self), problem: problem)
  }
}
