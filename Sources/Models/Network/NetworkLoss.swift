/// What the terms fᵢ of a network's objective are, of its outputs y and the
/// target of a sample.
public enum NetworkLoss: String, Codable, CaseIterable, Sendable {
  /// −log p_c for a sample of class c, p = softmax(y): fᵢ = log Σₖ exp(yₖ) − y_c.
  ///
  /// The largest output is subtracted before the exponentials, so that none
  /// overflows.
  case softmaxCrossEntropy
  /// fᵢ = 1/k ‖y − t‖² for a target t of k numbers.
  case meanSquaredError
}
