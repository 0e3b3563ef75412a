internal import Matrix
internal import Optimization

/// Lends samples and their targets to whoever sums over a batch, a piece at a time.
///
/// A piece is where the samples stand, if they stand side by side, or a copy of
/// them. The cut into pieces depends on the batch alone, not on where its samples
/// come from, so that sums over them are the same bits.
final class SampleReader {
  /// Where the samples are.
  enum Store {
    case memory(samples: Matrix<Double>, targets: Matrix<Double>)
    case file(ChunkReader)
  }

  let featureCount: Int
  let targetCount: Int
  let sampleCount: Int
  /// The most samples of a piece.
  let pieceLength: Int
  private let store: Store
  private let gatheredSamples: Scratch
  private let gatheredTargets: Scratch

  /// Samples and targets, a column for each.
  ///
  /// - Precondition: as many targets as samples, at least one.
  init(
    samples: Matrix<Double>, targets: Matrix<Double>, pieceLength: Int
  ) {
    precondition(
      samples.columns == targets.columns && samples.columns > 0,
      "\(targets.columns) targets for \(samples.columns) samples")
    store = .memory(samples: samples, targets: targets)
    (featureCount, targetCount) = (samples.rows, targets.rows)
    sampleCount = samples.columns
    self.pieceLength = pieceLength
    gatheredSamples = Scratch(samples.rows * pieceLength)
    gatheredTargets = Scratch(targets.rows * pieceLength)
  }

  /// The samples of a file.
  ///
  /// - Throws: a ``SampleFileError`` where the file has changed.
  init(_ file: SampleFile, pieceLength: Int) throws(SampleFileError) {
    store = .file(try ChunkReader(file))
    (featureCount, targetCount) = (file.featureCount, file.targetCount)
    sampleCount = file.sampleCount
    self.pieceLength = pieceLength
    gatheredSamples = Scratch(featureCount * pieceLength)
    gatheredTargets = Scratch(targetCount * pieceLength)
  }

  /// The number of consecutive samples that are cheap to ask for together.
  var chunkLength: Int? {
    switch store {
    case .memory: nil
    case .file(let chunks): chunks.chunkLength
    }
  }

  /// Calls `body` with each piece of a batch: the samples, the targets, their
  /// number, and whether it is the first.
  ///
  /// - Precondition: the batch has a sample, and no other than those that there
  ///   are.
  /// - Throws: a ``SampleFileError`` where the samples cannot be read.
  /// - Complexity: no allocation.
  func forEachPiece(
    of batch: Batch,
    _ body: (UnsafePointer<Double>, UnsafePointer<Double>, Int, Bool) -> Void
  ) throws {
    precondition(batch.count > 0, "a batch of no samples")
    if let range = batch.range {
      precondition(
        range.lowerBound >= 0 && range.upperBound <= sampleCount,
        "samples \(range) of \(sampleCount)")
    }
    var start = 0
    while start < batch.count {
      let places = start..<min(start + pieceLength, batch.count)
      switch store {
      case .memory(let samples, let targets):
        samples.read { x in
          targets.read { t in
            if let range = batch.range {
              let first = range.lowerBound + start
              body(
                x + first * featureCount, t + first * targetCount,
                places.count, start == 0)
            } else {
              gather(batch, places, x, t)
              body(
                gatheredSamples.start, gatheredTargets.start, places.count,
                start == 0)
            }
          }
        }
      case .file(let chunks):
        try lend(batch, places, from: chunks, start == 0, body)
      }
      start = places.upperBound
    }
  }

  private func lend(
    _ batch: Batch, _ places: Range<Int>, from chunks: ChunkReader,
    _ isFirst: Bool,
    _ body: (UnsafePointer<Double>, UnsafePointer<Double>, Int, Bool) -> Void
  ) throws {
    if let range = batch.range {
      let first = range.lowerBound + places.lowerBound
      try chunks.load(chunkOf: first)
      if chunks.range.contains(first + places.count - 1) {
        let j = first - chunks.range.lowerBound
        return body(
          chunks.samples.start + j * featureCount,
          chunks.targets.start + j * targetCount, places.count, isFirst)
      }
    }
    for place in places {
      let (k, i) = (place - places.lowerBound, batch[place])
      precondition(i >= 0 && i < sampleCount, "sample \(i) of \(sampleCount)")
      let x = gatheredSamples.start + k * featureCount
      let t = gatheredTargets.start + k * targetCount
      if !chunks.range.contains(i) {
        let chunk = i / chunks.chunkLength
        let goesOn =
          place + 1 < batch.count
          && batch[place + 1] / chunks.chunkLength == chunk
        guard goesOn else {
          // One sample alone is not worth its chunk.
          try chunks.read(i, 1, x, t)
          continue
        }
        try chunks.load(chunkOf: i)
      }
      let j = i - chunks.range.lowerBound
      x.update(
        from: chunks.samples.start + j * featureCount, count: featureCount)
      t.update(from: chunks.targets.start + j * targetCount, count: targetCount)
    }
    body(
      gatheredSamples.start, gatheredTargets.start, places.count, isFirst)
  }

  private func gather(
    _ batch: Batch, _ places: Range<Int>, _ x: UnsafePointer<Double>,
    _ t: UnsafePointer<Double>
  ) {
    for place in places {
      let (k, i) = (place - places.lowerBound, batch[place])
      precondition(i >= 0 && i < sampleCount, "sample \(i) of \(sampleCount)")
      (gatheredSamples.start + k * featureCount)
        .update(from: x + i * featureCount, count: featureCount)
      (gatheredTargets.start + k * targetCount)
        .update(from: t + i * targetCount, count: targetCount)
    }
  }
}
