import ArgumentParser
import Optimization

/// The methods for quadratic programs, as the command line calls them.
enum MethodName: String, CaseIterable, ExpressibleByArgument {
  case automatic
  case interiorPoint = "interior-point"
  case activeSet = "active-set"
  case admm
  case nullSpace = "null-space"
  case rangeSpace = "range-space"

  /// The method of that name.
  func method(tolerance: Double) -> any QuadraticMethod {
    switch self {
    case .automatic: .automatic(tolerance: tolerance)
    case .interiorPoint: .interiorPoint(tolerance: tolerance)
    case .activeSet: .activeSet(tolerance: tolerance)
    case .admm: .admm(tolerance: tolerance)
    case .nullSpace: .nullSpace(tolerance: tolerance)
    case .rangeSpace: .rangeSpace(tolerance: tolerance)
    }
  }
}
