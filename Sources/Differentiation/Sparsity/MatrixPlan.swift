/// How the Hessian of a recording is computed.
struct HessianPlan {
  let pattern: SparsityPattern
  /// The columns that one product takes together; nil if each stands alone.
  let groups: [[Int32]]?
  private let colors: [Int]

  init(_ expression: Expression) {
    pattern = expression.hessianPattern()
    let coloring = Coloring(symmetric: pattern)
    colors = coloring.colors
    groups = coloring.count < pattern.rows ? coloring.members : nil
  }

  /// Writes the elements that the product of a colour gives, in both triangles.
  func scatter(
    _ product: UnsafePointer<Double>, ofColor color: Int,
    _ members: [Int32], into h: UnsafeMutablePointer<Double>
  ) {
    let n = pattern.rows
    for j in members {
      for i in pattern[Int(j)] where i == j || colors[Int(i)] > color {
        h[Int(i) + Int(j) * n] = product[Int(i)]
        h[Int(j) + Int(i) * n] = product[Int(i)]
      }
    }
  }
}

/// How the Jacobian of a recording is computed.
struct JacobianPlan {
  let pattern: SparsityPattern
  /// Whether rows are computed, in reverse sweeps, rather than columns.
  let isByRows: Bool
  /// The columns, or the rows, of each sweep.
  let groups: [[Int32]]
  /// The group of each column, or of each row.
  let colors: [Int]
  /// The rows of each column.
  let byColumn: SparsityPattern

  init(_ expression: Expression) {
    pattern = expression.jacobianPattern()
    byColumn = pattern.transposed
    let columns = Coloring(columnsOf: pattern)
    let rows = Coloring(columnsOf: byColumn)
    // A reverse sweep writes twice as much as a forward sweep, and takes one
    // seed at a time.
    isByRows = 2 * rows.count < columns.count
    groups = isByRows ? rows.members : columns.members
    colors = isByRows ? rows.colors : columns.colors
  }
}
