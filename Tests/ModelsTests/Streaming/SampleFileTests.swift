import Foundation
import Matrix
import Models
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite("Samples in a file")
struct SampleFileTests {
  /// Calls `body` with the path of a file that is removed afterwards.
  private func withPath(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "samples-\(UUID()).samples"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  private func data(_ samples: Int, features: Int = 5) -> DataSet {
    var generator = SplitMix64(seed: 9)
    return .logistic(samples: samples, features: features, using: &generator)
  }

  /// f and ∇f of a batch.
  private func derivatives(
    _ sum: some FiniteSum, _ batch: Batch, at x: Vector<Double>
  ) throws -> (Double, Vector<Double>) {
    var gradient = Vector<Double>.zeros(x.count)
    let f = try sum.valueAndGradient(at: x, of: batch, into: &gradient)
    return (f, gradient)
  }

  @Test(
    "a sum over a file is that in memory, bit for bit", arguments: [1, 10, 100])
  func equalBits(chunk: Int) throws {
    let data = data(1003)
    try withPath { path in
      let file = try SampleFile.write(data, to: path, chunkLength: chunk)
      #expect(file.sampleCount == 1003)
      #expect(file.featureCount == 5)
      #expect(try SampleFile(path: path, chunkLength: chunk) == file)
      var random = SplitMix64(seed: 3)
      let batches = [
        Batch(0..<1003), Batch(0..<10), Batch(95..<205), Batch(1002..<1003),
        Batch([5, 3, 999, 1000, 5, 0]),
        Batch((0..<400).map { _ in random.next(below: 1003) }),
        Batch(Array(110..<120).reversed()),
      ]
      let x: Vector<Double> = randomVector(6, using: &random)
      for loss in LinearSum.Loss.allCases {
        let memory = LinearSum(data, loss: loss, penalty: 0.1)
        let streamed = try LinearSum(file, loss: loss, penalty: 0.1)
        #expect(streamed.chunkLength == chunk)
        for batch in batches {
          let a = try derivatives(memory, batch, at: x)
          let b = try derivatives(streamed, batch, at: x)
          #expect(a == b)
        }
        var (a, b) = (Vector<Double>.zeros(6), Vector<Double>.zeros(6))
        try memory.hessianVectorProduct(at: x, along: x, into: &a)
        try streamed.hessianVectorProduct(at: x, along: x, into: &b)
        #expect(a == b)
      }
      let network = MultilayerPerceptron(
        widths: [5, 7, 2], activation: .tanh, loss: .softmaxCrossEntropy,
        data: data)
      let streamed = try MultilayerPerceptron(network.architecture, file: file)
      let θ = network.initialParameters(seed: 1)
      for batch in batches {
        #expect(
          try derivatives(network, batch, at: θ)
            == derivatives(streamed, batch, at: θ))
      }
    }
  }

  @Test("the formulas are those of the sums")
  func formulas() throws {
    let data = data(40)
    var random = SplitMix64(seed: 6)
    let x: Vector<Double> = randomVector(6, using: &random)
    let logistic = LinearSum(data, loss: .logistic, penalty: 0.2)
    let known = LogisticRegression(data, class: 1, penalty: 0.2)
    let whole = Batch(0..<40)
    let (f, g) = try derivatives(logistic, whole, at: x)
    var h = Vector<Double>.zeros(6)
    #expect(abs(f - known.valueAndGradient(at: x, into: &h)) <= 1e-15)
    #expect((g - h).norm <= 1e-15)
    var mean = 0.0
    for j in 0..<40 {
      let sample = data.samples.column(j)
      var z = x[5] - Double(data.classes[j])
      for i in 0..<5 { z += x[i] * sample[i] }
      mean += 0.5 * z * z / 40
    }
    let squares = LinearSum(data, loss: .squares)
    #expect(abs(try derivatives(squares, whole, at: x).0 - mean) <= 1e-14)
    for sum in [
      logistic, squares, LinearSum(data, loss: .squares, intercept: false),
    ] {
      let report = checkDerivatives(
        of: sum, at: Vector(Array(x).prefix(sum.dimension!).map { $0 }))
      #expect(report.isConsistent, "\(report)")
    }
  }

