/// What a hidden unit makes of its input z.
public enum Activation: String, Codable, CaseIterable, Sendable {
  /// max(0, z), with slope 0 at 0.
  case relu
  /// tanh z.
  case tanh
  /// 1 / (1 + exp(−z)).
  case sigmoid
  /// z Φ(z) with the standard normal distribution function Φ.
  ///
  /// Source: Hendrycks and Gimpel 2016, section 2.
  case gelu
  /// z/2 (1 + tanh(√(2/π) (z + 0.044715 z³))), an approximation of ``gelu`` to about
  /// 5·10⁻⁴.
  ///
  /// Source: Hendrycks and Gimpel 2016, section 2.
  case geluByTanh
}
