// The rules that are asked for most, by name; the others by `.descent(by:)`.

extension Method where Self == Descent<SGD<Double>> {
  /// Gradient descent by the whole gradient.
  public static func sgd(
    rate: LearningRate
  ) -> Self { Descent(by: SGD(rate: rate)) }
}

extension Method where Self == StochasticDescent<SGD<Double>> {
  /// Gradient descent over batches of b samples, shuffled anew for every epoch.
  public static func sgd(
    rate: LearningRate, batch: Int,
    seed: UInt64 = 0
  ) -> Self {
    StochasticDescent(
      by: SGD(rate: rate),
      sampling: Sampling(batch: batch, seed: seed))
  }
}

extension Method where Self == Descent<Momentum<Double>> {
  /// Gradient descent with momentum by the whole gradient.
  public static func momentum(
    rate: LearningRate, momentum: Double = 0.9
  ) -> Self { Descent(by: Momentum(rate: rate, momentum: momentum)) }
}

extension Method where Self == StochasticDescent<Momentum<Double>> {
  /// Gradient descent with momentum over batches of b samples, shuffled anew for every epoch.
  public static func momentum(
    rate: LearningRate, momentum: Double = 0.9, batch: Int,
    seed: UInt64 = 0
  ) -> Self {
    StochasticDescent(
      by: Momentum(rate: rate, momentum: momentum),
      sampling: Sampling(batch: batch, seed: seed))
  }
}

extension Method where Self == Descent<Nesterov<Double>> {
  /// Gradient descent with Nesterov's momentum by the whole gradient.
  public static func nesterov(
    rate: LearningRate, momentum: Double = 0.9
  ) -> Self { Descent(by: Nesterov(rate: rate, momentum: momentum)) }
}

extension Method where Self == StochasticDescent<Nesterov<Double>> {
  /// Gradient descent with Nesterov's momentum over batches of b samples, shuffled anew for every epoch.
  public static func nesterov(
    rate: LearningRate, momentum: Double = 0.9, batch: Int,
    seed: UInt64 = 0
  ) -> Self {
    StochasticDescent(
      by: Nesterov(rate: rate, momentum: momentum),
      sampling: Sampling(batch: batch, seed: seed))
  }
}

extension Method where Self == Descent<AdaGrad<Double>> {
  /// AdaGrad by the whole gradient.
  public static func adaGrad(
    rate: LearningRate
  ) -> Self { Descent(by: AdaGrad(rate: rate)) }
}

extension Method where Self == StochasticDescent<AdaGrad<Double>> {
  /// AdaGrad over batches of b samples, shuffled anew for every epoch.
  public static func adaGrad(
    rate: LearningRate, batch: Int,
    seed: UInt64 = 0
  ) -> Self {
    StochasticDescent(
      by: AdaGrad(rate: rate),
      sampling: Sampling(batch: batch, seed: seed))
  }
}

extension Method where Self == Descent<RMSProp<Double>> {
  /// RMSProp by the whole gradient.
  public static func rmsProp(
    rate: LearningRate = 1e-3, decay: Double = 0.9
  ) -> Self { Descent(by: RMSProp(rate: rate, decay: decay)) }
}

extension Method where Self == StochasticDescent<RMSProp<Double>> {
  /// RMSProp over batches of b samples, shuffled anew for every epoch.
  public static func rmsProp(
    rate: LearningRate = 1e-3, decay: Double = 0.9, batch: Int,
    seed: UInt64 = 0
  ) -> Self {
    StochasticDescent(
      by: RMSProp(rate: rate, decay: decay),
      sampling: Sampling(batch: batch, seed: seed))
  }
}

extension Method where Self == Descent<Adam<Double>> {
  /// Adam by the whole gradient.
  public static func adam(
    rate: LearningRate = 1e-3
  ) -> Self { Descent(by: Adam(rate: rate)) }
}

extension Method where Self == StochasticDescent<Adam<Double>> {
  /// Adam over batches of b samples, shuffled anew for every epoch.
  public static func adam(
    rate: LearningRate = 1e-3, batch: Int,
    seed: UInt64 = 0
  ) -> Self {
    StochasticDescent(
      by: Adam(rate: rate),
      sampling: Sampling(batch: batch, seed: seed))
  }
}

extension Method where Self == Descent<AdamW<Double>> {
  /// AdamW, Adam with decoupled weight decay by the whole gradient.
  public static func adamW(
    rate: LearningRate = 1e-3, decay: Double = 1e-2
  ) -> Self { Descent(by: AdamW(rate: rate, decay: decay)) }
}

extension Method where Self == StochasticDescent<AdamW<Double>> {
  /// AdamW, Adam with decoupled weight decay over batches of b samples, shuffled anew for every epoch.
  public static func adamW(
    rate: LearningRate = 1e-3, decay: Double = 1e-2, batch: Int,
    seed: UInt64 = 0
  ) -> Self {
    StochasticDescent(
      by: AdamW(rate: rate, decay: decay),
      sampling: Sampling(batch: batch, seed: seed))
  }
}
