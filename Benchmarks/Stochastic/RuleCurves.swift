import Matrix
import Models
import Optimization
import Presentation

/// f along runs of every rule on one problem, and on a plane.
enum RuleCurves {
  /// A rule under a name, as something that can be run.
  struct Entry: Sendable {
    let name: String
    let family: String
    /// f of each epoch's batches on a network.
    let curve: @Sendable (MultilayerPerceptron, Vector<Double>, Int) -> [Double]
    /// Points on Rosenbrock's function.
    let path: @Sendable (Int) -> [(x: Double, y: Double)]

    init<Rule: UpdateRule<Double>>(
      _ name: String, _ family: String, _ rule: Rule, onPlane: Rule
    ) {
      self.name = name
      self.family = family
      curve = { network, start, epochs in
        var means: [Double] = []
        _ = minimize(
          network, from: start,
          using: .descent(by: rule, batch: 64, seed: 1),
          within: .epochs(Double(epochs)),
          verifying: Verification(curvature: .never)
        ) { progress in
          // The batches of an epoch, each at the parameters of its time.
          // The batch is among the samples that are counted.
          let epoch = (progress.counts.samples - 1) / network.sampleCount
          while means.count <= epoch { means.append(0) }
          let steps = Double((network.sampleCount + 63) / 64)
          means[epoch] += progress.value / steps
          return .proceed
        }
        return Array(means.prefix(epochs))
      }
      path = { steps in
        var points: [(x: Double, y: Double)] = []
        _ = minimize(
          Valley(), from: [-1.2, 1], using: .descent(by: onPlane),
          within: Budget(iterations: steps),
          verifying: Verification(curvature: .never)
        ) { progress in
          let (x, y) = (progress.point.x[0], progress.point.x[1])
          // Beyond the window a path is cut off.
          guard abs(x) <= 1.6 && -1 <= y && y <= 3.5 else { return .stop }
          points.append((x, y))
          return .proceed
        }
        return points
      }
    }
  }

  /// Rosenbrock's function of two variables.
  struct Valley: DifferentiableObjective {
    func valueAndGradient(
      at x: Vector<Double>, into g: inout Vector<Double>
    ) -> Double {
      let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
      g[0] = -2 * a - 400 * x[0] * b
      g[1] = 200 * b
      return a * a + 100 * b * b
    }
  }

  /// Every rule, at a usual rate for networks and one for the plane.
  static let all: [Entry] = [
    Entry("SGD", "by momentum", SGD(rate: 0.1), onPlane: SGD(rate: 1e-3)),
    Entry(
      "momentum", "by momentum", Momentum(rate: 0.02),
      onPlane: Momentum(rate: 2e-4)),
    Entry(
      "Nesterov", "by momentum", Nesterov(rate: 0.02),
      onPlane: Nesterov(rate: 2e-4)),
    Entry("Lion", "by momentum", Lion(rate: 3e-4), onPlane: Lion(rate: 5e-3)),
    Entry("Rprop", "by momentum", Rprop(rate: 1e-3), onPlane: Rprop()),
    Entry("Muon", "by momentum", Muon(rate: 0.01), onPlane: Muon(rate: 0.02)),
    Entry(
      "AdaGrad", "by squares", AdaGrad(rate: 0.01), onPlane: AdaGrad(rate: 0.3)),
    Entry(
      "RMSProp", "by squares", RMSProp(rate: 1e-3),
      onPlane: RMSProp(rate: 0.01)),
    Entry("AdaDelta", "by squares", AdaDelta(), onPlane: AdaDelta()),
    Entry(
      "Adafactor", "by squares", Adafactor(), onPlane: Adafactor()),
    Entry("LAMB", "by squares", LAMB(rate: 5e-3), onPlane: LAMB(rate: 0.01)),
    Entry("Yogi", "by squares", Yogi(rate: 3e-3), onPlane: Yogi(rate: 0.05)),
    Entry("Adam", "like Adam", Adam(), onPlane: Adam(rate: 0.05)),
    Entry("AdamW", "like Adam", AdamW(), onPlane: AdamW(rate: 0.05)),
    Entry("AMSGrad", "like Adam", AMSGrad(), onPlane: AMSGrad(rate: 0.05)),
    Entry("AdaMax", "like Adam", AdaMax(), onPlane: AdaMax(rate: 0.05)),
    Entry("NAdam", "like Adam", NAdam(), onPlane: NAdam(rate: 0.05)),
    Entry("RAdam", "like Adam", RAdam(), onPlane: RAdam(rate: 2e-3)),
  ]

  static let families = ["by momentum", "by squares", "like Adam"]

  /// The mean f of each epoch on a network, a plot for each family.
  static func curves(_ data: DataSet, epochs: Int) -> [Plot] {
    let network = MultilayerPerceptron(
      widths: [data.featureCount, 32, 10], activation: .relu,
      loss: .softmaxCrossEntropy, data: data)
    let start = network.initialParameters(seed: 1)
    return families.map { family in
      Plot(
        title: "Rules \(family), network 64-32-10",
        x: .linear("epoch"), y: .logarithmic("mean f of the epoch's batches"),
        series: colored(family) { entry in
          entry.curve(network, start, epochs).enumerated().map {
            (Double($0.offset + 1), $0.element)
          }
        })
    }
  }

  /// Paths from (−1.2, 1) down Rosenbrock's valley, a plot for each family.
  static func paths(steps: Int) -> [Plot] {
    families.map { family in
      Plot(
        title: "Rules \(family), \(steps) steps down Rosenbrock's valley",
        x: .linear("x"), y: .linear("y"),
        series: contours + colored(family) { $0.path(steps) },
        markers: [])
    }
  }

  private static func colored(
    _ family: String, _ points: (Entry) -> [(x: Double, y: Double)]
  ) -> [Plot.Series] {
    zip(all.filter { $0.family == family }, Plot.Color.allCases).map {
      Plot.Series(
        name: $0.name, points: points($0), color: $1, style: .line)
    }
  }

  /// Level curves of (1 − x)² + 100 (y − x²)², y = x² ± √(c − (1 − x)²) / 10.
  private static var contours: [Plot.Series] {
    [0.1, 1, 4, 16, 64].flatMap { level in
      let half = level.squareRoot()
      let low = max(-1.6, 1 - half)
      let high = min(1.6, 1 + half)
      var above: [(x: Double, y: Double)] = []
      var below: [(x: Double, y: Double)] = []
      for k in 0...400 {
        let x = low + (high - low) * Double(k) / 400
        let rest = max(0, level - (1 - x) * (1 - x))
        let width = rest.squareRoot() / 10
        above.append((x, x * x + width))
        below.append((x, x * x - width))
      }
      // One by one, since beyond the window they go on apart.
      return [above, below].map {
        Plot.Series(name: nil, points: $0, color: .gray, style: .faint)
      }
    }
  }
}
