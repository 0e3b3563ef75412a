import Optimization
import Presentation

/// The learning rate along every schedule.
enum ScheduleCurves {
  private static let families: [(String, [(String, LearningRate)])] = [
    (
      "decays",
      [
        ("step", .step(from: 1, by: 0.5, every: 20)),
        ("multi-step", .multiStep(from: 1, by: 0.3, at: [30, 60, 80])),
        ("exponential", .exponential(from: 1, decay: 0.04)),
        ("polynomial", .polynomial(from: 1, over: 100, power: 2)),
        ("inverse time", .inverseTime(from: 1, decay: 0.1)),
        ("inverse square root", .inverseSquareRoot(from: 1)),
      ]
    ),
    (
      "annealing and warm-up",
      [
        ("cosine", .cosine(from: 1, over: 100)),
        (
          "cosine with restarts",
          .cosineRestarts(from: 1, period: 20, multiplier: 2)
        ),
        (
          "warm-up, then cosine",
          .warmUp(over: 15, to: .cosine(from: 1, over: 85))
        ),
        ("constant", 0.6),
      ]
    ),
    (
      "cycles",
      [
        ("triangular", .triangular(from: 0.1, to: 1, rising: 15)),
        ("triangular2", .triangular2(from: 0.1, to: 1, rising: 15)),
        ("exp-range", .expRange(from: 0.1, to: 1, rising: 15, factor: 0.98)),
        ("one-cycle", .oneCycle(peak: 1, over: 100)),
      ]
    ),
  ]

  /// A plot for each kind of schedule.
  static var plots: [Plot] {
    families.map { name, schedules in
      Plot(
        title: "Schedules: \(name)", x: .linear("step"),
        y: .linear("learning rate"),
        series: zip(schedules, Plot.Color.allCases).map { schedule, color in
          Plot.Series(
            name: schedule.0,
            points: (0...100).map { (Double($0), schedule.1(at: $0)) },
            color: color, style: .line)
        })
    }
  }
}
