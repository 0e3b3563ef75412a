import Matrix
import ProblemSets
import Testing

@testable import benchmarks

@Suite struct WitnessTests {
  let rosenbrock = MoreGarbowHillstrom.rosenbrock

  @Test func `Evaluations of every kind are counted`() throws {
    let witness = Witness(rosenbrock.objective)
    var g = Vector<Double>.zeros(2)
    var h = Matrix<Double>.zeros(2, 2)
    #expect(try witness.value(at: [1, 1]) == 0)
    #expect(abs(try witness.value(at: [-1.2, 1]) - 24.2) < 1e-13)
    _ = try witness.valueAndGradient(at: [1, 2], into: &g)
    try witness.gradient(at: [1, 2], into: &g)
    #expect(g.array == [-400, 200])
    try witness.hessianVectorProduct(at: [1, 1], along: [0, 1], into: &g)
    #expect(g.array == [-400, 200])
    try witness.hessian(at: [1, 1], into: &h)
    #expect(witness.values == 3)
    #expect(witness.gradients == 2)
    #expect(witness.products == 1)
    #expect(witness.hessians == 1)
    #expect(witness.seconds > 0)
  }

  @Test func `Only values lower than all before are records`() throws {
    let witness = Witness(rosenbrock.objective)
    for x in [0.0, 3, 0.5, 0.5, 1] { _ = try witness.value(at: [x, x * x]) }
    #expect(
      witness.records == [
        Witness.Record(evaluations: 1, value: 1),
        Witness.Record(evaluations: 3, value: 0.25),
        Witness.Record(evaluations: 5, value: 0),
      ])
  }
}
