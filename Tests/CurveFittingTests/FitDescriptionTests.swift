import Foundation
import Testing

@testable import CurveFitting

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("Reports and plots of fits")
struct FitDescriptionTests {
  private var line: Fit<Double> {
    fit(Observations(x: [0, 1, 2, 3, 4], y: [0, 2, 1, 4, 4.5]), to: .line)
  }

  @Test("the report has estimates, errors, intervals and the verdict")
  func report() {
    // t = 3.182446 for ν = 3: 1.1 ± 0.3 t and 0.1 ± √0.54 t.
    #expect(
      line.report() == """
        Fit of y by x: 5 observations, 2 parameters

          parameter  estimate  standard error      95 % confidence
          ─────────  ────────  ──────────────  ───────────────────
          b0              0.1        0.734847  -2.23861 to 2.43861
          b1              1.1             0.3  0.145266 to 2.05473

          residual sum of squares      2.7
          residual standard deviation  0.9486832981 on 3 degrees of freedom
          R²                           0.81756757
          verdict                      Minimum, verified
          method                       QR with refinement
        """)
  }

  @Test("the level of confidence is the caller's")
  func level() {
    // t = 5.840909 for ν = 3 and 1 %.
    #expect(line.report(level: 0.99).contains("99 % confidence"))
    let interval = line.parameters[1].confidenceInterval(level: 0.99)!
    #expect(abs(interval.upperBound - (1.1 + 0.3 * 5.840909)) <= 1e-6)
  }

  @Test("the plot is XML with a circle for each observation and a band")
  func plot() {
    final class Counter: NSObject, XMLParserDelegate {
      var names: [String: Int] = [:]
      func parser(
        _ parser: XMLParser, didStartElement name: String,
        namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
      ) { names[name, default: 0] += 1 }
    }
    let counter = Counter()
    let parser = XMLParser(data: Data(line.plot().utf8))
    parser.delegate = counter
    #expect(parser.parse())
    // One more in the legend.
    #expect(counter.names["circle"] == 6)
    #expect(counter.names["polygon"] == 1)
    #expect(counter.names["polyline"] == 1)
  }

  @Test("the band holds the curve and is narrowest at the mean")
  func band() {
    let widths = [0.0, 2, 4].map { x in
      let interval = line.confidenceInterval(at: x)!
      #expect(interval.contains(line.predict(at: x)))
      return interval.upperBound - interval.lowerBound
    }
    #expect(widths[1] < widths[0] && widths[1] < widths[2])
    // At the mean, ± t s / √m.
    #expect(abs(widths[1] - 2 * 3.1824463 * (0.9 / 5).squareRoot()) <= 1e-6)
  }

  @Test("a file that cannot be written is named")
  func unwritable() {
    #expect(throws: (any Error).self) {
      try line.writePlot(to: "/nowhere/plot.svg")
    }
  }
}
