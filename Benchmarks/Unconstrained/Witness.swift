import Differentiation
import Matrix
import Optimization

/// A function that keeps the books of whoever minimises it.
///
/// All solvers, ours and the peers, see the same f, ∇f and ∇²f through it, so
/// that formulas agree and evaluations are counted by one clerk.
final class Witness: TwiceDifferentiableObjective {
  /// A value lower than all before it.
  struct Record: Codable, Equatable {
    /// The evaluations of f up to and including it.
    let evaluations: Int
    let value: Double
  }

  private let function: AutomaticFunction
  /// Evaluations of f, of ∇f, of ∇²f and of ∇²f v.
  private(set) var values = 0
  private(set) var gradients = 0
  private(set) var hessians = 0
  private(set) var products = 0
  /// The lowest values, each with when it was seen.
  private(set) var records: [Record] = []
  /// The seconds that were spent in here.
  private(set) var seconds = 0.0

  init(_ function: AutomaticFunction) { self.function = function }

  func value(at x: Vector<Double>) throws -> Double {
    try watched {
      values += 1
      return keepRecord(try function.value(at: x))
    }
  }

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    try watched {
      values += 1
      gradients += 1
      return keepRecord(
        try function.valueAndGradient(at: x, into: &gradient))
    }
  }

  /// ∇f(x) for who has asked for f(x) already, or does not want it.
  func gradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws {
    try watched {
      gradients += 1
      _ = try function.valueAndGradient(at: x, into: &gradient)
    }
  }

  func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    try watched {
      products += 1
      try function.hessianVectorProduct(at: x, along: v, into: &product)
    }
  }

  func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    try watched {
      hessians += 1
      try function.hessian(at: x, into: &hessian)
    }
  }

  private func keepRecord(_ value: Double) -> Double {
    if value < records.last?.value ?? .infinity {
      records.append(Record(evaluations: values, value: value))
    }
    return value
  }

  private func watched<Result>(_ body: () throws -> Result) rethrows -> Result {
    let (spent, result) = try timed(body)
    seconds += spent
    return result
  }
}

/// A function as those see it who have no derivatives.
struct ValuesAlone: Objective {
  let function: Witness

  func value(at x: Vector<Double>) throws -> Double {
    try function.value(at: x)
  }
}

/// A function as those see it who have no second derivatives.
struct FirstOrder: DifferentiableObjective {
  let function: Witness

  func value(at x: Vector<Double>) throws -> Double {
    try function.value(at: x)
  }

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    try function.valueAndGradient(at: x, into: &gradient)
  }
}