  @Test("a run over a file goes the way of one in memory with the same batches")
  func run() throws {
    let data = data(1000)
    try withPath { path in
      let file = try SampleFile.write(data, to: path, chunkLength: 100)
      let method = StochasticDescent(
        by: Adam<Double>(rate: 0.05),
        sampling: Sampling(batch: 20, order: .sequential))
      let start = Vector<Double>.zeros(6)
      let memory = minimize(
        LinearSum(data, loss: .logistic), from: start, using: method,
        within: .epochs(3))
      let streamed = minimize(
        try LinearSum(file, loss: .logistic), from: start, using: method,
        within: .epochs(3))
      #expect(memory.x == streamed.x)
      #expect(memory.value == streamed.value)
      // Shuffled by chunks, an epoch is still every sample once.
      let shuffled = minimize(
        try LinearSum(file, loss: .logistic), from: start,
        using: .descent(by: Adam(rate: 0.05), batch: 20, seed: 2),
        within: .epochs(3))
      #expect(shuffled.counts.samples == 3000)
      #expect(shuffled.value < 0.69)
    }
  }

  @Test("a batch of a file allocates nothing")
  func allocation() throws {
    try withPath { path in
      let file = try SampleFile.write(data(1000), to: path, chunkLength: 100)
      let sum = try LinearSum(file, loss: .logistic)
      let x = Vector<Double>.zeros(6)
      var gradient = x
      let (near, far) = (
        Batch((200..<300).map { $0 ^ 1 }), Batch([1, 500, 900])
      )
      func find(_ batch: Batch) throws {
        _ = try sum.valueAndGradient(at: x, of: batch, into: &gradient)
      }
      var counts: [Int] = []
      for _ in 0..<2 {
        counts = [
          try allocations { try find(Batch(0..<50)) },
          try allocations { try find(Batch(80..<110)) },
          try allocations { try find(Batch(100..<600)) },
          try allocations { try find(near) },
          try allocations { try find(far) },
        ]
      }
      #expect(counts == [0, 0, 0, 0, 0])
    }
  }

