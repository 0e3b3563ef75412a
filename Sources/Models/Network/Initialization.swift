internal import RandomNumbers

/// The distribution that the weights of a layer are drawn from at first.
///
/// The variance is 2/n for He's and 2/(n + m) for Glorot's form, for a layer from n
/// to m units; either keeps the size of signals from layer to layer, He's with
/// units that are 0 half of the time. Biases are 0.
///
/// Source: He, Zhang, Ren and Sun 2015, equation 10; Glorot and Bengio 2010,
/// equations 12 and 16.
public enum Initialization: String, Codable, CaseIterable, Sendable {
  /// Normal, of variance 2/n.
  case heNormal
  /// Uniform on ±√(6/n).
  case heUniform
  /// Normal, of variance 2/(n + m).
  case glorotNormal
  /// Uniform on ±√(6/(n + m)).
  case glorotUniform

  /// A weight of a layer from n to m units.
  func draw(_ n: Int, _ m: Int, _ random: inout SplitMix64) -> Double {
    let scale =
      switch self {
      case .heNormal, .heUniform: (2 / Double(n)).squareRoot()
      case .glorotNormal, .glorotUniform: (2 / Double(n + m)).squareRoot()
      }
    switch self {
    case .heNormal, .glorotNormal:
      return scale * random.nextNormal()
    case .heUniform, .glorotUniform:
      // Uniform on ±√3 has variance 1.
      return scale * 3.0.squareRoot() * (2 * random.nextUniform() - 1)
    }
  }
}
