/// The regressions of NIST's Statistical Reference Datasets.
///
/// The files come with the package; reading one takes about a millisecond. Their
/// certified values were computed with many digits and are correct to all that
/// are given, so that a fit can be graded by ``CertifiedFit/correctDigits(of:)``.
///
/// Source: NIST/ITL, Statistical Reference Datasets, 1997–2003,
/// <https://www.itl.nist.gov/div898/strd/>.
public enum NIST {
  /// The names of the nonlinear regressions, in NIST's order.
  public static var nonlinearNames: [String] { models.map(\.name) }

  /// The 27 nonlinear regressions in NIST's order, from the easiest on.
  ///
  /// - Throws: ``MalformedData`` when a file that comes with the package is
  ///   missing or was changed.
  public static func nonlinear() throws(MalformedData) -> [NonlinearRegression]
  {
    var regressions: [NonlinearRegression] = []
    for model in models {
      regressions.append(model.regression(try StRDFile(named: model.name)))
    }
    return regressions
  }

  /// A nonlinear regression by its name, such as "Misra1a".
  ///
  /// - Throws: ``MalformedData`` when there is none of that name, or its file was
  ///   changed.
  public static func nonlinear(
    _ name: String
  ) throws(MalformedData) -> NonlinearRegression {
    guard let model = models.first(where: { $0.name == name }) else {
      throw MalformedData(
        file: "\(name).dat", line: 0,
        problem: "no nonlinear regression of that name")
    }
    return model.regression(try StRDFile(named: name))
  }

  /// The 11 linear regressions, in NIST's order.
  ///
  /// - Throws: ``MalformedData`` when a file that comes with the package is
  ///   missing or was changed.
  public static func linear() throws(MalformedData) -> [LinearRegression] {
    var regressions: [LinearRegression] = []
    for (name, design) in designs {
      regressions.append(LinearRegression(try StRDFile(named: name), design))
    }
    return regressions
  }

  private static let designs: [(String, LinearRegression.Design)] = [
    ("Norris", .polynomial), ("Pontius", .polynomial),
    ("NoInt1", .proportional), ("NoInt2", .proportional),
    ("Filip", .polynomial), ("Longley", .multilinear),
    ("Wampler1", .polynomial), ("Wampler2", .polynomial),
    ("Wampler3", .polynomial), ("Wampler4", .polynomial),
    ("Wampler5", .polynomial),
  ]

  private struct Model {
    let name: String
    let regression: @Sendable (StRDFile) -> NonlinearRegression

    init(
      _ name: String,
      _ regression: @escaping @Sendable (StRDFile) -> NonlinearRegression
    ) {
      self.name = name
      self.regression = regression
    }
  }

  // Each closure names a concrete model, so that its formula is compiled for it.
  private static let models = [
    Model("Misra1a") { NonlinearRegression($0, Saturation()) },
    Model("Chwirut2") { NonlinearRegression($0, DecayOverLine()) },
    Model("Chwirut1") { NonlinearRegression($0, DecayOverLine()) },
    Model("Lanczos3") { NonlinearRegression($0, ThreeDecays()) },
    Model("Gauss1") { NonlinearRegression($0, DecayAndTwoPeaks()) },
    Model("Gauss2") { NonlinearRegression($0, DecayAndTwoPeaks()) },
    Model("DanWood") { NonlinearRegression($0, Power()) },
    Model("Misra1b") { NonlinearRegression($0, InverseSquareSaturation()) },
    Model("Kirby2") { NonlinearRegression($0, Rational(degree: 2)) },
    Model("Hahn1") { NonlinearRegression($0, Rational(degree: 3)) },
    Model("Nelson") {
      NonlinearRegression($0, Degradation(), response: { .log($0) })
    },
    Model("MGH17") { NonlinearRegression($0, TwoDecays()) },
    Model("Lanczos1") { NonlinearRegression($0, ThreeDecays()) },
    Model("Lanczos2") { NonlinearRegression($0, ThreeDecays()) },
    Model("Gauss3") { NonlinearRegression($0, DecayAndTwoPeaks()) },
    Model("Misra1c") { NonlinearRegression($0, InverseRootSaturation()) },
    Model("Misra1d") { NonlinearRegression($0, Hyperbola()) },
    Model("Roszman1") { NonlinearRegression($0, QuantumDefects()) },
    Model("ENSO") { NonlinearRegression($0, Cycles()) },
    Model("MGH09") { NonlinearRegression($0, QuadraticRatio()) },
    Model("Thurber") { NonlinearRegression($0, Rational(degree: 3)) },
    Model("BoxBOD") { NonlinearRegression($0, Saturation()) },
    Model("Rat42") { NonlinearRegression($0, Logistic()) },
    Model("MGH10") { NonlinearRegression($0, Thermistor()) },
    Model("Eckerle4") { NonlinearRegression($0, Peak()) },
    Model("Rat43") { NonlinearRegression($0, Richards()) },
    Model("Bennett5") { NonlinearRegression($0, ShiftedPower()) },
  ]
}
