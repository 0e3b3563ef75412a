import Differentiation
import Foundation
import Matrix
import Optimization
import ProblemSets

/// The chained Rosenbrock function as a formula for all kinds of numbers.
struct ChainFormula: ObjectiveFormula {
  func value<Number: RealNumber>(_ x: [Number]) -> Number {
    var sum: Number = 0
    for i in 0..<x.count - 1 {
      let a = 1 - x[i]
      let b = x[i + 1] - x[i] * x[i]
      sum += 100 * (b * b) + a * a
    }
    return sum
  }
}

/// The ways to write an objective, shortest first.
enum Writing: String, Codable, CaseIterable {
  case closure = "closure, automatic derivatives"
  case generic = "generic function, automatic derivatives"
  case handClosure = "closure with hand-written ∇f"
  case handType = "type with hand-written ∇f"
  case forward = "closure, forward differences"
  case central = "closure, central differences"

  /// The chained Rosenbrock function of n variables, written this way.
  func objective(_ n: Int) -> any DifferentiableObjective {
    let formula = ChainFormula()
    let values = Function { formula.value($0.array) }
    return switch self {
    case .closure:
      AutomaticFunction { x in
        var sum: Variable = 0
        for i in 0..<x.count - 1 {
          sum +=
            100 * (x[i + 1] - x[i].squared).squared + (1 - x[i]).squared
        }
        return sum
      }
    case .generic:
      AutomaticFunction { formula.value($0) }
    case .handClosure:
      DifferentiableFunction { x, gradient in
        x.withUnsafeBufferPointer { x in
          gradient.withUnsafeMutableBufferPointer { g in
            var f = 0.0
            g[0] = 0
            for i in 0..<x.count - 1 {
              let a = 1 - x[i]
              let b = x[i + 1] - x[i] * x[i]
              f += 100 * (b * b) + a * a
              g[i] -= 400 * b * x[i] + 2 * a
              g[i + 1] = 200 * b
            }
            return f
          }
        }
      }
    case .handType:
      ChainedRosenbrock(n)
    case .forward:
      FiniteDifferences(of: values, scheme: .forward)
    case .central:
      FiniteDifferences(of: values, scheme: .central)
    }
  }
}
