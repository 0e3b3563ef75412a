import Foundation
import Matrix
import Optimization
import RandomNumbers

/// Update rules on many parameters, in turns with the same in other libraries.
struct StepRace {
  /// The number of parameters.
  let count: Int
  /// How often each is timed.
  let turns: Int
  let loops: UpdateLoops?
  let peer: PythonPeer?

  private struct Reply: Decodable { let seconds: Double? }

  /// Times both rules.
  func run<Scalar: UpdateScalar>(
    _ type: Scalar.Type, threads: Int
  ) throws -> [StepResult] {
    try loops?.use(threads: threads)
    return try adamW(type, threads) + momentum(type, threads)
      + triad(type, threads)
  }

  private func numbers<Scalar: UpdateScalar>(
    _ seed: UInt64
  ) -> Vector<Scalar> {
    var generator = SplitMix64(seed: seed)
    return Vector(count: count) { _ in
      Scalar(generator.nextUniform() - 0.5)
    }
  }

  private func adamW<Scalar: UpdateScalar>(
    _ type: Scalar.Type, _ threads: Int
  ) throws -> [StepResult] {
    var x: Vector<Scalar> = numbers(1)
    let g: Vector<Scalar> = numbers(2)
    var copy = g
    let rule = AdamW<Scalar>(rate: 1e-3)
    let layout = ParameterLayout(count: count)
    var memory = rule.makeMemory(for: layout)
    var step = 0
    // Variables of their own: a closure that escapes holds the whole of one.
    var xOfLoop = x
    var mOfLoop = Vector<Scalar>.zeros(count)
    var vOfLoop = Vector<Scalar>.zeros(count)
    return try race(
      "AdamW", "adamw", type, threads, arrays: 7,
      ours: {
        var workspace: Void = rule.makeWorkspace(for: layout)
        rule.update(
          &x, by: &copy, &memory, &workspace,
          at: UpdateStep(index: step, on: layout))
        step += 1
      },
      loop: loops.map { loops in
        {
          try xOfLoop.withUnsafeMutableBufferPointer { x in
            try mOfLoop.withUnsafeMutableBufferPointer { m in
              try vOfLoop.withUnsafeMutableBufferPointer { v in
                try g.withUnsafeBufferPointer { g in
                  try loops.adamW(
                    x.baseAddress!, g.baseAddress!, m.baseAddress!,
                    v.baseAddress!, count: count, rate: 1e-3, step: 1)
                }
              }
            }
          }
        }
      })
  }

  private func momentum<Scalar: UpdateScalar>(
    _ type: Scalar.Type, _ threads: Int
  ) throws -> [StepResult] {
    var x: Vector<Scalar> = numbers(1)
    let g: Vector<Scalar> = numbers(2)
    var copy = g
    let rule = Momentum<Scalar>(rate: 1e-3)
    let layout = ParameterLayout(count: count)
    var memory = rule.makeMemory(for: layout)
    var step = 0
    var xOfLoop = x
    var vOfLoop = Vector<Scalar>.zeros(count)
    return try race(
      "momentum", "momentum", type, threads, arrays: 5,
      ours: {
        var workspace: Void = rule.makeWorkspace(for: layout)
        rule.update(
          &x, by: &copy, &memory, &workspace,
          at: UpdateStep(index: step, on: layout))
        step += 1
      },
      loop: loops.map { loops in
        {
          try xOfLoop.withUnsafeMutableBufferPointer { x in
            try vOfLoop.withUnsafeMutableBufferPointer { v in
              try g.withUnsafeBufferPointer { g in
                try loops.momentum(
                  x.baseAddress!, g.baseAddress!, v.baseAddress!,
                  count: count, rate: 1e-3)
              }
            }
          }
        }
      })
  }

  /// The bandwidth that the machine has for one array written and two read.
  private func triad<Scalar: UpdateScalar>(
    _ type: Scalar.Type, _ threads: Int
  ) throws -> [StepResult] {
    guard let loops else { return [] }
    var a: Vector<Scalar> = numbers(1)
    let b: Vector<Scalar> = numbers(2)
    let c: Vector<Scalar> = numbers(3)
    var times: [Double] = []
    for turn in 0...turns {
      let seconds = try timed {
        try a.withUnsafeMutableBufferPointer { a in
          try b.withUnsafeBufferPointer { b in
            try c.withUnsafeBufferPointer { c in
              try loops.triad(
                a.baseAddress!, b.baseAddress!, c.baseAddress!, count: count)
            }
          }
        }
      }.seconds
      if turn > 0 { times.append(seconds) }
    }
    return [
      StepResult(
        rule: "a ← b + 3 c", scalar: type.nameInC, threads: threads,
        library: StepResult.triad, count: count,
        time: Measurement(samples: times),
        bytes: 3 * count * MemoryLayout<Scalar>.size)
    ]
  }

  private func race<Scalar: UpdateScalar>(
    _ rule: String, _ request: String, _ type: Scalar.Type, _ threads: Int,
    arrays: Int, ours: () -> Void, loop: (() throws -> Void)?
  ) throws -> [StepResult] {
    var results: [StepResult] = []
    func result(_ library: String, _ times: [Double]) -> StepResult {
      StepResult(
        rule: rule, scalar: type.nameInC, threads: threads, library: library,
        count: count, time: Measurement(samples: times),
        bytes: arrays * count * MemoryLayout<Scalar>.size)
    }
    func ask(_ library: String) throws -> Double? {
      let reply: Reply? = try peer?.ask(
        "step \(library) \(request) \(type.nameInC) \(count)")
      return reply?.seconds ?? nil
    }
    // Ours, the loop and PyTorch's fused step in turns, which are compared.
    var times: [[Double]] = [[], [], []]
    for turn in 0...turns {
      let mine = timed(ours).seconds
      let loops = try loop.map { try timed($0).seconds }
      let fused = try ask(StepResult.fused)
      guard turn > 0 else { continue }
      times[0].append(mine)
      if let loops { times[1].append(loops) }
      if let fused { times[2].append(fused) }
    }
    for (library, times) in zip(
      [StepResult.ours, StepResult.loop, StepResult.fused], times)
    where !times.isEmpty {
      results.append(result(library, times))
    }
    for library in StepResult.libraries where library != StepResult.fused {
      let times = try (0..<turns).compactMap { _ in try ask(library) }
      if !times.isEmpty { results.append(result(library, times)) }
    }
    return results
  }
}
