internal import RandomNumbers

/// Draws batches, and holds the order of the epoch that was asked for last.
struct Sampler {
  private var order: [Int] = []
  private var chunks: [Int] = []
  /// The generator and epoch that the order was made with.
  private var origin: SplitMix64?

  /// Draws the next batch, and evaluates f and ∇f of it at x.
  mutating func evaluateNext(
    _ point: inout Point, _ sampling: Sampling, _ state: inout SamplingState,
    _ evaluator: inout Evaluator
  ) {
    guard let sum = evaluator.sum else { return }
    state.current = state.next
    let batch = draw(sampling, &state.next, of: sum)
    evaluator.evaluate(&point, of: batch)
    state.isWhole =
      batch.count == sum.sampleCount && sampling.order != .withReplacement
    state.note(point.value, of: batch)
  }

  /// Evaluates f and ∇f of the last batch again, at another x.
  mutating func evaluateAgain(
    _ point: inout Point, _ sampling: Sampling, _ state: SamplingState,
    _ evaluator: inout Evaluator
  ) {
    guard let sum = evaluator.sum else { return }
    var position = state.current
    evaluator.evaluate(&point, of: draw(sampling, &position, of: sum))
  }

  /// The next batch of a sum, and the state after it.
  ///
  /// - Complexity: O(batch); O(N) at the beginning of an epoch. Allocates only when
  ///   the first batch of a run is drawn.
  mutating func draw(
    _ sampling: Sampling, _ state: inout SamplerPosition, of sum: any FiniteSum
  ) -> Batch {
    let count = sum.sampleCount
    precondition(count > 0, "a finite sum of \(count) samples")
    let size = min(sampling.batch, count)
    switch sampling.order {
    case .withReplacement:
      if order.count != size { order = Array(repeating: 0, count: size) }
      for k in 0..<size {
        order[k] = state.generator.next(below: count)
      }
      advance(&state, by: size, sampling, count, last: false)
      return Batch(order, at: 0..<size)
    case .sequential:
      let places = places(
        from: state.drawn, size, count: count, chunk: sum.chunkLength)
      advance(
        &state, by: places.count, sampling, count,
        last: places.upperBound == count)
      return Batch(places)
    case .reshuffled:
      if origin != state.generator || order.count != count {
        shuffle(state.generator, count: count, chunk: sum.chunkLength)
        origin = state.generator
      }
      let places = places(
        from: state.drawn, size, count: count, chunk: sum.chunkLength)
      advance(
        &state, by: places.count, sampling, count,
        last: places.upperBound == count)
      return Batch(order, at: places)
    }
  }

  /// The places of the next batch, which ends with its chunk.
  private func places(
    from position: Int, _ size: Int, count: Int, chunk: Int?
  ) -> Range<Int> {
    var end = min(position + size, count)
    if let chunk, chunk >= size {
      // The last chunk may be short, and stands anywhere in a shuffled order; it
      // is put last.
      end = min(end, (position / chunk + 1) * chunk)
    }
    return position..<end
  }

  /// Moves on, to the next epoch where this one has no further batch.
  private func advance(
    _ state: inout SamplerPosition, by size: Int, _ sampling: Sampling,
    _ count: Int, last: Bool
  ) {
    state.drawn += size
    let left = count - state.drawn
    let isDropped =
      sampling.partialBatch == .dropped && left < min(sampling.batch, count)
    let isOver =
      switch sampling.order {
      case .withReplacement: left <= 0
      case .sequential, .reshuffled: last || isDropped
      }
    guard isOver else { return }
    state.drawn = 0
    state.epoch += 1
    if sampling.order == .reshuffled { _ = state.generator.next() }
  }

  /// A permutation by Fisher and Yates, of chunks and within each.
  private mutating func shuffle(
    _ generator: SplitMix64, count: Int, chunk: Int?
  ) {
    // The epoch's own random numbers: those that the state goes on with are not
    // among them, so that the state need not know how many were used.
    var random = generator
    random = SplitMix64(seed: random.next())
    if order.count != count { order = Array(0..<count) }
    guard let chunk, chunk < count else {
      order.withUnsafeMutableBufferPointer { order in
        for i in 0..<count { order[i] = i }
        Self.shuffle(&order, 0..<count, &random)
      }
      return
    }
    let whole = count / chunk
    if chunks.count != whole { chunks = Array(0..<whole) }
    chunks.withUnsafeMutableBufferPointer { chunks in
      for k in 0..<whole { chunks[k] = k }
      Self.shuffle(&chunks, 0..<whole, &random)
      order.withUnsafeMutableBufferPointer { order in
        for k in 0..<whole {
          for i in 0..<chunk { order[k * chunk + i] = chunks[k] * chunk + i }
          Self.shuffle(&order, k * chunk..<(k + 1) * chunk, &random)
        }
        for i in whole * chunk..<count { order[i] = i }
        Self.shuffle(&order, whole * chunk..<count, &random)
      }
    }
  }

  private static func shuffle(
    _ numbers: inout UnsafeMutableBufferPointer<Int>, _ places: Range<Int>,
    _ random: inout SplitMix64
  ) {
    guard places.count > 1 else { return }
    for i in stride(
      from: places.upperBound - 1, to: places.lowerBound, by: -1)
    {
      let j = places.lowerBound + random.next(below: i - places.lowerBound + 1)
      numbers.swapAt(i, j)
    }
  }
}
