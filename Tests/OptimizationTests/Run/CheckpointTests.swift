import Foundation
import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct CheckpointTests {
  fileprivate static func path(_ name: String) -> String {
    FileManager.default.temporaryDirectory
      .appendingPathComponent("\(name)-\(UUID().uuidString)").path
  }

  struct ResumesBitForBit: MethodVisitor {
    func visit<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem
    ) throws {
      let rosenbrock = ChainedRosenbrock(6)
      let objectives = Objectives(rosenbrock)
      for k in [0, 1, 2, 7, 14] {
        var whole = Run(
          problem(objectives), from: rosenbrock.start, using: method)
        for _ in 0..<k { whole.step() }
        let file = CheckpointTests.path("resume")
        defer { try? FileManager.default.removeItem(atPath: file) }
        try whole.checkpoint.write(to: file)
        for _ in 0..<9 { whole.step() }

        var resumed = Run(
          problem(objectives), resuming: try Checkpoint<M>(contentsOf: file))
        for _ in 0..<9 { resumed.step() }
        #expect(resumed.state == whole.state, "\(method.name), k = \(k)")
        let first = CheckpointTests.path("first")
        let second = CheckpointTests.path("second")
        defer {
          try? FileManager.default.removeItem(atPath: first)
          try? FileManager.default.removeItem(atPath: second)
        }
        try whole.checkpoint.write(to: first)
        try resumed.checkpoint.write(to: second)
        #expect(
          FileManager.default.contents(atPath: first)
            == FileManager.default.contents(atPath: second),
          "\(method.name), k = \(k)")
      }
    }
  }

  @Test func everyMethodResumesBitForBit() throws {
    try forEveryMethod(ResumesBitForBit())
    try forEveryRule(ResumesBitForBit())
  }

  @Test func resumesInANewProcess() async throws {
    let rosenbrock = ExtendedRosenbrock(8)
    var whole = Run(rosenbrock, from: rosenbrock.start, using: .lbfgs())
    for _ in 0..<13 { whole.step() }
    let saved = Self.path("saved")
    let resumed = Self.path("resumed")
    let expected = Self.path("expected")
    defer {
      for file in [saved, resumed, expected] {
        try? FileManager.default.removeItem(atPath: file)
      }
    }
    try whole.checkpoint.write(to: saved)
    await #expect(processExitsWith: .success) {
      [saved = saved as String, resumed = resumed as String] in
      var run = Run(
        ExtendedRosenbrock(8),
        resuming: try Checkpoint<LBFGS<StrongWolfe>>(contentsOf: saved))
      for _ in 0..<11 { run.step() }
      try run.checkpoint.write(to: resumed)
    }
    for _ in 0..<11 { whole.step() }
    try whole.checkpoint.write(to: expected)
    #expect(
      FileManager.default.contents(atPath: resumed)
        == FileManager.default.contents(atPath: expected))
  }

  /// A checkpoint after three steps, its file and its bytes.
  private func saved() throws -> (path: String, bytes: Data) {
    let rosenbrock = ExtendedRosenbrock(2)
    var run = Run(rosenbrock, from: rosenbrock.start, using: .lbfgs())
    run.advance(until: .iterations(3))
    let file = Self.path("checkpoint")
    try run.checkpoint.write(to: file)
    return (file, try #require(FileManager.default.contents(atPath: file)))
  }

  private func error(reading bytes: Data, at path: String) -> CheckpointError? {
    _ = FileManager.default.createFile(atPath: path, contents: bytes)
    do {
      _ = try Checkpoint<LBFGS<StrongWolfe>>(contentsOf: path)
      return nil
    } catch {
      return error
    }
  }

  @Test func everyTruncationIsAnError() throws {
    let (path, bytes) = try saved()
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(error(reading: bytes, at: path) == nil)
    for count in 0..<bytes.count where count < 200 || count % 97 == 0 {
      let cut = error(reading: bytes.prefix(count), at: path)
      #expect(cut != nil, "the first \(count) of \(bytes.count) bytes")
    }
    let cut = error(reading: bytes.dropLast(), at: path)
    #expect(
      cut
        == .truncated(path, found: bytes.count - 1, expected: bytes.count))
  }

  @Test func foreignFutureAndDamagedFilesAreErrorsOfTheirOwn() throws {
    let (path, bytes) = try saved()
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(
      error(reading: Data("iteration,value\n".utf8), at: path)
        == .foreign(path))
    #expect(
      error(reading: Data("PK\u{3}\u{4}\n\n\n\n".utf8), at: path)
        == .foreign(path))

    let text = String(decoding: bytes, as: UTF8.self)
    let future = text.replacingOccurrences(
      of: "swift-optimization checkpoint 1",
      with: "swift-optimization checkpoint 7")
    #expect(
      error(reading: Data(future.utf8), at: path)
        == .future(path, version: 7))

    var damaged = bytes
    damaged[bytes.count - 20] ^= 1
    guard case .damaged = error(reading: damaged, at: path) else {
      Issue.record("a changed bit was not noticed")
      return
    }
  }

  @Test func otherMethodIsAnError() throws {
    let (path, _) = try saved()
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(
      throws: CheckpointError.otherMethod(
        path, found: "LineSearchMethod<LimitedMemoryBFGS, StrongWolfe>",
        expected: "LineSearchMethod<NewtonDirection, Armijo>")
    ) {
      try Checkpoint<Newton<Armijo>>(contentsOf: path)
    }
  }

  @Test func missingFileAndFolderAreErrorsThatNameThem() throws {
    let nowhere = Self.path("no-folder") + "/checkpoint"
    do {
      _ = try Checkpoint<LBFGS<StrongWolfe>>(contentsOf: nowhere)
      Issue.record("read a file that is not there")
    } catch {
      #expect("\(error)".contains(nowhere))
    }
    let run = Run(ExtendedRosenbrock(2), from: [0, 0], using: .lbfgs())
    do {
      try run.checkpoint.write(to: nowhere)
      Issue.record("wrote into a folder that is not there")
    } catch {
      #expect("\(error)".contains(nowhere))
    }
  }

  @Test func writingReplacesAndLeavesNothingBeside() throws {
    let folder = Self.path("folder")
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/run.checkpoint"
    var run = Run(ExtendedRosenbrock(2), from: [-1.2, 1], using: .lbfgs())
    try run.checkpoint.write(to: file)
    run.step()
    try run.checkpoint.write(to: file)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder)
        == ["run.checkpoint"])
    let read = try Checkpoint<LBFGS<StrongWolfe>>(contentsOf: file)
    #expect(read == run.checkpoint)
  }

  @Test func numbersThatJSONHasNotSurvive() throws {
    let odd = DifferentiableFunction { x, gradient in
      gradient[0] = -0.0
      gradient[1] = .leastNonzeroMagnitude
      return -0.0
    }
    let run = Run(odd, from: [-0.0, 1e308], using: .lbfgs())
    let file = Self.path("odd")
    defer { try? FileManager.default.removeItem(atPath: file) }
    try run.checkpoint.write(to: file)
    let read = try Checkpoint<LBFGS<StrongWolfe>>(contentsOf: file)
    let (state, saved) = (read.state.point, run.state.point)
    #expect(state.value.bitPattern == saved.value.bitPattern)
    #expect(state.x.map(\.bitPattern) == saved.x.map(\.bitPattern))
    #expect(
      state.gradient.map(\.bitPattern) == saved.gradient.map(\.bitPattern))
  }
}
