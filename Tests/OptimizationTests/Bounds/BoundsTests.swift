import Matrix
import Optimization
import Testing

@Suite struct BoundsTests {
  @Test func boundsThatLeaveNoNumberAreErrorsThatNameThem() throws {
    #expect(throws: BoundsError.self) {
      try Bounds(lower: [0, .nan], upper: [1, 1])
    }
    #expect(throws: BoundsError.self) {
      try Bounds(lower: [.infinity], upper: [.infinity])
    }
    do {
      _ = try Bounds(lower: [0, 2], upper: [1, 1.5])
      Issue.record("crossed bounds were accepted")
    } catch {
      #expect("\(error)" == "variable 1: no number from 2.0 to 1.5")
    }
  }

  @Test func projectionIsTheNearestPoint() throws {
    let bounds = try Bounds(
      lower: [0, -.infinity, 2], upper: [1, 5, 2])
    var x: Vector<Double> = [-3, 7, 2]
    #expect(!bounds.contains(x))
    #expect(bounds.project(&x) == 2)
    #expect(x == [0, 5, 2])
    #expect(bounds.contains(x))
    #expect(bounds.project(&x) == 0)
  }

  @Test func onlyGradientsThatABoundDoesNotStopCount() throws {
    let bounds = try Bounds(0...1, count: 3)
    // Held below, pushed inwards from above, free.
    let g: Vector<Double> = [3, 0.5, -0.25]
    #expect(bounds.projectedGradientNorm(g, at: [0, 1, 0.5]) == 0.5)
    #expect(bounds.projectedGradientNorm([3, -9, 0], at: [0, 1, 0.5]) == 0)
    #expect(bounds.projectedGradientNorm([.nan, 0, 0], at: [0.5, 0, 0]).isNaN)
  }
}
