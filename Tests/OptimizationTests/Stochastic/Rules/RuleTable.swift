import Optimization

/// Every rule with every option, by the names of Scripts/golden/rules.py.
enum RuleTable<Scalar: UpdateScalar> {
  typealias Rule = any UpdateRule<Scalar>

  /// What has golden trajectories, at a rate.
  static func rules(_ rate: Double) -> [String: Rule] {
    let constant = LearningRate.constant(rate)
    let exponential = LearningRate.exponential(from: rate, factor: 0.98)
    var rules: [String: Rule] = [:]
    rules["sgd"] = SGD<Scalar>(rate: constant)
    rules["sgdExponential"] = SGD<Scalar>(rate: exponential)
    rules["momentum"] = Momentum<Scalar>(rate: constant)
    rules["momentumDamped"] =
      Momentum<Scalar>(rate: constant, momentum: 0.8, damping: 0.8)
    rules["momentumDampedLater"] =
      Momentum<Scalar>(
        rate: constant, momentum: 0.8, damping: 0.4, dampsFirstGradient: false)
    rules["momentumExponential"] = Momentum<Scalar>(rate: exponential)
    rules["momentumBefore"] =
      Momentum<Scalar>(rate: exponential, ratePlacement: .beforeMomentum)
    rules["nesterov"] = Nesterov<Scalar>(rate: constant)
    rules["nesterovExponential"] =
      Nesterov<Scalar>(rate: exponential, momentum: 0.8)
    rules["nesterovBefore"] =
      Nesterov<Scalar>(
        rate: exponential, momentum: 0.8, ratePlacement: .beforeMomentum)
    rules["adagrad"] = AdaGrad<Scalar>(rate: constant)
    rules["adagradDecaying"] =
      AdaGrad<Scalar>(
        rate: .inverseTime(from: rate, decay: 0.05), epsilon: 1e-3,
        initialAccumulator: 0.3)
    rules["adagradInside"] =
      AdaGrad<Scalar>(
        rate: constant, epsilon: 1e-7, epsilonPlacement: .insideRoot,
        initialAccumulator: 0.1)
    rules["adagradInsideOther"] =
      AdaGrad<Scalar>(
        rate: constant, epsilon: 1e-2, epsilonPlacement: .insideRoot,
        initialAccumulator: 0.5)
    rules["adadelta"] = AdaDelta<Scalar>(rate: constant, decay: 0.9)
    rules["adadeltaLarge"] = AdaDelta<Scalar>(rate: constant, epsilon: 1e-3)
    rules["rprop"] = Rprop<Scalar>(rate: constant)
    rules["rpropOther"] =
      Rprop<Scalar>(
        rate: constant, shrink: 0.4, grow: 1.1, leastStep: 1e-3, mostStep: 0.03)
    rules["lion"] = Lion<Scalar>(rate: constant)
    rules["lionDecayed"] =
      Lion<Scalar>(rate: constant, beta1: 0.85, beta2: 0.95, decay: 0.5)
    rules.merge(meanSquareRules(constant, exponential)) { $1 }
    rules.merge(momentRules(constant, exponential)) { $1 }
    rules.merge(blockRules(rate)) { $1 }
    return rules
  }

  private static func meanSquareRules(
    _ constant: LearningRate, _ exponential: LearningRate
  ) -> [String: Rule] {
    var rules: [String: Rule] = [:]
    rules["rmsprop"] = RMSProp<Scalar>(rate: constant)
    rules["rmspropOther"] =
      RMSProp<Scalar>(rate: constant, decay: 0.95, epsilon: 1e-2)
    rules["rmspropCentred"] =
      RMSProp<Scalar>(rate: constant, epsilon: 1e-2, centred: true)
    rules["rmspropMomentum"] =
      RMSProp<Scalar>(rate: exponential, epsilon: 1e-4, momentum: 0.8)
    rules["rmspropCentredMomentum"] =
      RMSProp<Scalar>(
        rate: exponential, epsilon: 1e-2, momentum: 0.7, centred: true)
    rules["rmspropOutside"] =
      RMSProp<Scalar>(
        rate: constant, decay: 0.95, epsilon: 1e-3,
        epsilonPlacement: .outsideRoot)
    rules["rmspropOutsideCentred"] =
      RMSProp<Scalar>(
        rate: constant, epsilon: 1e-2, centred: true,
        epsilonPlacement: .outsideRoot)
    rules["rmspropOutsideMomentum"] =
      RMSProp<Scalar>(
        rate: exponential, momentum: 0.8, epsilonPlacement: .outsideRoot,
        ratePlacement: .afterMomentum)
    rules["rmspropOutsideCentredMomentum"] =
      RMSProp<Scalar>(
        rate: exponential, epsilon: 0.05, momentum: 0.7, centred: true,
        epsilonPlacement: .outsideRoot, ratePlacement: .afterMomentum)
    return rules
  }