  @Test("numbers of four bytes are rounded")
  func floats() throws {
    let data = data(50)
    try withPath { path in
      let file = try SampleFile.write(data, to: path, as: .float)
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: path)).count == 64 + 50 * 6
          * 4)
      let rounded = DataSet(
        name: "rounded",
        samples: Matrix(rows: 5, columns: 50) { i, j in
          Double(Float(data.samples[i, j]))
        }, targets: data.targets)
      let x: Vector<Double> = [1, -2, 3, 0.5, 0.25, 1]
      #expect(
        try derivatives(LinearSum(file, loss: .logistic), Batch(0..<50), at: x)
          == derivatives(
            LinearSum(rounded, loss: .logistic), Batch(0..<50), at: x))
    }
  }

  @Test("samples are written in parts, whole or not at all")
  func writer() throws {
    let data = data(30)
    let targets = Matrix(
      rows: 1, columns: 30, columnMajor: Array(data.numbers))
    try withPath { path in
      do {
        let writer = try SampleFileWriter(
          path: path, featureCount: 5, targetCount: 1)
        try writer.append(data.samples, targets: targets)
      }
      #expect(!FileManager.default.fileExists(atPath: path))
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      let left = try FileManager.default.contentsOfDirectory(
        atPath: folder.path)
      let name = URL(fileURLWithPath: path).lastPathComponent
      #expect(!left.contains { $0.hasPrefix(name) })
      let writer = try SampleFileWriter(
        path: path, featureCount: 5, targetCount: 1)
      for j in 0..<30 {
        try writer.append(
          Matrix(
            rows: 5, columns: 1, columnMajor: Array(data.samples.column(j))),
          targets: [[data.numbers[j]]])
      }
      let file = try writer.finish()
      let x: Vector<Double> = [1, -2, 3, 0.5, 0.25, 1]
      #expect(
        try derivatives(LinearSum(file, loss: .squares), Batch(0..<30), at: x)
          == derivatives(LinearSum(data, loss: .squares), Batch(0..<30), at: x))
    }
  }

  @Test("what is wrong with a file is an error of its own")
  func malformed() throws {
    try withPath { path in
      try SampleFile.write(data(20), to: path)
      let url = URL(fileURLWithPath: path)
      let good = try Data(contentsOf: url)
      let size = 64 + 20 * 6 * 8
      func error(_ change: (inout Data) -> Void) throws -> SampleFileError? {
        var bytes = good
        change(&bytes)
        try bytes.write(to: url)
        do throws(SampleFileError) {
          _ = try SampleFile(path: path)
          return nil
        } catch { return error }
      }
      #expect(try error { _ in } == nil)
      #expect(
        try error { $0.removeLast() }
          == .wrongSize(path, found: size - 1, expected: size))
      #expect(
        try error { $0.append(0) }
          == .wrongSize(path, found: size + 1, expected: size))
      #expect(
        try error { $0 = $0.prefix(30) }
          == .wrongSize(path, found: 30, expected: 64))
      #expect(try error { $0 = Data() } == .foreign(path))
      #expect(try error { $0[0] = 65 } == .foreign(path))
      #expect(try error { $0[8] = 2 } == .future(path, version: 2))
      #expect(
        try error { $0[12] = 3 }
          == .damaged(path, reason: "numbers of 3 bytes"))
      #expect(
        try error { $0[16] = 0 } == .damaged(path, reason: "0 features"))
      #expect(
        try error { $0[39] = 127 }?.description.contains("samples") == true)
      #expect(
        try error { $0[32] = 19 }
          == .wrongSize(path, found: size, expected: size - 48))
    }
    #expect {
      try SampleFile(path: "/nowhere/x")
    } throws: { "\($0)".hasPrefix("/nowhere/x: cannot open: ") }
  }

  @Test("a file that is cut short while it is read ends a run as undefined")
  func truncatedLater() throws {
    try withPath { path in
      let file = try SampleFile.write(data(1000), to: path, chunkLength: 100)
      let sum = try LinearSum(file, loss: .logistic)
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try handle.truncate(atOffset: 64 + 500 * 48)
      try handle.close()
      let x = Vector<Double>.zeros(6)
      #expect(
        throws: SampleFileError.wrongSize(
          path, found: 64 + 500 * 48, expected: 64 + 1000 * 48)
      ) { try derivatives(sum, Batch(0..<10), at: x) }
      let solution = minimize(
        sum, from: x, using: .descent(by: Adam(rate: 0.1), batch: 20),
        within: .epochs(1))
      #expect(!solution.isVerified)
      #expect(solution.value.isNaN)
    }
  }

  @Test("targets that are no class make f undefined")
  func wrongTargets() throws {
    try withPath { path in
      let writer = try SampleFileWriter(
        path: path, featureCount: 1, targetCount: 1)
      try writer.append([[1, 2, 3]], targets: [[0, 2, 1]])
      let file = try writer.finish()
      #expect(
        try derivatives(
          LinearSum(file, loss: .logistic), Batch(0..<3), at: [1, 1]
        ).0.isNaN)
      let architecture = NetworkArchitecture(
        widths: [1, 2], activation: .relu, loss: .softmaxCrossEntropy)
      let network = try MultilayerPerceptron(architecture, file: file)
      #expect(
        try derivatives(network, Batch(0..<3), at: [1, 1, 0, 0]).0.isNaN)
      #expect(
        try derivatives(network, Batch(2..<3), at: [1, 1, 0, 0]).0.isFinite)
    }
  }
}
