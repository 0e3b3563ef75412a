import Foundation
import Testing

@testable import Models

@Suite("Learning curves")
struct LearningCurveTests {
  @Test("an epoch has the mean of its batches by their samples")
  func epochs() throws {
    var curve = LearningCurve(sampleCount: 10)
    #expect(curve.record(1, samples: 4) == nil)
    #expect(curve.record(2, samples: 8) == nil)
    #expect(curve.record(4, samples: 10) == 1)
    curve.add(0.5, to: "test")
    #expect(curve.record(8, samples: 14) == nil)
    // A rule may look again without another batch.
    #expect(curve.record(8, samples: 14) == nil)
    #expect(curve.record(3, samples: 20) == 2)
    #expect(curve.batches.map(\.value) == [1, 2, 4, 8, 3])
    #expect(curve.epochs.map(\.epoch) == [1, 2])
    #expect(curve.epochs.map(\.value) == [2, 5])
    #expect(curve.measurements["test"]!.map(\.epoch) == [1])
    let path = NSTemporaryDirectory() + "curve-\(UUID()).svg"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try curve.writePlot(to: path, title: "Digits & more")
    let svg = try String(contentsOfFile: path, encoding: .utf8)
    #expect(svg.hasPrefix("<svg"))
    for text in ["Digits &amp; more", "batches", "epochs", "test"] {
      #expect(svg.contains(text))
    }
  }
}
