internal import Matrix

/// What has been read of a QPS file so far.
struct QPSReader {
  struct Row {
    var name: String
    var kind: String
    var side = 0.0
    var range: Double?
  }

  private(set) var name = ""
  private(set) var rows: [Row] = []
  private(set) var columns: [String] = []
  private(set) var isMaximum = false
  private var rowNumbers: [String: Int] = [:]
  private var columnNumbers: [String: Int] = [:]
  private var elements: [(row: Int, column: Int, value: Double)] = []
  private var lower: [Double] = []
  private var upper: [Double] = []
  private var hasLower: [Bool] = []
  private var quadratic: [[Int]: (value: Double, line: Int)] = [:]
  private var hasBothTriangles = false
  private var line = 0
  private var section = ""
  private var isDone = false

  private static let sections: Set<String> = [
    "NAME", "OBJSENSE", "ROWS", "COLUMNS", "RHS", "RANGES", "BOUNDS", "QUADOBJ",
    "QSECTION", "QMATRIX", "ENDATA",
  ]

  private func failure(_ problem: QPSError.Problem) -> QPSError {
    QPSError(line: line, problem: problem)
  }

  mutating func read(_ text: String) throws(QPSError) {
    for content in text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    {
      line += 1
      guard let first = content.first, first != "*" else { continue }
      let fields = content.split(whereSeparator: \.isWhitespace).map {
        String($0)
      }
      guard !fields.isEmpty else { continue }
      if first.isWhitespace {
        try take(fields)
      } else {
        try begin(fields)
      }
      if isDone { return }
    }
    throw failure(.unexpectedEnd)
  }

  private mutating func begin(_ fields: [String]) throws(QPSError) {
    section = fields[0].uppercased()
    guard Self.sections.contains(section) else {
      throw failure(.unknownSection(fields[0]))
    }
    switch section {
    case "NAME": name = fields.dropFirst().joined(separator: " ")
    case "OBJSENSE": if fields.count > 1 { try takeSense(fields[1]) }
    case "QMATRIX": hasBothTriangles = true
    case "ENDATA": isDone = true
    default: break
    }
  }

  private mutating func take(_ fields: [String]) throws(QPSError) {
    switch section {
    case "OBJSENSE": try takeSense(fields[0])
    case "ROWS": try takeRow(fields)
    case "COLUMNS": try takeColumn(fields)
    case "RHS", "RANGES": try takeSides(fields)
    case "BOUNDS": try takeBound(fields)
    case "QUADOBJ", "QSECTION", "QMATRIX": try takeQuadratic(fields)
    default: throw failure(.dataOutsideSection)
    }
  }

  private func number(_ text: String) throws(QPSError) -> Double {
    // Fortran writes exponents with a D.
    let plain = text.replacing("D", with: "E").replacing("d", with: "e")
    guard let number = Double(plain), number.isFinite else {
      throw failure(.notANumber(text))
    }
    return number
  }

  /// The number of a side; 10²⁰ and more is the custom for none.
  private func side(_ text: String) throws(QPSError) -> Double {
    let number = try number(text)
    return abs(number) < 1e20 ? number : number * .infinity
  }

  private func row(_ name: String) throws(QPSError) -> Int {
    guard let row = rowNumbers[name] else { throw failure(.unknownRow(name)) }
    return row
  }

  private func column(_ name: String) throws(QPSError) -> Int {
    guard let column = columnNumbers[name] else {
      throw failure(.unknownColumn(name))
    }
    return column
  }
}

// MARK: Sections

extension QPSReader {
  private mutating func takeSense(_ word: String) throws(QPSError) {
    switch word.uppercased() {
    case "MAX", "MAXIMIZE", "MAXIMISE": isMaximum = true
    case "MIN", "MINIMIZE", "MINIMISE": isMaximum = false
    default: throw failure(.unknownSection(word))
    }
  }

  private mutating func takeRow(_ fields: [String]) throws(QPSError) {
    guard fields.count == 2 else {
      throw failure(.fieldCount(fields.count, section: section))
    }
    let kind = fields[0].uppercased()
    guard ["N", "L", "G", "E"].contains(kind) else {
      throw failure(.unknownRowKind(fields[0]))
    }
    guard rowNumbers[fields[1]] == nil else {
      throw failure(.duplicate(fields[1]))
    }
    rowNumbers[fields[1]] = rows.count
    rows.append(Row(name: fields[1], kind: kind))
  }

  private mutating func takeColumn(_ fields: [String]) throws(QPSError) {
    guard fields.count == 3 || fields.count == 5 else {
      throw failure(.fieldCount(fields.count, section: section))
    }
    if fields[1] == "'MARKER'" { throw failure(.integer(fields[0])) }
    let name = fields[0]
    if columns.last != name {
      guard columnNumbers[name] == nil else { throw failure(.duplicate(name)) }
      columnNumbers[name] = columns.count
      columns.append(name)
      lower.append(0)
      upper.append(.infinity)
      hasLower.append(false)
    }
    for k in stride(from: 1, to: fields.count, by: 2) {
      elements.append(
        (try row(fields[k]), columns.count - 1, try number(fields[k + 1])))
    }
  }

