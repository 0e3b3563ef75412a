/// The parameters of a model: their names and where the search begins.
///
///     [1, 0.1]
///     ["amplitude": 1, "rate": .within(0...5, from: 0.1), "background": .fixed(0)]
///
/// Without names they are b1, b2, ….
public struct Parameters: Equatable, Sendable {
  /// A parameter before the fit.
  public struct Parameter: Equatable, Sendable {
    /// What it is called.
    public let name: String
    /// Where it begins, and whether it may move.
    public let start: Start
  }

  /// The parameters in the order in which the model takes them.
  public let list: [Parameter]

  /// Parameters with names.
  ///
  /// - Precondition: no name occurs twice.
  public init(_ named: [(name: String, start: Start)]) {
    var seen: Set<String> = []
    for (name, _) in named {
      precondition(
        seen.insert(name).inserted, "two parameters called \"\(name)\"")
    }
    list = named.map { Parameter(name: $0.name, start: $0.start) }
  }

  /// The number of parameters.
  public var count: Int { list.count }
}

/// Where a parameter begins, and whether it may move.
public enum Start: Equatable, Sendable {
  /// Estimated, beginning here.
  case free(Double)
  /// Estimated, beginning here, within bounds; one of them may be infinite.
  case within(ClosedRange<Double>, from: Double)
  /// Not estimated but known.
  case fixed(Double)

  /// The number.
  public var value: Double {
    switch self {
    case .free(let value), .fixed(let value), .within(_, from: let value): value
    }
  }

  /// The bounds, infinite where there are none.
  public var bounds: ClosedRange<Double> {
    if case .within(let bounds, from: _) = self { return bounds }
    return -.infinity ... .infinity
  }

  /// Whether the parameter is known.
  public var isFixed: Bool {
    if case .fixed = self { true } else { false }
  }
}

extension Start: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A free parameter.
  public init(floatLiteral value: Double) { self = .free(value) }
  /// A free parameter.
  public init(integerLiteral value: Int) { self = .free(Double(value)) }
}

extension Parameters: ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// Parameters called b1, b2, ….
  public init(arrayLiteral starts: Start...) { self.init(starts) }

  /// Parameters with names.
  public init(dictionaryLiteral named: (String, Start)...) {
    self.init(named.map { (name: $0.0, start: $0.1) })
  }

  /// Parameters called b1, b2, ….
  public init(_ starts: [Start]) {
    self.init(
      starts.enumerated().map { (name: "b\($0.offset + 1)", start: $0.element) }
    )
  }

  /// Free parameters called b1, b2, … that begin at these numbers.
  public init(_ starts: [Double]) { self.init(starts.map(Start.free)) }
}
