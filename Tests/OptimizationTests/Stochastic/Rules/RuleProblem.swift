import Matrix
import Optimization

/// The problems of Scripts/golden/rules.py.
struct RuleProblem<Scalar: UpdateScalar> {
  let layout: ParameterLayout
  let start: Vector<Scalar>
  let gradient: (Vector<Scalar>, inout Vector<Scalar>) -> Void

  init?(named name: String) {
    switch name {
    case "rosenbrock": self = .rosenbrock
    case "quadratic": self = .quadratic
    case "matrix": self = .matrix
    default: return nil
    }
  }

  init(
    _ layout: ParameterLayout, _ start: Vector<Scalar>,
    _ gradient: @escaping (Vector<Scalar>, inout Vector<Scalar>) -> Void
  ) {
    self.layout = layout
    self.start = start
    self.gradient = gradient
  }

  static var all: [RuleProblem] { [rosenbrock, quadratic, matrix] }

  static var rosenbrock: RuleProblem {
    RuleProblem(ParameterLayout(count: 2), [-1.2, 1]) { x, g in
      let a = 1 - x[0]
      let b = x[1] - x[0] * x[0]
      g[0] = -2 * a - 400 * x[0] * b
      g[1] = 200 * b
    }
  }

  /// ½ xᵀAx − bᵀx.
  static var quadratic: RuleProblem {
    let n = 10
    var a = Matrix<Scalar>(repeating: 0, rows: n, columns: n)
    for i in 0..<n {
      a[i, i] = 2 + Scalar(i) / 5
      if i > 0 { a[i, i - 1] = -1 }
      if i < n - 1 { a[i, i + 1] = -1 }
    }
    let b = Vector(count: n) { (Scalar($0) - 4) / 5 }
    return RuleProblem(
      ParameterLayout(count: n), Vector(repeating: 1, count: n)
    ) { x, g in
      g = a * x - b
    }
  }

  /// ½ ‖AX − B‖².
  static var matrix: RuleProblem {
    var a = Matrix<Scalar>(repeating: 0, rows: 5, columns: 4)
    var b = Matrix<Scalar>(repeating: 0, rows: 5, columns: 3)
    for i in 0..<5 {
      for j in 0..<4 { a[i, j] = Scalar((3 * i + 5 * j) % 7 - 3) / 4 }
      for j in 0..<3 { b[i, j] = Scalar((2 * i + 3 * j) % 5 - 2) / 2 }
    }
    var layout = ParameterLayout()
    layout.append("X", rows: 4, columns: 3)
    let start = Vector(count: 12) { k in
      (Scalar((k % 4 + k / 4) % 3) - Scalar(0.5)) / 2
    }
    return RuleProblem(layout, start) { x, g in
      for j in 0..<3 {
        let column = Vector(count: 4) { x[4 * j + $0] }
        let residual = a * column - Vector(count: 5) { b[$0, j] }
        for i in 0..<4 {
          g[4 * j + i] = (0..<5).reduce(Scalar(0)) {
            $0 + a[$1, i] * residual[$1]
          }
        }
      }
    }
  }

  /// The points after each of the steps listed, which are in order.
  func points(of rule: some UpdateRule<Scalar>, at steps: [Int]) -> [[Scalar]] {
    var x = start
    var g = Vector<Scalar>.zeros(x.count)
    var memory = rule.makeMemory(for: layout)
    var workspace = rule.makeWorkspace(for: layout)
    var points: [[Scalar]] = []
    for t in 0..<(steps.last ?? 0) {
      gradient(x, &g)
      let step = UpdateStep(index: t, on: layout)
      rule.update(&x, by: &g, &memory, &workspace, at: step)
      if steps.contains(t + 1) { points.append(x.array) }
    }
    return points
  }
}
