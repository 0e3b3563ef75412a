import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct NonmonotoneArmijoTests {
  /// The values of a run, the start first.
  private func values(
    _ reference: NonmonotoneArmijo.Reference, steps: Int
  ) -> [(value: Double, slope: Double, step: Double)] {
    let rosenbrock = ExtendedRosenbrock(4)
    var run = Run(
      rosenbrock, from: rosenbrock.start,
      using: .barzilaiBorwein(search: NonmonotoneArmijo(reference)))
    var values: [(Double, Double, Double)] = []
    for _ in 0..<steps {
      let point = run.state.point
      run.step()
      values.append(
        (
          point.value, -point.gradient.dot(point.gradient),
          run.state.stepLength
        ))
    }
    values.append((run.state.point.value, 0, 0))
    return values
  }

  @Test(arguments: [1, 3, 10])
  func noValueExceedsTheLargestOfTheLast(count: Int) {
    let values = values(.largest(of: count), steps: 80)
    for k in 0..<(values.count - 1) {
      let largest = values[max(0, k - count + 1)...k].map(\.value).max() ?? 0
      let bound = largest + 1e-4 * values[k].step * values[k].slope
      #expect(values[k + 1].value <= bound, "step \(k)")
    }
  }

  @Test func valuesDoRise() {
    let values = values(.largest(of: 10), steps: 80).map(\.value)
    #expect(zip(values, values.dropFirst()).contains { $0 < $1 })
  }

  @Test(arguments: [0.0, 0.5, 0.85, 1])
  func noValueExceedsTheAverage(decay: Double) {
    let values = values(.average(decay: decay), steps: 80)
    for k in 0..<(values.count - 1) {
      // R as the sum of all values with their weights, by its definition.
      var (sum, weights, weight) = (0.0, 0.0, 1.0)
      for j in stride(from: k, through: 0, by: -1) {
        sum += weight * values[j].value
        weights += weight
        weight *= decay
      }
      let bound = sum / weights + 1e-4 * values[k].step * values[k].slope
      #expect(
        values[k + 1].value <= bound + 1e-13 * abs(bound), "step \(k)")
    }
  }

  @Test func oneValueAndNoDecayAreArmijo() {
    let armijo = Run(
      ExtendedRosenbrock(2), from: [-1.2, 1],
      using: .newton(search: Armijo())
    ).advanced(by: 12)
    for reference in [
      NonmonotoneArmijo.Reference.largest(of: 1), .average(decay: 0),
    ] {
      let other = Run(
        ExtendedRosenbrock(2), from: [-1.2, 1],
        using: .newton(search: NonmonotoneArmijo(reference))
      ).advanced(by: 12)
      #expect(other == armijo)
    }
  }

  @Test func impossibleReferencesTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = NonmonotoneArmijo(.largest(of: 0))
    }
    await #expect(processExitsWith: .failure) {
      _ = NonmonotoneArmijo(.average(decay: 1.5))
    }
  }
}

extension Run {
  /// The points of so many steps.
  fileprivate func advanced(by steps: Int) -> [Point] {
    var run = self
    return (0..<steps).map { _ in
      run.step()
      return run.state.point
    }
  }
}
