import Matrix
import Testing

@testable import Optimization

@Suite struct SimplexTests {
  private func simplex(_ values: [Double]) -> Simplex {
    var simplex = Simplex(dimension: values.count - 1)
    for (k, value) in values.enumerated() {
      simplex.set(
        k, to: Vector(repeating: Double(k), count: values.count - 1),
        value: value)
    }
    simplex.sort()
    return simplex
  }

  @Test func sortKeepsEqualValuesAsTheyWere() {
    #expect(simplex([3, 1, 2, 1, 3]).order == [1, 3, 2, 0, 4])
    #expect(simplex([.infinity, 5, .infinity]).order == [1, 0, 2])
    #expect(simplex([7, 7, 7, 7]).order == [0, 1, 2, 3])
  }

  @Test func newVertexGoesBehindThoseOfEqualValue() {
    var simplex = simplex([1, 2, 2, 5])
    simplex.replaceWorst(by: [9, 9, 9], value: 2)
    #expect(simplex.order == [0, 1, 2, 3])
    #expect(simplex.vertices.column(3) == [9, 9, 9])
    simplex.replaceWorst(by: [8, 8, 8], value: 1)
    #expect(simplex.order == [0, 3, 1, 2])
    simplex.replaceWorst(by: [7, 7, 7], value: 0)
    #expect(simplex.order == [2, 0, 3, 1])
    #expect(simplex.values == [1, 2, 0, 1])
  }

  @Test func sizeIsThatOfTheWorstVariableInItsUnits() {
    var simplex = Simplex(dimension: 2)
    simplex.units = [1, 100]
    simplex.set(0, to: [4, 10], value: 0)
    simplex.set(1, to: [5, 10], value: 1)
    simplex.set(2, to: [4, 40], value: 3)
    simplex.firstSpread = 6
    simplex.sort()
    // 1/4 and 30/100.
    #expect(simplex.extent.size == 0.3)
    #expect(simplex.extent.spread == 0.5)
    simplex.units = [1, 300]
    #expect(simplex.extent.size == 0.25)
    simplex.set(0, to: [4, 10], value: 3)
    simplex.set(1, to: [5, 10], value: 3 + .ulpOfOne)
    simplex.sort()
    #expect(simplex.extent.spread == 0)
  }
}