  private static func momentRules(
    _ constant: LearningRate, _ exponential: LearningRate
  ) -> [String: Rule] {
    var rules: [String: Rule] = [:]
    rules["adam"] = Adam<Scalar>(rate: constant)
    rules["adamOther"] =
      Adam<Scalar>(rate: constant, beta1: 0.8, beta2: 0.95, epsilon: 1e-2)
    rules["adamExponential"] = Adam<Scalar>(rate: exponential)
    rules["adamw"] = AdamW<Scalar>(rate: constant)
    rules["adamwDecayed"] = AdamW<Scalar>(rate: constant, decay: 0.5)
    rules["adamwUnscaled"] =
      AdamW<Scalar>(rate: constant, decay: 0.003, decayScalesWithRate: false)
    rules["adamwAfter"] =
      AdamW<Scalar>(rate: constant, decay: 0.5, decayOrder: .afterStep)
    rules["amsgrad"] = AMSGrad<Scalar>(rate: constant, beta2: 0.95)
    rules["amsgradAfter"] =
      AMSGrad<Scalar>(rate: constant, correction: .afterMaximum)
    rules["amsgradBefore"] =
      AMSGrad<Scalar>(rate: constant, beta2: 0.95, correction: .beforeMaximum)
    rules["adamax"] = AdaMax<Scalar>(rate: constant)
    rules["adamaxOther"] =
      AdaMax<Scalar>(rate: constant, beta1: 0.8, beta2: 0.95, epsilon: 1e-2)
    rules["nadam"] = NAdam<Scalar>(rate: constant)
    rules["nadamOther"] =
      NAdam<Scalar>(rate: constant, beta1: 0.8, beta2: 0.95, epsilon: 1e-2)
    rules["nadamGrowing"] = NAdam<Scalar>(rate: constant, momentumDecay: 4e-3)
    rules["nadamGrowingOther"] =
      NAdam<Scalar>(
        rate: constant, beta1: 0.8, beta2: 0.95, epsilon: 1e-2,
        momentumDecay: 0.1)
    rules["radam"] = RAdam<Scalar>(rate: constant, beta2: 0.99, epsilon: 1e-2)
    rules["radamFive"] = RAdam<Scalar>(rate: constant, threshold: 5)
    rules["radamFiveBefore"] =
      RAdam<Scalar>(
        rate: constant, beta2: 0.99, epsilon: 1e-2, threshold: 5,
        epsilonBeforeCorrection: true)
    rules["yogiCorrected"] =
      Yogi<Scalar>(rate: constant, initialMean: 1e-6, correctsBias: true)
    rules["yogiCorrectedOther"] =
      Yogi<Scalar>(
        rate: constant, beta1: 0.8, beta2: 0.95, epsilon: 1e-2,
        initialMean: 1e-6, correctsBias: true)
    return rules
  }

  private static func blockRules(_ rate: Double) -> [String: Rule] {
    let constant = LearningRate.constant(rate)
    let relative = LearningRate.inverseSquareRoot(from: 1).atMost(rate)
    var rules: [String: Rule] = [:]
    rules["lamb"] = LAMB<Scalar>(rate: constant)
    rules["lambDecayed"] =
      LAMB<Scalar>(
        rate: constant, beta1: 0.8, beta2: 0.95, epsilon: 1e-3, decay: 0.1)
    rules["adafactor"] = Adafactor<Scalar>(rate: relative)
    rules["adafactorAbsolute"] =
      Adafactor<Scalar>(
        rate: relative, exponent: 0.6, epsilon1: 1e-3, clipping: 0.7,
        scalesByParameters: false, decay: 0.002)
    rules["adafactorFloor"] =
      Adafactor<Scalar>(
        rate: relative, epsilon1: Double.ulpOfOne, epsilonPlacement: .floor)
    rules["adafactorFloorOther"] =
      Adafactor<Scalar>(
        rate: relative, exponent: 0.6, epsilon1: 0.05, epsilon2: 0.5,
        epsilonPlacement: .floor, clipping: 1.1, decay: rate * 0.3)
    rules["muon"] = Muon<Scalar>(rate: constant, epsilonPlacement: .floor)
    rules["muonMatching"] =
      Muon<Scalar>(
        rate: constant, momentum: 0.8, decay: 0.3, epsilon: 10,
        epsilonPlacement: .floor, scale: .matchingAdamW)
    rules["muonPlain"] =
      Muon<Scalar>(
        rate: constant, nesterov: false, decay: 0.1, epsilon: 1e-3,
        epsilonPlacement: .floor, iterations: 3,
        coefficients: [1.875, -1.25, 0.375])
    rules["muonCorrected"] =
      Muon<Scalar>(
        rate: constant, epsilon: 1e-8, correctsBias: true,
        others: AdamW(rate: constant, decay: 0))
    rules["muonCorrectedHere"] =
      Muon<Scalar>(
        rate: constant, epsilon: 1e-8, scale: .transposed, correctsBias: true,
        others: AdamW(rate: constant, decay: 0))
    rules["muonCorrectedPlain"] =
      Muon<Scalar>(
        rate: constant, momentum: 0.9, nesterov: false, decay: 0.2,
        epsilon: 1e-8, iterations: 4, scale: .matchingAdamW, correctsBias: true,
        others: AdamW(rate: constant, beta1: 0.8, beta2: 0.95, decay: 0.3))
    return rules
  }

  /// What no library has.
  static func otherRules(_ rate: Double) -> [String: Rule] {
    let constant = LearningRate.constant(rate)
    return [
      "yogi": Yogi<Scalar>(rate: constant),
      "rpropReverting": Rprop<Scalar>(rate: constant, onSignChange: .revert),
    ]
  }

  /// Every rule.
  static func all(_ rate: Double = 1e-3) -> [String: Rule] {
    rules(rate).merging(otherRules(rate)) { $1 }
  }

  /// One of each rule, at a rate that no step of which goes far.
  static var representatives: [(String, Rule)] {
    let names = [
      "sgdExponential", "momentum", "nesterov", "adagrad", "adadelta",
      "rmspropCentredMomentum", "adamw", "amsgrad", "adamax", "nadamGrowing",
      "radam", "yogi", "lion", "rpropReverting", "lamb", "adafactor", "muon",
    ]
    let rules = all(1e-4)
    return names.compactMap { name in rules[name].map { (name, $0) } }
  }
}
