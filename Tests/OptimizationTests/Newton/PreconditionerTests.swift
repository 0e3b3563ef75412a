import Matrix
import Optimization
import Testing

private struct Halves: Preconditioner {
  func apply(to r: inout Vector<Double>, _ state: inout Void) {
    r.scale(by: 0.5)
  }
}

@Suite struct PreconditionerTests {
  @Test func diagonalDivides() {
    var r: Vector<Double> = [2, 9, -4]
    var state: Void = ()
    DiagonalPreconditioner([2, 3, 8]).apply(to: &r, &state)
    #expect(r == [1, 3, -0.5])
    NoPreconditioner().apply(to: &r, &state)
    #expect(r == [1, 3, -0.5])
  }

  @Test func userWritesOneFunction() {
    var r: Vector<Double> = [2, 4]
    var state: Void = Halves().makeState(dimension: 2)
    Halves().apply(to: &r, &state)
    #expect(r == [1, 2])
    #expect(Halves().name == "Halves")
  }

  @Test func wrongDiagonalsTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = DiagonalPreconditioner([1, 0])
    }
    await #expect(processExitsWith: .failure) {
      var r: Vector<Double> = [1, 2, 3]
      var state: Void = ()
      DiagonalPreconditioner([1, 1]).apply(to: &r, &state)
    }
  }
}
