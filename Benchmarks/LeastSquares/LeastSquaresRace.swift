import ProblemSets

/// Fitters of the same regressions in turns.
struct LeastSquaresRace {
  let regressions: [NonlinearRegression]
  /// How often each fitter goes through all of them.
  let turns: Int

  /// Has all fitters go through all regressions from both starts, in turns after
  /// one that is not counted.
  ///
  /// - Precondition: the first fitter is ours.
  func run(_ fitters: [Fitter]) throws -> [LeastSquaresResult] {
    let cases = regressions.flatMap { regression in
      regression.starts.indices.map { (regression, $0) }
    }
    func fits(_ fitter: Fitter) throws -> [Fitter.Fit] {
      try cases.map { try fitter.fit($0.0, $0.1) }
    }
    let first = try fitters.map(fits)
    var seconds = fitters.map { _ in cases.map { _ in [Double]() } }
    for _ in 0..<turns {
      for (k, fitter) in fitters.enumerated() {
        for (i, fit) in try fits(fitter).enumerated() {
          seconds[k][i].append(fit.seconds)
        }
      }
    }
    let results = fitters.indices.map { k in
      cases.indices.map { i in
        let fit = first[k][i]
        let (regression, start) = cases[i]
        return LeastSquaresResult.Fit(
          regression: regression.name, start: start + 1,
          digits: regression.certified.correctDigits(of: fit.parameters),
          residuals: fit.residuals, jacobians: fit.jacobians,
          isVerified: fit.isVerified,
          time: Measurement(samples: seconds[k][i]))
      }
    }
    return zip(fitters, results).map { fitter, fits in
      LeastSquaresResult(
        name: fitter.name, isPeer: fitter.isPeer, fits: fits,
        beside: results[0])
    }
  }
}