  /// The name of the set of sides may be missing.
  private mutating func takeSides(_ fields: [String]) throws(QPSError) {
    guard (2...5).contains(fields.count) else {
      throw failure(.fieldCount(fields.count, section: section))
    }
    for k in stride(from: fields.count % 2, to: fields.count, by: 2) {
      let (row, value) = (try row(fields[k]), try side(fields[k + 1]))
      if section == "RHS" {
        rows[row].side = value
      } else {
        rows[row].range = value
      }
    }
  }

  private mutating func takeBound(_ fields: [String]) throws(QPSError) {
    let kind = fields[0].uppercased()
    let hasValue: Bool
    switch kind {
    case "LO", "UP", "FX": hasValue = true
    case "FR", "MI", "PL": hasValue = false
    case "BV", "LI", "UI", "SC":
      throw failure(.integer(fields.dropFirst().first ?? ""))
    default: throw failure(.unknownBoundKind(fields[0]))
    }
    // Kind, perhaps the name of the set, column, and perhaps a value that says
    // nothing.
    let rest = Array(fields.dropFirst())
    let place: Int
    switch (rest.count, hasValue) {
    case (2, true), (1, false): place = 0
    case (3, true), (3, false): place = 1
    case (2, false): place = columnNumbers[rest[1]] == nil ? 0 : 1
    default: throw failure(.fieldCount(fields.count, section: section))
    }
    let column = try column(rest[place])
    let value = hasValue ? try side(rest[place + 1]) : 0
    switch kind {
    case "LO":
      lower[column] = value
      hasLower[column] = true
    case "UP":
      upper[column] = value
      if value < 0 && !hasLower[column] { lower[column] = -.infinity }
    case "FX":
      (lower[column], upper[column]) = (value, value)
      hasLower[column] = true
    case "FR":
      (lower[column], upper[column]) = (-.infinity, .infinity)
      hasLower[column] = true
    case "MI":
      lower[column] = -.infinity
      hasLower[column] = true
    default: upper[column] = .infinity
    }
  }

  private mutating func takeQuadratic(_ fields: [String]) throws(QPSError) {
    guard fields.count == 3 || fields.count == 5 else {
      throw failure(.fieldCount(fields.count, section: section))
    }
    let i = try column(fields[0])
    for k in stride(from: 1, to: fields.count, by: 2) {
      let (j, value) = (try column(fields[k]), try number(fields[k + 1]))
      // Of one triangle either is the same element.
      let place = hasBothTriangles ? [i, j] : [max(i, j), min(i, j)]
      guard quadratic[place] == nil else {
        throw failure(.duplicate("\(fields[0]) \(fields[k])"))
      }
      quadratic[place] = (value, line)
    }
  }
}

// MARK: The program

extension QPSReader {
  /// The program that was read.
  func program() throws(QPSError) -> QuadraticProgram {
    let n = columns.count
    guard let objective = rows.firstIndex(where: { $0.kind == "N" }) else {
      throw failure(.noObjective)
    }
    let kept = rows.indices.filter { rows[$0].kind != "N" }
    var places = [Int?](repeating: nil, count: rows.count)
    for (k, i) in kept.enumerated() { places[i] = k }
    let sign = isMaximum ? -1.0 : 1
    guard rows[objective].side.isFinite else {
      throw failure(.notANumber("\(rows[objective].side)"))
    }
    var p = Matrix<Double>.zeros(n, n)
    for (place, element) in quadratic {
      let (i, j) = (place[0], place[1])
      if hasBothTriangles {
        guard quadratic[[j, i]]?.value == element.value else {
          throw QPSError(
            line: element.line, problem: .notSymmetric(columns[i], columns[j]))
        }
      }
      p[i, j] = sign * element.value
      p[j, i] = p[i, j]
    }
    var q = Vector<Double>.zeros(n)
    var a = Matrix<Double>.zeros(kept.count, n)
    for element in elements {
      if element.row == objective {
        q[element.column] += sign * element.value
      } else if let row = places[element.row] {
        a[row, element.column] += element.value
      }
    }
    var sides = (lower: [Double](), upper: [Double]())
    for i in kept {
      let (low, high) = Self.sides(of: rows[i])
      sides.lower.append(low)
      sides.upper.append(high)
    }
    for j in 0..<n
    where !(lower[j] <= upper[j]) || lower[j] == .infinity
      || upper[j] == -.infinity
    {
      throw failure(
        .crossedBounds(columns[j], lower: lower[j], upper: upper[j]))
    }
    do {
      return try QuadraticProgram(
        hessian: p, gradient: q, constant: -sign * rows[objective].side,
        subjectTo: [
          .rows(a, from: Vector(sides.lower), to: Vector(sides.upper))
        ],
        within: Bounds(unchecked: Vector(lower), Vector(upper)))
    } catch {
      throw failure(.program(error))
    }
  }

  private static func sides(of row: Row) -> (Double, Double) {
    let (b, range) = (row.side, row.range)
    // An infinite range leaves the row one-sided; an equality none.
    switch row.kind {
    case "L": return (range.map { b - abs($0) } ?? -.infinity, b)
    case "G": return (b, range.map { b + abs($0) } ?? .infinity)
    default: return (b + min(range ?? 0, 0), b + max(range ?? 0, 0))
    }
  }
}
