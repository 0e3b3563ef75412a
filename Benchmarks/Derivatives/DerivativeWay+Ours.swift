import Differentiation
import Matrix
import Optimization
import ProblemSets

extension DerivativeWay {
  static let handWritten = "hand-written"
  static let package = "this package"

  /// The derivatives by hand, and those of the recorded formula.
  static func ours(_ n: Int) -> [DerivativeWay] {
    let hand = ChainedRosenbrock(n)
    // Each of its own, so that none finds what another has recorded.
    return [
      gradient(handWritten, of: hand, n),
      gradient(package, of: automatic(), n),
      recording(.recording, n, evaluations: 1),
      recording(.first10, n, evaluations: 10),
      product(handWritten, of: hand, n),
      product(package, of: automatic(), n),
    ]
  }

  private static func automatic() -> AutomaticFunction {
    let formula = ChainFormula()
    return AutomaticFunction { formula.value($0) }
  }

  /// f and ∇f of an objective, called as a run calls it.
  static func gradient(
    _ name: String, of f: any DifferentiableObjective, _ n: Int
  ) -> DerivativeWay {
    let point = DerivativePoint(n)
    return DerivativeWay(name: name, derivative: .gradient) { repeats in
      var gradient = Vector<Double>.zeros(n)
      let pairs = (repeats + 1) / 2
      return try timed {
        for _ in 0..<pairs {
          keep(try f.valueAndGradient(at: point.y, into: &gradient))
          keep(try f.valueAndGradient(at: point.x, into: &gradient))
        }
      }.seconds / Double(2 * pairs)
    } result: {
      var gradient = Vector<Double>.zeros(n)
      let value = try f.valueAndGradient(at: point.x, into: &gradient)
      return [value] + gradient.array
    }
  }

  /// f and ∇f of a new automatic function, so often, the last time at x.
  private static func recording(
    _ derivative: Derivative, _ n: Int, evaluations: Int
  ) -> DerivativeWay {
    let point = DerivativePoint(n)
    func evaluate(_ gradient: inout Vector<Double>) throws -> Double {
      let f = automatic()
      var value = 0.0
      for k in (0..<evaluations).reversed() {
        value = try f.valueAndGradient(
          at: k.isMultiple(of: 2) ? point.x : point.y, into: &gradient)
      }
      return value
    }
    return DerivativeWay(name: package, derivative: derivative) { repeats in
      var gradient = Vector<Double>.zeros(n)
      return try timed {
        for _ in 0..<repeats { keep(try evaluate(&gradient)) }
      }.seconds / Double(repeats)
    } result: {
      var gradient = Vector<Double>.zeros(n)
      return [try evaluate(&gradient)] + gradient.array
    }
  }

  private static func product(
    _ name: String, of f: any DifferentiableObjective, _ n: Int
  ) -> DerivativeWay {
    let point = DerivativePoint(n)
    return DerivativeWay(name: name, derivative: .product) { repeats in
      var product = Vector<Double>.zeros(n)
      let pairs = (repeats + 1) / 2
      return try timed {
        for _ in 0..<pairs {
          try f.hessianVectorProduct(
            at: point.y, along: point.v, into: &product)
          try f.hessianVectorProduct(
            at: point.x, along: point.v, into: &product)
        }
      }.seconds / Double(2 * pairs)
    } result: {
      var product = Vector<Double>.zeros(n)
      try f.hessianVectorProduct(at: point.x, along: point.v, into: &product)
      return product.array
    }
  }
}
